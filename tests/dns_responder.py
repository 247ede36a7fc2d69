# SPDX-License-Identifier: MIT
"""A scripted DNS server on loopback, over UDP and TCP, for all tests in Python.

Server asks a function for the reply to each query. Zone is such a function with records and
failures; RecordingServer notes every question, and holds answers back until it is told to
send them, so that a test waits for what happened and never for a time to pass.
"""
import contextlib
import errno
import selectors
import socket
import struct
import threading

from dns_message import (
    AA, CNAME, CUT, GARBAGE, NOERROR, NS, NXDOMAIN, RA, RD, REFERRAL, SILENCE, SOA, TYPES, Query, address_record, lower,
    read_name, record, soa_data, wire,
)

PATIENCE = 30  # seconds until a test is given up that waits for a question


class Zone:
    """Records, what goes wrong, and where zones begin; says as a resolver, or with authority, what it knows.

    As text, one a line: OWNER TTL TYPE DATA, where the type may be RCODE, with a number or "silence",
    for questions of every type; SOA is followed by its server, mailbox and minimum, and its TTL is
    what a resolver has left of it.
    """

    def __init__(self, table="", authoritative=False):
        self.authoritative = authoritative
        self.records, self.faults, self.apexes, self.existing = {}, {}, {}, set()
        for line in filter(None, map(str.strip, table.splitlines())):
            owner, ttl, kind, *data = line.split()
            if kind == "RCODE":
                self.fault(owner, None, SILENCE if data[0] == "silence" else int(data[0]))
            elif kind == "SOA":
                self.add_apex(owner, int(ttl), soa_data(int(data[2]), *data[:2]), int(data[2]))
            elif kind in ("A", "AAAA"):
                self.add_address(owner, data[0], int(ttl))
            else:
                self.add(owner, TYPES[kind], wire(data[0]), int(ttl))

    def exists(self, name):
        """A name without records, and with it the names above."""
        name = lower(name)
        self.existing.update(name[depth:] for depth in range(len(name)))

    def add(self, owner, rrtype, data, ttl=60):
        self.exists(owner)
        self.records.setdefault((lower(owner), rrtype), []).append((ttl, data))

    def add_address(self, owner, address, ttl=60):
        self.add(owner, *address_record(address), ttl)

    def add_apex(self, owner, left, data, minimum):
        """Where a zone begins; a resolver has `left` seconds left of its SOA."""
        self.exists(owner)
        self.apexes[lower(owner)] = record(wire(owner), SOA, data, minimum if self.authoritative else left)

    def fault(self, owner, rrtype, what):
        """`what` is a response code, or one of SILENCE, REFERRAL, GARBAGE, CUT; type None is every type."""
        self.exists(owner)
        self.faults[(lower(owner), rrtype)] = what

    def resolve(self, name, rrtype):
        """(what to say, the records that the CNAMEs from `name` lead over, where they end)."""
        answer, seen = [], set()
        while True:
            key = lower(name)
            fault = self.faults.get((key, rrtype), self.faults.get((key, None)))
            found = self.records.get((key, rrtype), [])
            alias = [] if found else self.records.get((key, CNAME), [])[:1]
            if fault is not None or key in seen or not alias:  # a loop is told as far as it goes
                answer += [record(wire(name), rrtype, data, ttl) for ttl, data in found if fault is None]
                rcode = NOERROR if key in self.existing else NXDOMAIN
                return rcode if fault is None else fault, answer, name
            seen.add(key)
            (ttl, data), = alias
            answer.append(record(wire(name), CNAME, data, ttl))
            name = read_name(data)[0]

    def authority(self, name):
        """The SOA of the closest zone that holds the name."""
        name = lower(name)
        return next(([self.apexes[name[depth:]]] for depth in range(len(name) + 1) if name[depth:] in self.apexes), [])

    def __call__(self, query):
        """The reply to a query, or None for silence."""
        what, answer, end = self.resolve(query.labels, query.type)
        flags = AA if self.authoritative else RD | RA
        if what == SILENCE:
            return None
        if what == REFERRAL:
            return query.reply(authority=[record(wire(query.labels[-2:]), NS, wire("ns.example.net"))], flags=RD)
        if what == GARBAGE:  # a record whose name points nowhere
            return query.reply(answer=[b"\xff\xff" * 6])
        if what == CUT:
            return query.reply(answer=answer, answer_count=3)
        if query.type == SOA and lower(end) in self.apexes:
            return query.reply(answer=[*answer, *self.authority(end)], flags=flags)
        found = (lower(end), query.type) in self.records
        return query.reply(what, answer, () if found or what not in (NOERROR, NXDOMAIN) else self.authority(end), flags=flags)


