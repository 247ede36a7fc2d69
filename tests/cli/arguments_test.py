# SPDX-License-Identifier: MIT
"""Arguments: what is taken, what is refused and in which words. Rows A of ../faults.txt."""
import os
import pty

from harness import CliTest, main, reverse
from dns_message import A, AAAA, MX, NXDOMAIN, PTR, SILENCE, SOA  # which harness has put on the path
from dns_responder import RecordingServer

EXPECTED_TARGET = "expected an IPv4 or IPv6 address, a host name or a block such as 192.0.2.0/28"


class Targets(CliTest):
    def check_refused(self, target, *words):
        """Alone it is a usage error; beside a good target that one is still checked."""
        self.check_usage(self.run_program("--", target), *words)
        asked_before = self.responder.count()
        ended = self.run_program("--json", "--", target, "192.0.2.1")
        self.check_complaint(ended, *words)
        self.assertEqual(ended.status, 2)
        self.assertEqual([r["verdict"] for r in ended.records], ["invalid", "pass"])
        bad = ended.records[0]
        self.assertEqual((bad["reason"], bad["ip"], bad["iprev"], bad["line"]), ("invalid_input", None, None, None))
        self.assertGreater(self.responder.count(), asked_before)
        self.responder.asked.clear()

    def test_A1_no_target(self):
        ended = self.run_program()
        self.assertEqual((ended.status, ended.stdout), (2, ""))
        lines = ended.stderr.splitlines()
        self.assertEqual(lines[0], "Usage: fcrdns-check [OPTION]... TARGET... [@SERVER]")
        self.assertRegex(lines[1], r"^ +fcrdns-check \[OPTION\]\.\.\. --file FILE$")
        self.assertEqual(lines[2:], ["Example: fcrdns-check 203.0.113.1", "To read a list from standard input: fcrdns-check -",
                                     "Try --help for all options."])
        self.assertEqual(self.responder.count(), 0)

    def test_A1_no_target_on_a_terminal(self):
        terminal, end = pty.openpty()
        self.addCleanup(os.close, terminal)
        process = self.start(stdin=end)
        os.close(end)
        ended = self.end(process)
        self.assertEqual((ended.status, ended.stdout, self.responder.count()), (2, "", 0))
        self.assertTrue(ended.stderr.startswith("Usage: fcrdns-check "), ended)
        self.assertNotIn("standard input", ended.stderr)

    def test_A2_address(self):
        ended = self.run_program("192.0.2.1")
        self.assertEqual((ended.status, ended.stderr), (0, ""))
        self.assertEqual(ended.stdout, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n")
        self.assertEqual([(q.name, q.type) for q in self.responder.asked],
                         [("1.2.0.192.in-addr.arpa", PTR), ("mail.example.com", A)])

    def test_A3_ambiguous_and_short_spellings(self):
        self.check_refused("203.0.113.01", "203.0.113.01: leading zeros are ambiguous", "write 203.0.113.1")
        self.check_refused("203.0.113.001", "leading zeros are ambiguous", "write 203.0.113.1")
        self.check_refused("010.0.0.1", "leading zeros are ambiguous", "write 10.0.0.1")
        for target in ("0x7f.1", "127.1", "3405803777", "0x7f000001", "127.0.1"):
            self.check_refused(target, f"{target}: an IPv4 address is four decimal numbers")

    def test_A4_numbers_out_of_range_or_missing(self):
        self.check_refused("203.0.113.256", "203.0.113.256: each of the four numbers of an IPv4 address is 0 to 255")
        for target in ("1.2.3", "1.2.3.4.5", "1..2.3", ".1.2.3.4", "999"):
            self.check_refused(target, f"{target}: an IPv4 address is four decimal numbers")

    def test_A5_blocks(self):
        ended = self.run_program("--json", "192.0.2.1/32", "192.0.2.0/30", "2001:db8::/127")
        self.assertEqual([(r["input"], r["ip"]) for r in ended.records], [
            ("192.0.2.1/32", "192.0.2.1"),
            *[("192.0.2.0/30", f"192.0.2.{i}") for i in range(4)],
            ("2001:db8::/127", "2001:db8::"), ("2001:db8::/127", "2001:db8::1")])
        self.assertEqual([r["verdict"] for r in ended.records],
                         ["pass", "fail", "pass", "pass", "pass", "fail", "pass"])

    def test_A5_bad_blocks(self):
        self.check_refused("192.0.2.17/24",
                           "192.0.2.17/24 has host bits set; did you mean 192.0.2.0/24 or 192.0.2.17?")
        self.check_refused("2001:db8::1/64", "did you mean 2001:db8::/64 or 2001:db8::1?")
        self.check_refused("10.0.0.0/8", "10.0.0.0/8: the block has 16777216 addresses", "limit of 65536", "--limit")
        self.check_refused("2001:db8::/64", "the block has 2^64 addresses, more than any --limit takes")
        self.check_refused("::/0", "the block has 2^128 addresses")
        for target in ("192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "192.0.2.0/024x", "192.0.2.0/255.255.255.0"):
            self.check_refused(target, f"{target}: the prefix length of an IPv4 block is 0 to 32")
        self.check_refused("2001:db8::/129", "the prefix length of an IPv6 block is 0 to 128")
        for target in ("/24", "mail.example.com/24", "192.0.2/24"):
            self.check_refused(target, f"{target}: expected a block such as")

    def test_A5_limit(self):
        self.check_usage(self.run_program("--limit", "4", "192.0.2.0/29"), "8 addresses, more than the limit of 4")
        self.assertEqual(len(self.run_program("--json", "--limit", "8", "192.0.2.0/29").records), 8)
        whole = self.run_program("--limit", "4294967296", "-q", "--", "0.0.0.0/0x", "192.0.2.0/32")
        self.assertIn("0.0.0.0/0x: the prefix length", whole.stderr)

    def test_A21_leading_zeros_of_a_prefix_length(self):
        self.check_refused("192.0.2.0/024", "192.0.2.0/024: leading zeros are ambiguous", "write 192.0.2.0/24")
        self.check_refused("0.0.0.0/00", "leading zeros are ambiguous", "write 0.0.0.0/0")
        self.check_refused("2001:db8::/0120", "leading zeros are ambiguous", "write 2001:db8::/120")

    def test_A22_what_people_have_in_hand(self):
        for target, meant in (("https://mail.example.com/x", "mail.example.com"), ("mail.example.com:25", "mail.example.com"),
                              ("[192.0.2.1]:25", "192.0.2.1"), ("192.0.2.1 mail.example.com", "192.0.2.1 or mail.example.com"),
                              ("192.0.2.0-15", "the block 192.0.2.0/28"), ("2.0.192.in-addr.arpa", "192.0.2.0/24"),
                              ("26.0-127.100.51.198.in-addr.arpa", "198.51.100.26"),
                              ("m\u00fcnchen.example", "xn--mnchen-3ya.example")):
            self.check_refused(target, f"write {meant}")

    def test_A6_other_spellings(self):
        plain = {"192.0.2.1": ("192.0.2.1", "[192.0.2.1]", "192.0.2.1.", "  192.0.2.1\t", "unknown[192.0.2.1]",
                               "mail.example.com[192.0.2.1]", "1.2.0.192.in-addr.arpa", "1.2.0.192.IN-ADDR.ARPA."),
                 "2001:db8::1": ("2001:db8::1", "[2001:db8::1]", "2001:DB8:0::1", "IPv6:2001:db8::1",
                                 "[IPv6:2001:db8::1]", "2001:0db8:0000:0000:0000:0000:0000:0001",
                                 reverse("2001:db8::1"), "unknown[IPV6:2001:db8::1]")}
        for address, spellings in plain.items():
            ended = self.run_program("--json", *spellings)
            self.assertEqual([(r["ip"], r["verdict"]) for r in ended.records], [(address, "pass")] * len(spellings))
            self.assertEqual([r["input"] for r in ended.records], [s.strip() for s in spellings])
            without_input = [{**r, "input": None} for r in ended.records]
            self.assertEqual(without_input, [without_input[0]] * len(spellings))

    def test_A7_scope(self):
        self.check_refused("fe80::1%eth0", "fe80::1%eth0: a zone has no reverse name; leave out %eth0")
        self.check_refused("[fe80::1%1]", "a zone has no reverse name; leave out %1")

    def test_A8_mapped(self):
        ended = self.run_program("--json", "::ffff:192.0.2.1", "::ffff:c000:201", "192.0.2.1")
        self.assertEqual([(r["ip"], r["family"], r["verdict"]) for r in ended.records],
                         [("192.0.2.1", "ipv4", "pass")] * 3)
        codes = [[f["code"] for f in r["findings"]] for r in ended.records]
        self.assertEqual(["ipv4_mapped" in c for c in codes], [True, True, False])
        self.assertIn("192.0.2.1 -> mail.example.com", self.run_program("::ffff:192.0.2.1").stdout)

    def test_A9_special_use(self):
        addresses = ("::1", "127.0.0.1", "10.0.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "ff02::1", "fe80::1",
                     "100.64.0.1", "fd00::1")
        ended = self.run_program("--json", *addresses)
        self.assertEqual([r["ip"] for r in ended.records], list(addresses))
        self.assertEqual({r["reason"] for r in ended.records}, {"no_ptr"})
        for address, record in zip(addresses, ended.records):
            self.assertEqual("special_use_address" in [f["code"] for f in record["findings"]], True, address)
            self.assertEqual(self.responder.count(reverse(address)), 1)

    def test_A10_host_name(self):
        self.world.address("host.example.com", "192.0.2.1", "192.0.2.2", "2001:db8::1")
        ended = self.run_program("--json", "host.example.com")
        self.assertEqual([(r["input"], r["ip"]) for r in ended.records],
                         [("host.example.com", ip) for ip in ("192.0.2.1", "192.0.2.2", "2001:db8::1")])
        only4 = self.run_program("--json", "-4", "Host.Example.COM.")
        self.assertEqual([r["ip"] for r in only4.records], ["192.0.2.1", "192.0.2.2"])
        self.responder.asked.clear()
        only6 = self.run_program("--json", "-6", "host.example.com")
        self.assertEqual([r["ip"] for r in only6.records], ["2001:db8::1"])
        # The IPv4 ones are asked for all the same, once: a DNS64 makes IPv6 ones of them.
        # Its PTR record has another name, so it may be a mail domain.
        self.assertEqual([q.type for q in self.responder.asked if q.name == "host.example.com"], [AAAA, A, MX])
        self.assertEqual({q.name for q in self.responder.asked}, {"host.example.com", reverse("2001:db8::1"), "six.example.com"})

    def test_A10_host_name_without_address(self):
        ended = self.run_program("--json", "nothing.example.com")
        (record,) = ended.records
        self.assertEqual((ended.status, record["ip"], record["verdict"], record["reason"]),
                         (1, None, "fail", "no_address"))

    def test_A10_one_family_fails(self):
        self.world.set("half.example.com", A, [b"\xc0\0\2\1"])
        self.world.set("half.example.com", AAAA, 2)
        ended = self.run_program("--json", "--tries", "1", "half.example.com")
        self.assertEqual(ended.status, 3)
        self.assertEqual([(r["ip"], r["family"], r["reason"]) for r in ended.records],
                         [("192.0.2.1", "ipv4", "forward_confirmed"), (None, "ipv6", "address_lookup_failed")])

    def test_A11_blanks(self):
        for target in ("", " ", "\t\r\n"):
            self.check_refused(target, "an empty target; " + EXPECTED_TARGET)
        self.assertEqual(self.run_program(" 192.0.2.1 ").status, 0)

    def test_A12_control_and_foreign_bytes(self):
        self.check_refused("a\x1b[31mb", "a\\027[31mb: ")
        self.check_refused("a\nb", "a\\010b: " + EXPECTED_TARGET)
        self.check_refused(b"\xff\xfe\xc3\xa9", "\\255\\254\\195\\169: " + EXPECTED_TARGET)
        self.check_refused("a\\b", "a\\092b: ")
        ended = self.run_program("--tries", "1\x1b]0;title\x07", "192.0.2.1")
        self.check_complaint(ended, "--tries 1\\027]0;title\\007: expected a whole number from 1 to 10")
        self.check_complaint(self.run_program("--\x1b[0m", "192.0.2.1"), "--\\027[0m: unknown option")

    def test_A13_huge_argument(self):
        # Linux takes at most 128 KiB in one argument; a megabyte comes in many.
        huge = "a" * 131000
        ended = self.run_program(*[huge] * 8)
        self.assertEqual((ended.status, len(ended.stderr.splitlines()), self.responder.count()), (2, 8, 0))
        for line in ended.stderr.splitlines():
            self.assertLess(len(line), 250)
            self.assertIn("aaa...: " + EXPECTED_TARGET, line)
        for option in ("--server", "--helo", "--tries", "--wait", "--color"):
            ended = self.run_program(option, huge, "192.0.2.1")
            self.assertLess(len(ended.stderr), 1000)
            self.assertLess(len(ended.stdout), 10000)
        self.check_complaint(self.run_program("--" + huge), "unknown option")
        records = self.run_program("--json", huge).records
        self.assertLess(len(records[0]["input"]), 300)

    def test_A16_same_address_many_times(self):
        count = 10000
        ended = self.run_program("--json", "--file", self.write("list", "192.0.2.1\n" * count))
        self.assertEqual([r["line"] for r in ended.records], list(range(1, count + 1)))
        self.assertEqual({r["verdict"] for r in ended.records}, {"pass"})
        self.assertLess(self.responder.count(), 100)

    def test_A20_order_of_both_families(self):
        targets = ["2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.3", "192.0.2.2", "2001:db8::1"]
        self.responder.hold(reverse("2001:db8::1"))
        process = self.start("--json", *targets)
        self.responder.wait_for(reverse("192.0.2.2"))
        self.responder.wait_for("two.example.com")
        self.responder.release(reverse("2001:db8::1"))
        self.assertEqual([r["ip"] for r in self.end(process).records], targets)


class Options(CliTest):
    def check_option(self, *arguments, words):
        self.check_usage(self.run_program(*arguments, "192.0.2.1"), *words)

    def test_A14_ranges(self):
        seconds = {"--timeout": ("0.05", "60"), "--deadline": ("0.1", "3600")}
        for option, (smallest, largest) in seconds.items():
            for value in ("0", "-1", "1e9", "nan", "inf", "99999999999999999999", "5s", "", " 1", "1,5", "0x1", "+1",
                          "0.04", "3601", "1.2.3", ".", "-0.5"):
                self.check_option(option, value, words=(
                    f"{option} {value}: expected a number of seconds from {smallest} to {largest}",))
        counts = {"--tries": (1, 10), "--jobs": (1, 20000), "--rate": (1, 1000000), "--limit": (1, 2**32),
                  "--port": (1, 65535)}
        for option, (smallest, largest) in counts.items():
            for value in ("0", "-1", str(largest + 1), "1.5", "1e3", "x", "", "99999999999999999999999", "0x10"):
                self.check_option(option, value, words=(
                    f"{option} {value}: expected a whole number from {smallest} to {largest}",))
        for value in ("0", "-5", "5d", "m", "1.5h", "", "1h30m", "9999999", "169h", "99999999999999999999s"):
            self.check_option("--wait", value, words=(f"--wait {value}: expected a duration", "10m"))

    def test_A14_range_ends_are_taken(self):
        for arguments in (["--timeout", "0.05"], ["--timeout", "60"], ["--deadline=0.1"], ["--deadline", "3600"],
                          ["--tries", "1"], ["--tries=10"], ["--jobs", "1"], ["--jobs", "20000"], ["--rate", "1000000"],
                          ["--limit", "1"], ["--limit", "4294967296"], ["-p1"], ["--port", "65535"], ["--wait", "30"],
                          ["--wait", "90s"], ["--wait", "10m"], ["--wait=2h"], ["--timeout", "2."], ["--tries", "03"]):
            ended = self.run_program(*arguments, "192.0.2.1")
            self.assertEqual((ended.status, ended.stderr), (0, ""), (arguments, ended))

    def test_A14_words(self):
        self.check_option("--color", "red", words=("--color red: expected auto, always or never",))
        self.check_option("--format", "xml", words=("--format xml: expected text, json",)
                          if "nagios" in self.run_program("--help").stdout else ("--format xml: expected text or json",))
        self.check_option("--json", "--format", "text", words=("--json and --format ask for different formats",))
        self.check_option("-4", "-6", words=("-4 and -6 exclude each other",))
        self.assertEqual(self.run_program("--json", "--format", "json", "192.0.2.1").records[0]["verdict"], "pass")

    def test_A15_servers(self):
        port = self.responder.port
        for arguments in (["--server", "127.0.0.1", "--port", str(port)], [f"-s127.0.0.1:{port}"],
                          [f"@127.0.0.1:{port}"], [f"--server=[127.0.0.1]:{port}"], ["@127.0.0.1", "-p", str(port)]):
            ended = self.run_program(*arguments, "192.0.2.1", server=False)
            self.assertEqual((ended.status, ended.stderr), (0, ""), (arguments, ended))
        self.assertEqual(self.run_program("192.0.2.1", f"@127.0.0.1:{port}", server=False).status, 0)
        with RecordingServer(self.world, host="::1") as six:
            for arguments in ([f"@[::1]:{six.port}"], ["@::1", "-p", str(six.port)],
                              ["-s", "[::1]", "--port", str(six.port)]):
                ended = self.run_program(*arguments, "192.0.2.1", server=False)
                self.assertEqual((ended.status, ended.stderr), (0, ""), (arguments, ended))

    def test_A15_bad_servers(self):
        for value in ("127.0.0.1:0", "127.0.0.1:65536", "[::1]:0", "127.0.0.1:99999999999", "127.0.0.1:",
                      "127.0.0.1:x"):
            self.check_option("--server", value, words=(f"--server {value}: a port is 1 to 65535",))
            self.check_option("@" + value, words=(f"fcrdns-check: @{value}: a port is 1 to 65535",))
        for value in ("host.name", "host.name:53", "", "127.0.0.256", "[::1", "[::1]x", "::1:53:x", "[]:53",
                      "2001:db8::1%eth0", "fe80::1%", "127.1"):
            expected = f"{value}: expected a server's address: ADDR, ADDR:PORT or [ADDR]:PORT"
            self.check_option("--server", value, words=("--server " + expected,))
            self.check_option("@" + value, words=("fcrdns-check: @" + expected,))

    def test_A17_unknown_option(self):
        for given, meant in (("--timeot", "--timeout"), ("--jsn", "--json"), ("--unorderd", "--unordered"),
                             ("--verb", "--verbose"), ("--tim", "--timeout"), ("--colour", "--color"),
                             ("--strikt", "--strict"), ("--timeot=3", "--timeout")):
            self.check_option(given, words=(f"{given}: unknown option; did you mean {meant}?",))
        for given in ("-x", "--no-such-option-at-all", "-vx", "---", "--1"):
            self.check_option(given, words=("unknown option; try --help",))

    def test_A17_given_twice(self):
        values = {"--file": "a", "--limit": "5", "--helo": "a.example", "--wait": "5", "--port": "53", "--timeout": "1",
                  "--tries": "1", "--deadline": "5", "--jobs": "5", "--rate": "5", "--format": "json",
                  "--color": "never"}
        for option, value in values.items():
            self.check_option(option, value, f"{option}={value}", words=(f"{option} is given twice",))
        self.check_option("-p53", "--port", "53", words=("--port is given twice",))
        self.assertEqual(self.run_program("-j", "-j", "--tcp", "--tcp", "192.0.2.1").status, 0)

    def test_A17_without_value(self):
        for option in ("--file", "--limit", "--helo", "--wait", "--server", "--port", "--timeout", "--tries",
                       "--deadline", "--jobs", "--rate", "--format", "--color"):
            self.check_usage(self.run_program("192.0.2.1", option), f"{option} needs a value")
            self.check_option(f"{option}=", words=(f"{option} needs a value",))
        self.check_usage(self.run_program("192.0.2.1", "-f"), "--file needs a value")
        for option in ("--helo", "--tries", "--server", "--color", "--report"):  # of a script's unset variable
            self.check_option(option, "", words=(f"{option} : expected",))

    def test_A17_value_for_a_flag(self):
        for option in ("--json", "--tcp", "--help", "--verbose"):
            for value in ("1", "false", "", "x"):
                self.check_option(f"{option}={value}", words=(f"{option} takes no value",))

    def test_A18_end_of_options(self):
        ended = self.run_program("--json", "--", "-1.2.3.4", "--json", "--")
        self.assertEqual(ended.status, 2)
        self.assertEqual([(r["verdict"], r["input"]) for r in ended.records],
                         [("invalid", word) for word in ("-1.2.3.4", "--json", "--")])
        self.check_usage(self.run_program("-1.2.3.4"), "-1.2.3.4: unknown option")

    def test_options_after_operands(self):
        ended = self.run_program("192.0.2.1", "--json", "192.0.2.2", "--tries", "2")
        self.assertEqual([r["ip"] for r in ended.records], ["192.0.2.1", "192.0.2.2"])

    def test_A19_help_and_version_to_a_full_disk(self):
        for option in ("--help", "--version", "-h", "-V"):
            with open("/dev/full", "wb") as full:
                ended = self.run_program(option, stdout=full)
            self.assertEqual(ended.status, 2)
            self.check_complaint(ended, "standard output: No space left on device")
            self.assertEqual(self.run_program(option).status, 0)

    def test_help_needs_no_target_and_asks_nothing(self):
        ended = self.run_program("192.0.2.1", "--help", "--tcp")
        self.assertEqual((ended.status, ended.stderr, self.responder.count()), (0, "", 0))
        self.assertRegex(self.run_program("--version").stdout, r"\Afcrdns-check \d+\.\d+\.\d+ \(c-ares \d+\.\d+\.\d+\)\n\Z")

    def test_tries_and_tcp(self):
        self.world.set(reverse("192.0.2.9"), PTR, SILENCE)
        ended = self.run_program("--tries", "2", "--timeout", "0.05", "192.0.2.9")
        self.assertEqual(ended.status, 3)
        asked = [(query.type, query.transport) for query in self.responder.asked]
        # Beside the second try the root, for a server may be silent altogether; at last, for one target, TCP.
        self.assertEqual(asked, [(PTR, "udp"), (PTR, "udp"), (SOA, "udp"), (PTR, "tcp")])
        self.assertIn("no answer from", ended.stdout)
        self.responder.asked.clear()
        self.assertEqual(self.run_program("--tcp", "192.0.2.1").status, 0)
        self.assertEqual({q.transport for q in self.responder.asked}, {"tcp"})

    def test_every_question_sets_rd_and_ad_and_carries_edns(self):
        self.run_program("192.0.2.1")
        self.assertEqual([(q.bits, q.edns) for q in self.responder.asked], [(0x0120, True)] * 2)

    def test_quiet(self):
        for arguments, status in ((["192.0.2.1"], 0), (["192.0.2.9"], 1), (["192.0.2.1", "192.0.2.9"], 1)):
            ended = self.run_program("-q", *arguments)
            self.assertEqual((ended.status, ended.stdout, ended.stderr), (status, "", ""))

    def test_exit_statuses_combine(self):
        self.world.set(reverse("192.0.2.8"), PTR, 2)
        for targets, status in ((["192.0.2.1"], 0), (["192.0.2.8"], 3), (["192.0.2.8", "192.0.2.9"], 1),
                                (["192.0.2.8", "x y"], 2), (["192.0.2.9", "x y"], 2), (["192.0.2.1", "192.0.2.8"], 3)):
            self.assertEqual(self.run_program("--tries", "1", *targets).status, status, targets)

    def test_strict(self):
        self.world.pointer("192.0.2.7", "mail.example.com", "gone.example.com")
        self.world.address("mail.example.com", "192.0.2.7")
        self.world.set("gone.example.com", A, NXDOMAIN)
        relaxed, strict = self.run_program("192.0.2.7"), self.run_program("--strict", "192.0.2.7")
        self.assertEqual((relaxed.status, strict.status), (0, 1))
        self.assertTrue(relaxed.stdout.startswith("WARN  192.0.2.7"))
        self.assertEqual(strict.stdout, relaxed.stdout)


if __name__ == "__main__":
    main()
