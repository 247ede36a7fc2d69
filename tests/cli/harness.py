# SPDX-License-Identifier: MIT
"""Runs the program as a user does, with a scripted name server beside it.

main() is what every test file ends with: it takes the program's path and --sanitized from
the command line, and gives the rest to unittest.
"""
import contextlib
import ctypes
import fcntl
import ipaddress
import json
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from dns_message import A, AAAA, ASKED_NAME, NOERROR, NXDOMAIN, PTR, SILENCE, SOA, address_record, record, soa_data, wire
from dns_responder import PATIENCE, RecordingServer

PROGRAM = None
SANITIZED = False
IN_CI = os.environ.get("CI") == "true"
LIMIT = 60  # seconds after which a run counts as hanging
CLONE_NEWNET = 0x40000000


def main():
    global PROGRAM, SANITIZED
    arguments = sys.argv[1:]
    if "--sanitized" in arguments:
        SANITIZED = True
        arguments.remove("--sanitized")
    if not arguments:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM [--sanitized] [TEST]...")
    PROGRAM = str(pathlib.Path(arguments.pop(0)).resolve())
    unittest.main(argv=[sys.argv[0], *arguments], module="__main__", verbosity=2)


class Ended:
    """What a finished run left behind."""

    def __init__(self, status, stdout, stderr):
        self.status, self.stdout, self.stderr = status, stdout, stderr

    @property
    def records(self):
        return [read_record(line) for line in self.stdout.splitlines()]

    def __repr__(self):
        return f"status {self.status}\nstdout: {self.stdout[:4000]!r}\nstderr: {self.stderr[:4000]!r}"


def read_record(line):
    """One line of JSON output: an object with unique keys, in ASCII."""

    def unique(pairs):
        keys = [key for key, _ in pairs]
        assert len(keys) == len(set(keys)), f"doubled keys: {keys}"
        return dict(pairs)

    line.encode("ascii")
    return json.loads(line, object_pairs_hook=unique)


def needs(condition, what):
    """Skips the test where the machine lacks something; in CI that is a failure."""
    if condition:
        return
    if IN_CI:
        raise AssertionError(f"CI must provide: {what}")
    print(f"SKIPPED, not tested: {what}", file=sys.stderr)
    raise unittest.SkipTest(what)


def reverse(address):
    return ipaddress.ip_address(address).reverse_pointer


class World:
    """A table that the test may change at any time: a list of record data, a response code or SILENCE
    for each name and type, and `otherwise` for what is not in it."""

    def __init__(self, otherwise=NXDOMAIN):
        self.answers, self.otherwise = {}, otherwise

    def set(self, name, rrtype, answer):
        self.answers[(name.lower(), rrtype)] = answer

    def pointer(self, address, *names):
        self.set(reverse(address), PTR, [wire(name) for name in names])

    def address(self, name, *addresses):
        records = [address_record(address) for address in addresses]
        for rrtype in (A, AAAA):
            self.set(name, rrtype, [data for kind, data in records if kind == rrtype])

    def confirmed(self, address, name):
        """An address whose name leads back to it."""
        self.pointer(address, name)
        self.address(name, address)

    def __call__(self, query):
        answer = self.answers.get((query.name, query.type), self.otherwise)
        if answer == SILENCE:
            return None
        rcode, records = (answer, []) if isinstance(answer, int) else (NOERROR, answer)
        absent = rcode in (NOERROR, NXDOMAIN) and not records
        return query.reply(rcode, [record(ASKED_NAME, query.type, data) for data in records],
                           [record(ASKED_NAME, SOA, soa_data(600))] if absent else [])


class CliTest(unittest.TestCase):
    """A world, a server for it, and ways to run the program against it."""

    maxDiff = None

    def setUp(self):
        self.world = World()
        self.world.confirmed("192.0.2.1", "mail.example.com")
        self.world.confirmed("192.0.2.2", "two.example.com")
        self.world.confirmed("192.0.2.3", "three.example.com")
        self.world.confirmed("2001:db8::1", "six.example.com")
        self.responder = self.serve()
        self.directory = pathlib.Path(self.enter(tempfile.TemporaryDirectory()))

    def enter(self, context):
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def serve(self, **options):
        return self.enter(RecordingServer(self.world, **options))

    def command(self, *arguments, server=True):
        asked = ("--server", self.responder.server) if server else ()
        return [PROGRAM, *asked, *arguments]

    def start(self, *arguments, server=True, prefix=(), environment=None, **options):
        """The running program, its streams as binary pipes unless said otherwise."""
        for stream in ("stdin", "stdout", "stderr"):
            options.setdefault(stream, subprocess.PIPE)
        process = subprocess.Popen([*prefix, *self.command(*arguments, server=server)],
                                   env=environment, **options)
        self.addCleanup(self.stop, process)
        return process

    @staticmethod
    def stop(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def end(self, process, stdin=None):
        """Waits for the end of a started program and gives what it wrote meanwhile."""
        try:
            out, error = process.communicate(stdin, timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            out, error = process.communicate()
            self.fail(f"hangs: stdout {out[-2000:]!r}, stderr {error[-2000:]!r}")
        return Ended(process.returncode, (out or b"").decode("latin-1"), (error or b"").decode("latin-1"))

    def run_program(self, *arguments, stdin=b"", **options):
        """Runs it to its end; every byte of text on stdout and stderr must be harmless."""
        process = self.start(*arguments, **options)
        ended = self.end(process, stdin if process.stdin else None)
        self.check_harmless(ended)
        return ended

    def check_harmless(self, ended):
        for text in (ended.stdout, ended.stderr):
            strange = sorted(c for c in set(text) if not (" " <= c <= "~" or c == "\n"))
            self.assertEqual(strange, [], ended)

    def check_complaint(self, ended, *words):
        """One sentence on stderr that holds the words."""
        self.assertRegex(ended.stderr, r"\Afcrdns-check: [^\n]+\n\Z", ended)
        for word in words:
            self.assertIn(word, ended.stderr)

    def check_usage(self, ended, *words):
        """A usage error: one sentence with the words, status 2, no output, no query."""
        self.check_complaint(ended, *words)
        self.assertEqual(ended.status, 2, ended)
        self.assertEqual(ended.stdout, "", ended)
        self.assertEqual(self.responder.count(), 0, self.responder.asked)

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

    def write(self, name, content):
        path = self.directory / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def read_line(self, stream):
        """The next line of a running program; the test fails when none comes."""
        lines = []
        reader = threading.Thread(target=lambda: lines.append(stream.readline()), daemon=True)
        reader.start()
        reader.join(PATIENCE)
        self.assertTrue(lines, "no line came")
        return lines[0].decode("latin-1")

    def eventually(self, condition, what):
        """Waits for something that only polling can tell."""
        end = time.monotonic() + PATIENCE
        while not condition():
            self.assertLess(time.monotonic(), end, f"never came true: {what}")
            time.sleep(0.005)


def limit_kib(mebibytes):
    """AddressSanitizer's shadow and its quarantine of 256 MiB are no memory of the program."""
    return (mebibytes + 700 if SANITIZED else mebibytes) * 1024


def without_quarantine():
    """An environment to compare the memory of two runs in: AddressSanitizer keeps nothing that was freed."""
    return {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=0"}


def memory_kib(process, field="VmHWM"):
    """What the kernel says of a process's memory: VmHWM is its peak, VmRSS what it has now."""
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1])
    raise AssertionError(f"no {field}")


def process_state(process):
    """The letter of proc(5): S sleeps, T is stopped, Z has ended."""
    return pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
