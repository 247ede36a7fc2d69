# SPDX-License-Identifier: MIT
"""Bounces, messages and logs as input: the refused client is checked, and the output says where it was found."""
import json
import subprocess

from harness import CliTest, main, memory_kib, read_record, reverse, without_quarantine

REFUSAL = "450 4.7.25 Client host rejected: cannot find your hostname, [198.51.100.9]"
BOUNCE = ("<ann@shop.example>: host mx1.shop.example[192.0.2.1] said: 450 4.7.25 Client host\n"
          "    rejected: cannot find your hostname, [198.51.100.9] (in reply to RCPT TO command)\n")
OWN = ("Mar  3 10:11:14 mx postfix/smtpd[8]: NOQUEUE: reject: RCPT from unknown[{0}]: 450 4.7.25 Client host rejected: "
       "cannot find your hostname, [{0}]; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<h>\n")


class Texts(CliTest):
    def test_operand(self):
        ended = self.run_program(REFUSAL)
        self.assertEqual((ended.status, ended.stderr), (1, ""))
        self.assertTrue(ended.stdout.startswith("FAIL  198.51.100.9 -> no PTR record\n\n"
                                                "  198.51.100.9, from line 1 of the text given:\n"), ended)

    def test_bounce_file(self):
        path = self.write("bounce.eml", BOUNCE)
        ended = self.run_program("--bounce", path)
        self.assertEqual(ended.status, 1)
        self.assertIn(f"198.51.100.9, from line 2 of {path}:", ended.stdout)
        record = self.run_program("--json", "--bounce", path).records[0]
        self.assertEqual((record["ip"], record["line"]), ("198.51.100.9", None))
        self.assertEqual((record["taken_from"]["file"], record["taken_from"]["line"]), (str(path), 2))
        self.assertIn("[198.51.100.9]", record["taken_from"]["words"])

    def test_bounce_on_standard_input(self):
        record = self.run_program("--json", "--bounce", "-", stdin=BOUNCE.encode()).records[0]
        self.assertEqual((record["ip"], record["taken_from"]["file"]), ("198.51.100.9", "-"))
        self.assertIsNone(self.run_program("--json", "192.0.2.1").records[0]["taken_from"])

    def test_only_the_receiver(self):
        path = self.write("bounce.eml", "host mx[192.0.2.6] refused to talk to me: 421 Your reverse DNS does not resolve\n")
        ended = self.run_program("--bounce", path)
        self.assertEqual((ended.status, ended.stdout), (2, ""))
        self.assertEqual(ended.stderr, f"fcrdns-check: {path}: names only the receiver, 192.0.2.6; give your server's "
                                       "address or host name\n")
        self.assertEqual(self.run_program("--bounce", self.write("empty", "")).status, 2)

    def test_unreadable(self):
        for path in ("/nonexistent", "/"):
            ended = self.run_program("--bounce", path)
            self.assertEqual((ended.status, ended.stdout), (2, ""))
            self.assertEqual(len(ended.stderr.splitlines()), 1, ended)

    def test_too_long(self):
        ended = self.run_program("--bounce", self.write("long.log", "x" * (16 * 1024 * 1024 + 1)))
        self.assertEqual(ended.status, 2)
        self.assertIn("longer than 16 MiB", ended.stderr)

    def test_several_addresses_once_in_order(self):
        path = self.write("mail.log", "".join(OWN.format(f"198.51.100.{i}") for i in (7, 3, 7, 5, 3)))
        for option in ("--bounce", "--file"):
            records = self.run_program("--json", option, path).records
            self.assertEqual([r["ip"] for r in records], ["198.51.100.7", "198.51.100.3", "198.51.100.5"])

    def test_a_log_as_it_grows(self):
        process = self.start("--json", "-", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for address in ("198.51.100.7", "192.0.2.1"):
            process.stdin.write(b"Mar  3 10:11:12 mx postfix/anvil[9]: statistics: max cache size 2\n")
            process.stdin.write(OWN.format(address).encode())
            process.stdin.flush()
            self.assertEqual(read_record(process.stdout.readline().decode())["ip"], address)
        process.stdin.close()
        self.assertEqual(process.wait(), 1)
        process.stdout.close()

    def peak_of_log(self, lines, clients):
        """The most memory, in KiB, that so many lines of a log take, whose refusals are of so many clients."""
        last = "198.51.100.250"
        self.responder.hold(reverse(last))
        self.responder.asked.clear()
        path = self.write("long.log", "".join(OWN.format(f"10.0.{i % clients // 256}.{i % clients % 256}")
                                              for i in range(lines)) + OWN.format(last))
        with open(self.directory / "records", "wb") as output:
            process = self.start("--json", "--file", path, stdout=output, environment=without_quarantine())
        self.responder.wait_for(reverse(last))
        peak = memory_kib(process)
        self.responder.release(reverse(last))
        self.assertEqual(self.end(process).status, 1)
        found = [json.loads(line)["ip"] for line in (self.directory / "records").read_text().splitlines()]
        self.assertEqual(found, [f"10.0.{i // 256}.{i % 256}" for i in range(clients)] + [last])
        return peak

    def test_a_long_log_takes_the_memory_of_a_short_one(self):
        """Of 100,000 lines each client is checked once, in the order of the log, which is not kept."""
        short = self.peak_of_log(1000, 300)
        self.assertLess(self.peak_of_log(100_000, 300), short + 4 * 1024)

    def test_another_cause_is_noted_after_a_pass(self):
        ended = self.run_program("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using bl.example")
        self.assertEqual(ended.status, 0)
        self.assertIn("another reason than reverse DNS: a blocklist", " ".join(ended.stdout.split()))

    def test_the_reader_is_the_receiver(self):
        self.assertIn("mail server's own log", " ".join(self.run_program(OWN.format("198.51.100.7")).stdout.split()))
        self.assertNotIn("own log", self.run_program(REFUSAL).stdout)

    def test_nothing_in_a_text_speaks_to_the_terminal(self):
        path = self.write("bounce.eml", "550 5.7.25 no PTR for \x1b]0;x\x07 [198.51.100.9] \x1b[31m\x9b0 refused\n")
        ended = self.run_program("--bounce", path)
        self.assertEqual(ended.status, 1)
        self.assertRegex(ended.stdout, r"\A[ -~\n]+\Z")


if __name__ == "__main__":
    main()
