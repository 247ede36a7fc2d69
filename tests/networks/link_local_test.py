#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A resolver that a router advertisement announced: link-local, with the interface as its zone (RFC 4007 11)."""
import socket

from private_network import PrivateNetworkTest, ip, main, world
from real_servers import Unbound, upstream

WORLD = """
25.2.0.192.in-addr.arpa 3600 PTR mail.example.com
mail.example.com 3600 A 192.0.2.25
"""
ROUTER = "fe80::1"


class LinkLocalResolver(PrivateNetworkTest):
    programs = (Unbound,)

    @classmethod
    def start_servers(cls):
        ip("link", "add", "here0", "type", "veth", "peer", "name", "router0")
        ip("-6", "addr", "add", f"{ROUTER}/64", "dev", "router0", "nodad")
        ip("-6", "addr", "add", "fe80::25/64", "dev", "here0", "nodad")
        for interface in ("here0", "router0"):
            ip("link", "set", interface, "up")
        world_server = cls.run_server(upstream(WORLD))
        text = '  module-config: "iterator"\n  access-control: fe80::/10 allow\n  local-zone: "2.0.192.in-addr.arpa." nodefault\n'
        cls.resolver = cls.run_server(Unbound(world_server, text, address=f"{ROUTER}%router0", port=53))

    def test_named_on_the_command_line(self):
        for zone in ("here0", socket.if_nametoindex("here0")):
            for spelling in (f"{ROUTER}%{zone}", f"[{ROUTER}%{zone}]:53"):
                for how in ((), ("--tcp",)):
                    self.explain(spelling, *how, "192.0.2.25", status="PASS", says=["-> mail.example.com -> 192.0.2.25"])

    def test_named_by_the_system(self):
        configuration = self.write("resolv.conf", f"nameserver {ROUTER}%here0\n")
        world.mount(configuration, "/etc/resolv.conf", world.MS_BIND)
        self.addCleanup(world.unmount, "/etc/resolv.conf")
        ended = self.run_program("--json", "-v", "192.0.2.25", server=False)
        record, = ended.records
        self.assertEqual((record["status"], {query["server"] for query in record["queries"]}),
                         ("PASS", {f"[{ROUTER}%here0]:53"}), ended)

    def test_an_interface_that_is_not_there(self):
        self.explain(f"{ROUTER}%gone0", "192.0.2.25", status="TEMP",
                     failure=("unreachable", None, "PTR", "25.2.0.192.in-addr.arpa", ()),
                     says=[f"This machine cannot reach {ROUTER}%gone0 (No such device): it has no interface gone0"])


if __name__ == "__main__":
    main()
