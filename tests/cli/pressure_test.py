# SPDX-License-Identifier: MIT
"""Servers that close, refuse, flood or go away in the middle of a list. Rows P of ../faults.txt."""
import collections
import contextlib
import heapq
import itertools
import os
import signal
import socket
import struct
import threading
import time

from harness import LIMIT, CliTest, limit_kib, main, memory_kib, needs
from dns_responder import RecordingServer, Server
from dns_message import (  # which harness has put on the path
    A, ASKED_NAME, PTR, REFUSED, SERVFAIL, SILENCE, SOA, Query, address_record, record, soa_data, wire,
)


def healthy(query):
    """Each address has a name of its own that leads back, and the root has an SOA."""
    if not query.labels:
        return query.reply(answer=[record(ASKED_NAME, SOA, soa_data(600))])
    if query.type == PTR:
        address = ".".join(reversed(query.name.split(".")[:4]))
        return query.reply(answer=[record(ASKED_NAME, PTR, wire(f"at-{address.replace('.', '-')}.example"))])
    address = query.name.split(".")[0].removeprefix("at-").replace("-", ".")
    return query.reply(answer=[record(ASKED_NAME, A, address_record(address)[1])])


class Threaded:
    """A listener or socket of its own, served by one thread until it is closed."""

    def __init__(self, kind):
        self.socket = socket.socket(socket.AF_INET, kind)
        self.socket.bind(("127.0.0.1", 0))
        self.server = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=self.run, daemon=True)]

    def __enter__(self):
        self.threads[0].start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.socket.close()

    def run(self):
        with contextlib.suppress(OSError):
            self.serve()


class TcpServer(Threaded):
    """Gives each connection to `talk`, in a thread."""

    def __init__(self, talk):
        super().__init__(socket.SOCK_STREAM)
        self.talk = talk
        self.socket.listen(128)

    def serve(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()

    def converse(self, connection):
        with connection, contextlib.suppress(OSError, EOFError):
            self.talk(connection)


def read_query(connection):
    def read(count):
        octets = connection.recv(count, socket.MSG_WAITALL)
        if len(octets) < count:
            raise EOFError
        return octets
    return Query(read(struct.unpack("!H", read(2))[0]), "tcp")


def closing_after(count):
    """Answers so many questions, then closes, whatever else has been asked."""
    def talk(connection):
        for _ in range(count):
            reply = healthy(read_query(connection))
            connection.sendall(struct.pack("!H", len(reply)) + reply)
    return talk


def empty_messages(connection):
    read_query(connection)
    while True:
        connection.sendall(bytes(65536))


class LimitedServer(Threaded):
    """Answers after a delay of so many seconds, and refuses what comes while so many are under way."""

    def __init__(self, delay=0.02, most=60, answer=healthy):
        super().__init__(socket.SOCK_DGRAM)
        self.delay, self.most, self.answer = delay, most, answer
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.refused = 0

    def serve(self):
        under_way, count = [], itertools.count()
        while not self.stopped.is_set():
            left = max(0.0001, under_way[0][0] - time.monotonic()) if under_way else 0.1
            self.socket.settimeout(left)
            with contextlib.suppress(TimeoutError):
                octets, sender = self.socket.recvfrom(4096)
                query = Query(octets, "udp")
                if len(under_way) >= self.most:
                    self.refused += 1
                    self.socket.sendto(query.reply(REFUSED), sender)
                else:
                    heapq.heappush(under_way, (time.monotonic() + self.delay, next(count), self.answer(query), sender))
            while under_way and under_way[0][0] <= time.monotonic():
                _, _, reply, sender = heapq.heappop(under_way)
                self.socket.sendto(reply, sender)


class SlowServer(Threaded):
    """Answers one question after another, each in so many seconds; what its small buffer has no room for is lost."""

    def __init__(self, each):
        super().__init__(socket.SOCK_DGRAM)
        self.each = each
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 106496)  # of which the kernel makes its default

    def serve(self):
        due = time.monotonic()
        while True:
            octets, sender = self.socket.recvfrom(4096)
            # Who is late, as this thread may be, is no slower for it.
            due = max(due, time.monotonic() - 0.1) + self.each
            time.sleep(max(0.0, due - time.monotonic()))
            self.socket.sendto(healthy(Query(octets, "udp")), sender)


