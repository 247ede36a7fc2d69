# SPDX-License-Identifier: MIT
"""The servers of the scenarios' world, all on one free port of several loopback addresses.

127.0.0.1, .2   Knot with every zone of zones/
127.0.0.3       NSD with the zones of stale/: old copies, and nothing else (REFUSED)
127.0.0.9       nothing listens here
127.0.0.20 …    a fault each, which no well-behaved server has on request (FAULTS)
127.0.0.30 …    resolvers with a will of their own (OWN_WILL)
127.0.0.53, ::1 Unbound, which asks Knot for everything but what unbound.conf names
127.0.0.54      Unbound with an inside view, a DNS64 and a trust anchor that nothing fits (unbound_inside.conf)
"""
import contextlib
import pathlib
import re
import shutil
import socket
import struct
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from dns_message import (
    AA, AAAA, ASKED_NAME, FORMERR, NOERROR, NOTIMP, NXDOMAIN, OPT, PTR, REFUSED, SERVFAIL, SILENCE, YXDOMAIN,
    address_record, record,
)
from dns_responder import Server, Zone

HERE = pathlib.Path(__file__).resolve().parent
ATTEMPTS_AT_A_PORT = 5
KNOT_ADDRESSES = ("127.0.0.1", "127.0.0.2")
NSD_ADDRESS = "127.0.0.3"
BROKEN_ZONES = ("broken.example", "40.2.0.192.in-addr.arpa",
                "0.4.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")
UNBOUND_ADDRESS = "127.0.0.53"
UNBOUND_IPV6_ADDRESS = "::1"
UNBOUND_INSIDE_ADDRESS = "127.0.0.54"

KNOT = """
server:
    rundir: {directory}
    listen: [ {listen} ]
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: {directory}/database
log:
  - target: stderr
    any: warning
template:
  - id: default
    storage: {directory}/zones
    zonefile-load: whole
    zonefile-sync: -1
    journal-content: none
zone:
{zones}"""

NSD = """
server:
  ip-address: {address}@{port}
  server-count: 1
  username: ""
  zonesdir: "{zonesdir}"
  pidfile: ""
  xfrdfile: "{directory}/xfrd.state"
  xfrdir: "{directory}"
  zonelistfile: "{directory}/zone.list"
  database: ""
  rrl-ratelimit: 0
remote-control:
  control-enable: no
{zones}"""


def only(address):
    """A record of this address; those of the other family cannot be had."""
    kind, data = address_record(address)
    return lambda query: (query.reply(answer=[record(ASKED_NAME, kind, data, 3600)], flags=AA) if query.type == kind
                          else query.reply(SERVFAIL, flags=AA))


def fails(rcode, **sections):
    return lambda query: query.reply(rcode, flags=AA, **sections)


def extended_error(code, words):
    """An OPT record with an extended error (RFC 8914)."""
    option = struct.pack("!HHH", 15, 2 + len(words), code) + words
    return b"\0" + struct.pack("!HHIH", OPT, 1232, 0, len(option)) + option


def bogus():
    """What a validating resolver says of a broken signature (RFC 8914, section 4.7)."""
    return fails(SERVFAIL, additional=[extended_error(6, b"no valid signature")])


def resolver(table="", faults=(), policy=None):
    """A resolver that knows the root and what the table holds; `policy` is (owner, type, rcode, code, words)."""
    zone = Zone(". 86400 SOA a.root-servers.example nstld.example 86400\n" + table)
    for fault in faults:
        zone.fault(*fault)

    def answer(query):
        if policy and query.name == policy[0] and query.type == policy[1]:
            return query.reply(policy[2], additional=[extended_error(*policy[3:])])
        return zone(query)

    return answer


MAIL = "25.2.0.192.in-addr.arpa 3600 PTR mail.example.com\nmail.example.com 3600 A 192.0.2.25\n"


def loses_alias():
    """A cache that keeps that there is no PTR record, without the alias that led there."""
    zone = Zone("62.2.0.192.in-addr.arpa 3600 CNAME 62.32-63.2.0.192.in-addr.arpa\n"
                "32-63.2.0.192.in-addr.arpa 3600 SOA ns1.example.com hostmaster.example.com 600")
    return lambda query: query.reply(NXDOMAIN) if query.type == PTR else zone(query)