class Server:
    """Answers on one address and port with what `answer` says of each Query; None is silence.

    start() serves in a thread until close(); serve() may also be a process of its own.
    """

    def __init__(self, answer, host="127.0.0.1", port=0, transports=("udp", "tcp")):
        self.answer, self.host = answer, host
        self.selector = selectors.DefaultSelector()
        self.buffers = {}
        self.stopped, self.stopper = socket.socketpair()
        self.selector.register(self.stopped, selectors.EVENT_READ, None)
        self.thread = None
        try:
            self._bind(port, transports)
        except OSError:
            self.close()
            raise

    def start(self):
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()
        return self

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.selector.get_map() is None:  # closed before
            return
        if self.thread:
            self.stopper.send(b"x")
            self.thread.join(PATIENCE)
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()
        self.stopper.close()

    @property
    def server(self):
        """ADDR:PORT for --server."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def serve(self):
        while True:
            for key, _ in self.selector.select():
                if key.data is None:
                    return
                key.data(key.fileobj)

    def take(self, query, send):
        """One query: what `send` is given goes to the client."""
        reply = self.answer(query)
        if reply is not None:
            send(reply)

    def _bind(self, port, transports):
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        for attempt in range(50):  # a port may be free for the one transport and taken for the other
            with contextlib.ExitStack() as opened:
                self.port, bound = port, []
                try:
                    for transport in transports:
                        kind = socket.SOCK_DGRAM if transport == "udp" else socket.SOCK_STREAM
                        bound.append(opened.enter_context(socket.socket(family, kind)))
                        if transport == "tcp":
                            bound[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                        bound[-1].bind((self.host, self.port))
                        self.port = bound[-1].getsockname()[1]
                except OSError as problem:
                    if problem.errno != errno.EADDRINUSE or port != 0 or attempt == 49:
                        raise
                    continue
                opened.pop_all()
            break
        for transport, sock in zip(transports, bound):
            sock.setblocking(False)
            if transport == "tcp":
                sock.listen(128)
            else:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
            self.selector.register(sock, selectors.EVENT_READ, self._accept if transport == "tcp" else self._datagrams)

    def _datagrams(self, sock):
        with contextlib.suppress(BlockingIOError):
            while True:
                octets, sender = sock.recvfrom(4096)
                self._query(octets, "udp", lambda reply, to=sender: sock.sendto(reply, to))

    def _accept(self, listener):
        with contextlib.suppress(OSError):  # the client may be gone again
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
        rest = self.buffers[connection] + octets
        while len(rest) >= 2 and len(rest) >= 2 + struct.unpack("!H", rest[:2])[0]:
            end = 2 + struct.unpack("!H", rest[:2])[0]
            query, rest = rest[2:end], rest[end:]
            self._query(query, "tcp", lambda reply: connection.sendall(struct.pack("!H", len(reply)) + reply))
        self.buffers[connection] = rest

    def _query(self, octets, transport, send):
        if len(octets) < 17:  # no header with a question
            return

        def send_it(reply):
            with contextlib.suppress(OSError):  # who asked may be gone
                send(reply)

        self.take(Query(octets, transport), send_it)


class RecordingServer(Server):
    """A server that notes every question in `asked`, and that a test can hold up."""

    def __init__(self, answer, **where):
        self.asked = []
        self.held = {}           # name -> functions that send what is held back
        self.drop_first = set()  # names whose first question is lost
        self.most_open = 0       # questions held back at one time
        self.changed = threading.Condition()
        super().__init__(answer, **where)

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
            return sum(1 for query in self.asked if name in (None, query.name))

    def wait_for(self, name, count=1):
        """Waits until `name` has been asked for `count` times."""
        with self.changed:
            seen = self.changed.wait_for(
                lambda: sum(1 for query in self.asked if query.name == name.lower()) >= count, PATIENCE)
        if not seen:
            raise AssertionError(f"{name} was not asked for {count} times")

    def take(self, query, send):
        with self.changed:
            self.asked.append(query)
            reply = self.answer(query)
            if query.name in self.drop_first:
                self.drop_first.remove(query.name)
            elif reply is not None and query.name in self.held:
                self.held[query.name].append(lambda: send(reply))
                self.most_open = max(self.most_open, sum(map(len, self.held.values())))
            elif reply is not None:
                send(reply)
            self.changed.notify_all()
