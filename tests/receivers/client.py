# SPDX-License-Identifier: MIT
"""One SMTP client connection: what a server answers at RCPT to a client at this address."""
import socket


def read_reply(stream):
    """The whole reply as its code and the text of its last line."""
    while True:
        line = stream.readline().decode("latin-1").rstrip("\r\n")
        if len(line) < 4 or line[3] == " ":
            return line


def ask(source, server, port, timeout=60):
    """The reply at which the server refuses, or its reply to RCPT; an empty string where it hangs up."""
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(timeout)
        connection.bind((source, 0))
        connection.connect((server, port))
        with connection.makefile("rb") as stream:
            reply = read_reply(stream)
            for command in ("EHLO client.lab.test", "MAIL FROM:<>", "RCPT TO:<root@lab.test>"):
                if not reply.startswith("2"):
                    return reply
                connection.sendall(command.encode() + b"\r\n")
                reply = read_reply(stream)
            connection.sendall(b"QUIT\r\n")
            return reply
