# SPDX-License-Identifier: MIT
"""Signals, files, limits, locale, the network itself. Rows E of ../faults.txt."""
import ctypes
import errno
import ipaddress
import os
import pathlib
import platform
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time

import harness
from harness import LIMIT, CliTest, limit_kib, main, memory_kib, needs, process_state, read_record, reverse
from dns_message import A, PTR, SILENCE, wire  # which harness has put on the path
from dns_responder import PATIENCE, RecordingServer, Zone

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "resolver"))
import loss_proxy  # noqa: E402


class Files(CliTest):
    ENDLESS = ("--limit", "16777216", "10.0.0.0/8")  # more than can be asked before a test counts as hanging

    def check_cannot_write(self, ended, *words):
        self.assertEqual(ended.status, 2, ended)
        self.check_complaint(ended, "standard output", *words)

    def test_E1_full_disk(self):
        for arguments in (["192.0.2.1"], ["--json", "192.0.2.1"], ["-v", "192.0.2.1", "192.0.2.9"]):
            with open("/dev/full", "wb") as full:
                self.check_cannot_write(self.run_program(*arguments, stdout=full), "No space left on device")
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.run_program("-q", "192.0.2.1", stdout=full).status, 0)

    def test_E1_complaints_to_a_full_disk_are_lost_and_nothing_else(self):
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.run_program("--no-such-option", stderr=full).status, 2)
            ended = self.run_program("192.0.2.1", "x y", stderr=full)
        self.assertEqual(ended.status, 2)
        self.assertIn("PASS  192.0.2.1", ended.stdout)

    def test_E1_asking_stops_when_nothing_can_be_written(self):
        with open("/dev/full", "wb") as full:
            ended = self.run_program("--json", *self.ENDLESS, stdout=full)
        self.check_cannot_write(ended, "No space left on device")
        self.assertLess(self.responder.count(), 5000)

    def test_E2_stdout_closed(self):
        closed = ["sh", "-c", '"$@" >&-', "sh"]
        for arguments in (["192.0.2.1"], ["--json", "192.0.2.1"], ["--help"], ["--version"]):
            self.check_cannot_write(self.run_program(*arguments, prefix=closed), "closed")
        self.assertEqual(self.responder.count(), 0)
        self.assertEqual(self.run_program("-q", "192.0.2.9", prefix=closed).status, 1)

    def test_E2_no_socket_lands_on_a_standard_descriptor(self):
        for redirection in ("<&-", "<&- 2>&-", "2>&-"):
            self.responder.asked.clear()
            ended = self.run_program("192.0.2.1", "x y", prefix=["sh", "-c", f'"$@" {redirection}', "sh"])
            self.assertEqual(ended.status, 2)
            self.assertIn("PASS  192.0.2.1", ended.stdout)
            self.assertEqual({q.name for q in self.responder.asked}, {reverse("192.0.2.1"), "mail.example.com"})

    def test_E3_reader_goes_away(self):
        process = self.start("--json", "--unordered", *self.ENDLESS)
        self.read_line(process.stdout)
        process.stdout.close()
        self.assertEqual(process.wait(LIMIT), -signal.SIGPIPE)
        self.assertEqual(process.stderr.read(), b"")

    def test_E4_sigpipe_ignored(self):
        process = self.start("--json", *self.ENDLESS, prefix=["sh", "-c", 'trap "" PIPE; exec "$@"', "sh"])
        self.read_line(process.stdout)
        process.stdout.close()
        self.assertEqual(process.wait(LIMIT), 2)
        self.assertEqual(process.stderr.read(), b"fcrdns-check: standard output: Broken pipe\n")

    def slow_reader(self, unblocked):
        """More than a pipe holds, read late: nothing is lost."""
        if unblocked:
            reading, writing = os.pipe()
            os.set_blocking(writing, False)
            process = self.start("--json", "10.0.0.0/22", stdout=writing)
            os.close(writing)
            stream = os.fdopen(reading, "rb")
            self.addCleanup(stream.close)
        else:
            process = self.start("--json", "10.0.0.0/22")
            stream = process.stdout
        self.responder.wait_for(reverse("10.0.3.255"))  # while nobody reads
        lines = stream.read().splitlines()
        self.assertEqual(process.wait(LIMIT), 1)
        self.assertEqual(len(lines), 1024)
        self.assertEqual([line.split(b'"ip":"')[1].split(b'"')[0] for line in lines],
                         [f"10.0.{i // 256}.{i % 256}".encode() for i in range(1024)])

    def test_E11_slow_pipe(self):
        self.slow_reader(unblocked=False)

    def test_E11_asking_pauses_while_nobody_reads(self):
        process = self.start("--json", "-v", *self.ENDLESS)
        counts = []

        def pauses():
            counts.append(self.responder.count())
            time.sleep(0.1)
            return len(counts) > 10 and counts[-1] == counts[-10] > 0

        self.eventually(pauses, "it stops asking")
        self.assertLess(memory_kib(process, "VmRSS"), limit_kib(64 + 32))
        self.assertLess(memory_kib(process), limit_kib(64 + 32))
        while self.responder.count() == counts[-1]:  # who reads again makes it go on
            self.assertNotEqual(os.read(process.stdout.fileno(), 1 << 20), b"")

    def test_E12_full_pipe_that_does_not_block(self):
        self.slow_reader(unblocked=True)

    def test_E11_interrupted_while_nobody_reads(self):
        process = self.start("--json", "10.0.0.0/22")
        self.responder.wait_for(reverse("10.0.3.255"))
        process.send_signal(signal.SIGINT)
        for _ in range(200):  # it gives out what it has; nobody takes it, so another signal ends it
            try:
                process.wait(0.1)
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGINT)
        self.assertIn(process.returncode, (-signal.SIGINT, 130))

    def test_E13_read_only_and_limited_files(self):
        with open(os.devnull, "rb") as read_only:
            self.check_cannot_write(self.run_program("192.0.2.1", stdout=read_only), "Bad file descriptor")
        path = self.directory / "limited"
        with open(path, "wb") as limited:
            ended = self.run_program("--json", "10.0.0.0/26", stdout=limited,
                                     prefix=["sh", "-c", 'trap "" XFSZ; ulimit -f 8; exec "$@"', "sh"])
        self.check_cannot_write(ended, "File too large")
        self.assertGreater(path.stat().st_size, 0)

    def test_E21_two_at_once(self):
        homes = {name: str(self.directory) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
        processes = [self.start("--json", "192.0.2.0/29", cwd=self.directory, environment={**os.environ, **homes})
                     for _ in range(4)]
        outputs = [self.end(process).stdout for process in processes]
        self.assertEqual(outputs[0].count("\n"), 8)
        self.assertEqual(outputs, [outputs[0]] * 4)
        self.assertEqual(os.listdir(self.directory), [])


class Signals(CliTest):
    def interrupt(self, number, *arguments):
        """Two of five targets are finished, one of them behind one that is not, when the signal comes."""
        self.world.confirmed("192.0.2.5", "five.example.com")
        for name in (reverse("192.0.2.2"), reverse("192.0.2.4"), "five.example.com"):
            self.responder.hold(name)
        process = self.start(*arguments, "-")
        process.stdin.write(b"192.0.2.1\n192.0.2.2\n192.0.2.3\n192.0.2.4\n")
        process.stdin.flush()
        self.assertIn("192.0.2.1", self.read_line(process.stdout))
        self.responder.wait_for("three.example.com")
        self.responder.wait_for(reverse("192.0.2.4"))
        # Who asks about the fifth's name has read the third's last answer, which came before.
        process.stdin.write(b"192.0.2.5\n")
        process.stdin.flush()
        self.responder.wait_for("five.example.com")
        process.send_signal(number)
        ended = self.end(process)
        for name in (reverse("192.0.2.2"), reverse("192.0.2.4"), "five.example.com"):
            self.responder.release(name)
        self.responder.asked.clear()
        return ended

    def check_interrupted(self, ended):
        self.assertEqual((ended.status, ended.stderr), (130, ""), ended)
        self.assertEqual(ended.stdout, "PASS  192.0.2.3        three.example.com\n\n"
                                       "2 addresses (interrupted): 2 pass, 0 warn, 0 fail, 0 temporary\n")

    def test_E5_sigint(self):
        self.check_interrupted(self.interrupt(signal.SIGINT))
        ended = self.interrupt(signal.SIGINT, "--json")
        self.assertEqual((ended.status, [r["ip"] for r in ended.records]), (130, ["192.0.2.3"]))

    def test_E5_sigint_in_bulk_leaves_whole_records(self):
        process = self.start("--json", "--limit", "16777216", "10.0.0.0/8")
        first = self.read_line(process.stdout)
        process.send_signal(signal.SIGINT)
        output = first + process.stdout.read().decode()
        self.assertEqual(process.wait(LIMIT), 130)
        told = re.fullmatch(r"fcrdns-check: (\d+) of 16777216 addresses \(interrupted\): 0 pass, .*\n",
                            process.stderr.read().decode())
        self.assertEqual(int(told[1]), output.count("\n"))
        self.assertTrue(output.endswith("\n"))
        places = [int(ipaddress.ip_address(read_record(line)["ip"])) for line in output.splitlines()]
        self.assertEqual(places, sorted(set(places)))
        # What has its answer is printed: what was asked for in vain is no more than can be under way.
        self.assertLess(self.responder.count() - len(places), 5000)

    def test_E5_sigint_ends_a_list_of_rubbish(self):
        process = self.start("-", stderr=subprocess.DEVNULL)
        process.stdin.write(b"192.0.2.1\n")
        process.stdin.flush()
        self.assertIn("PASS", self.read_line(process.stdout))
        stop = threading.Event()

        def feed():
            try:
                while not stop.is_set():
                    process.stdin.write(b"no target\n" * 6000)
            except OSError:
                pass

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        self.eventually(lambda: process_state(process) == "R", "it works through the list")
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE), 130)
        stop.set()
        feeder.join(PATIENCE)

    def test_E6_sigterm_and_sighup(self):
        self.check_interrupted(self.interrupt(signal.SIGTERM))
        self.check_interrupted(self.interrupt(signal.SIGHUP))

    def test_E6_ignored_signals_stay_ignored(self):
        self.responder.hold(reverse("192.0.2.1"))
        process = self.start("192.0.2.1", prefix=["sh", "-c", 'trap "" HUP; exec "$@"', "sh"])
        self.responder.wait_for(reverse("192.0.2.1"))
        process.send_signal(signal.SIGHUP)
        self.responder.release(reverse("192.0.2.1"))
        self.assertEqual(self.end(process).status, 0)

    def stop_while_waiting(self, seconds, *arguments, held=(), lost=()):
        """
        The program is stopped when every address has been asked about and none has an answer. While it
        is stopped, the answers about the held ones come and the time passes; those that are lost do not
        come, but would if they were asked for again.
        """
        for address in held:
            self.responder.hold(reverse(address))
        self.responder.drop_first = {reverse(address) for address in lost}
        process = self.start("--json", *arguments, *held, *lost)
        for address in (*held, *lost):
            self.responder.wait_for(reverse(address))
        process.send_signal(signal.SIGSTOP)
        self.eventually(lambda: process_state(process) == "T", "it is stopped")
        for address in held:
            self.responder.release(reverse(address))
        time.sleep(seconds)  # that is the situation
        process.send_signal(signal.SIGCONT)
        return self.end(process)

    def test_E7_stopped_for_much_longer_than_all_tries(self):
        """Nine seconds, where all tries together have three: time that passed meanwhile is no time-out."""
        held = [f"198.51.100.{i}" for i in range(30)]
        lost = [f"203.0.113.{i}" for i in range(30)]
        for address in (*held[::2], *lost[::2]):
            self.world.confirmed(address, f"host-{address}.example.com")
        ended = self.stop_while_waiting(9, "--timeout", "1", "--tries", "2", held=held, lost=lost)
        self.assertEqual([r["reason"] for r in ended.records], ["forward_confirmed", "no_ptr"] * 30)
        # What came is not asked for again; what did not come had one try, whatever time it was, and has the next now.
        for address in held:
            self.assertEqual(self.responder.count(reverse(address)), 1, address)
        for address in lost:
            self.assertEqual(self.responder.count(reverse(address)), 2, address)

    def test_E7_stopped_for_much_longer_than_the_only_try(self):
        held = [f"198.51.100.{i}" for i in range(60)]
        ended = self.stop_while_waiting(3.5, "--timeout", "1", "--tries", "1", held=held)
        self.assertEqual([r["reason"] for r in ended.records], ["no_ptr"] * 60)
        self.assertEqual(self.responder.count(), 60)

    def test_E7_the_deadline_passes_while_it_is_stopped(self):
        """What is here when it goes on counts, though the time is over; what is not is a temporary failure."""
        held = [f"198.51.100.{i}" for i in range(30)]
        self.world.set(reverse("203.0.113.1"), PTR, SILENCE)
        ended = self.stop_while_waiting(2, "--timeout", "30", "--deadline", "1", held=held, lost=["203.0.113.1"])
        self.assertEqual([r["reason"] for r in ended.records], ["no_ptr"] * 30 + ["ptr_lookup_failed"])
        self.assertEqual(self.responder.count(), 31)

    def test_deadline(self):
        self.world.set(reverse("192.0.2.9"), PTR, SILENCE)
        begun = time.monotonic()
        ended = self.run_program("--json", "--deadline", "0.3", "--timeout", "20", "192.0.2.9", "192.0.2.1")
        self.assertLess(time.monotonic() - begun, 15)
        self.assertEqual([r["verdict"] for r in ended.records], ["temperror", "pass"])
        self.assertIn("deadline", ended.records[0]["message"])
        self.assertEqual(ended.status, 3)


