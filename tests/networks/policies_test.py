#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Resolvers that say what they want instead of what the DNS has: filters, inside views, zones of their own."""
from network_case import NetworkTest, main
from real_servers import Bind, Dnsmasq, KnotResolver, Unbound, upstream, zone_file

WORLD = """
2.0.192.in-addr.arpa 3600 SOA ns1.isp.example hostmaster.isp.example 600
25.2.0.192.in-addr.arpa 3600 PTR mail.example.com
26.2.0.192.in-addr.arpa 3600 PTR mx.inside.example
62.2.0.192.in-addr.arpa 3600 CNAME 62.32-63.2.0.192.in-addr.arpa
63.2.0.192.in-addr.arpa 3600 CNAME 63.hosts.2.0.192.in-addr.arpa
32-63.2.0.192.in-addr.arpa 3600 SOA ns1.example.com hostmaster.example.com 600
62.32-63.2.0.192.in-addr.arpa 3600 NS ns1.example.com
63.hosts.2.0.192.in-addr.arpa 3600 NS ns1.example.com
example.com 3600 SOA ns1.example.com hostmaster.example.com 600
mail.example.com 3600 A 192.0.2.25
mx.inside.example 3600 A 172.22.1.10
5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa 3600 PTR mail.example.com
mail.example.com 3600 AAAA 2001:db8::25
27.2.0.192.in-addr.arpa 3600 PTR relay.example.net
27.2.0.192.in-addr.arpa 3600 PTR mail.example.com
28.2.0.192.in-addr.arpa 3600 PTR relay.example.net
28.2.0.192.in-addr.arpa 3600 PTR mx.inside.example
relay.example.net 3600 A 192.0.2.27
relay.example.net 3600 A 192.0.2.28
"""
IPV6_NAME = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
NOT_THE_DNS = "That is what this resolver wants, not what the DNS has. Ask another resolver: fcrdns-check @ADDRESS"
NOTHING_KNOWN = "nothing is known of what receivers see"


class KnotResolverPolicies(NetworkTest):
    programs = (KnotResolver,)

    @classmethod
    def start_servers(cls):
        world = cls.run_server(upstream(WORLD))
        rule = "policy.add(policy.suffix({}, {{ todname('{}') }}))\n".format
        cls.reverse_denied = cls.run_server(KnotResolver(world, rule("policy.DENY", "2.0.192.in-addr.arpa")))
        cls.forward_denied = cls.run_server(KnotResolver(world, rule("policy.DENY_MSG('against the rules')", "example.com")))
        cls.forward_dropped = cls.run_server(KnotResolver(world, rule("policy.DROP", "example.com")))
        cls.forward_refused = cls.run_server(KnotResolver(world, rule("policy.REFUSE", "example.com")))

    def test_denied_reverse_name(self):
        self.explain(self.reverse_denied, "192.0.2.25", status="TEMP",
                     failure=("filtered", "NXDOMAIN", "PTR", "25.2.0.192.in-addr.arpa", (15,)),
                     says=["filtered (Blocked", NOT_THE_DNS, NOTHING_KNOWN], never=["is broken"])

    def test_denied_host_name(self):
        for address, kind in (("192.0.2.25", "A"), ("2001:db8::25", "AAAA")):
            self.explain(self.forward_denied, address, status="TEMP",
                         failure=("filtered", "NXDOMAIN", kind, "mail.example.com", (15,)),
                         says=["filtered (Blocked", NOT_THE_DNS, NOTHING_KNOWN], never=["does not exist"])

    def test_denied_name_beside_one_that_leads_back(self):
        """Nothing follows from it for that name, neither a refusal nor that its record is to go."""
        self.explain(self.forward_denied, "192.0.2.27", status="WARN", findings=["unconfirmed_ptr", "multiple_ptr"],
                     says=["mail.example.com could not be looked up (filtered (Blocked",
                           "could not ask the public DNS for that name, so nothing is known of what receivers see there",
                           NOT_THE_DNS], never=["answers:", "refuses some of the time"])

    def test_refused_to_this_client(self):
        self.explain(self.forward_refused, "192.0.2.25", status="TEMP",
                     failure=("refused", "REFUSED", "A", "mail.example.com", (18,)),
                     says=["REFUSED (Prohibited)", "Ask another resolver", NOTHING_KNOWN], never=["is broken"])
        self.explain(self.forward_dropped, "192.0.2.25", status="TEMP",
                     failure=("servfail", "SERVFAIL", "A", "mail.example.com", (18,)),
                     says=["does not answer this machine: SERVFAIL (Prohibited)", "Ask another resolver", NOTHING_KNOWN],
                     never=["is broken"])


