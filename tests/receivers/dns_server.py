# SPDX-License-Identifier: MIT
"""A scripted DNS server that looks recursive, on UDP and TCP.

It writes the wire format itself, so that a world may hold what no zone file can: names
with any octets, failures of each kind, silence, messages that cannot be read.
"""
import multiprocessing
import selectors
import socket
import struct

A, NS, CNAME, SOA, PTR, AAAA = 1, 2, 5, 6, 12, 28
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, YXDOMAIN = 0, 1, 2, 3, 4, 5, 6
QR, AA, TC, RD, RA = 0x8000, 0x0400, 0x0200, 0x0100, 0x0080

# What a world may say of a question besides records.
SILENCE, REFERRAL, GARBAGE, CUT = "silence", "referral", "garbage", "cut"


def name(text):
    """The labels of a name in zone-file spelling: \\DDD and \\X are octets of a label."""
    labels, label, at = [], bytearray(), 0
    text = text.rstrip(".") if not text.endswith("\\.") else text
    octets = text.encode("latin-1")
    while at < len(octets):
        octet = octets[at]
        if octet == 0x5C:
            if octets[at + 1 : at + 4].isdigit():
                label.append(int(octets[at + 1 : at + 4]))
                at += 4
            else:
                label.append(octets[at + 1])
                at += 2
        elif octet == 0x2E:
            labels.append(bytes(label))
            label = bytearray()
            at += 1
        else:
            label.append(octet)
            at += 1
    if label:
        labels.append(bytes(label))
    return tuple(labels)


def wire(labels):
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def key(labels):
    return tuple(label.lower() for label in labels)


class Zone:
    """Everything the server knows: record sets in order, and what goes wrong where."""

    def __init__(self):
        self.records = {}
        self.faults = {}
        self.existing = set()

    def add(self, owner, rrtype, data):
        owner = name(owner) if isinstance(owner, str) else owner
        self.records.setdefault((key(owner), rrtype), []).append(data)
        for depth in range(len(owner)):
            self.existing.add(key(owner[depth:]))

    def add_address(self, owner, address):
        family, rrtype = (socket.AF_INET6, AAAA) if ":" in address else (socket.AF_INET, A)
        self.add(owner, rrtype, socket.inet_pton(family, address))

    def fault(self, owner, rrtype, what):
        """`what` is an RCODE, or one of SILENCE, REFERRAL, GARBAGE, CUT."""
        owner = name(owner)
        self.faults[(key(owner), rrtype)] = what
        for depth in range(len(owner)):
            self.existing.add(key(owner[depth:]))

    def resolve(self, labels, rrtype):
        """(rcode, answer records) with the CNAME chain in front, or a fault as (what, None)."""
        answer, owner = [], labels
        for _ in range(20):
            what = self.faults.get((key(owner), rrtype))
            if what is not None:
                return what, answer
            records = self.records.get((key(owner), rrtype))
            if records:
                return NOERROR, answer + [(owner, rrtype, data) for data in records]
            alias = self.records.get((key(owner), CNAME))
            if not alias:
                return (NOERROR if key(owner) in self.existing else NXDOMAIN), answer
            if any(owner_seen == owner for owner_seen, _, _ in answer):
                return NOERROR, answer  # a loop: as far as it goes
            answer.append((owner, CNAME, alias[0]))
            owner = read_name(alias[0])
        return NOERROR, answer


def read_name(data):
    labels, at = [], 0
    while data[at]:
        labels.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return tuple(labels)


def record(owner, rrtype, data, ttl=60):
    return wire(owner) + struct.pack("!HHIH", rrtype, 1, ttl, len(data)) + data


def reply_to(zone, query, limit):
    """The reply to a query in at most `limit` octets, or None for silence."""
    if len(query) < 17:
        return None
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]])
        at += 1 + query[at]
    question = query[12 : at + 5]
    rrtype = struct.unpack("!H", query[at + 1 : at + 3])[0]
    rcode, answer = zone.resolve(tuple(labels), rrtype)
    if rcode == SILENCE:
        return None
    flags, authority = QR | RD | RA, []
    body = b"".join(record(*entry) for entry in answer)
    count = len(answer)
    if rcode == REFERRAL:
        flags, rcode = QR | RD, NOERROR
        authority = [record(tuple(labels[-2:]), NS, wire(name("ns.example.net")))]
    elif rcode == GARBAGE:  # a record whose name points nowhere
        rcode, body, count = NOERROR, b"\xff\xff" * 6, 1
    elif rcode == CUT:  # fewer records than were counted
        rcode, count = NOERROR, 3
    elif rcode in (NOERROR, NXDOMAIN) and not any(kind == rrtype for _, kind, _ in answer):
        soa = wire(name("ns.example.net")) + wire(name("root.example.net")) + struct.pack("!5I", 1, 2, 3, 4, 60)
        authority = [record(tuple(labels[-2:]), SOA, soa)]
    counts = struct.pack("!HHHH", 1, count, len(authority), 0)
    reply = query[:2] + struct.pack("!H", flags | rcode) + counts + question + body + b"".join(authority)
    if len(reply) > limit:
        reply = query[:2] + struct.pack("!H", flags | TC) + struct.pack("!HHHH", 1, 0, 0, 0) + question
    return reply


def udp_limit(query):
    """512 octets, or what the EDNS record (RFC 6891) at the end of the query allows."""
    if query[10:12] != b"\0\1" or len(query) < 23:
        return 512
    at = 12
    while query[at]:
        at += 1 + query[at]
    return max(512, struct.unpack("!H", query[at + 8 : at + 10])[0])


class Server(multiprocessing.get_context("fork").Process):
    """Serves a zone on one address and port, in a process of its own: nothing else holds its answers up."""

    def __init__(self, zone, address, port=53):
        super().__init__(daemon=True)
        self.zone, self.buffers = zone, {}
        self.selector = selectors.DefaultSelector()
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            sock = socket.socket(family, kind)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((address, port))
            if kind == socket.SOCK_STREAM:
                sock.listen(128)
            sock.setblocking(False)
            self.selector.register(sock, selectors.EVENT_READ, self.udp if kind == socket.SOCK_DGRAM else self.accept)

    def run(self):
        while True:
            for ready, _ in self.selector.select():
                ready.data(ready.fileobj)

    def udp(self, sock):
        query, peer = sock.recvfrom(4096)
        reply = reply_to(self.zone, query, udp_limit(query))
        if reply is not None:
            sock.sendto(reply, peer)

    def accept(self, sock):
        connection, _ = sock.accept()
        self.buffers[connection] = b""
        self.selector.register(connection, selectors.EVENT_READ, self.tcp)

    def tcp(self, connection):
        try:
            data = connection.recv(65536)
        except OSError:
            data = b""
        if not data:
            self.selector.unregister(connection)
            del self.buffers[connection]
            connection.close()
            return
        buffer = self.buffers[connection] + data
        while len(buffer) >= 2 and len(buffer) >= 2 + struct.unpack("!H", buffer[:2])[0]:
            size = struct.unpack("!H", buffer[:2])[0]
            reply = reply_to(self.zone, buffer[2 : 2 + size], 65535)
            buffer = buffer[2 + size :]
            if reply is not None:
                connection.sendall(struct.pack("!H", len(reply)) + reply)
        self.buffers[connection] = buffer
