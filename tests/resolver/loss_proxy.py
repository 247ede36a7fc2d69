# SPDX-License-Identifier: MIT
"""A bad path to a DNS server: loses, delays, doubles and reorders what it carries.

What befalls a datagram depends on the seed, its direction, its question and how often that
was seen, not on the moment: a run can be repeated. Over TCP nothing is lost or reordered,
as the kernels repair that; a lost segment comes late.
"""
import contextlib
import heapq
import random
import selectors
import socket
import threading
import time

BUFFER = 1 << 22


class Path:
    """The rates of a path: shares of what goes each way, and seconds."""

    def __init__(self, seed, loss, jitter, doubled, repair=0.4):
        self.seed = seed
        self.loss = loss
        self.jitter = jitter
        self.doubled = doubled
        self.repair = repair
        self._seen = {}

    def fate(self, direction, key):
        """The delays with which the copies of this datagram arrive; none where it is lost."""
        count = self._seen[direction, key] = self._seen.get((direction, key), 0) + 1
        drawn = random.Random(f"{self.seed} {direction} {key!r} {count}")
        if drawn.random() < self.loss:
            return []
        copies = 2 if drawn.random() < self.doubled else 1
        return [drawn.uniform(0, self.jitter) for _ in range(copies)]

    def stream_delay(self, direction, key):
        delays = self.fate(direction, key)
        return delays[0] if delays else self.jitter + self.repair


def question_of(datagram):
    """The octets after the header up to the end of the question's type: the same in query and reply."""
    end = datagram.find(b"\0", 12)
    return datagram[12:end + 3].lower()


class Proxy(threading.Thread):
    """Carries datagrams and connections between clients of `port` and the server."""

    def __init__(self, server_port, path):
        super().__init__(daemon=True)
        self.server = ("127.0.0.1", server_port)
        self.path = path
        self.counts = {"carried": 0, "lost": 0, "doubled": 0, "overtaken": 0, "connections": 0}
        self._selector = selectors.DefaultSelector()
        self._due = []       # (time, number, what to do)
        self._number = 0
        self._latest = 0.0   # when the last of the datagrams so far arrives
        self._upstream = {}  # client address -> socket towards the server
        self._streams = []   # both sides of every connection
        self._stopped = False
        self._bind()

    def _bind(self):
        for _ in range(50):  # the kernel's choice for UDP may be taken for TCP
            self._udp = self._datagram_socket()
            self._udp.bind(("127.0.0.1", 0))
            self.port = self._udp.getsockname()[1]
            self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            try:
                self._listener.bind(("127.0.0.1", self.port))
                break
            except OSError:
                self._udp.close()
                self._listener.close()
        self._listener.listen(64)
        self._listener.setblocking(False)
        self._selector.register(self._udp, selectors.EVENT_READ, self._from_clients)
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)

    @staticmethod
    def _datagram_socket():
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        made.setblocking(False)
        return made

    def run(self):
        while not self._stopped:
            wait = min(0.2, max(0, self._due[0][0] - time.monotonic())) if self._due else 0.2
            for key, _ in self._selector.select(wait):
                key.data(key.fileobj)
            while self._due and self._due[0][0] <= time.monotonic():
                heapq.heappop(self._due)[2]()
        for open_socket in {*(key.fileobj for key in self._selector.get_map().values()), *self._streams}:
            open_socket.close()
        self._selector.close()

    def stop(self):
        self._stopped = True
        self.join()

    def _later(self, when, action):
        self._number += 1
        heapq.heappush(self._due, (when, self._number, action))

    def _carry(self, direction, datagram, send):
        delays = self.path.fate(direction, question_of(datagram))
        self.counts["carried" if delays else "lost"] += 1
        self.counts["doubled"] += len(delays) > 1
        for delay in delays:
            when = time.monotonic() + delay
            self.counts["overtaken"] += when < self._latest
            self._latest = max(self._latest, when)
            self._later(when, lambda: send(datagram))

    def _from_clients(self, udp):
        with contextlib.suppress(BlockingIOError):
            while True:
                datagram, client = udp.recvfrom(65535)
                if client not in self._upstream:
                    upstream = self._upstream[client] = self._datagram_socket()
                    upstream.connect(self.server)
                    self._selector.register(upstream, selectors.EVENT_READ,
                                            lambda socket_, to=client: self._from_server(socket_, to))
                self._carry("query", datagram, self._upstream[client].send)

    def _from_server(self, upstream, client):
        with contextlib.suppress(BlockingIOError):
            while True:
                datagram = upstream.recv(65535)
                self._carry("reply", datagram, lambda octets: self._udp.sendto(octets, client))

    def _accept(self, listener):
        client, _ = listener.accept()
        server = socket.create_connection(self.server)
        self._streams += [client, server]
        self.counts["connections"] += 1
        number = self.counts["connections"]
        for one, other, direction in ((client, server, "query"), (server, client, "reply")):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(one, selectors.EVENT_READ, Stream(self, other, direction, number).read)


class Stream:
    """One direction of a connection: what is read goes out later, in order."""

    def __init__(self, proxy, sink, direction, number):
        self._proxy = proxy
        self._sink = sink
        self._key = (direction, number)
        self._last = 0.0

    def read(self, source):
        try:
            octets = source.recv(1400)
        except OSError:
            octets = b""
        if not octets:
            self._proxy._selector.unregister(source)
        delay = self._proxy.path.stream_delay("segment of " + self._key[0], self._key[1])
        self._last = max(self._last, time.monotonic() + delay)
        self._proxy._later(self._last, lambda: self._write(octets))

    def _write(self, octets):
        # A side that has gone needs nothing any more.
        with contextlib.suppress(OSError):
            if octets:
                self._sink.sendall(octets)
            else:
                self._sink.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def proxy(server_port, path):
    running = Proxy(server_port, path)
    running.start()
    try:
        yield running
    finally:
        running.stop()