class DnsmasqViews(NetworkTest):
    programs = (Dnsmasq,)

    @classmethod
    def start_servers(cls):
        world = cls.run_server(upstream(WORLD))
        cls.plain = cls.run_server(Dnsmasq(world))
        # Of several PTR records its cache gives one.
        cls.uncached = cls.run_server(Dnsmasq(world, "--cache-size=0"))
        cls.no_rebind = cls.run_server(Dnsmasq(world, "--stop-dns-rebind"))
        cls.own = cls.run_server(Dnsmasq(world, "--address=/mail.example.com/0.0.0.0 --local=/2.0.192.in-addr.arpa/ "
                                                "--ptr-record=25.2.0.192.in-addr.arpa,mail.example.com"))

    def test_rebind_protection(self):
        self.explain(self.no_rebind, "192.0.2.26", status="TEMP",
                     failure=("filtered", "NOERROR", "A", "mx.inside.example", (15,)),
                     says=["filtered (Blocked)", NOT_THE_DNS, NOTHING_KNOWN], never=["has no A record"])

    def test_inside_view(self):
        self.explain(self.plain, "192.0.2.26", status="FAIL", findings=["private_forward_address"],
                     says=["172.22.1.10", "an inside view of the DNS, or a filter"], never=["publish"])

    def test_inside_view_beside_a_name_that_leads_back(self):
        self.explain(self.uncached, "192.0.2.28", status="WARN",
                     findings=["unconfirmed_ptr", "private_forward_address", "multiple_ptr"],
                     says=["mx.inside.example leads to 172.22.1.10",
                           "nothing is known of what receivers see there", "Ask another resolver"],
                     never=["answers:", "refuses some of the time", "remove"])

    def test_zero_instead_of_an_address(self):
        self.explain(self.own, "192.0.2.25", status="FAIL", findings=["private_forward_address", "local_answer"],
                     says=["0.0.0.0", "Ask another resolver"], never=["publish"])

    def test_alias_that_the_cache_has_lost(self):
        for last, target in (("62", "62.32-63.2.0.192.in-addr.arpa"), ("63", "63.hosts.2.0.192.in-addr.arpa")):
            for _ in range(2):
                self.explain(self.plain, "192.0.2." + last, status="FAIL", findings=["ptr_alias"], smtp="550 5.7.25",
                             fix=[(1, f"your.mail.host.name. IN A 192.0.2.{last}"),
                                  (1, f"{target}. IN PTR your.mail.host.name.")],
                             says=[f"{target} exists, but has no PTR record"])


def rpz(action):
    return zone_file("rpz.", "localhost.", action)


class BindZones(NetworkTest):
    programs = (Bind,)

    @classmethod
    def start_servers(cls):
        world = cls.run_server(upstream(WORLD))
        own = files={"own.zone": zone_file("2.0.192.in-addr.arpa.", "ns.inside.example.", "25 14400 PTR mail.example.com.\n")}
        zone = 'zone "{}" {{ type master; file "own.zone"; }};'.format
        cls.own = cls.run_server(Bind(world, "dnssec-validation no;", zone("2.0.192.in-addr.arpa"), files=own))

        def policy(records):
            return cls.run_server(Bind(world, 'dnssec-validation no; response-policy { zone "rpz"; };', zone("rpz"),
                                       files={"own.zone": rpz(records)}))

        cls.nxdomain = policy("mail.example.com CNAME .\n26.2.0.192.in-addr.arpa CNAME .\n")
        cls.nodata = policy("mail.example.com CNAME *.\n")
        cls.zero = policy("mail.example.com A 0.0.0.0\nmail.example.com AAAA ::\n")
        cls.loopback = policy("mail.example.com A 127.0.0.1\n")

    def test_own_reverse_zone(self):
        self.explain(self.own, "192.0.2.25", status="PASS", findings=["own_zone_answer"],
                     says=["from a zone of its own; others may see another answer"])

    def test_own_reverse_zone_without_the_record(self):
        self.explain(self.own, "192.0.2.30", status="FAIL", findings=["own_zone_answer"], smtp="550 5.7.25",
                     fix=[(1, "your.mail.host.name. IN A 192.0.2.30"),
                          (1, "30.2.0.192.in-addr.arpa. IN PTR your.mail.host.name.")],
                     never=["Your resolver remembers"])

    def test_addresses_rewritten(self):
        for server, address in ((self.zero, "0.0.0.0"), (self.loopback, "127.0.0.1")):
            self.explain(server, "192.0.2.25", status="FAIL", findings=["private_forward_address"],
                         says=[address, "an inside view of the DNS, or a filter", "Ask another resolver"], never=["publish"])
        self.explain(self.zero, "2001:db8::25", status="FAIL", findings=["private_forward_address"], says=[" :: "])


if __name__ == "__main__":
    main()
