# SPDX-License-Identifier: MIT
"""The world of the documentation: the addresses that README and manual speak of.

A process that enters it has network and mount namespaces of its own, in which
/etc/resolv.conf names 192.0.2.53 and that server knows the table below. What a user
types is run there as it stands. By hand: world.py PROGRAM COMMAND...
"""
import ctypes
import fcntl
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import dns_responder

RESOLVER = "192.0.2.53"
ZONE_SERVER = "192.0.2.54"

TABLE = r"""
    113.0.203.in-addr.arpa       40    SOA    ns1.isp.example hostmaster.isp.example 600
    2.0.192.in-addr.arpa         3600  SOA    ns1.isp.example hostmaster.isp.example 3600
    100.51.198.in-addr.arpa      3600  SOA    ns1.isp.example hostmaster.isp.example 3600
    8.b.d.0.1.0.0.2.ip6.arpa     300   SOA    ns1.isp.example hostmaster.isp.example 3600
    isp.example                  300   SOA    ns1.isp.example hostmaster.isp.example 3600
    example.com                  300   SOA    ns1.isp.example hostmaster.example.com 3600
    example.net                  300   SOA    ns1.isp.example hostmaster.example.net 3600
    example.org                  300   SOA    ns1.isp.example hostmaster.example.org 3600
    113.0.203.in-addr.arpa       3600  NS     ns1.isp.example
    2.0.192.in-addr.arpa         3600  NS     ns1.isp.example
    100.51.198.in-addr.arpa      3600  NS     ns1.isp.example
    8.b.d.0.1.0.0.2.ip6.arpa     3600  NS     ns1.isp.example
    isp.example                  3600  NS     ns1.isp.example
    example.com                  3600  NS     ns1.isp.example
    example.net                  3600  NS     ns1.isp.example
    example.org                  3600  NS     ns1.isp.example
    ns1.isp.example              3600  A      192.0.2.54

    25.2.0.192.in-addr.arpa      3600  PTR    mail.example.com
    mail.example.com             300   A      192.0.2.25
    77.2.0.192.in-addr.arpa      3600  PTR    192-0-2-77.dyn.isp.example
    192-0-2-77.dyn.isp.example   3600  A      192.0.2.77
    7.100.51.198.in-addr.arpa    3600  PTR    mail.example.net
    mail.example.net             300   A      198.51.100.9
    20.100.51.198.in-addr.arpa   0     RCODE  2
    21.100.51.198.in-addr.arpa   0     RCODE  silence

    26.2.0.192.in-addr.arpa      3600  PTR    mail.example.org
    mail.example.org             300   A      192.0.2.26
    mail.example.org             300   AAAA   2001:db8::26
    27.2.0.192.in-addr.arpa      3600  PTR    out.example.org
    27.2.0.192.in-addr.arpa      3600  PTR    old.example.org
    out.example.org              300   A      192.0.2.27
    5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa  3600  PTR  mail.example.com
    mail.example.com             300   AAAA   2001:db8::25

    66.100.51.198.in-addr.arpa   3600  PTR    \058\058error\032title=x\058\058pwned.example
    67.100.51.198.in-addr.arpa   3600  PTR    \035\035[error]\124\060b\062\038\034\037.example
    relay.example.com            300   A      203.0.113.2

    68.100.51.198.in-addr.arpa   3600  PTR    a\010\058\058warning\058\058b.example
"""


class ReloadedZone:
    """The table as a server has it; reload() is what its operator does after a change."""

    def __init__(self, authoritative):
        self.authoritative = authoritative
        self.reload()

    def reload(self, *more):
        self.zone = dns_responder.Zone("\n".join([TABLE, *more]), self.authoritative)

    def __call__(self, query):
        return self.zone(query)


zones = ReloadedZone(authoritative=True)


