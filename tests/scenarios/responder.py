# SPDX-License-Identifier: MIT
"""What no well-behaved server does on request: each address answers every question with its own fault."""
import selectors
import socket
import struct
import threading

A, AAAA, OPT = 1, 28, 41
NOERROR, FORMERR, SERVFAIL, NOTIMP, YXDOMAIN = 0, 1, 2, 4, 6
AUTHORITATIVE = 0x8400


class Query:
    def __init__(self, message):
        self.identifier = message[:2]
        end = 12
        while message[end]:
            end += 1 + message[end]
        self.question = message[12:end + 5]
        self.type = struct.unpack(">H", message[end + 1:end + 3])[0]

    def reply(self, rcode, answers=b"", answer_count=0, additional=b"", additional_count=0):
        header = struct.pack(">HHHHH", AUTHORITATIVE | rcode, 1, answer_count, 0, additional_count)
        return self.identifier + header + self.question + answers + additional


def only_ipv4(query):
    """An A record; its AAAA records cannot be had."""
    if query.type != A:
        return query.reply(SERVFAIL)
    return query.reply(NOERROR, b"\xc0\x0c" + struct.pack(">HHIH", A, 1, 3600, 4) + bytes([192, 0, 2, 60]), 1)


def only_ipv6(query):
    """An AAAA record; its A records cannot be had."""
    if query.type != AAAA:
        return query.reply(SERVFAIL)
    address = socket.inet_pton(socket.AF_INET6, "2001:db8::60")
    return query.reply(NOERROR, b"\xc0\x0c" + struct.pack(">HHIH", AAAA, 1, 3600, 16) + address, 1)


def bogus(query):
    """What a validating resolver says of a broken signature (RFC 8914 4.7)."""
    words = b"no valid signature"
    option = struct.pack(">HHH", 15, 2 + len(words), 6) + words
    opt = b"\0" + struct.pack(">HHIH", OPT, 1232, 0, len(option)) + option
    return query.reply(SERVFAIL, additional=opt, additional_count=1)


FAULTS = {
    "127.0.0.20": only_ipv4,
    "127.0.0.21": only_ipv6,
    "127.0.0.22": bogus,
    "127.0.0.23": lambda query: query.reply(FORMERR),
    "127.0.0.24": lambda query: query.reply(NOTIMP),
    "127.0.0.25": lambda query: query.reply(YXDOMAIN),
    "127.0.0.26": lambda query: query.reply(NOERROR, b"\xc0\x0c\0", 1),  # the record is cut off
    "127.0.0.27": lambda query: None,
    "127.0.0.28": lambda query: query.reply(NOERROR),  # no record of anything, nor a zone that says so
}


class Responder:
    def __init__(self, port):
        self.selector = selectors.DefaultSelector()
        self.stopper, stopped = socket.socketpair()
        self.selector.register(stopped, selectors.EVENT_READ, None)
        for address, fault in FAULTS.items():
            server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            server.bind((address, port))
            self.selector.register(server, selectors.EVENT_READ, fault)
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            for key, _ in self.selector.select():
                if key.data is None:
                    return
                message, peer = key.fileobj.recvfrom(4096)
                reply = key.data(Query(message))
                if reply:
                    key.fileobj.sendto(reply, peer)

    def stop(self):
        self.stopper.send(b"x")
        self.thread.join()
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()
        self.stopper.close()
