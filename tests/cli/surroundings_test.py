# SPDX-License-Identifier: MIT
"""Signals, files, limits, locale, the network itself. Rows E of ../faults.txt."""
import ctypes
import errno
import fcntl
import os
import platform
import random
import select
import shutil
import signal
import socket
import struct
import subprocess
import threading
import time

import harness
from harness import LIMIT, CliTest, main, needs, process_state
from responder import PATIENCE, PTR, SILENCE, A, Responder, reverse, wire_name

CLONE_NEWNET = 0x40000000


class Files(CliTest):
    def check_cannot_write(self, ended, *words):
        self.assertEqual(ended.status, 2, ended)
        self.check_complaint(ended, "standard output", *words)

    def test_E1_full_disk(self):
        for arguments in (["192.0.2.1"], ["--json", "192.0.2.1"], ["-v", "192.0.2.1", "192.0.2.9"]):
            with open("/dev/full", "wb") as full:
                self.check_cannot_write(self.run_program(*arguments, stdout=full), "No space left on device")
        with open("/dev/full", "wb") as full:
            self.assertEqual(self.run_program("-q", "192.0.2.1", stdout=full).status, 0)

    def test_E1_asking_stops_when_nothing_can_be_written(self):
        with open("/dev/full", "wb") as full:
            ended = self.run_program("--json", "10.0.0.0/16", stdout=full)
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
        process = self.start("--json", "--unordered", "10.0.0.0/16")
        self.read_line(process.stdout)
        process.stdout.close()
        self.assertEqual(process.wait(LIMIT), -signal.SIGPIPE)
        self.assertEqual(process.stderr.read(), b"")
        self.assertLess(self.responder.count(), 60000)

    def test_E4_sigpipe_ignored(self):
        process = self.start("--json", "10.0.0.0/16", prefix=["sh", "-c", 'trap "" PIPE; exec "$@"', "sh"])
        self.read_line(process.stdout)
        process.stdout.close()
        self.assertEqual(process.wait(LIMIT), 2)
        self.assertEqual(process.stderr.read(), b"fcrdns-check: standard output: Broken pipe\n")
        self.assertLess(self.responder.count(), 60000)

    def slow_reader(self, unblocked):
        """More than a pipe holds, read late: memory stays flat, nothing is lost."""
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
        processes = [self.start("--json", "192.0.2.0/29") for _ in range(4)]
        outputs = [self.end(process).stdout for process in processes]
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
                                       "2 addresses: 2 pass, 0 warn, 0 fail, 0 temporary\n")

    def test_E5_sigint(self):
        self.check_interrupted(self.interrupt(signal.SIGINT))
        ended = self.interrupt(signal.SIGINT, "--json")
        self.assertEqual((ended.status, [r["ip"] for r in ended.records]), (130, ["192.0.2.3"]))

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

    def test_E7_stopped_and_continued(self):
        """Answers that came while it was stopped are answers, however late it reads them."""
        addresses = [f"198.51.100.{i}" for i in range(60)]
        for address in addresses:
            self.responder.hold(reverse(address))
        process = self.start("--json", "--timeout", "0.3", "--tries", "1", *addresses)
        for address in addresses:
            self.responder.wait_for(reverse(address))
        process.send_signal(signal.SIGSTOP)
        self.eventually(lambda: process_state(process) == "T", "it is stopped")
        for address in addresses:
            self.responder.release(reverse(address))
        time.sleep(0.9)  # three time-outs pass while it is stopped: that is the situation
        process.send_signal(signal.SIGCONT)
        ended = self.end(process)
        self.assertEqual({r["reason"] for r in ended.records}, {"no_ptr"})
        self.assertEqual(self.responder.count(), len(addresses))

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
            ended = self.run_program("--json", "192.0.2.1", "192.0.2.9",
                                     prefix=["sh", "-c", f'ulimit -n {limit}; exec "$@"', "sh"])
            if ended.stdout == "":
                self.assertNotEqual(ended.status, 0, (limit, ended))
                self.assertNotEqual(ended.stderr, "", (limit, ended))
            else:
                verdicts = [(r["verdict"], r["reason"]) for r in ended.records]
                self.assertIn(verdicts[0][0], ("pass", "temperror"), (limit, ended))
                self.assertIn(verdicts[1], (("fail", "no_ptr"), ("temperror", "ptr_lookup_failed")), (limit, ended))
        self.assertEqual(verdicts, [("pass", "forward_confirmed"), ("fail", "no_ptr")])

    def test_E10_little_memory(self):
        if harness.SANITIZED:
            self.skipTest("AddressSanitizer reserves terabytes of addresses; the plain pass tests this")
        seen = set()
        for kilobytes in [*range(4000, 16000, 500), 1 << 20]:
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
    def test_E14_locales(self):
        self.world.confirmed("192.0.2.40", "I.MAIL-I.example.com")
        self.world.set("i.mail-i.example.com", A, [b"\xc0\0\2\x28"])
        outputs = set()
        for value in ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8", "no_SUCH.locale", ""):
            environment = {**os.environ, "LC_ALL": value, "LANG": value, "LANGUAGE": "de:tr"}
            ended = self.run_program("192.0.2.40", "192.0.2.9", "--strict", environment=environment)
            complaint = self.run_program("--tries", "x", environment=environment).stderr
            missing = self.run_program("--file", "/no/such/file", environment=environment).stderr
            outputs.add((ended.status, ended.stdout, ended.stderr, complaint, missing))
            (record,) = self.run_program("-jv", "--timeout", "1.5", "192.0.2.40", environment=environment).records
            self.assertIsInstance(record["queries"][0]["elapsed_ms"], (int, float))
        self.assertEqual(len(outputs), 1, outputs)

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
    def in_own_network(self, test):
        """Runs `test` in a thread whose network has a loopback and nothing else, children and sockets too."""
        needs(os.geteuid() == 0, "network namespaces (root)")
        problems = []

        def enter():
            try:
                if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
                    needs(False, f"network namespaces: {os.strerror(ctypes.get_errno())}")
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
                    up = struct.pack("16sh14x", b"lo", 1)  # IFF_UP
                    fcntl.ioctl(any_socket, 0x8914, up)    # SIOCSIFFLAGS
                test()
            except BaseException as problem:  # unittest's own are handed on too
                problems.append(problem)

        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        if problems:
            raise problems[0]

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
            with Responder(self.world) as four, Responder(self.world, host="::1", port=four.port) as six:
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

        ended = self.run_program("--timeout", "30", "192.0.2.1", preexec_fn=forbid)
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
        """5 % of the packets are lost, others come late, twice or in another order."""
        seed = random.randrange(1 << 32)
        print(f"seed {seed}", end=" ", flush=True)
        world, truth = self.world, {}
        for i in range(600):
            address = f"10.1.{i // 256}.{i % 256}"
            kind = ("pass", "pass", "no_ptr", "forward_mismatch")[i % 4]
            truth[address] = "forward_confirmed" if kind == "pass" else kind
            if kind != "no_ptr":
                world.pointer(address, f"h{i}.example.com")
                world.address(f"h{i}.example.com", address if kind == "pass" else "198.51.100.200")
        with BadPath(self.responder, random.Random(seed)) as path:
            ended = self.run_program("--json", "--timeout", "0.6", "--tries", "5", "--file",
                                     self.write("list", "\n".join(truth)), "--server", path.server, server=False)
        self.assertEqual([r["ip"] for r in ended.records], list(truth))
        reasons = {r["ip"]: r["reason"] for r in ended.records if r["verdict"] != "temperror"}
        self.assertEqual(reasons, {ip: truth[ip] for ip in reasons})
        self.assertGreaterEqual(len(reasons), len(truth) - 2)
        self.assertGreater(path.lost, 20)