class RestartedServer:
    """Goes away after `asked` questions, at once for 0, and comes back on the same port when told."""

    def __init__(self, asked):
        self.left = asked
        self.gone, self.back = threading.Event(), threading.Event()
        # Keeps the port, and takes nothing: it is connected elsewhere.
        self.holder = self.bind(0)
        self.port = self.holder.getsockname()[1]
        self.holder.connect(("127.0.0.3", 9))
        self.server = f"127.0.0.1:{self.port}"
        self.socket = self.bind(self.port)
        self.thread = threading.Thread(target=self.serve, daemon=True)

    @staticmethod
    def bind(port):
        bound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind(("127.0.0.1", port))
        return bound

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.back.set()
        self.socket.close()
        self.holder.close()

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                if self.left == 0:
                    self.socket.close()
                    self.gone.set()
                    self.back.wait()
                    self.socket = self.bind(self.port)
                octets, sender = self.socket.recvfrom(4096)
                self.socket.sendto(healthy(Query(octets, "udp")), sender)
                self.left -= 1


class LargeAnswers:
    """Every address has as many PTR names as are followed, of its own, each with as many addresses as a message
    holds, which are all others."""

    NAMES, ADDRESSES = 100, 4090

    def __init__(self):
        self.addresses = [record(ASKED_NAME, A, (0xC0000000 + i).to_bytes(4, "big")) for i in range(self.ADDRESSES)]

    def __call__(self, query):
        if query.type == PTR:
            number = query.name.split(".")[0]
            return query.reply(answer=[record(ASKED_NAME, PTR, wire(f"{i}.of-{number}.example")) for i in range(self.NAMES)])
        return query.reply(answer=self.addresses)


