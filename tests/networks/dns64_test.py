#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Resolvers that make AAAA records of A records (DNS64, RFC 6147): no address of the host."""
from network_case import NetworkTest, main
from real_servers import Bind, KnotResolver, Unbound, upstream

WORLD = """
2.0.192.in-addr.arpa 3600 SOA ns1.isp.example hostmaster.isp.example 600
8.b.d.0.1.0.0.2.ip6.arpa 3600 SOA ns1.isp.example hostmaster.isp.example 600
example.com 3600 SOA ns1.example.com hostmaster.example.com 600
25.2.0.192.in-addr.arpa 3600 PTR mail.example.com
5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa 3600 PTR mail.example.com
mail.example.com 3600 A 192.0.2.25
ipv4only.arpa 3600 A 192.0.0.170
ipv4only.arpa 3600 A 192.0.0.171
"""
REVERSE_NAME = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."
WELL_KNOWN, OF_THE_NETWORK = ("64:ff9b::", "64:ff9b::c000:219"), ("2001:db8:64::", "2001:db8:64::c000:219")


class Dns64:
    """Of a resolver class; resolver() starts it with a prefix of 96 bits."""

    @classmethod
    def start_servers(cls):
        world = cls.run_server(upstream(WORLD))
        cls.resolvers = [(cls.run_server(cls.resolver(world, prefix)), made) for prefix, made in (WELL_KNOWN, OF_THE_NETWORK)]

    def test_host_name(self):
        for resolver, made in self.resolvers:
            record = self.explain(resolver, "mail.example.com", status="PASS", findings=["synthesised_address"])
            self.assertEqual(record["ip"], "192.0.2.25")
            noted, = (finding["detail"] for finding in record["findings"] if finding["code"] == "synthesised_address")
            self.assertIn(f"{made} is made by the resolver of the A record (DNS64, RFC 6147)", noted)

    def test_host_name_over_ipv6_alone(self):
        for resolver, made in self.resolvers:
            self.explain(resolver, "-6", "mail.example.com", status="FAIL", says=["no AAAA record", made])

    def test_client_with_a_name_that_has_an_a_record_alone(self):
        for resolver, made in self.resolvers:
            self.explain(resolver, "2001:db8::25", status="FAIL", findings=["other_family_only", "synthesised_address"],
                         smtp="550 5.7.25", says=["mail.example.com has no AAAA record", f"{made} is made by the resolver"],
                         never=[f"leads to {made}", f"now: {made}"],
                         fix=[(1, "mail.example.com. IN AAAA 2001:db8::25"), (2, "your.mail.host.name. IN AAAA 2001:db8::25"),
                              (2, f"{REVERSE_NAME} IN PTR your.mail.host.name.")])


    def test_address_that_it_made(self):
        """Its reverse name is answered by that of the IPv4 address, whose PTR record is another host's to keep."""
        for resolver, made in self.resolvers:
            record = self.explain(resolver, made, status="FAIL", smtp="550 5.7.25",
                                  findings=["other_family_only", "synthesised_address", *self.of_reverse_name],
                                  says=["mail.example.com has no AAAA record",
                                        "This is a NAT64 address, whose reverse DNS nobody can set."])
            self.assertIsNone(record["reverse_zone"])


class UnboundDns64(Dns64, NetworkTest):
    programs = (Unbound,)
    of_reverse_name = ()

    @classmethod
    def resolver(cls, world, prefix):
        return Unbound(world, f'  module-config: "dns64 iterator"\n  dns64-prefix: {prefix}/96\n'
                              '  local-zone: "2.0.192.in-addr.arpa." nodefault\n  local-zone: "8.b.d.0.1.0.0.2.ip6.arpa." nodefault\n')


class BindDns64(Dns64, NetworkTest):
    programs = (Bind,)
    of_reverse_name = ("own_zone_answer", "ptr_alias")

    @classmethod
    def resolver(cls, world, prefix):
        return Bind(world, "dnssec-validation no; empty-zones-enable no; "
                           f"dns64 {prefix}/96 {{ clients {{ any; }}; }};")


class KnotResolverDns64(Dns64, NetworkTest):
    programs = (KnotResolver,)
    of_reverse_name = ("ptr_alias",)

    @classmethod
    def resolver(cls, world, prefix):
        return KnotResolver(world, f"modules.load('dns64')\ndns64.config('{prefix}')\n")


if __name__ == "__main__":
    main()
