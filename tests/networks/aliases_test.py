#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Aliases that lead out of their zone: to nowhere, into a zone that is refused, by a DNAME."""
from private_network import PrivateNetworkTest, main
from real_servers import Bind, Knot, Unbound, iterating_resolvers, zone_file

ROOT, ZONES, REFUSING = "127.0.0.2", "127.0.0.3", "127.0.0.4"
ROOT_SERVER, NAME_SERVER = "a.root-servers.example.", "ns.isp.example."
REVERSE = "2.0.192.in-addr.arpa"


class Aliases(PrivateNetworkTest):
    """The zones above are on other servers than the zones themselves, as everywhere."""

    programs = (Bind, Knot, Unbound)

    @classmethod
    def start_servers(cls):
        above = {
            ".": zone_file(".", ROOT_SERVER, f"a.root-servers.example. A {ROOT}\nns.isp.example. A {ZONES}\n"
                           "example. NS ns.isp.example.\ncom. NS a.root-servers.example.\n"
                           "in-addr.arpa. NS a.root-servers.example.\n"),
            "com.": zone_file("com.", ROOT_SERVER, "example NS ns.isp.example.\n"),
            "in-addr.arpa.": zone_file("in-addr.arpa.", ROOT_SERVER, "2.0.192 NS ns.isp.example.\n"),
        }
        zones = {
            "example.": zone_file("example.", NAME_SERVER, f"ns.isp A {ZONES}\na.root-servers A {ROOT}\nrefused NS ns.refused\nns.refused A {REFUSING}\n"),
            "example.com.": zone_file("example.com.", NAME_SERVER,
                                      "gone CNAME host.gone.com.\nhosted CNAME mx.refused.example.\nold DNAME new.example.com.\n"),
            f"{REVERSE}.": zone_file(f"{REVERSE}.", NAME_SERVER,
                                     "25 PTR gone.example.com.\n26 CNAME 26.gone.9.0.192.in-addr.arpa.\n"
                                     "27 PTR hosted.example.com.\n28 PTR mx.old.example.com.\n"),
        }
        cls.run_server(Knot(above, address=ROOT, port=53))
        cls.run_server(Knot(zones, address=ZONES, port=53, ready="example"))
        cls.run_server(Knot({"other.test.": zone_file("other.test.", NAME_SERVER, "")}, address=REFUSING, port=53,
                            ready="other.test"))
        cls.resolvers = [cls.run_server(each) for each in iterating_resolvers(REVERSE, ROOT_SERVER, ROOT)]

    def test_to_a_name_that_does_not_exist(self):
        """Its SOA record is that of a zone above the alias too, whose servers only refer to others."""
        for resolver in self.resolvers:
            for how in ((), ("--direct",)):
                record = self.explain(resolver, *how, "192.0.2.25", status="FAIL", findings=["forward_alias"], smtp="550 5.7.25",
                                      fix=[(1, "gone.example.com. IN A 192.0.2.25"), (2, "your.mail.host.name. IN A 192.0.2.25"),
                                           (2, f"25.{REVERSE}. IN PTR your.mail.host.name.")],
                                      says=["which is an alias for host.gone.com, which does not exist in the DNS"],
                                      never=["lame", "tell its operator"])
                self.assertEqual(record["reason"], "forward_nxdomain")

    def test_to_a_reverse_name_that_does_not_exist(self):
        for resolver in self.resolvers:
            for how in ((), ("--direct",)):
                self.explain(resolver, *how, "192.0.2.26", status="FAIL", findings=["ptr_alias"], smtp="550 5.7.25",
                             fix=[(1, "your.mail.host.name. IN A 192.0.2.26"),
                                  (1, "26.gone.9.0.192.in-addr.arpa. IN PTR your.mail.host.name.")],
                             never=["lame", "tell its operator"])

    def test_host_into_a_zone_that_is_refused(self):
        for resolver in self.resolvers:
            record, = self.run_program("--json", "--server", resolver.server, "192.0.2.27", server=False).records
            codes = tuple(error["code"] for error in record["failure"]["ede"])
            self.explain(resolver, "192.0.2.27", status="TEMP", smtp="450 4.7.25",
                         failure=("servfail", "SERVFAIL", "A", "hosted.example.com", codes),
                         says=["hosted.example.com is an alias for mx.refused.example, so it is the zone of "
                               "mx.refused.example that cannot be asked.",
                               "If that fails too, the zone of mx.refused.example is broken: tell its operator."],
                         never=["the zone of hosted.example.com"])

    def test_host_below_a_dname(self):
        """Nothing may be published below one (RFC 6672 2.4)."""
        for resolver in self.resolvers:
            for how in ((), ("--direct",)):
                self.explain(resolver, *how, "192.0.2.28", status="FAIL", findings=["forward_alias"], smtp="550 5.7.25",
                             fix=[(1, "mx.new.example.com. IN A 192.0.2.28"), (2, "your.mail.host.name. IN A 192.0.2.28"),
                                  (2, f"28.{REVERSE}. IN PTR your.mail.host.name.")],
                             says=["If this host is mx.old.example.com:",
                                   "In the zone of mx.new.example.com, to which a DNAME record leads mx.old.example.com, publish:"])


if __name__ == "__main__":
    main()
