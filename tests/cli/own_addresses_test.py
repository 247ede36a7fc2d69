# SPDX-License-Identifier: MIT
"""--me: the addresses that this machine sends from, in networks that are made for each test."""
import json
import pathlib
import subprocess

from harness import CliTest, main, needs
from dns_responder import RecordingServer  # which harness has put on the path


def device(name, *addresses):
    """The commands that make an interface with addresses, and default routes over it: to a cable with nobody at its end."""
    commands = [f"ip link add {name} type veth peer name far", "ip link set far up", f"ip link set {name} up"]
    for address in addresses:
        family, options = ("-6", " nodad") if ":" in address else ("-4", "")
        commands += [f"ip {family} address add {address} dev {name}{options}", f"ip {family} route add default dev {name}"]
    return commands


class OwnAddresses(CliTest):
    def in_network(self, commands, *arguments, status=None):
        """What the program says in a network of its own, where a server answers on loopback."""
        found = []

        def run():
            self.run_commands(commands)
            with RecordingServer(self.world) as server:
                found.append(self.run_program("--server", server.server, *arguments, server=False))

        self.in_own_network(run)
        if status is not None:
            self.assertEqual(found[0].status, status, found[0])
        return found[0]

    @staticmethod
    def run_commands(commands):
        for command in commands:
            made = subprocess.run(command.split(), stderr=subprocess.PIPE, text=True, check=False)
            needs(made.returncode == 0, f"{command}: {made.stderr.strip()}")

    @staticmethod
    def without_ipv6():
        try:
            pathlib.Path("/proc/sys/net/ipv6/conf/all/disable_ipv6").write_text("1")
        except OSError as problem:
            needs(False, f"IPv6 that can be switched off ({problem})")

    def test_public_addresses_of_both_families(self):
        self.world.confirmed("203.0.113.7", "four.example.com")
        self.world.confirmed("2001:db8:7::7", "six.example.com")
        ended = self.in_network(device("up0", "203.0.113.7/24", "2001:db8:7::7/64"), "--me", status=0)
        self.assertEqual(ended.stdout, "PASS  203.0.113.7 -> four.example.com -> 203.0.113.7  [this machine]\n\n"
                                       "PASS  2001:db8:7::7 -> six.example.com -> 2001:db8:7::7  [this machine]\n")
        self.assertEqual(ended.stderr, "")

    def test_one_that_fails_is_explained(self):
        ended = self.in_network(device("up0", "203.0.113.7/24"), "--me", status=1)
        self.assertIn("FAIL  203.0.113.7 -> no PTR record  [this machine]\n", ended.stdout)
        self.assertIn("To fix it", ended.stdout)
        self.assertNotIn("NAT", ended.stdout)
        self.check_complaint(ended, "no route to the Internet over IPv6", "so only its IPv4 address is checked")

    def test_the_source_address_is_that_of_the_route(self):
        commands = device("up0", "203.0.113.7/24") + ["ip address add 203.0.113.9/32 dev up0",
                                                      "ip route replace default dev up0 src 203.0.113.9"]
        ended = self.in_network(commands, "--json", "--me", status=1)
        self.assertEqual([(r["ip"], r["input"]) for r in ended.records], [("203.0.113.9", "--me")])

    def test_behind_nat(self):
        for address in ("172.17.0.2", "10.1.2.3", "100.64.0.9"):
            ended = self.in_network(device("eth0", f"{address}/16"), "-4", "--me", status=1)
            text = " ".join(ended.stdout.split())
            self.assertIn(f"FAIL {address} -> no PTR record [this machine, behind NAT]", text)
            self.assertIn(f"This machine sends from {address}, which is no public address: NAT", text)
            self.assertIn("brackets of a bounce", text)
            self.assertNotIn("To fix it", text)
            self.assertEqual(ended.stderr, "")

    def test_behind_nat_where_the_private_address_passes(self):
        self.world.confirmed("10.1.2.3", "mail.example.com")
        ended = self.in_network(device("eth0", "10.1.2.3/16"), "-4", "--me", status=0)
        self.assertIn("which is no public address: NAT", " ".join(ended.stdout.split()))

    def test_no_route_over_ipv4(self):
        ended = self.in_network(device("up0", "2001:db8:7::7/64"), "--json", "--me", status=1)
        self.assertEqual([r["ip"] for r in ended.records], ["2001:db8:7::7"])
        self.check_complaint(ended, "--me: this machine has no route to the Internet over IPv4 (Network is unreachable), so "
                                    "only its IPv6 address is checked")

    def test_no_route_at_all(self):
        for arguments, over in (((), "over IPv4 (Network is unreachable) or over IPv6 (Network is unreachable)"),
                                (("-4",), "over IPv4 (Network is unreachable)")):
            ended = self.in_network([], "--me", *arguments, status=2)
            self.assertEqual((ended.stdout, ended.stderr),
                             ("", f"fcrdns-check: --me: this machine has no route to the Internet {over}\n"))
        records = self.in_network([], "--json", "--me", status=2).records
        self.assertEqual([(r["input"], r["verdict"]) for r in records], [("--me", "invalid")])

    def test_only_one_family_is_wanted(self):
        both = device("up0", "203.0.113.7/24", "2001:db8:7::7/64")
        for option, address in (("-4", "203.0.113.7"), ("-6", "2001:db8:7::7")):
            ended = self.in_network(both, "--json", option, "--me", status=1)
            self.assertEqual(([r["ip"] for r in ended.records], ended.stderr), ([address], ""))

    def test_beside_other_targets(self):
        self.world.confirmed("203.0.113.7", "four.example.com")
        ended = self.in_network(device("up0", "203.0.113.7/24"), "-4", "--me", "192.0.2.1", status=0)
        self.assertEqual(ended.stdout.splitlines()[:2], ["PASS  192.0.2.1        mail.example.com",
                                                         "PASS  203.0.113.7      four.example.com  [this machine]"])
        ended = self.in_network([], "--me", "192.0.2.1", status=2)
        self.assertIn("PASS  192.0.2.1", ended.stdout)

    def test_no_packet_is_sent_to_find_it_out(self):
        """Counted by the interface itself: what is asked goes over loopback."""
        def sent():
            shown = subprocess.run(["ip", "-s", "-j", "link", "show", "up0"], stdout=subprocess.PIPE, check=True).stdout
            return json.loads(shown)[0]["stats64"]["tx"]["packets"]

        def run():
            self.without_ipv6()  # which would send packets of its own
            self.run_commands(device("up0", "203.0.113.7/24"))
            before = sent()
            with RecordingServer(self.world) as server:
                self.assertEqual(self.run_program("--server", server.server, "--me", "-4", server=False).status, 1)
            self.assertEqual(sent(), before)

        self.in_own_network(run)

    def test_a_family_that_is_switched_off_is_left_out(self):
        def run():
            self.without_ipv6()
            self.run_commands(device("up0", "203.0.113.7/24"))
            with RecordingServer(self.world) as server:
                ended = self.run_program("--server", server.server, "--json", "--me", server=False)
            self.assertEqual([r["ip"] for r in ended.records], ["203.0.113.7"])
            self.check_complaint(ended, "no route to the Internet over IPv6")

        self.in_own_network(run)

    def test_every_format_names_this_machine(self):
        for form in ("nagios", "github", "junit", "markdown"):
            ended = self.in_network(device("up0", "203.0.113.8/24"), "-4", "--me", "--format", form)
            self.assertIn("this machine", ended.stdout)


if __name__ == "__main__":
    main()