class Clock(CliTest):
    def test_E8_system_clock_jumps(self):
        library = os.environ.get("FCRDNS_WILD_CLOCK", "")
        needs(os.path.exists(library), "the library with the wild clock (set by ctest)")
        environment = {**os.environ, "LD_PRELOAD": library, "ASAN_OPTIONS": "verify_asan_link_order=0"}
        told = subprocess.run(["date", "+%Y"], env=environment, capture_output=True, text=True, check=True).stdout
        self.assertNotEqual(int(told), time.gmtime().tm_year, "the clock does not jump")
        self.world.set(reverse("192.0.2.9"), PTR, SILENCE)
        ended = self.run_program("--json", "--timeout", "0.2", "--tries", "2", "192.0.2.1", "192.0.2.9", "192.0.2.2",
                                 environment=environment)
        self.assertEqual([r["verdict"] for r in ended.records], ["pass", "temperror", "pass"])
        self.assertEqual(self.responder.count(reverse("192.0.2.9")), 2)


class Limits(CliTest):
    def test_E9_few_descriptors(self):
        for limit in range(3, 17):
            ended = self.with_descriptors(limit, "--json", "192.0.2.1", "192.0.2.9")
            if ended.stdout == "":
                self.assertNotEqual(ended.status, 0, (limit, ended))
                self.assertNotEqual(ended.stderr, "", (limit, ended))
            else:
                verdicts = [(r["verdict"], r["reason"]) for r in ended.records]
                self.assertIn(verdicts[0][0], ("pass", "temperror"), (limit, ended))
                self.assertIn(verdicts[1], (("fail", "no_ptr"), ("temperror", "ptr_lookup_failed")), (limit, ended))
            # The standard streams, signals, the poll of sockets and one socket; AddressSanitizer needs more.
            if limit >= (10 if harness.SANITIZED else 6):
                self.assertEqual(verdicts, [("pass", "forward_confirmed"), ("fail", "no_ptr")], (limit, ended))

    def with_descriptors(self, limit, *arguments, **options):
        return self.run_program(*arguments, prefix=["sh", "-c", f'ulimit -n {limit}; exec "$@"', "sh"], **options)

    def test_E9_no_descriptor_for_a_socket(self):
        if harness.SANITIZED:
            self.skipTest("the sanitizers need descriptors of their own; the plain pass tests this")
        limit = next(limit for limit in range(16, 3, -1)
                     if self.with_descriptors(limit, "192.0.2.1").status != 0)
        asked = self.responder.count()
        record, = self.with_descriptors(limit, "--json", "192.0.2.1").records
        self.assertEqual((record["verdict"], record["smtp"], record["failure"]["outcome"]), ("temperror", None, "not_sent"))
        lack = "this process is out of file descriptors, see ulimit -n"
        self.assertEqual(record["message"], f"PTR lookup failed: not sent ({lack})")
        text = " ".join(self.with_descriptors(limit, "192.0.2.1").stdout.split())
        self.assertIn(f"The question could not be sent to {self.responder.server}: {lack}.", text)
        for blame in ("@ADDRESS", "operator", "silent", "Nothing answers"):
            self.assertNotIn(blame, text)
        self.assertEqual(self.responder.count(), asked)

    def test_E9_no_descriptor_for_the_zones_servers(self):
        """The more there are, the further it comes, and the lack is never taken for the network's or the zone's."""
        if harness.SANITIZED:
            self.skipTest("the sanitizers need descriptors of their own; the plain pass tests this")
        zone = Zone(authoritative=True, table="""
            2.0.192.in-addr.arpa    600 SOA ns.example.com hostmaster.example.com 600
            2.0.192.in-addr.arpa    600 NS  ns.example.com
            1.2.0.192.in-addr.arpa  600 PTR mail.example.com
            example.com             600 SOA ns.example.com hostmaster.example.com 600
            example.com             600 NS  ns.example.com
            ns.example.com          600 A   127.0.0.1
            mail.example.com        600 A   192.0.2.1""")
        server = self.enter(RecordingServer(zone))
        outcomes = []
        for limit in range(4, 30):
            ended = self.with_descriptors(limit, "--json", "--direct", "-s", server.server, "-p", str(server.port),
                                          "192.0.2.1", server=False)
            if ended.stdout == "":  # too few to begin with
                self.assertEqual(ended.status, 2, (limit, ended))
                self.assertIn("descriptor", ended.stderr, (limit, ended))
                continue
            record, = ended.records
            outcomes.append(record["failure"]["outcome"] if record["failure"] else record["verdict"])
            self.assertIn(outcomes[-1], ("not_sent", "pass"), (limit, record))
        self.assertEqual(outcomes, sorted(outcomes))
        self.assertEqual(set(outcomes), {"not_sent", "pass"})

    def test_E10_little_memory(self):
        if harness.SANITIZED:
            self.skipTest("AddressSanitizer reserves terabytes of addresses; the plain pass tests this")
        seen = set()
        # With less, the kernel has no room for the program's own file.
        for kilobytes in [*range(4500, 16000, 500), 1 << 20]:
            ended = self.run_program("192.0.2.1", prefix=["sh", "-c", f'ulimit -v {kilobytes}; exec "$@"', "sh"])
            self.assertGreaterEqual(ended.status, 0, (kilobytes, ended))
            if ended.status != 0:
                self.assertNotEqual(ended.stderr + ended.stdout, "", kilobytes)
                self.assertNotIn("no PTR", ended.stdout)
            seen.add(ended.status)
        self.assertEqual(ended.status, 0, "a gigabyte is enough")
        self.assertGreater(len(seen), 1, "no limit was small enough to matter")

    def test_E10_memory_ends_during_a_run(self):
        if harness.SANITIZED:
            self.skipTest("AddressSanitizer reserves terabytes of addresses; the plain pass tests this")
        self.responder.hold(reverse("10.0.0.0"))
        # The first answer is held back, so that results pile up behind it until there is no more memory.
        process = self.start("--json", "10.0.0.0/15", "--limit", "200000",
                             prefix=["sh", "-c", 'ulimit -v 32000; exec "$@"', "sh"])
        ended = self.end(process)
        self.assertEqual((ended.status, ended.stderr), (2, "fcrdns-check: out of memory\n"))


