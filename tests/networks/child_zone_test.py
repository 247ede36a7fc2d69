#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A reverse name handed to a zone of the customer's (RFC 2317) whose servers do not have it."""
from private_network import PrivateNetworkTest, main
from real_servers import Bind, Knot, Unbound, iterating_resolvers, zone_file

PARENT, CHILD = "2.0.192.in-addr.arpa", "64-127.2.0.192.in-addr.arpa"
ROOT_SERVER, REFUSING, NOWHERE, CUSTOMERS = "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"
NAME_SERVER = "ns.isp.example."


class RefusedChildZone(PrivateNetworkTest):
    programs = (Bind, Knot, Unbound)

    @classmethod
    def start_servers(cls):
        zones = {
            ".": zone_file(".", "a.root-servers.example.", f"a.root-servers.example. A {ROOT_SERVER}\n"),
            "isp.example.": zone_file("isp.example.", NAME_SERVER,
                                      f"ns A {ROOT_SERVER}\ngood A {CUSTOMERS}\nmail A 192.0.2.130\nold1 A {REFUSING}\nold2 A {NOWHERE}\n"),
            f"{PARENT}.": zone_file(f"{PARENT}.", NAME_SERVER,
                                    "70 CNAME 70.64-127\n130 CNAME 130.128-191\n131 CNAME 131.128-191\n"
                                    "128-191 NS good.isp.example.\n64-127 NS old1.isp.example.\n64-127 NS old2.isp.example.\n"),
        }
        cls.run_server(Knot(zones, address=ROOT_SERVER, port=53))
        cls.run_server(Knot({"other.example.": zone_file("other.example.", NAME_SERVER, "")}, address=REFUSING, port=53,
                            ready="other.example"))
        child = f"128-191.{PARENT}."
        cls.run_server(Knot({child: zone_file(child, "good.isp.example.", "130 PTR mail.isp.example.\n")},
                            address=CUSTOMERS, port=53, ready=child.rstrip(".")))
        resolvers = iterating_resolvers(PARENT, "a.root-servers.example.", ROOT_SERVER)
        cls.resolvers = [cls.run_server(each) for each in resolvers]

    def test_child_zone_that_its_own_servers_have(self):
        for resolver in self.resolvers:
            self.explain(resolver, "--direct", "192.0.2.130", status="PASS", findings=["ptr_alias"],
                         says=[f"Published at the server of 128-191.{PARENT}: mail.isp.example."])
            self.explain(resolver, "--direct", "192.0.2.131", status="FAIL", findings=["ptr_alias"], smtp="550 5.7.25",
                         fix=[(1, "your.mail.host.name. IN A 192.0.2.131"),
                              (1, f"131.128-191.{PARENT}. IN PTR your.mail.host.name.")])

    def test_resolver(self):
        for resolver in self.resolvers:
            record = self.explain_failed(resolver)
            self.assertEqual((record["failure"]["outcome"], record["failure"]["rcode"]), ("servfail", "SERVFAIL"))

    def explain_failed(self, resolver):
        ended = self.run_program("--json", "--server", resolver.server, "192.0.2.70", server=False)
        record, = ended.records
        codes = tuple(error["code"] for error in record["failure"]["ede"])
        return self.explain(resolver, "192.0.2.70", status="TEMP", smtp="450 4.7.25",
                            failure=("servfail", "SERVFAIL", "PTR", f"70.{PARENT}", codes),
                            says=[f"70.{PARENT} is an alias for 70.{CHILD} (RFC 2317), so it is the zone {CHILD} that cannot "
                                  "be asked.", f"If that fails too, the zone {CHILD} is broken"],
                            never=[f"the zone of 70.{PARENT}"])

    def test_directly(self):
        for resolver in self.resolvers:
            self.explain(resolver, "--direct", "--timeout", "0.5", "192.0.2.70", status="TEMP", smtp="450 4.7.25",
                         findings=["ptr_alias"], failure=("refused", "REFUSED", "PTR", f"70.{PARENT}", (20,)),
                         says=[f"old1.isp.example ({REFUSING}) is lame: it refuses (REFUSED).",
                               f"old2.isp.example ({NOWHERE}) is unreachable.",
                               f"None of the servers of {CHILD} gives an answer: tell its operator."])


if __name__ == "__main__":
    main()
