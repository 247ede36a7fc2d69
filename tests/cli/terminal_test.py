# SPDX-License-Identifier: MIT
"""The program at a terminal: colours, the progress line, Ctrl-C. Rows E15 and S16 of ../faults.txt."""
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time

from harness import CliTest, main, reverse
from dns_message import PTR, SILENCE  # which harness has put on the path
from dns_responder import PATIENCE

CLEAR = "\r\x1b[K"


class Terminal(CliTest):
    def start_at_terminal(self, *arguments, streams=("stdout", "stderr"), columns=80, **options):
        """The program with these streams at a new terminal; gives the process and the terminal's other side."""
        master, end = pty.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))
        self.addCleanup(os.close, master)
        process = self.start(*arguments, **{stream: end for stream in streams}, **options)
        os.close(end)
        self.seen = ""
        return process, master

    def read_until(self, master, pattern):
        """Reads the terminal until the pattern (or, for None, the end) comes; gives all that was seen."""
        end = time.monotonic() + PATIENCE
        while pattern is None or not re.search(pattern, self.seen):
            self.assertLess(time.monotonic(), end, f"{pattern!r} did not come: {self.seen!r}")
            if not select.select([master], [], [], 0.2)[0]:
                continue
            try:
                octets = os.read(master, 65536)
            except OSError:  # the other side is gone
                octets = b""
            if not octets:
                self.assertIsNone(pattern, f"{pattern!r} did not come: {self.seen!r}")
                break
            self.seen += octets.decode("latin-1").replace("\r\n", "\n")
        return self.seen

    def at_terminal(self, *arguments, environment=None, **options):
        process, master = self.start_at_terminal(*arguments, environment={**os.environ, "TERM": "xterm", **(environment or {})},
                                                 **options)
        seen = self.read_until(master, None)
        return seen, process.wait(PATIENCE)

    def colours(self, text):
        return re.findall(r"\x1b\[(\d+)m(\w+)\x1b\[0m", text)

    def test_E15_colours(self):
        self.world.set(reverse("192.0.2.8"), 12, 2)
        self.world.pointer("192.0.2.7", "mail.example.com", "two.example.com")
        self.world.address("mail.example.com", "192.0.2.7", "192.0.2.1")
        targets = ["--tries", "1", "192.0.2.1", "192.0.2.7", "192.0.2.8", "192.0.2.9"]
        all_four = [("32", "PASS"), ("33", "WARN"), ("35", "TEMP"), ("31", "FAIL")]
        clean = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        os.environ.pop("NO_COLOR", None)
        self.addCleanup(os.environ.update, clean)
        for environment, arguments, colours in (
                ({}, [], all_four), ({"NO_COLOR": ""}, [], all_four), ({"NO_COLOR": "1"}, [], []),
                ({"NO_COLOR": "1"}, ["--color=always"], all_four), ({"TERM": "dumb"}, [], []),
                ({"TERM": "dumb"}, ["--color", "always"], all_four), ({}, ["--color", "never"], [])):
            seen, _ = self.at_terminal(*arguments, *targets, environment=environment)
            self.assertEqual(self.colours(seen), colours, (environment, arguments))
            plain = re.sub(r"\x1b\[\d+m", "", seen)
            self.assertEqual([line[:4] for line in plain.splitlines()[:4]], ["PASS", "WARN", "TEMP", "FAIL"])
        self.assertNotIn("\x1b", self.at_terminal("--json", *targets)[0])

    def test_E15_colours_need_stdout_at_the_terminal(self):
        process, master = self.start_at_terminal("192.0.2.1", streams=("stderr",))
        ended = self.end(process)
        self.assertEqual(ended.stdout, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n")

    def test_progress(self):
        self.responder.hold(reverse("192.0.2.3"))
        process, master = self.start_at_terminal("192.0.2.1", "192.0.2.9", "192.0.2.3", streams=("stderr",))
        seen = self.read_until(master, r"\d done, .*\x1b\[K")
        self.assertRegex(seen, r"\A\r\x1b\[K2 of 3 done, \d+/s, \d+ (s|min.*) left, 1 failed\r")
        self.responder.release(reverse("192.0.2.3"))
        out = process.stdout.read().decode()
        seen = self.read_until(master, None)
        self.assertTrue(seen.endswith(CLEAR), seen)
        self.assertNotIn("\n", seen)
        self.assertEqual(process.wait(PATIENCE), 1)
        self.assertIn("3 addresses: 2 pass, 0 warn, 1 fail, 0 temporary", out)
        self.assertNotIn("\x1b", out)

    def test_progress_of_one_target_says_who_is_silent(self):
        self.world.set(reverse("192.0.2.8"), PTR, SILENCE)
        process, master = self.start_at_terminal("--timeout", "1.2", "--tries", "3", "192.0.2.8", streams=("stderr",))
        server = re.escape(self.responder.server)
        self.read_until(master, rf"\r\x1b\[KPTR of 192\.0\.2\.8: {server} silent, try 1 of 3\r"
                                rf"(?s:.*)\r\x1b\[KPTR of 192\.0\.2\.8: {server} silent, try 2 of 3\r")
        self.assertNotIn("done", self.seen)
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 130)
        # The line is gone; what it said stands in the end as a sentence.
        self.assertRegex(self.read_until(master, None),
                         rf"\r\x1b\[Kfcrdns-check: PTR of 192\.0\.2\.8: {server} silent, try [23] of 3\n\Z")

    def test_progress_of_one_target_names_the_question(self):
        self.world.pointer("192.0.2.8", "slow.example.com")
        self.responder.hold("slow.example.com")
        process, master = self.start_at_terminal("--timeout", "30", "192.0.2.8", streams=("stderr",))
        server = re.escape(self.responder.server)
        self.read_until(master, rf"\r\x1b\[KA of slow\.example\.com: {server} silent, try 1 of 3\r")
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 130)

    def test_nothing_is_drawn_where_a_list_is_typed(self):
        process, master = self.start_at_terminal("--color=never", "-", streams=("stdin", "stdout", "stderr"))
        self.responder.hold(reverse("192.0.2.3"))
        os.write(master, b"192.0.2.1\n")
        self.read_until(master, "PASS  192.0.2.1 .*\n")
        os.write(master, b"192.0.2.3\n")
        self.responder.wait_for(reverse("192.0.2.3"))
        self.responder.wait_for(reverse("192.0.2.3"), 2)  # its second try is later than the line would be
        self.responder.release(reverse("192.0.2.3"))
        self.read_until(master, "PASS  192.0.2.3 .*\n")
        os.write(master, b"\x04")  # the end, at a terminal
        seen = self.read_until(master, None)
        self.assertNotIn("\x1b", seen)
        self.assertNotIn("done", seen)
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_progress_while_targets_wait_for_their_next_round(self):
        process, master = self.start_at_terminal("--wait", "1h", "192.0.2.1", "192.0.2.9", streams=("stderr",))
        self.read_until(master, r"\r\x1b\[K1 of 2 done(, 1/s)?, 0 failed, 1 to be checked again\r")
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 130)

    def test_S16_progress_while_nothing_answers(self):
        for address in ("192.0.2.8", "192.0.2.9"):
            self.world.set(reverse(address), PTR, SILENCE)
        process, master = self.start_at_terminal("--timeout", "30", "192.0.2.8", "192.0.2.9", streams=("stderr",))
        self.assertTrue(self.read_until(master, r"done").startswith(CLEAR + "0 of 2 done, "), self.seen)
        process.terminate()
        self.assertEqual(process.wait(PATIENCE), 130)

    def test_progress_of_a_list_has_no_total_and_fits_the_terminal(self):
        process, master = self.start_at_terminal("--json", "-", streams=("stderr",), columns=12)
        process.stdin.write(b"192.0.2.1\n")
        process.stdin.flush()
        seen = self.read_until(master, r"done")
        for line in seen.split(CLEAR):
            self.assertLess(len(line), 12)
        self.assertTrue(seen.startswith(CLEAR + "1 done, "), seen)
        process.stdin.close()
        process.stdin = None
        self.assertTrue(self.read_until(master, None).endswith(CLEAR))
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_progress_makes_room_for_results_and_sentences(self):
        process, master = self.start_at_terminal("-")
        for line, expected in (("192.0.2.1", "PASS.*mail.example.com\n"), ("x y", "fcrdns-check: standard input:2: .*\n")):
            before = self.read_until(master, r"done, [^\r]*\Z")
            process.stdin.write(line.encode() + b"\n")
            process.stdin.flush()
            seen = self.read_until(master, expected)[len(before):]
            # Between the last progress line and the text stands what erases it.
            position = re.search(expected.replace("PASS", r"(\x1b\[32m)?PASS"), seen).start()
            self.assertTrue(seen[:position].endswith(CLEAR), seen)
        process.stdin.close()
        process.stdin = None
        self.read_until(master, None)
        self.assertTrue(self.seen.endswith("1 address, 1 invalid line: 1 pass, 0 warn, 0 fail, 0 temporary\n"), self.seen)

    def test_no_progress(self):
        for arguments, environment, streams in ((["-q"], {}, ("stdout", "stderr")), ([], {"TERM": "dumb"}, ("stderr",)),
                                                (["--json"], {}, ("stdout",))):
            self.responder.hold(reverse("192.0.2.3"))
            process, master = self.start_at_terminal(*arguments, "192.0.2.1", "192.0.2.3", streams=streams,
                                                     environment={**os.environ, "TERM": "xterm", **environment})
            self.responder.wait_for(reverse("192.0.2.3"))
            self.responder.wait_for(reverse("192.0.2.3"), 2)  # its second try is later than the line would be
            self.responder.release(reverse("192.0.2.3"))
            self.assertNotIn("done", self.read_until(master, None))
            self.assertEqual(process.wait(PATIENCE), 0)

    def test_quick_runs_show_none(self):
        self.assertEqual(self.at_terminal("--color=never", "192.0.2.1"),
                         ("PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n", 0))

    def test_interrupted(self):
        self.responder.hold(reverse("192.0.2.3"))
        process, master = self.start_at_terminal("--color=never", "192.0.2.1", "192.0.2.3")
        self.read_until(master, r"1 of 2 done")
        process.send_signal(2)
        seen = self.read_until(master, None)
        self.assertEqual(process.wait(PATIENCE), 130)
        self.assertTrue(seen.endswith(CLEAR + "\n1 of 2 addresses (interrupted): 1 pass, 0 warn, 0 fail, 0 temporary\n"), seen)


if __name__ == "__main__":
    main()
