#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""systemd-resolved, as it stands behind 127.0.0.53 on most desktops.

Its package takes /etc/resolv.conf, so that it is never installed for this: FCRDNS_SYSTEMD_RESOLVED names the program
out of the unpacked package, else the system's own is taken where there is one.
"""
import os
import pathlib
import shutil
import unittest

from private_network import PrivateNetworkTest, ip, main, world
from real_servers import Knot, RealServer, zone_file

PROGRAM = os.environ.get("FCRDNS_SYSTEMD_RESOLVED", "/lib/systemd/systemd-resolved")
NAME_SERVER = "ns.isp.example."
V6_PARENT = "8.b.d.0.1.0.0.2.ip6.arpa."


class SystemdResolved(RealServer):
    def command(self):
        return [PROGRAM]


def prepare():
    """What it needs of the machine, in this process's own mounts: a directory /run, its user, a configuration."""
    world.mount("tmpfs", "/run", 0, "tmpfs")
    run = pathlib.Path("/run")
    (run / "systemd" / "resolved.conf.d").mkdir(parents=True)
    (run / "systemd" / "resolve").mkdir()
    (run / "systemd" / "resolved.conf.d" / "test.conf").write_text(
        "[Resolve]\nDNS=127.0.0.1\nFallbackDNS=\nLLMNR=no\nMulticastDNS=no\nDNSSEC=no\nCache=yes\nCacheFromLocalhost=yes\n")
    (run / "passwd").write_text("root:x:0:0::/root:/bin/sh\nsystemd-resolve:x:0:0::/:/usr/sbin/nologin\n")
    (run / "hosts").write_text("127.0.0.1 localhost\n192.0.2.70 mail.hosts.example\n")
    world.mount("/run/passwd", "/etc/passwd", world.MS_BIND)
    world.mount("/run/hosts", "/etc/hosts", world.MS_BIND)
    # Without an interface that leads somewhere it asks nobody.
    ip("link", "add", "here0", "type", "veth", "peer", "name", "there0")
    ip("addr", "add", "198.18.0.1/24", "dev", "here0")
    for interface in ("here0", "there0"):
        ip("link", "set", interface, "up")
    ip("route", "add", "default", "dev", "here0")


class Resolved(PrivateNetworkTest):
    programs = (Knot,)

    @classmethod
    def start_servers(cls):
        if not shutil.which(PROGRAM):
            raise unittest.SkipTest("no systemd-resolved: FCRDNS_SYSTEMD_RESOLVED may name it")
        prepare()
        zones = {
            ".": zone_file(".", NAME_SERVER, ""),
            "isp.example.": zone_file("isp.example.", NAME_SERVER, "ns A 127.0.0.1\n"),
            "example.com.": zone_file("example.com.", NAME_SERVER,
                                      "mail A 192.0.2.25\nmail AAAA 2001:db8::25\nold DNAME new.example.com.\n"
                                      "mx1.new A 192.0.2.31\nmx2.new A 192.0.2.32\n"),
            "2.0.192.in-addr.arpa.": zone_file("2.0.192.in-addr.arpa.", NAME_SERVER,
                                               "25 PTR mail.example.com.\n30 PTR ubuntu.\n31 PTR mx1.old.example.com.\n"
                                               "32 PTR mx2.old.example.com.\n"),
            V6_PARENT: zone_file(V6_PARENT, NAME_SERVER, "0.0.0.0 DNAME rev6.isp.example.\n"),
            "rev6.isp.example.": zone_file("rev6.isp.example.", NAME_SERVER,
                                           f"5.2{18 * '.0'} PTR mail.example.com.\n6.2{18 * '.0'} PTR mail.example.com.\n"),
        }
        cls.knot = cls.run_server(Knot(zones, address="127.0.0.1", port=53))
        cls.resolver = cls.run_server(SystemdResolved(address="127.0.0.53", port=53))

    def test_alias_that_a_cached_dname_implies(self):
        for _ in range(2):
            self.explain(self.resolver, "2001:db8::25", status="PASS", findings=["ptr_alias"])
        record = self.explain(self.resolver, "2001:db8::26", status="FAIL", findings=["ptr_alias"], smtp="550 5.7.25",
                              fix=[(1, "mail.example.com. IN AAAA 2001:db8::26"),
                                   (2, "your.mail.host.name. IN AAAA 2001:db8::26"),
                                   (2, f"6.2{18 * '.0'}.rev6.isp.example. IN PTR your.mail.host.name.")])
        self.assertEqual([name["name"] for name in record["ptr"]], ["mail.example.com"])
        verbose = self.run_program("--server", "127.0.0.53", "-v", "2001:db8::26", server=False)
        self.assertIn("DNAME", verbose.stdout)
        self.assertIn("CNAME", verbose.stdout)

    def test_forward_names_below_a_dname(self):
        for last in "12":
            record = self.explain(self.resolver, f"192.0.2.3{last}", status="PASS", findings=["forward_alias"])
            alias, = (finding["detail"] for finding in record["findings"] if finding["code"] == "forward_alias")
            self.assertIn(f"mx{last}.old.example.com is an alias for mx{last}.new.example.com", alias)

    def test_name_without_a_domain(self):
        self.explain(self.resolver, "192.0.2.30", status="TEMP", findings=["single_label_name"], smtp="450 4.7.25",
                     failure=("refused", "REFUSED", "A", "ubuntu", ()),
                     fix=[(1, "your.mail.host.name. IN A 192.0.2.30"), (1, "30.2.0.192.in-addr.arpa. IN PTR your.mail.host.name.")],
                     says=["ubuntu is a name without a domain, and 127.0.0.53 does not look such names up",
                           "The zone is 2.0.192.in-addr.arpa (primary server ns.isp.example, contact hostmaster@isp.example)"])

    def test_hosts_file(self):
        self.explain(self.resolver, "192.0.2.70", status="WARN", findings=["local_answer"],
                     says=["127.0.0.53 answered from its own data (often /etc/hosts)"])


if __name__ == "__main__":
    main()