class Change:
    """A record that the zones' own server has from when a command says that it waits, until the end of the block."""

    def __init__(self, record):
        self.record = record
        self.made = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        zones.reload()

    def see(self, line):
        if self.record and not self.made and b"; checking again in " in line:
            zones.reload(self.record)
            self.made = True


# What an example may read: the list of the manual.
FILES = {"senders.txt": "192.0.2.25\n192.0.2.77\n203.0.113.1\n198.51.100.7\n198.51.100.20\n"}

SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFNETMASK = 0x8914, 0x8916, 0x891C
UP_AND_RUNNING = 0x41
CLONE_NEWNS, CLONE_NEWUSER, CLONE_NEWNET = 0x00020000, 0x10000000, 0x40000000
MS_BIND, MS_REC, MS_PRIVATE = 0x1000, 0x4000, 0x40000


def enter():
    """Puts this process, which must have no threads yet, into the world."""
    directory = tempfile.mkdtemp(prefix="fcrdns-world-")
    isolate()
    for interface, address in (("lo", "127.0.0.1"), ("lo:1", RESOLVER), ("lo:2", ZONE_SERVER)):
        bring_up(interface, address)
    configuration = os.path.join(directory, "resolv.conf")
    with open(configuration, "w") as stream:
        stream.write(f"nameserver {RESOLVER}\n")
    mount(configuration, os.path.realpath("/etc/resolv.conf"), MS_BIND)
    os.unlink(configuration)
    os.rmdir(directory)
    dns_responder.Server(dns_responder.Zone(TABLE), RESOLVER, 53).start()
    dns_responder.Server(zones, ZONE_SERVER, 53).start()


def checked(result):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def isolate():
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    checked(libc.unshare((0 if user == 0 else CLONE_NEWUSER) | CLONE_NEWNET | CLONE_NEWNS))
    if user != 0:
        for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
            with open(f"/proc/self/{name}", "w") as stream:
                stream.write(text)
    mount(None, "/", MS_REC | MS_PRIVATE)


def mount(source, target, flags, filesystem=None):
    libc = ctypes.CDLL(None, use_errno=True)
    checked(libc.mount(source.encode() if source else None, target.encode(),
                       filesystem.encode() if filesystem else None, flags, None))


def unmount(target):
    checked(ctypes.CDLL(None, use_errno=True).umount(target.encode()))


def bring_up(interface, address):
    name = interface.encode()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for request, value in ((SIOCSIFADDR, address), (SIOCSIFNETMASK, "255.255.255.255")):
            packed = struct.pack("!HH4s8x", 0, 0, socket.inet_aton(value))
            packed = struct.pack("=H", socket.AF_INET) + packed[2:]
            fcntl.ioctl(control, request, struct.pack("16s16s", name, packed))
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sH14x", name, UP_AND_RUNNING))


def environment(program):
    """What a command of the documentation is run with: PROGRAM is the first in PATH."""
    plain = {key: value for key, value in os.environ.items() if key in ("HOME", "TMPDIR")}
    return {**plain, "PATH": os.path.dirname(os.path.abspath(program)) + ":/usr/bin:/bin", "LC_ALL": "C"}


def shell(program, script, timeout=60, change=Change(None)):
    """Runs a shell script in a directory with FILES; standard output and error come as one, and `change` sees them."""
    with tempfile.TemporaryDirectory() as directory:
        for name, content in FILES.items():
            with open(os.path.join(directory, name), "w") as stream:
                stream.write(content)
        command = ["timeout", "--signal", "KILL", str(timeout), "bash", "-c", script]
        printed = []
        with subprocess.Popen(command, cwd=directory, env=environment(program), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            for line in process.stdout:
                change.see(line)
                printed.append(line)
        return subprocess.CompletedProcess(command, process.returncode, b"".join(printed))


if __name__ == "__main__":
    enter()
    finished = shell(sys.argv[1], " ".join(sys.argv[2:]))
    sys.stdout.buffer.write(finished.stdout)
    sys.exit(finished.returncode)
