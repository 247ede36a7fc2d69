#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""--direct from a machine that has IPv6 alone: what it cannot reach is not held against a zone."""
from private_network import PrivateNetworkTest, ip, main
from real_servers import Knot, Unbound, zone_file

SERVER = "2001:db8:53::1"


class IPv6Only(PrivateNetworkTest):
    programs = (Knot, Unbound)

    @classmethod
    def start_servers(cls):
        ip("-6", "addr", "add", SERVER, "dev", "lo", "nodad")

        def zone(name, servers, records):
            text = zone_file(name, f"{servers[0]}.isp.example.", records)
            return text + "".join(f"@ NS {server}.isp.example.\n" for server in servers[1:])

        zones = {
            ".": zone(".", ["both"], ""),
            "isp.example.": zone("isp.example.", ["both"],
                                 f"both A 192.0.2.53\nboth AAAA {SERVER}\nold A 192.0.2.54\nolder A 192.0.2.55\n"),
            "example.com.": zone("example.com.", ["both"],
                                 "mail A 192.0.2.25\nmail A 198.51.100.25\nmail A 203.0.113.25\nmail AAAA 2001:db8::25\n"),
            "2.0.192.in-addr.arpa.": zone("2.0.192.in-addr.arpa.", ["both"], "25 PTR mail.example.com.\n"),
            "100.51.198.in-addr.arpa.": zone("100.51.198.in-addr.arpa.", ["both", "old"], "25 PTR mail.example.com.\n"),
            "113.0.203.in-addr.arpa.": zone("113.0.203.in-addr.arpa.", ["old", "older"], "25 PTR mail.example.com.\n"),
        }
        cls.knot = cls.run_server(Knot(zones, address=SERVER, port=53))
        reverse = "".join(f'  local-zone: "{name}" nodefault\n' for name in zones if name.endswith("arpa."))
        cls.resolver = cls.run_server(Unbound(cls.knot, '  module-config: "iterator"\n' + reverse, address="::1", port=53))

    def test_servers_with_both_families(self):
        self.explain(self.resolver, "--direct", "192.0.2.25", status="PASS",
                     says=["Published at the server of 2.0.192.in-addr.arpa: mail.example.com.",
                           "This machine cannot reach IPv4, so only their IPv6 addresses were asked."],
                     never=["unreachable", "tell its operator"])

    def test_one_server_with_ipv4_alone(self):
        self.explain(self.resolver, "--direct", "198.51.100.25", status="PASS",
                     says=["old.isp.example (192.0.2.54) cannot be asked: this machine cannot reach IPv4.",
                           "Published at 1 of the 2 servers of 100.51.198.in-addr.arpa: mail.example.com."],
                     never=["is unreachable", "tell its operator"])

    def test_servers_with_ipv4_alone(self):
        self.explain(self.resolver, "--direct", "203.0.113.25", status="TEMP",
                     failure=("unreachable", None, "PTR", "25.113.0.203.in-addr.arpa", ()),
                     says=["No server of 113.0.203.in-addr.arpa can be asked from here.",
                           "This machine cannot reach IPv4 (Network is unreachable), and the servers of "
                           "113.0.203.in-addr.arpa have no other address: ask from one that can, or without --direct.",
                           "nothing is known of what receivers see"],
                     never=["tell its operator", "is broken"])

    def test_without_direct_the_resolver_knows(self):
        self.explain(self.resolver, "203.0.113.25", status="PASS", says=["-> mail.example.com ->"])


if __name__ == "__main__":
    main()
