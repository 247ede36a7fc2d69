# SPDX-License-Identifier: MIT
"""Lists, blocks and streams: every line gives exactly one answer. Rows S of ../faults.txt."""
import ipaddress
import os
import random
import signal
import subprocess
import time

import harness
from harness import CliTest, limit_kib, main, memory_kib, process_state, reverse, without_quarantine
from dns_message import A, PTR, SILENCE  # which harness has put on the path


class Lines(CliTest):
    def check_list(self, content, *arguments, **options):
        return self.run_program("--json", *arguments, "-", stdin=content, **options)

    def lines_and_verdicts(self, ended):
        return [(r["line"], r["verdict"]) for r in ended.records]

    def test_S1_empty_list(self):
        for content in (b"", b"\n\n", b"# nothing\n", b"\xef\xbb\xbf"):
            for arguments in ([], ["--json"], ["-q"]):
                ended = self.run_program(*arguments, "-", stdin=content)
                self.assertEqual((ended.status, ended.stdout, ended.stderr), (0, "", ""))

    def test_S2_no_final_newline(self):
        self.assertEqual(self.lines_and_verdicts(self.check_list(b"192.0.2.2\n192.0.2.1")), [(1, "pass"), (2, "pass")])

    def test_S3_carriage_returns(self):
        ended = self.check_list(b"192.0.2.1\r\n\r\n192.0.2.2\r\n# x\r\n192.0.2.3\r")
        self.assertEqual([(r["line"], r["input"], r["verdict"]) for r in ended.records],
                         [(1, "192.0.2.1", "pass"), (3, "192.0.2.2", "pass"), (5, "192.0.2.3", "pass")])

    def test_S4_byte_order_mark(self):
        ended = self.check_list(b"\xef\xbb\xbf192.0.2.1\n\xef\xbb\xbf192.0.2.2\n")
        self.assertEqual(self.lines_and_verdicts(ended), [(1, "pass"), (2, "invalid")])

    def test_S5_blank_lines_and_comments(self):
        ended = self.check_list(b"\n   \n\t\n# a comment\n  # another\n192.0.2.1 # the first\n192.0.2.2\t#\n#192.0.2.3\n")
        self.assertEqual([(r["line"], r["input"], r["verdict"]) for r in ended.records],
                         [(6, "192.0.2.1", "pass"), (7, "192.0.2.2", "pass")])

    def test_S6_one_target_a_line(self):
        lines = ["192.0.2.1 trailing words", "192.0.2.1,192.0.2.2", "192.0.2.1\t192.0.2.2", "192.0.2.1;", "192.0.2.1#x",
                 "  192.0.2.1\t"]
        path = self.write("list.txt", "\n".join(lines))
        ended = self.run_program("--json", "--file", path)
        self.assertEqual([r["verdict"] for r in ended.records], ["invalid"] * 5 + ["pass"])
        self.assertEqual(ended.status, 2)
        complaints = ended.stderr.splitlines()
        self.assertEqual(len(complaints), 5)
        self.assertTrue(complaints[0].startswith(f"fcrdns-check: {path}:1: 192.0.2.1 trailing words: expected"), ended)
        self.assertTrue(complaints[2].startswith(f"fcrdns-check: {path}:3: 192.0.2.1\\009192.0.2.2: one target at a time"), ended)
        for record, complaint in zip(ended.records, complaints):
            self.assertTrue(complaint.endswith(record["message"].split(": ", 1)[1]), (record, complaint))

    def test_S7_nul_octets(self):
        ended = self.check_list(b"192.0.2.1\n192.0.2.1\0\n\0\n192.0.2.2\0192.0.2.3\n192.0.2.2\n")
        self.assertEqual(self.lines_and_verdicts(ended),
                         [(1, "pass"), (2, "invalid"), (3, "invalid"), (4, "invalid"), (5, "pass")])
        self.assertIn("standard input:2: 192.0.2.1\\000: ", ended.stderr)

    def test_S8_huge_line(self):
        self.responder.hold(reverse("192.0.2.2"))
        process = self.start("--json", "-")
        process.stdin.write(b"192.0.2.1\n")
        block = b"a" * 1_000_000
        for _ in range(100):
            process.stdin.write(block)
        process.stdin.write(b"\n192.0.2.2")
        process.stdin.close()
        process.stdin = None
        self.responder.wait_for(reverse("192.0.2.2"))
        peak = memory_kib(process)
        self.responder.release(reverse("192.0.2.2"))
        ended = self.end(process)
        self.assertEqual(self.lines_and_verdicts(ended), [(1, "pass"), (2, "invalid"), (3, "pass")])
        self.assertIn("standard input:2: the line is longer than any target", ended.stderr)
        self.assertLess(peak, limit_kib(48))

    def test_S8_long_lines_are_targets_only_when_nothing_is_lost(self):
        comment = b"192.0.2.1 # " + b"x" * 10000
        hidden = b"192.0.2.2" + b" " * 10000 + b"hidden"
        exact = b"192.0.2.3" + b" " * (4096 - 9)
        for content in (comment, hidden, exact):
            for end in (b"", b"\n"):
                verdicts = self.lines_and_verdicts(self.check_list(content + end))
                self.assertEqual(verdicts, [(1, "invalid" if content is hidden else "pass")])

    def test_S9_random_bytes(self):
        seed = random.randrange(1 << 32)
        print(f"seed {seed}", end=" ", flush=True)
        content = random.Random(seed).randbytes(1 << 20)
        ended = self.check_list(content)
        self.assertEqual({r["verdict"] for r in ended.records} - {"invalid", "fail"}, set())
        self.assertEqual(ended.status, 2)
        self.assertEqual([r["line"] for r in ended.records], sorted({r["line"] for r in ended.records}))
        invalid = [r for r in ended.records if r["verdict"] == "invalid"]
        self.assertEqual(len(ended.stderr.splitlines()), len(invalid))
        self.assertGreater(len(invalid), 2000)

    def test_S10_utf16(self):
        text = "192.0.2.1\n192.0.2.2\n"
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            ended = self.check_list(text.encode(encoding))
            self.assertEqual({r["verdict"] for r in ended.records}, {"invalid"})
            self.assertEqual(ended.status, 2)
            self.assertIn("the list looks like UTF-16; convert it to UTF-8", ended.stderr.splitlines()[0])
            self.assertEqual(ended.stderr.count("UTF-16"), 1)

    def test_S11_one_bad_line_among_many(self):
        count = 5000
        content = b"192.0.2.1\n" * (count // 2) + b"192.0.2.256\n" + b"192.0.2.2\n" * (count // 2)
        ended = self.check_list(content)
        self.assertEqual([r["line"] for r in ended.records], list(range(1, count + 2)))
        self.assertEqual([r["line"] for r in ended.records if r["verdict"] == "invalid"], [count // 2 + 1])
        self.assertEqual(ended.status, 2)
        self.check_complaint(ended, f"standard input:{count // 2 + 1}: 192.0.2.256: each of the four numbers")

    def test_S11_one_bad_line_among_a_million(self):
        half = 500_000
        content = b"192.0.2.1\n" * half + b"192.0.2.256\n" + b"192.0.2.2\n" * (half - 1)
        path = self.directory / "results"
        with open(path, "wb") as results:
            ended = self.run_program("-", stdin=content, stdout=results)
        self.assertEqual(ended.status, 2)
        self.check_complaint(ended, f"standard input:{half + 1}: 192.0.2.256: each of the four numbers")
        lines = path.read_bytes().splitlines()
        self.assertEqual(len(lines), 2 * half - 1 + 2)
        self.assertEqual(lines[-1], b"999999 addresses, 1 invalid line: 999999 pass, 0 warn, 0 fail, 0 temporary")
        self.assertEqual(set(lines[:half]), {b"PASS  192.0.2.1        mail.example.com"})
        self.assertEqual(set(lines[half:-2]), {b"PASS  192.0.2.2        two.example.com"})

    def test_S12_line_by_line(self):
        for arguments in (["--json"], [], ["--json", "--unordered"]):
            process = self.start(*arguments, "-")
            for number in (1, 2, 3, 1):
                process.stdin.write(f"192.0.2.{number}\n".encode())
                process.stdin.flush()
                self.assertIn(f"192.0.2.{number}", self.read_line(process.stdout))
            self.assertEqual(self.end(process).status, 0)

    def test_S12_half_a_line_waits(self):
        process = self.start("--json", "-")
        process.stdin.write(b"192.0.2.2\n192.0.")
        process.stdin.flush()
        self.assertIn('"ip":"192.0.2.2"', self.read_line(process.stdout))
        process.stdin.write(b"2.1\n")
        process.stdin.flush()
        self.assertIn('"ip":"192.0.2.1"', self.read_line(process.stdout))
        self.assertEqual(self.end(process).status, 0)

    def test_S12_fifo_without_a_writer_can_be_interrupted(self):
        path = str(self.directory / "fifo")
        os.mkfifo(path)
        process = self.start("--json", "--file", path)
        with open(path, "wb") as fifo:  # opens once the program has
            fifo.write(b"192.0.2.1\n")
            fifo.flush()
            self.assertIn('"ip":"192.0.2.1"', self.read_line(process.stdout))
        self.assertEqual(self.end(process).status, 0)
        process = self.start("192.0.2.1", "--json", "--file", path)
        self.assertIn('"ip":"192.0.2.1"', self.read_line(process.stdout))
        process.terminate()
        self.assertEqual(self.end(process).status, 130)

    def test_S13_stdin_closed(self):
        for arguments in (["-"], ["--file", "-"]):
            ended = self.run_program(*arguments, prefix=["sh", "-c", '"$@" <&-', "sh"])
            self.assertEqual((ended.status, ended.stdout, self.responder.count()), (2, "", 0))
            self.check_complaint(ended, "standard input is closed")
        ended = self.run_program("192.0.2.1", prefix=["sh", "-c", '"$@" <&-', "sh"])
        self.assertEqual(ended.status, 0)

    def test_S14_directory_and_other_unreadable_lists(self):
        for arguments, stdin, words in (
                (["-"], str(self.directory), "standard input: cannot be read: Is a directory"),
                (["--file", str(self.directory)], os.devnull, f"{self.directory}: cannot be read: Is a directory"),
                (["--file", "/no/such\x1bfile"], os.devnull, "/no/such\\027file: cannot be read: No such file")):
            descriptor = os.open(stdin, os.O_RDONLY)
            self.addCleanup(os.close, descriptor)
            ended = self.run_program(*arguments, stdin=b"") if stdin == os.devnull else self.end(
                self.start(*arguments, stdin=descriptor))
            self.assertEqual((ended.status, ended.stdout), (2, ""))
            self.check_complaint(ended, words)
        ended = self.run_program("192.0.2.1", "--file", "/no/such/file", "--json")
        self.assertEqual((ended.status, [r["verdict"] for r in ended.records]), (2, ["pass"]))

    def test_S15_endless_list_in_flat_memory(self):
        """Ten million lines: the same few targets, invalid lines and comments; at the end one answer is held back."""
        count = 1_000_000 if harness.SANITIZED else 10_000_000
        self.responder.hold(reverse("192.0.2.3"))
        process = self.start("-q", "-", stderr=subprocess.DEVNULL)
        lines = b"192.0.2.1\n# comment\n192.0.2.2\nno target\n\n" * 2000
        for _ in range(count // 10_000):
            process.stdin.write(lines)
        process.stdin.write(b"192.0.2.3\n")
        process.stdin.close()
        process.stdin = None
        self.responder.wait_for(reverse("192.0.2.3"))
        peak = memory_kib(process)
        self.responder.release(reverse("192.0.2.3"))
        self.assertEqual(self.end(process).status, 2)
        self.assertLess(peak, limit_kib(110))  # of which 50,000 who wait for the same answer take 80

    def test_S15_targets_that_share_one_question_do_not_pile_up(self):
        """While the one question is open, reading stops: the pipe fills up."""
        self.responder.hold(reverse("192.0.2.1"))
        process = self.start("-q", "-")
        os.set_blocking(process.stdin.fileno(), False)
        written = 0
        lines = b"192.0.2.1\n" * 400  # less than PIPE_BUF: taken whole or not at all
        refused = 0
        while refused < 50:
            try:
                written += os.write(process.stdin.fileno(), lines) // 10
                refused = 0
            except BlockingIOError:
                refused += 1
                time.sleep(0.01)
            self.assertLess(written, 100_000, "everything is read into memory")
        self.responder.release(reverse("192.0.2.1"))
        os.set_blocking(process.stdin.fileno(), True)
        self.assertEqual(self.end(process, b"").status, 0)

    def test_S16_all_silent(self):
        """Patience is shared, even where nothing answers: 200 silent targets take much less than 200 time-outs."""
        addresses = [str(ipaddress.ip_address("198.51.100.0") + i) for i in range(200)]
        for address in addresses:
            self.world.set(reverse(address), PTR, SILENCE)
        begun = time.monotonic()
        ended = self.check_list("\n".join(addresses).encode(), "--timeout", "0.2", "--tries", "1")
        self.assertLess(time.monotonic() - begun, 200 * 0.2 / 3)
        self.assertEqual([r["verdict"] for r in ended.records], ["temperror"] * 200)
        self.assertEqual(ended.status, 3)

    def test_S17_duplicates_far_apart(self):
        others = "".join(f"192.0.2.{i}\n" for i in range(10, 250))
        ended = self.check_list(("192.0.2.1\n" + others + "192.0.2.1\n" + others).encode())
        by_address = {}
        for record in ended.records:
            by_address.setdefault(record["ip"], set()).add((record["verdict"], record["reason"]))
        self.assertEqual({len(v) for v in by_address.values()}, {1})
        self.assertEqual(self.responder.count("mail.example.com"), 1, "the forward answer serves the whole run")

    def test_S18_other_digits(self):
        ended = self.check_list("１９２.0.2.1\n١٩٢.0.2.1\n192.0.2.1\n192。0。2。1\n".encode())
        self.assertEqual([r["verdict"] for r in ended.records], ["invalid", "invalid", "pass", "invalid"])
        self.assertIn("standard input:1: \\239\\188\\145", ended.stderr)

    def test_S19_a_line_without_end(self):
        for number, arguments in ((signal.SIGINT, ["--json"]), (signal.SIGTERM, ["--json", "--deadline", "5"])):
            process = self.start(*arguments, "192.0.2.1", "--file", "/dev/zero")
            self.assertIn('"ip":"192.0.2.1"', self.read_line(process.stdout))
            self.assertIn("the line is longer than any target", self.read_line(process.stdout))
            process.send_signal(number)
            self.assertEqual(self.end(process).status, 130)

    def test_S19_comments_without_end(self):
        comments = subprocess.Popen(["yes", "# a comment"], stdout=subprocess.PIPE)
        self.addCleanup(self.stop, comments)
        process = self.start("--json", "192.0.2.1", "-", stdin=comments.stdout)
        self.assertIn('"ip":"192.0.2.1"', self.read_line(process.stdout))
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.end(process).status, 130)

    def peak_of_list(self, count, *arguments):
        """The most memory, in KiB, that so many lines take that are no targets; the answer for a last one is held back."""
        self.responder.hold(reverse("192.0.2.3"))
        self.responder.asked.clear()
        process = self.start(*arguments, "-", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             environment=without_quarantine())
        process.stdin.write(b"no target\n" * count + b"192.0.2.3\n")
        process.stdin.flush()
        self.responder.wait_for(reverse("192.0.2.3"))
        peak = memory_kib(process)
        self.responder.release(reverse("192.0.2.3"))
        self.assertEqual(self.end(process, b"").status, 2)
        return peak

    def test_S20_deadline_of_many(self):
        without, with_deadline = (self.peak_of_list(400_000, "-q", *more) for more in ([], ["--deadline", "3600"]))
        self.assertLess(with_deadline, without + 4 * 1024)

    def test_S21_slow_reader(self):
        """A reader that takes a megabyte whenever the program has gone to sleep over a full buffer."""
        path = self.write("list", "no target\n" * 240_000)
        into_file = self.peak_of_list(240_000, "--json")
        for arguments in (["--json"], ["--json", "--unordered"]):
            with open(path, "rb") as lines:
                process = self.start(*arguments, "-", stdin=lines, stderr=subprocess.DEVNULL,
                                     environment=without_quarantine())
            for _ in range(40):
                self.eventually(lambda: process_state(process) == "S", "it sleeps")
                for _ in range(16):
                    self.assertNotEqual(os.read(process.stdout.fileno(), 65536), b"")
            self.assertLess(memory_kib(process), into_file + 64 * 1024)
            self.stop(process)

    def test_file_and_operands_mixed(self):
        path = self.write("list.txt", "192.0.2.3\n192.0.2.0/30 # a block\n")
        ended = self.run_program("--json", "192.0.2.2", "-", "2001:db8::1", "--file", path, stdin=b"192.0.2.1\n")
        self.assertEqual([(r["ip"], r["line"]) for r in ended.records],
                         [("192.0.2.2", None), ("192.0.2.1", 1), ("2001:db8::1", None), ("192.0.2.3", 1),
                          *[(f"192.0.2.{i}", 2) for i in range(4)]])


class Text(CliTest):
    def test_lines_and_summary(self):
        self.world.set(reverse("192.0.2.8"), PTR, 2)
        self.world.pointer("192.0.2.7", "mail.example.com", "two.example.com")
        self.world.address("mail.example.com", "192.0.2.7", "192.0.2.1")
        ended = self.run_program("--tries", "1", "192.0.2.1", "192.0.2.7", "192.0.2.8", "192.0.2.9", "x y", "192.0.2.2")
        self.assertEqual(ended.stdout, """\
PASS  192.0.2.1        mail.example.com
WARN  192.0.2.7        mail.example.com  another PTR does not lead back
TEMP  192.0.2.8        PTR lookup failed: SERVFAIL
FAIL  192.0.2.9        no PTR record
PASS  192.0.2.2        two.example.com

5 addresses, 1 invalid target: 2 pass, 1 warn, 1 fail, 1 temporary
    1 no PTR record
    1 PTR lookup failed: SERVFAIL
    1 another PTR does not lead back
For the cause and the fix: fcrdns-check ADDRESS (or -v for all)
""")

    def test_summary_of_one_and_without_failure(self):
        ended = self.run_program("-", stdin=b"192.0.2.1")
        self.assertEqual(ended.stdout, "PASS  192.0.2.1        mail.example.com\n\n"
                                       "1 address: 1 pass, 0 warn, 0 fail, 0 temporary\n")

    def test_one_target_in_full_a_block_in_lines(self):
        self.assertIn("To fix it", self.run_program("192.0.2.9").stdout)
        for arguments in (["192.0.2.9/32"], ["192.0.2.9", "192.0.2.1"]):
            self.assertNotIn("To fix it", self.run_program(*arguments).stdout)
        verbose = self.run_program("-v", "192.0.2.9", "192.0.2.1").stdout
        self.assertIn("To fix it", verbose)
        self.assertNotIn("For the cause and the fix", verbose)
        self.assertIn("2 addresses: 1 pass, 0 warn, 1 fail, 0 temporary", verbose)

    def test_verbose_shows_the_answers_and_iprev(self):
        passed = self.run_program("-v", "192.0.2.1").stdout
        self.assertRegex(passed, r"; 1\.2\.0\.192\.in-addr\.arpa\. PTR: NOERROR from \S+ by udp, 1 try, [0-9.]+ ms\n")
        self.assertRegex(passed, r"1\.2\.0\.192\.in-addr\.arpa\. +300 +IN PTR +mail\.example\.com\.\n")
        self.assertIn("iprev=pass", passed)
        self.world.set(reverse("192.0.2.8"), PTR, 2)
        self.world.pointer("192.0.2.7", "gone.example.com")
        for address, word in (("192.0.2.9", "permerror"), ("192.0.2.8", "temperror"), ("192.0.2.7", "fail")):
            self.assertIn(f"iprev={word}", self.run_program("-v", "--tries", "1", address).stdout)
            (record,) = self.run_program("--json", "--tries", "1", address).records
            self.assertEqual((record["iprev"], record["queries"]), (word, None))
        (record,) = self.run_program("--json", "-v", "192.0.2.1").records
        self.assertEqual([(q["qname"], q["qtype"]) for q in record["queries"]],
                         [("1.2.0.192.in-addr.arpa", "PTR"), ("mail.example.com", "A")])


class Flow(CliTest):
    def many(self, count, first="198.51.100.0"):
        return [str(ipaddress.ip_address(first) + i) for i in range(count)]

    def test_silent_target_does_not_hold_back_the_asking(self):
        addresses = self.many(300)
        self.responder.hold(reverse(addresses[0]))
        process = self.start("--json", *addresses)
        for address in addresses[1:]:
            self.responder.wait_for(reverse(address))
        self.responder.release(reverse(addresses[0]))
        ended = self.end(process)
        self.assertEqual([r["ip"] for r in ended.records], addresses)
        self.assertEqual({r["reason"] for r in ended.records}, {"no_ptr"})

    def test_unordered_prints_what_is_known(self):
        self.responder.hold(reverse("192.0.2.1"))
        process = self.start("--json", "--unordered", "192.0.2.1", "192.0.2.2")
        self.assertIn('"ip":"192.0.2.2"', self.read_line(process.stdout))
        self.responder.release(reverse("192.0.2.1"))
        self.assertIn('"ip":"192.0.2.1"', self.read_line(process.stdout))
        self.assertEqual(self.end(process).status, 0)

    def test_rate(self):
        addresses = self.many(60)
        begun = time.monotonic()
        self.run_program("--rate", "100", *addresses)
        self.assertGreater(time.monotonic() - begun, (60 - 3) / 100)
        self.assertEqual(self.responder.count(), 60)

    def test_jobs(self):
        addresses = self.many(40)
        for address in addresses:
            self.responder.hold(reverse(address))
        process = self.start("--json", "--jobs", "1", *addresses)
        for address in addresses:
            self.responder.wait_for(reverse(address))
            # Questions that wait leave the window after a few round trips; until then there is one.
            self.responder.release(reverse(address))
        self.assertEqual(len(self.end(process).records), 40)
        self.assertLessEqual(self.responder.most_open, 2)

    def test_loss_is_asked_again_and_no_fact(self):
        addresses = self.many(200)
        lost = set(addresses[::7])
        self.responder.drop_first = {reverse(a) for a in lost}
        ended = self.run_program("--json", "--timeout", "0.1", *addresses)
        self.assertEqual({r["reason"] for r in ended.records}, {"no_ptr"})
        for address in lost:
            self.assertEqual(self.responder.count(reverse(address)), 2)

    def test_identical_questions_are_asked_once(self):
        for address in self.many(50):
            self.world.pointer(address, "shared.example.com")
        self.world.address("shared.example.com", *self.many(50))
        ended = self.run_program("--json", *self.many(50))
        self.assertEqual({r["verdict"] for r in ended.records}, {"pass"})
        self.assertEqual([q.type for q in self.responder.asked if q.name == "shared.example.com"], [A])


if __name__ == "__main__":
    main()