class Pressure(CliTest):
    def run_against(self, server, *arguments, **options):
        return self.run_program("--server", server.server, *arguments, server=False, **options)

    def verdicts(self, ended):
        return dict(collections.Counter(record["verdict"] for record in ended.records))

    def test_P1_closed_with_questions_unread(self):
        server = self.enter(TcpServer(closing_after(1)))
        for _ in range(3):
            ended = self.run_against(server, "--json", "--tcp", "10.0.0.0/25")
            self.assertEqual((ended.status, ended.stderr, self.verdicts(ended)), (0, "", {"pass": 128}), ended)

    def test_P2_empty_messages_for_ever(self):
        server = self.enter(TcpServer(empty_messages))
        started = time.monotonic()
        ended = self.run_against(server, "--json", "--tcp", "--deadline", "2", "--timeout", "20", "10.0.0.1")
        self.assertEqual(self.verdicts(ended), {"temperror": 1})
        self.assertLess(time.monotonic() - started, 15)

    def test_P2_and_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            seen = threading.Event()

            def talk(connection, seen=seen):
                read_query(connection)
                seen.set()
                while True:
                    connection.sendall(b"\0\1x" * 20000)

            server = self.enter(TcpServer(talk))
            process = self.start("--server", server.server, "--tcp", "--timeout", "20", "10.0.0.1", server=False)
            self.assertTrue(seen.wait(LIMIT))
            process.send_signal(number)
            self.assertEqual(self.end(process).status, 130)

    def test_P3_refused_beyond_a_number(self):
        server = self.enter(LimitedServer())
        ended = self.run_against(server, "--json", "10.0.0.0/22")
        self.assertEqual(self.verdicts(ended), {"pass": 1024}, f"{server.refused} refused")

    def test_P3_slower_than_its_buffer_is_long(self):
        server = self.enter(SlowServer(each=0.003))
        ended = self.run_against(server, "--json", "--timeout", "1", "10.0.0.0/22")
        self.assertEqual(self.verdicts(ended), {"pass": 1024})

    def test_P4_restarted_meanwhile(self):
        server = self.enter(RestartedServer(asked=700))
        process = self.start("--server", server.server, "--json", "10.0.0.0/22", server=False)
        self.assertTrue(server.gone.wait(LIMIT))
        self.assertIn("does not answer any more (Connection refused); waiting for it", self.read_line(process.stderr))
        server.back.set()
        ended = self.end(process)
        self.assertEqual(self.verdicts(ended), {"pass": 1024})
        self.assertIn(f"the wait for {server.server} has ended: there are answers again\n", ended.stderr)

    def test_P4_never_back(self):
        """With a clock by which the minute is over in two seconds."""
        library = os.environ.get("FCRDNS_HURRIED_CLOCK", "")
        needs(os.path.exists(library), "the library with the hurried clock (set by ctest)")
        environment = {**os.environ, "LD_PRELOAD": library, "ASAN_OPTIONS": "verify_asan_link_order=0"}
        server = self.enter(RestartedServer(asked=700))
        ended = self.run_against(server, "--json", "--timeout", "20", "10.0.0.0/22", environment=environment)
        verdicts = self.verdicts(ended)
        self.assertEqual(sum(verdicts.values()), 1024, verdicts)
        self.assertEqual(set(verdicts), {"pass", "temperror"})
        away, given_up = ended.stderr.splitlines()
        self.assertEqual(away, f"fcrdns-check: {server.server} does not answer any more (Connection refused); "
                               "waiting for it, at most 1 min")
        self.assertEqual(given_up, f"fcrdns-check: the wait for {server.server} has ended: no answer in 1 min; "
                                   "the rest is not waited for")

    def test_P4_zones_that_fail_are_not_waited_for(self):
        """7 of 8 /24 are refused, or silent, for ever."""
        for what in (REFUSED, SERVFAIL, SILENCE):
            def answer(query, what=what):
                if query.type == PTR and query.name.split(".")[1] != "0":
                    return None if what == SILENCE else query.reply(what)
                return healthy(query)
            server = self.enter(Server(answer))
            ended = self.run_against(server, "--json", "--timeout", "0.5", "--tries", "2", "10.0.0.0/21")
            self.assertEqual((self.verdicts(ended), ended.stderr), ({"pass": 256, "temperror": 7 * 256}, ""))

    def test_P4_the_second_of_two_comes_back(self):
        """Sooner than all that was under way would have asked the first one in turn."""
        first, second = self.enter(RestartedServer(asked=700)), self.enter(RestartedServer(asked=0))
        self.assertTrue(second.gone.wait(LIMIT))
        process = self.start("--server", first.server, "--server", second.server, "--json", "--timeout", "0.5",
                             "10.0.0.0/22", server=False)
        self.assertTrue(first.gone.wait(LIMIT))
        self.assertIn("waiting for it", self.read_line(process.stderr))
        second.back.set()
        ended = self.end(process)
        self.assertEqual(self.verdicts(ended), {"pass": 1024})

    def test_P4_one_address_does_not_wait_for_a_server_that_never_answered(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as holder:
            holder.bind(("127.0.0.1", 0))
            holder.connect(("127.0.0.3", 9))
            started = time.monotonic()
            ended = self.run_program("--server", "127.0.0.1:%d" % holder.getsockname()[1], "--timeout", "20",
                                     "10.0.0.1", server=False)
        self.assertEqual((ended.status, ended.stderr), (3, ""))
        self.assertLess(time.monotonic() - started, 10)

    def test_P5_closed_after_some_answers(self):
        server = self.enter(TcpServer(closing_after(20)))
        ended = self.run_against(server, "--json", "--tcp", "10.0.0.0/23")
        self.assertEqual(self.verdicts(ended), {"pass": 512})

    def test_P6_large_answers(self):
        """Of each target one answer is held back until all others are there."""
        server = self.enter(RecordingServer(LargeAnswers()))
        held = [f"50.of-{number}.example" for number in range(32)]
        for name in held:
            server.hold(name)
        process = self.start("--server", server.server, "--json", "--timeout", "30", "10.0.0.0/27", server=False)
        for name in held:
            server.wait_for(name)
        self.eventually(lambda: server.count() >= 32 * (2 * 101 - 1), "all others are asked, over UDP and then over TCP")
        peak = memory_kib(process)
        for name in held:
            server.release(name)
        ended = self.end(process)
        self.assertEqual(self.verdicts(ended), {"fail": 32})
        self.assertLess(peak, limit_kib(256))
        self.assertLess(max(map(len, ended.stdout.splitlines())), 1_000_000)
        explained = self.run_against(server, "-v", "10.0.0.1").stdout
        self.assertTrue("192.0.0.2 and 4087 more" in explained and "and 4026 more, not kept" in explained)


if __name__ == "__main__":
    main()
