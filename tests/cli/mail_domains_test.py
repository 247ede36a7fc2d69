# SPDX-License-Identifier: MIT
"""--mx in every format, and what a host name that is a mail domain costs and says."""
import struct

from harness import CliTest, main
from dns_message import A, AAAA, MX, SILENCE, wire  # which harness has put on the path

SERVFAIL = 2


class MailDomains(CliTest):
    def setUp(self):
        super().setUp()
        self.mx("example.com", (10, "mail.example.com"), (20, "bad.example.com"))
        self.world.address("bad.example.com", "192.0.2.9")

    def mx(self, domain, *hosts):
        self.world.set(domain, MX, [struct.pack("!H", preference) + wire(host) for preference, host in hosts])

    def asked(self, kind):
        return [query.name for query in self.responder.asked if query.type == kind]

    def test_a_domain_is_its_mx_hosts(self):
        ended = self.run_program("--mx", "example.com")
        self.assertEqual(ended.status, 1)
        self.assertTrue(ended.stdout.startswith(
            "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1  [mail.example.com (MX of example.com)]\n\n"
            "FAIL  192.0.2.9 -> no PTR record  [bad.example.com (MX of example.com)]\n"), ended)
        self.assertEqual(self.asked(MX), ["example.com"])
        self.assertNotIn("example.com", self.asked(A))

    def test_lists_name_the_host_and_its_domain(self):
        lines = self.run_program("--mx", "192.0.2.2", "example.com").stdout.splitlines()
        self.assertEqual(lines[:3], ["PASS  192.0.2.2        two.example.com",
                                     "PASS  192.0.2.1        mail.example.com  [mail.example.com (MX of example.com)]",
                                     "FAIL  192.0.2.9        no PTR record  [bad.example.com (MX of example.com)]"])

    def test_every_format_names_the_host_and_its_domain(self):
        for form in ("nagios", "github", "junit", "markdown"):
            ended = self.run_program("--mx", "--format", form, "example.com")
            self.assertIn("bad.example.com (MX of example.com)", ended.stdout, form)
            self.assertIn("192.0.2.9", ended.stdout, form)

    def test_summary(self):
        """By address, as of any list; a domain without a host to check stands by its name."""
        self.mx("none.example.com", (0, "."))
        ended = self.run_program("--mx", "--summary", "example.com", "none.example.com")
        self.assertIn(".9", ended.stdout)
        self.assertIn("FAIL  none.example.com: domain that takes no mail", ended.stdout)

    def test_json(self):
        records = self.run_program("--mx", "--json", "example.com").records
        self.assertEqual([(r["input"], r["ip"], r["mx"]["host"], r["mx"]["preference"]) for r in records],
                         [("example.com", "192.0.2.1", "mail.example.com", 10),
                          ("example.com", "192.0.2.9", "bad.example.com", 20)])
        self.assertNotIn("mx", self.run_program("--mx", "--json", "192.0.2.2").records[0])
        self.assertNotIn("mx", self.run_program("--json", "mail.example.com").records[0])

    def test_wait_asks_for_the_hosts_again(self):
        self.mx("later.example.com", (10, "bad.example.com"))
        process = self.start("--mx", "--wait", "1h", "--json", "later.example.com")
        line = self.read_line(process.stderr)
        self.assertIn("192.0.2.9 [bad.example.com (MX of later.example.com)]: no PTR record; checking again in", line)
        self.stop(process)

    def test_an_mx_lookup_that_fails_is_temporary(self):
        self.world.set("broken.example.com", MX, SERVFAIL)
        ended = self.run_program("--mx", "--tries", "1", "broken.example.com")
        self.assertEqual(ended.status, 3)
        self.assertTrue(ended.stdout.startswith(
            "TEMP  broken.example.com -> cannot tell its MX hosts: SERVFAIL"), ended)
        self.assertIn("fcrdns-check --mx @ADDRESS broken.example.com", ended.stdout)
        record = self.run_program("--mx", "--tries", "1", "--json", "broken.example.com").records[0]
        self.assertEqual((record["failure"]["qtype"], record["mx"]["host"]), ("MX", None))

    def test_the_deadline_holds_for_the_whole_domain(self):
        self.world.set("silent.example.com", MX, SILENCE)
        ended = self.run_program("--mx", "--deadline", "0.3", "--json", "silent.example.com")
        self.assertEqual((ended.status, ended.records[0]["verdict"]), (3, "temperror"))

    def test_a_host_name_that_its_ptr_names_costs_no_mx_question(self):
        ended = self.run_program("mail.example.com")
        self.assertEqual((ended.status, ended.stdout), (0, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n"))
        self.assertEqual(self.asked(MX), [])

    def test_a_mail_domain_is_noted_at_the_cost_of_one_question(self):
        self.world.address("example.com", "192.0.2.1", "192.0.2.2")
        ended = self.run_program("example.com")
        self.assertEqual(ended.status, 0)
        text = " ".join(ended.stdout.split())
        self.assertIn("Note: example.com takes mail at mail.example.com and bad.example.com; if they send too: "
                      "fcrdns-check --mx example.com", text)
        self.assertEqual(self.asked(MX), ["example.com"])

    def test_lists_and_quiet_runs_do_not_ask(self):
        self.world.address("example.com", "192.0.2.1")
        self.run_program("example.com", "192.0.2.2")
        self.run_program("-q", "example.com")
        self.assertEqual(self.asked(MX), [])

    def test_a_silent_mx_lookup_delays_a_pass_by_one_time_out_and_changes_nothing(self):
        self.world.address("example.com", "192.0.2.1")
        self.world.set("example.com", MX, SILENCE)
        ended = self.run_program("--timeout", "0.2", "example.com")
        self.assertEqual((ended.status, ended.stdout), (0, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n"))

    def test_hostile_names_reach_nobody(self):
        hostile = "\\027]0;x\\007.\\$\\(reboot\\)\\010.example"
        self.mx("odd.example.com", (10, hostile))
        self.world.address("odd.example.com", "192.0.2.1")
        for arguments in (("odd.example.com",), ("--mx", "odd.example.com"), ("--mx", "-v", "odd.example.com"),
                          ("--mx", "--json", "-v", "odd.example.com"), ("--mx", "--format", "github", "odd.example.com")):
            ended = self.run_program(*arguments)  # which looks at every octet
            self.assertNotIn("$(", ended.stdout)
            self.assertNotIn("fcrdns-check \\", ended.stdout)
        self.assertEqual([name for name in self.asked(A) + self.asked(AAAA) if "reboot" in name], [])

    def test_unicode_domains_are_refused_with_their_ascii_form(self):
        self.check_complaint(self.run_program("--mx", "m\u00fcnchen.example"), "xn--mnchen-3ya.example")
        self.mx("xn--mnchen-3ya.example", (10, "mail.example.com"))
        self.assertIn("(MX of xn--mnchen-3ya.example)", self.run_program("--mx", "xn--mnchen-3ya.example").stdout)


if __name__ == "__main__":
    main()