class BadPath:
    """A proxy over UDP in front of a responder that treats packets badly, both ways."""

    def __init__(self, responder, dice):
        self.dice, self.lost = dice, 0
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("127.0.0.1", 0))
        self.server = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.behind = ("127.0.0.1", responder.port)
        self.pending, self.clients, self.stopping = [], {}, False
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopping = True
        self.thread.join(PATIENCE)
        for client in self.clients.values():
            client.close()
        self.socket.close()

    def pass_on(self, send):
        if self.dice.random() < 0.05:
            self.lost += 1
            return
        for _ in range(2 if self.dice.random() < 0.05 else 1):
            self.pending.append((time.monotonic() + self.dice.uniform(0, 0.2), len(self.pending), send))

    def run(self):
        while not self.stopping:
            now = time.monotonic()
            due = sorted(p for p in self.pending if p[0] <= now)
            self.pending = [p for p in self.pending if p[0] > now]
            for _, _, send in due:
                send()
            readable, _, _ = select.select([self.socket, *self.clients.values()], [], [], 0.005)
            for ready in readable:
                octets, sender = ready.recvfrom(4096)
                if ready is self.socket:
                    if sender not in self.clients:
                        self.clients[sender] = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                    client = self.clients[sender]
                    self.pass_on(lambda c=client, o=octets: c.sendto(o, self.behind))
                else:
                    client = next(address for address, s in self.clients.items() if s is ready)
                    self.pass_on(lambda c=client, o=octets: self.socket.sendto(o, c))


class Hostile(CliTest):
    def test_E23_every_record_is_json(self):
        """Names of hostile octets: harmless text, and JSON in ASCII with unique keys."""
        labels = [bytes([octet]) + b"x" for octet in range(256)]
        labels += [b"\x1b]0;title\x07", b"\r\nevil", b'"}{"', b"\\\\", b"\xff\xfe", "\u202egpj".encode(), b"<b>&amp;",
                   b"a.b", b"$(id)`id`;", b"=1+1", b",", b" ", b"{}%s%n", b"\x80\x9b31m", b"-x", b"x" * 63]
        addresses = [f"10.2.{i // 256}.{i % 256}" for i in range(len(labels))]
        for address, label in zip(addresses, labels):
            self.world.set(reverse(address), PTR, [wire_name([label, b"example", b"com"])])
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
