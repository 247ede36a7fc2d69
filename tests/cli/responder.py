# SPDX-License-Identifier: MIT
"""A scripted DNS server on loopback, over UDP and TCP, in a thread of the test.

What it says stands in a table that the test fills and may change at any time. It can be
silent, it can hold answers back until the test releases them, and it remembers every
question, so that a test waits for what happened and never for a time to pass.
"""
import contextlib
import errno
import ipaddress
import selectors
import socket
import struct
import threading
from typing import NamedTuple

A, SOA, PTR, AAAA = 1, 6, 12, 28
TYPES = {"A": A, "SOA": SOA, "PTR": PTR, "AAAA": AAAA}
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED = range(6)
QR, TC, RD, RA = 0x8000, 0x0200, 0x0100, 0x0080
SILENCE = object()
LONGEST_DATAGRAM = 1232
PATIENCE = 30  # seconds until a test is given up that waits for a question


class Question(NamedTuple):
    name: str
    type: int
    transport: str
    bits: int       # the second half of the header's flags and the first: RD is 0x0100, AD 0x0020
    edns: bool


def reverse(address):
    return ipaddress.ip_address(address).reverse_pointer


def labels_of(name):
    """The labels of a name; bytes are taken as a list of labels is, text is split at dots."""
    if isinstance(name, (tuple, list)):
        return list(name)
    return [label.encode("latin-1") for label in name.rstrip(".").split(".") if label]


def wire_name(name):
    return b"".join(bytes([len(label)]) + label for label in labels_of(name)) + b"\0"


def record(owner, rrtype, data, ttl=300):
    return owner + struct.pack("!HHIH", rrtype, 1, ttl, len(data)) + data


def soa_data():
    return wire_name("ns.isp.example") + wire_name("hostmaster.isp.example") + struct.pack("!5I", 1, 2, 3, 4, 600)


class World:
    """The table: a list of record data, a response code or SILENCE for each name and type."""

    def __init__(self):
        self.answers = {}

    def set(self, name, rrtype, answer):
        self.answers[(name.lower(), rrtype)] = answer

    def pointer(self, address, *names):
        self.set(reverse(address), PTR, [wire_name(name) for name in names])

    def address(self, name, *addresses):
        for family, rrtype in ((4, A), (6, AAAA)):
            parsed = [ipaddress.ip_address(text) for text in addresses]
            self.set(name, rrtype, [ip.packed for ip in parsed if ip.version == family])

    def confirmed(self, address, name):
        """An address whose name leads back to it."""
        self.pointer(address, name)
        self.address(name, address)

    def answer(self, name, rrtype):
        return self.answers.get((name, rrtype), NXDOMAIN)


