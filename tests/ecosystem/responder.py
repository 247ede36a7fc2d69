# SPDX-License-Identifier: MIT
"""A scripted DNS server, over UDP and TCP, for a world of a few names.

Its records may hold what no zone file can; its numbers (TTLs) stand still, so that two
runs print the same bytes. It answers like a resolver, or with authority for every zone.
"""
import socket
import struct
import threading

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "AAAA": 28}
NOERROR, NXDOMAIN, SILENCE = 0, 3, None


def labels(text):
    """The labels that `text` spells; `\\DDD` is the octet of that number."""
    result = []
    for label in text.rstrip(".").split("."):
        octets, at = bytearray(), 0
        while at < len(label):
            escaped = label[at] == "\\"
            octets.append(int(label[at + 1 : at + 4]) if escaped else ord(label[at]))
            at += 4 if escaped else 1
        result.append(bytes(octets))
    return tuple(result) if text != "." else ()


def wire(name):
    return b"".join(bytes([len(label)]) + label for label in name) + b"\0"


def lower(name):
    return tuple(label.lower() for label in name)


class Zones:
    """Records, zones and failures, as a table of text lines: owner, TTL, type, data."""

    def __init__(self, table):
        self.records, self.zones, self.failures, self.names = {}, {}, {}, set()
        for line in filter(None, map(str.strip, table.splitlines())):
            owner, ttl, kind, *data = line.split()
            owner = lower(labels(owner))
            self.names.update(owner[depth:] for depth in range(len(owner)))
            if kind == "RCODE":
                self.failures[owner] = SILENCE if data[0] == "silence" else int(data[0])
            elif kind == "SOA":  # its TTL is what a resolver has left of it
                self.zones[owner] = (int(ttl), wire(labels(data[0])) + wire(labels(data[1])), int(data[2]))
            else:
                self.records.setdefault((owner, TYPES[kind]), []).append((int(ttl), self.rdata(kind, data[0])))

    @staticmethod
    def rdata(kind, text):
        if kind in ("A", "AAAA"):
            return socket.inet_pton(socket.AF_INET if kind == "A" else socket.AF_INET6, text)
        return wire(labels(text))

    def soa(self, name, authoritative):
        zone = next((name[depth:] for depth in range(len(name)) if name[depth:] in self.zones), None)
        if zone is None:
            return []
        left, contacts, minimum = self.zones[zone]
        data = contacts + struct.pack("!5I", 1, 7200, 900, 1209600, minimum)
        return [(zone, TYPES["SOA"], minimum if authoritative else left, data)]

    def look_up(self, name, kind, authoritative):
        """(rcode, answer section, authority section)"""
        answer = []
        while True:
            if name in self.failures:
                return self.failures[name], [], []
            if kind == TYPES["SOA"] and name in self.zones:
                return NOERROR, answer + self.soa(name, authoritative), []
            found = self.records.get((name, kind), [])
            alias = self.records.get((name, TYPES["CNAME"]), [])
            answer += [(name, kind if found else TYPES["CNAME"], ttl, data) for ttl, data in found or alias]
            if found or not alias:
                rcode = NOERROR if name in self.names else NXDOMAIN
                return rcode, answer, [] if found else self.soa(name, authoritative)
            name = lower(read_name(alias[0][1], 0)[0])


def read_name(data, at):
    name = []
    while data[at]:
        name.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return tuple(name), at + 1


def section(records):
    return b"".join(
        wire(owner) + struct.pack("!HHIH", kind, 1, ttl, len(data)) + data for owner, kind, ttl, data in records
    )


def reply_to(zones, query, authoritative):
    """The reply, empty where there is to be none."""
    name, end = read_name(query, 12)
    (kind,) = struct.unpack("!H", query[end : end + 2])
    rcode, answer, authority = zones.look_up(lower(name), kind, authoritative)
    if rcode is SILENCE:
        return b""
    flags = (0x8400 if authoritative else 0x8180) | rcode
    head = query[:2] + struct.pack("!5H", flags, 1, len(answer), len(authority), 0)
    return head + query[12 : end + 4] + section(answer) + section(authority)


class Responder:
    """Serves the zones on one address and port, in daemon threads."""

    def __init__(self, zones, address, port, authoritative=False):
        self.zones, self.authoritative = zones, authoritative
        for kind, serve in ((socket.SOCK_DGRAM, self.serve_udp), (socket.SOCK_STREAM, self.serve_tcp)):
            sock = socket.socket(socket.AF_INET, kind)
            sock.bind((address, port))
            threading.Thread(target=serve, args=(sock,), daemon=True).start()

    def serve_udp(self, sock):
        while True:
            query, peer = sock.recvfrom(4096)
            if reply := reply_to(self.zones, query, self.authoritative):
                sock.sendto(reply, peer)

    def serve_tcp(self, sock):
        sock.listen()
        while True:
            connection, _ = sock.accept()
            threading.Thread(target=self.serve_connection, args=(connection,), daemon=True).start()

    def serve_connection(self, connection):
        with connection, connection.makefile("rb") as stream:
            while size := stream.read(2):
                reply = reply_to(self.zones, stream.read(struct.unpack("!H", size)[0]), self.authoritative)
                if reply:
                    connection.sendall(struct.pack("!H", len(reply)) + reply)