def only_by_tcp(answer):
    return lambda query: answer(query) if query.transport == "tcp" else None


OWN_WILL = {
    "127.0.0.30": resolver(policy=("25.2.0.192.in-addr.arpa", PTR, NXDOMAIN, 15, b"list of \x1b[1mads")),
    "127.0.0.31": resolver(MAIL, policy=("mail.example.com", 1, NOERROR, 17, b"")),
    "127.0.0.32": resolver(policy=("25.2.0.192.in-addr.arpa", PTR, REFUSED, 18, b"")),
    "127.0.0.33": resolver("5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa 60 PTR mail.example.com\n"
                           "mail.example.com 3600 A 192.0.2.25", [("mail.example.com", AAAA, NXDOMAIN)]),
    "127.0.0.34": loses_alias(),
    "127.0.0.35": resolver("30.10.19.198.in-addr.arpa 3600 PTR ubuntu\n"
                           "10.19.198.in-addr.arpa 3600 SOA ns1.isp.example hostmaster.isp.example 600",
                           [("ubuntu", None, REFUSED)]),
    "127.0.0.36": only_by_tcp(resolver(MAIL)),
    "127.0.0.37": resolver(faults=[("25.2.0.192.in-addr.arpa", None, SILENCE)]),
    "127.0.0.38": resolver(faults=[("25.2.0.192.in-addr.arpa", None, REFUSED)]),
}

FAULTS = {
    "127.0.0.20": only("192.0.2.60"),
    "127.0.0.21": only("2001:db8::60"),
    "127.0.0.22": bogus(),
    "127.0.0.23": fails(FORMERR),
    "127.0.0.24": fails(NOTIMP),
    "127.0.0.25": fails(YXDOMAIN),
    "127.0.0.26": fails(NOERROR, answer=[ASKED_NAME + b"\0"]),  # the record is cut off
    "127.0.0.27": lambda query: None,
    "127.0.0.28": fails(NOERROR),  # no record of anything, nor a zone that says so
}


class PortInUse(Exception):
    """Somebody else took the port between its choice and its use."""


