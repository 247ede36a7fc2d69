# SPDX-License-Identifier: MIT
"""DNS messages (RFC 1035) for the tests in Python: names, records, queries and replies.

They are written here, so that they may hold what no zone file can.
"""
import socket
import struct

A, NS, CNAME, SOA, PTR, MX, AAAA, OPT = 1, 2, 5, 6, 12, 15, 28, 41
TYPES = {"A": A, "NS": NS, "CNAME": CNAME, "SOA": SOA, "PTR": PTR, "AAAA": AAAA}
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, YXDOMAIN = range(7)
QR, AA, TC, RD, RA = 0x8000, 0x0400, 0x0200, 0x0100, 0x0080
# What may be said of a question besides a response code.
SILENCE, REFERRAL, GARBAGE, CUT = "silence", "referral", "garbage", "cut"
ASKED_NAME = b"\xc0\x0c"  # the name of the question, compressed


def labels(name):
    """The labels of a name in zone-file spelling, in which \\DDD and \\X are octets of a label; labels as they are."""
    if not isinstance(name, str):
        return tuple(name)
    found, label, at = [], bytearray(), 0
    while at < len(name):
        if name[at] == ".":
            found.append(bytes(label))
            label.clear()
        elif name[at] == "\\":
            number = name[at + 1 : at + 4]
            label += bytes([int(number)]) if number.isdigit() else name[at + 1].encode("latin-1")
            at += 3 if number.isdigit() else 1
        else:
            label += name[at].encode("latin-1")
        at += 1
    return tuple(filter(None, (*found, bytes(label))))


def lower(name):
    return tuple(label.lower() for label in labels(name))


def wire(name):
    return b"".join(bytes([len(label)]) + label for label in labels(name)) + b"\0"


def read_name(octets, at=0):
    """(labels, where the name ends), of a name that is not compressed."""
    found = []
    while octets[at]:
        found.append(octets[at + 1 : at + 1 + octets[at]])
        at += 1 + octets[at]
    return tuple(found), at + 1


def address_record(address):
    """(type, data) of the record of an address."""
    family, rrtype = (socket.AF_INET6, AAAA) if ":" in address else (socket.AF_INET, A)
    return rrtype, socket.inet_pton(family, address)


def record(owner, rrtype, data, ttl=300):
    """A record; `owner` is in the wire format."""
    return owner + struct.pack("!HHIH", rrtype, 1, ttl, len(data)) + data


def soa_data(minimum, server="ns1.isp.example", mailbox="hostmaster.isp.example"):
    return wire(server) + wire(mailbox) + struct.pack("!5I", 1, 7200, 900, 1209600, minimum)


class Query:
    """What a client asks, and the messages that answer it."""

    def __init__(self, octets, transport):
        self.octets, self.transport = octets, transport
        self.labels, end = read_name(octets, 12)
        self.type = struct.unpack_from("!H", octets, end)[0]
        self.question, self.options = octets[12 : end + 4], octets[end + 4 :]
        self.name = b".".join(self.labels).decode("latin-1").lower()
        self.bits = struct.unpack_from("!H", octets, 2)[0]  # RD is 0x0100, AD 0x0020
        self.edns = octets[10:12] != b"\0\0"

    def __repr__(self):
        return f"{self.name} {self.type} {self.transport} {self.bits:#06x}{' edns' if self.edns else ''}"

    def longest_reply(self):
        """In octets: over UDP 512, or what the EDNS record (RFC 6891) of the query allows."""
        if self.transport == "tcp":
            return 65535
        return max(512, struct.unpack_from("!H", self.options, 3)[0]) if self.edns else 512

    def reply(self, rcode=NOERROR, answer=(), authority=(), additional=(), flags=RD | RA, answer_count=None):
        """A message of records in the wire format; truncated where the transport cannot carry it."""
        def message(bits, counts, records):
            return self.octets[:2] + struct.pack("!5H", QR | bits | rcode, 1, *counts) + self.question + b"".join(records)

        count = len(answer) if answer_count is None else answer_count
        whole = message(flags, (count, len(authority), len(additional)), (*answer, *authority, *additional))
        return whole if len(whole) <= self.longest_reply() else message(flags | TC, (0, 0, 0), ())