class Locale(CliTest):
    def locales(self, *names):
        """An environment in which these locales exist, wherever the machine keeps its own."""
        needs(shutil.which("localedef") and os.path.exists("/usr/share/i18n/locales/tr_TR"), "localedef and the sources of "
              "locales (Debian: locales)")
        for name in names:
            language, charmap = name.split(".")
            subprocess.run(["localedef", "-i", language, "-f", charmap, str(self.directory / name)], check=True)
        environment = {**os.environ, "LOCPATH": str(self.directory)}
        told = subprocess.run(["env", "printf", "%.1f", "1,5"], env={**environment, "LC_ALL": "de_DE.UTF-8"},
                              capture_output=True, text=True, check=True)
        self.assertEqual(told.stdout, "1,5", "the locales are not used")
        return environment

    def test_E14_locales(self):
        existing = self.locales("tr_TR.UTF-8", "de_DE.UTF-8")
        self.world.confirmed("192.0.2.40", "I.MAIL-I.example.com")
        self.world.set("i.mail-i.example.com", A, [b"\xc0\0\2\x28"])
        outputs = set()
        for value in ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "no_SUCH.locale", ""):
            environment = {**existing, "LC_ALL": value, "LANG": value, "LANGUAGE": "de:tr"}
            ended = self.run_program("192.0.2.40", "192.0.2.9", "--strict", environment=environment)
            complaint = self.run_program("--tries", "x", environment=environment).stderr
            missing = self.run_program("--file", "/no/such/file", environment=environment).stderr
            outputs.add((ended.status, ended.stdout, ended.stderr, complaint, missing))
            (record,) = self.run_program("-jv", "--timeout", "1.5", "192.0.2.40", environment=environment).records
            self.assertIsInstance(record["queries"][0]["elapsed_ms"], (int, float))
        self.assertEqual(len(outputs), 1, outputs)
        self.assertEqual(ended.status, 1)
        self.assertIn("PASS  192.0.2.40       I.MAIL-I.example.com\n", ended.stdout)

    def test_E15_no_colour_without_a_terminal(self):
        for environment in ({}, {"TERM": "xterm-256color"}, {"TERM": "dumb"}, {"NO_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}):
            ended = self.run_program("192.0.2.1", environment={**os.environ, **environment})  # harmless: no escapes
            self.assertEqual(ended.status, 0)

    def test_E19_empty_environment(self):
        ended = self.run_program("192.0.2.1", environment={})
        self.assertEqual((ended.status, ended.stdout), (0, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n"))

    def test_E24_no_path_and_no_directory(self):
        gone = self.directory / "gone"
        gone.mkdir()
        ended = self.run_program("192.0.2.1", environment={"PATH": ""}, cwd=gone,
                                 prefix=["/bin/sh", "-c", '/bin/rmdir "$PWD"; exec "$@"', "sh"])
        self.assertEqual((ended.status, ended.stdout), (0, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n"))
        self.assertFalse(gone.exists())


class Network(CliTest):
    def test_E16_no_network(self):
        def test():
            begun = time.monotonic()
            ended = self.run_program("--timeout", "30", "192.0.2.1", "@192.0.2.53", "@2001:db8::53", server=False)
            self.assertLess(time.monotonic() - begun, 20)
            self.assertEqual(ended.status, 3)
            self.assertRegex(ended.stdout, r"TEMP  192\.0\.2\.1 -> cannot tell: unreachable \(.+\) from 2001:db8::53")

        self.in_own_network(test)

    def test_E17_one_family_only(self):
        def test():
            with RecordingServer(self.world) as four, RecordingServer(self.world, host="::1", port=four.port) as six:
                for servers in (["@192.0.2.53", "@::1"], ["@2001:db8::53", "@127.0.0.1"], ["@::1"], ["@127.0.0.1"]):
                    ended = self.run_program("192.0.2.1", *servers, "-p", str(six.port), "--timeout", "30", server=False)
                    self.assertEqual((ended.status, ended.stderr), (0, ""), (servers, ended))

        self.in_own_network(test)

    def test_E18_sending_forbidden(self):
        calls = {"x86_64": (0xC000003E, (20, 44, 46, 307)), "aarch64": (0xC00000B7, (66, 206, 211, 269))}
        needs(platform.machine() in calls, f"system call numbers of {platform.machine()}")
        architecture, numbers = calls[platform.machine()]

        def forbid():
            """seccomp(2): writev, sendto, sendmsg and sendmmsg fail with EPERM."""
            program = [(0x20, 0, 0, 4), (0x15, 0, len(numbers) + 1, architecture), (0x20, 0, 0, 0)]
            program += [(0x15, len(numbers) - i, 0, number) for i, number in enumerate(numbers)]
            program += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050000 | errno.EPERM)]
            code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
            header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
            libc = ctypes.CDLL(None)
            if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, header, 0, 0) != 0:
                os._exit(99)

        for transport in ([], ["--tcp"]):
            ended = self.run_program("--timeout", "30", *transport, "192.0.2.1", preexec_fn=forbid)
            if ended.status == 99:
                needs(False, "seccomp")
            self.assertEqual(ended.status, 3, ended)
            self.assertIn("unreachable (Operation not permitted) from", ended.stdout)
            self.assertEqual(self.responder.count(), 0)

    def test_E20_empty_root(self):
        needs(os.geteuid() == 0, "chroot (root)")
        if harness.SANITIZED:
            self.skipTest("the leak checker needs /proc; the plain pass tests this")
        root = self.directory / "root"
        libraries = subprocess.run(["ldd", self.command()[0]], capture_output=True, text=True, check=True).stdout
        paths = [word for word in libraries.split() if word.startswith("/")]
        for path in [*paths, self.command()[0]]:
            copy = root / path.lstrip("/")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        prefix = ["chroot", str(root)]
        ended = self.run_program("192.0.2.1", prefix=prefix)
        self.assertEqual((ended.status, ended.stdout), (0, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n"), ended)
        ended = self.run_program("192.0.2.1", server=False, prefix=prefix)
        self.assertEqual((ended.status, ended.stdout), (2, ""))
        self.check_complaint(ended, "/etc/resolv.conf: cannot be read")
        for redirection in ("<&-", "2>&-", "<&- 2>&-"):  # and no /dev/null either
            ended = self.run_program("192.0.2.1", prefix=["sh", "-c", f'"$@" {redirection}', "sh", *prefix])
            self.assertEqual(ended.status, 0, (redirection, ended))

    def test_E22_bad_path(self):
        """Each way 5 % are lost, the others come up to 200 ms late, hence in another order, and some come twice."""
        seed = random.randrange(1 << 32)
        print(f"seed {seed}", end=" ", flush=True)
        targets = self.write("list", "\n".join(self.good_and_bad_addresses(400)))
        clean = self.judged(targets, "--server", self.responder.server)
        self.assertEqual({result[1] for result in clean.values()},
                         {"forward_confirmed", "no_ptr", "forward_mismatch", "forward_nxdomain"})
        for options in (["--timeout", "0.6"], ["--timeout", "2", "--tcp"]):
            path = loss_proxy.Path(seed, loss=0.05, jitter=0.2, doubled=0.05)
            with loss_proxy.proxy(self.responder.port, path) as proxy:
                lossy = self.judged(targets, "--server", f"127.0.0.1:{proxy.port}", "--tries", "5", *options)
            self.assertEqual(list(lossy), list(clean))
            different = {ip: result for ip, result in lossy.items() if result != clean[ip]}
            self.assertEqual({result[0] for result in different.values()} - {"temperror"}, set(), (options, different))
            self.assertLessEqual(len(different), 2, (options, different))
            if "--tcp" in options:
                self.assertGreater(proxy.counts["connections"], 0)
            else:
                self.assertGreater(min(proxy.counts[what] for what in ("lost", "doubled", "overtaken")), 30, proxy.counts)

    def good_and_bad_addresses(self, count):
        """Half IPv4, half IPv6; a fourth passes, the others fail in three ways."""
        addresses = []
        for i in range(count):
            prefix, elsewhere = (("10.1.0.", "198.51.100.200"), ("2001:db8:1::", "2001:db8::200"))[i % 2]
            address, name, kind = f"{prefix}{i // 2:{'x' if i % 2 else 'd'}}", f"h{i}.example.com", i // 2 % 4
            addresses.append(address)
            if kind != 0:
                self.world.pointer(address, name)
            if kind in (1, 2):
                self.world.address(name, address if kind == 1 else elsewhere)
        return addresses

    def judged(self, targets, *arguments):
        """What is known of each address, without what only this run's network decides."""
        records = self.run_program("--json", *arguments, "--file", targets, server=False).records
        return {r["ip"]: (r["verdict"], r["reason"], r["message"], r["ptr"], r["confirmed_names"], r["fix"]) for r in records}


class Hostile(CliTest):
    def test_E23_every_record_is_json(self):
        """Names of hostile octets: harmless text, and JSON in ASCII with unique keys."""
        labels = [bytes([octet]) + b"x" for octet in range(256)]
        labels += [b"\x1b]0;title\x07", b"\r\nevil", b'"}{"', b"\\\\", b"\xff\xfe", "\u202egpj".encode(), b"<b>&amp;",
                   b"a.b", b"$(id)`id`;", b"=1+1", b",", b" ", b"{}%s%n", b"\x80\x9b31m", b"-x", b"x" * 63]
        addresses = [f"10.2.{i // 256}.{i % 256}" for i in range(len(labels))]
        for address, label in zip(addresses, labels):
            self.world.set(reverse(address), PTR, [wire([label, b"example", b"com"])])
        path = self.write("list", "\n".join(addresses))
        for arguments in (["--json"], ["--json", "-v"]):
            records = self.run_program(*arguments, "--file", path).records  # reads each, keys unique
            self.assertEqual([r["ip"] for r in records], addresses)
            self.assertEqual({r["verdict"] for r in records}, {"fail"})
        for arguments in ([], ["-v"]):
            self.assertEqual(self.run_program(*arguments, "--file", path).status, 1)  # harmless text
        self.assertIn("a\\046b.example.com", self.run_program(addresses[labels.index(b"a.b")]).stdout)


if __name__ == "__main__":
    main()