class Responder:
    """Serves a world on HOST and a port of its own until it is closed."""

    def __init__(self, world, host="127.0.0.1", port=0, transports=("udp", "tcp")):
        self.world, self.host = world, host
        self.asked = []
        self.held = {}       # name -> functions that send what is held back
        self.drop_first = set()  # names whose first question is lost
        self.most_open = 0   # questions held back at one time
        self.changed = threading.Condition()
        self.selector = selectors.DefaultSelector()
        self.buffers = {}
        self.wake_up, self.waker = socket.socketpair()
        self.stopping = False
        self._bind(port, transports)
        self.selector.register(self.wake_up, selectors.EVENT_READ, None)
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.stopping:
            return
        self.stopping = True
        self.waker.send(b"x")
        self.thread.join(PATIENCE)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()
        self.waker.close()

    @property
    def server(self):
        """ADDR:PORT for --server."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def hold(self, name):
        """From now on answers about `name` wait for release()."""
        with self.changed:
            self.held.setdefault(name.lower(), [])

    def release(self, name):
        with self.changed:
            for send in self.held.pop(name.lower()):
                send()

    def count(self, name=None):
        with self.changed:
            return sum(1 for question in self.asked if name in (None, question.name))

    def wait_for(self, name, count=1):
        """Waits until `name` has been asked for `count` times."""
        with self.changed:
            seen = self.changed.wait_for(
                lambda: sum(1 for question in self.asked if question.name == name.lower()) >= count, PATIENCE)
        if not seen:
            raise AssertionError(f"{name} was not asked for {count} times")

    def _bind(self, port, transports):
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        for attempt in range(50):  # a port may be free for the one transport and taken for the other
            with contextlib.ExitStack() as opened:
                try:
                    chosen = port
                    sockets = []
                    for transport in transports:
                        kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
                        bound = opened.enter_context(socket.socket(family, kind))
                        if transport == "tcp":
                            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                        bound.bind((self.host, chosen))
                        chosen = bound.getsockname()[1]
                        sockets.append((bound, transport))
                except OSError as problem:
                    if problem.errno != errno.EADDRINUSE or port != 0 or attempt == 49:
                        raise
                    continue
                opened.pop_all()
            break
        self.port = chosen
        for bound, transport in sockets:
            if transport == "tcp":
                bound.listen(64)
                self.selector.register(bound, selectors.EVENT_READ, self._accept)
            else:
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
                bound.setblocking(False)
                self.selector.register(bound, selectors.EVENT_READ, self._datagrams)

    def _serve(self):
        while not self.stopping:
            for key, _ in self.selector.select():
                if key.data is not None:
                    key.data(key.fileobj)

    def _datagrams(self, bound):
        with contextlib.suppress(BlockingIOError):
            while True:
                query, sender = bound.recvfrom(4096)
                self._take(query, "udp", lambda reply, to=sender: bound.sendto(reply, to))

    def _accept(self, listener):
        connection, _ = listener.accept()
        self.buffers[connection] = b""
        self.selector.register(connection, selectors.EVENT_READ, self._stream)

    def _stream(self, connection):
        try:
            octets = connection.recv(65536)
        except OSError:
            octets = b""
        if not octets:
            self.selector.unregister(connection)
            del self.buffers[connection]
            connection.close()
            return
        self.buffers[connection] += octets
        while len(self.buffers[connection]) >= 2:
            size = struct.unpack("!H", self.buffers[connection][:2])[0] + 2
            if len(self.buffers[connection]) < size:
                return
            query, self.buffers[connection] = self.buffers[connection][2:size], self.buffers[connection][size:]
            self._take(query, "tcp", lambda reply: connection.sendall(struct.pack("!H", len(reply)) + reply))

    def _take(self, query, transport, send):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]])
            at += 1 + query[at]
        name = b".".join(labels).decode("latin-1").lower()
        rrtype = struct.unpack("!H", query[at + 1 : at + 3])[0]
        bits = struct.unpack("!H", query[2:4])[0]
        with self.changed:
            self.asked.append(Question(name, rrtype, transport, bits, query[10:12] != b"\0\0"))
            answer = self.world.answer(name, rrtype)
            if name in self.drop_first:
                self.drop_first.remove(name)
            elif answer is not SILENCE:
                reply = self._reply(query[:2], query[12 : at + 5], rrtype, answer, transport)

                def send_it():
                    with contextlib.suppress(OSError):  # who asked may be gone
                        send(reply)

                if name in self.held:
                    self.held[name].append(send_it)
                    self.most_open = max(self.most_open, sum(map(len, self.held.values())))
                else:
                    send_it()
            self.changed.notify_all()

    @staticmethod
    def _reply(identifier, question, rrtype, answer, transport):
        owner = b"\xc0\x0c"
        authority = b""
        rcode, records = (answer, []) if isinstance(answer, int) else (NOERROR, answer)
        if rcode in (NOERROR, NXDOMAIN) and not records:
            authority = record(owner, SOA, soa_data())
        body = b"".join(record(owner, rrtype, data) for data in records)
        counts = struct.pack("!HHHH", 1, len(records), 1 if authority else 0, 0)
        reply = identifier + struct.pack("!H", QR | RD | RA | rcode) + counts + question + body + authority
        if transport == "udp" and len(reply) > LONGEST_DATAGRAM:
            return identifier + struct.pack("!HHHHH", QR | TC | RD | RA, 1, 0, 0, 0) + question
        return reply