class Servers:
    """Starts the world in a directory; `port` is that of every server."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.port = None
        self.serial = 1000
        self.processes = []
        self.faulty = []

    def __enter__(self):
        for _ in range(ATTEMPTS_AT_A_PORT):
            try:
                self.start(free_port())
                return self
            except (PortInUse, OSError) as error:
                print(f"trying another port: {error}")
                self.stop()
            except BaseException:
                self.stop()
                raise
        raise RuntimeError("no port was free on all addresses")

    def __exit__(self, *_):
        self.stop()

    def start(self, port):
        self.port = port
        self.start_knot()
        self.start_nsd()
        for address, answer in FAULTS.items():
            self.faulty.append(Server(answer, address, port, ["udp"]).start())
        for address, answer in OWN_WILL.items():
            self.faulty.append(Server(answer, address, port).start())
        self.start_unbound("unbound", [UNBOUND_ADDRESS] + ([UNBOUND_IPV6_ADDRESS] if has_ipv6() else []))
        self.start_unbound("unbound_inside", [UNBOUND_INSIDE_ADDRESS])

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(timeout=30)
        self.processes = []
        for server in self.faulty:
            server.close()
        self.faulty = []

    def start_knot(self):
        zones = self.directory / "zones"
        shutil.copytree(HERE / "zones", zones, dirs_exist_ok=True)
        (self.directory / "database").mkdir(exist_ok=True)
        listed = "".join(f"  - domain: {zone}\n    file: {path.name}\n" for zone, path in zone_files(zones))
        listen = ", ".join(f"{address}@{self.port}" for address in KNOT_ADDRESSES)
        configuration = self.directory / "knot.conf"
        configuration.write_text(KNOT.format(directory=self.directory, listen=listen, zones=listed))
        self.launch("knot", ["knotd", "-c", configuration], KNOT_ADDRESSES, "example.com")
        for zone, path in zone_files(zones):
            if zone not in BROKEN_ZONES and not wait_until_answered(self.processes[-1], KNOT_ADDRESSES[0], self.port, zone):
                raise RuntimeError(f"Knot does not serve {zone}: " + (self.directory / "knot.log").read_text())

    def start_nsd(self):
        zones = "".join(f'zone:\n  name: "{zone}"\n  zonefile: "{path.name}"\n' for zone, path in zone_files(HERE / "stale"))
        configuration = self.directory / "nsd.conf"
        configuration.write_text(NSD.format(directory=self.directory, address=NSD_ADDRESS, port=self.port,
                                            zonesdir=HERE / "stale", zones=zones))
        self.launch("nsd", ["nsd", "-d", "-c", configuration], [NSD_ADDRESS], "stale.example")

    def start_unbound(self, name, addresses):
        interfaces = "".join(f"  interface: {address}@{self.port}\n" for address in addresses)
        text = (HERE / f"{name}.conf").read_text().replace("INTERFACES\n", interfaces).replace("PORT", str(self.port))
        configuration = self.directory / f"{name}.conf"
        configuration.write_text(text.replace("DIRECTORY", str(self.directory)))
        self.launch(name, ["unbound", "-d", "-c", configuration], addresses, "example.com")

    def launch(self, name, command, addresses, zone):
        log = self.directory / f"{name}.log"
        with open(log, "wb") as output:
            # The server ends with this process, however that ends.
            process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command], stdout=output, stderr=output,
                                       stdin=subprocess.DEVNULL)
        self.processes.append(process)
        for address in addresses:
            if not wait_until_answered(process, address, self.port, zone):
                raise PortInUse(f"{name} does not start: {log.read_text()[-1000:]}")

    def reload(self, directory):
        """Puts the zone files of the directory in the place of Knot's, as an operator would."""
        self.publish({zone: path.read_text() for zone, path in zone_files(directory)})

    def publish(self, texts):
        """Writes the zone files, {zone: text}, and has Knot load them."""
        for zone, text in texts.items():
            # A zone is new to Knot where its serial number has grown.
            self.serial += 1
            text = re.sub(r"(\bSOA\s+\S+\s+\S+\s+)\d+", rf"\g<1>{self.serial}", text, count=1)
            (self.directory / "zones" / ("root.zone" if zone == "." else f"{zone}.zone")).write_text(text)
            subprocess.run(["knotc", "-b", "-s", self.directory / "knot.sock", "zone-reload", zone],
                           check=True, capture_output=True, timeout=30)


def zone_files(directory):
    """(zone, file) of each NAME.zone; root.zone is that of the root."""
    for path in sorted(pathlib.Path(directory).glob("*.zone")):
        yield ("." if path.stem == "root" else path.stem), path


def has_ipv6():
    """False in containers whose loopback interface has no IPv6 address."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
        probe.bind((UNBOUND_IPV6_ADDRESS, 0))
        return True
    return False


def free_port():
    """A port of five digits, so that lines are as long in every run; free on one address now."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
            udp.bind(("127.0.0.53", 0))
            port = udp.getsockname()[1]
            with contextlib.suppress(OSError):
                tcp.bind(("127.0.0.53", port))
                if port >= 10000:
                    return port


def wait_until_answered(process, address, port, zone):
    """Asks for the zone's SOA until the answer comes; False where the server ended instead."""
    name = b"".join(bytes([len(label)]) + label.encode() for label in zone.split(".") if label) + b"\0"
    query = struct.pack(">HHHHHH", 0x5157, 0x0100, 1, 0, 0, 0) + name + struct.pack(">HH", 6, 1)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as asker:
        # An address with a zone becomes four values.
        asker.connect(socket.getaddrinfo(address, port, type=socket.SOCK_DGRAM)[0][4])
        asker.settimeout(0.1)
        for _ in range(600):
            with contextlib.suppress(ConnectionRefusedError, TimeoutError):
                asker.send(query)
                reply = asker.recv(512)
                if reply[3] & 15 == 0 and reply[7] != 0:
                    return True
            # Nothing tells when it listens or has loaded, but its end comes at once.
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.02)
                return False
    return False
