# SPDX-License-Identifier: MIT
"""Resolvers that people really have in front of them, one process each, on a free port of a loopback address.

Each is given what it asks (`upstream`, a scripted server of dns_responder.py or another of these) and lines of its own
configuration. Entered as a context it runs; it ends with this process, however that ends.
"""
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "scenarios"), str(TESTS / "cli"), str(TESTS / "ecosystem")]
from dns_message import OPT
from dns_responder import Server, Zone
from name_servers import ATTEMPTS_AT_A_PORT, free_port, wait_until_answered

# What resolvers ask about before they answer anything.
ROOT = ". 86400 SOA a.root-servers.example nstld.example 86400\n. 86400 NS a.root-servers.example\n"


class RealServer:
    """One process; `command()` gives its command line, after writing its files into `self.directory`. `files` are
    {name: text} of what else is to be there."""

    programs = ()
    ready = "."  # the zone whose SOA record it gives when it is ready

    def __init__(self, upstream=None, configuration="", address="127.0.0.1", port=None, ready=None, files=()):
        self.upstream, self.configuration, self.address, self.files = upstream, configuration, address, dict(files)
        self.fixed_port, self.port, self.process = port, port, None
        self.ready = ready or self.ready

    @property
    def server(self):
        """ADDR:PORT for --server."""
        return f"[{self.address}]:{self.port}" if ":" in self.address else f"{self.address}:{self.port}"

    def __enter__(self):
        self.scratch = tempfile.TemporaryDirectory(prefix="networks.")
        self.directory = pathlib.Path(self.scratch.name)
        self.directory.chmod(0o755)  # some give up being root
        for name, text in self.files.items():
            self.write(name, text)
        try:
            for _ in range(ATTEMPTS_AT_A_PORT):
                self.port = self.fixed_port or free_port()
                if self.start():
                    return self
        except BaseException:
            self.__exit__()
            raise
        log = self.log()
        self.__exit__()
        raise RuntimeError(f"{self.programs} does not start: {log}")

    def __exit__(self, *_):
        self.stop()
        self.scratch.cleanup()

    def start(self):
        """True when it answers; called again after stop(), it is the same server on the same port."""
        with open(self.directory / "log", "wb") as log:
            self.process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *map(str, self.command())], stdout=log,
                                            stderr=log, stdin=subprocess.DEVNULL, cwd=self.directory)
        if wait_until_answered(self.process, self.address, self.port, self.ready):
            return True
        self.stop()
        return False

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def log(self):
        return (self.directory / "log").read_text(errors="replace")[-2000:]

    def write(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return path


class Dnsmasq(RealServer):
    programs = ("dnsmasq",)

    def command(self):
        upstream = f"{self.upstream.host}#{self.upstream.port}"
        return ["dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file",
                "--user=", "--log-facility=-", f"--listen-address={self.address}", "--bind-interfaces",
                f"--port={self.port}", f"--server={upstream}", *self.configuration.split()]


class KnotResolver(RealServer):
    programs = ("kresd",)

    def command(self):
        upstream = f"{self.upstream.host}@{self.upstream.port}"
        text = (f"net.listen('{self.address}', {self.port}, {{kind = 'dns'}})\n"
                "trust_anchors.remove('.')\nmodules.unload('ta_signal_query')\nmodules.unload('detect_time_jump')\n"
                "modules.unload('detect_time_skew')\n"
                # Whatever it does not forward must not leave this machine.
                "modules.load('hints > iterate')\nhints.root({['nowhere.example.'] = {'127.0.0.9'}})\n"
                "modules.unload('priming')\ncache.size = 10 * MB\n" + self.configuration +
                f"\npolicy.add(policy.all(policy.FORWARD('{upstream}')))\n")
        return ["kresd", "-n", "-q", "-c", self.write("kresd.conf", text), self.directory]


class Unbound(RealServer):
    programs = ("unbound",)

    def command(self):
        forward = f"""forward-zone:
  name: "."
  forward-addr: {self.upstream.host}@{self.upstream.port}
""" if self.upstream else ""
        text = f"""server:
  directory: "{self.directory}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  interface: {self.address}@{self.port}
  num-threads: 1
  do-not-query-localhost: no
  unblock-lan-zones: yes
  ede: yes
{self.configuration}
remote-control:
  control-enable: no
{forward}"""
        return ["unbound", "-d", "-c", self.write("unbound.conf", text)]


class Bind(RealServer):
    """`configuration` is of the options block; `zones` stands behind it."""

    programs = ("named",)

    def __init__(self, upstream=None, configuration="", zones="", **others):
        super().__init__(upstream, configuration, **others)
        self.zones = zones

    def command(self):
        forward = (f"forwarders {{ {self.upstream.host} port {self.upstream.port}; }}; forward only;"
                   if self.upstream else "")
        text = f"""options {{
  directory "{self.directory}";
  listen-on port {self.port} {{ {self.address}; }};
  listen-on-v6 {{ none; }};
  pid-file none;
  session-keyfile "{self.directory}/session.key";
  managed-keys-directory "{self.directory}";
  {forward}
  {self.configuration}
}};
controls {{ }};
{self.zones}
"""
        return ["named", "-g", "-n", "1", "-c", self.write("named.conf", text)]


class KnowsEdns:
    """A scripted server whose replies carry an OPT record where the query does (RFC 6891): some forwarders put their own
    options only into a reply that has one."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, query):
        reply = self.answer(query)
        if reply is None or not query.edns:
            return reply
        additional = struct.unpack_from("!H", reply, 10)[0] + 1
        opt = b"\0" + struct.pack("!HHIH", OPT, 1232, 0, 0)
        return reply[:10] + struct.pack("!H", additional) + reply[12:] + opt


def upstream(table, **where):
    """A scripted server that knows the root and what the table holds (dns_responder.Zone)."""
    return Server(KnowsEdns(Zone(ROOT + table)), **where)


class Knot(RealServer):
    """An authoritative server of `zones`, {name: text of its file}."""

    programs = ("knotd",)

    def __init__(self, zones, **where):
        super().__init__(**where)
        self.zones = zones
        self.host = self.address  # as that of a scripted server

    def command(self):
        listed = ""
        for number, (name, text) in enumerate(self.zones.items()):
            self.write(f"{number}.zone", text)
            listed += f"  - domain: {name}\n    file: {number}.zone\n"
        (self.directory / "database").mkdir(exist_ok=True)
        text = f"""server:
    rundir: {self.directory}
    listen: [ {self.address}@{self.port} ]
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: {self.directory}/database
log:
  - target: stderr
    any: warning
template:
  - id: default
    storage: {self.directory}
    zonefile-load: whole
    zonefile-sync: -1
    journal-content: none
zone:
{listed}"""
        return ["knotd", "-c", self.write("knot.conf", text)]


def zone_file(name, server, records, minimum=600):
    """The text of a zone file; `server` is the name of its only name server."""
    return f"$ORIGIN {name}\n$TTL 3600\n@ SOA {server} hostmaster.isp.example. 1 7200 900 1209600 {minimum}\n@ NS {server}\n{records}\n"


class Signer:
    """Signs zones with one key each, in a directory of its own (dnssec-keygen and dnssec-signzone of BIND)."""

    programs = ("dnssec-keygen", "dnssec-signzone")

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.anchors = {}  # zone -> the DNSKEY record that validates it

    def sign(self, name, text, *validity):
        """The signed text; `validity` is of dnssec-signzone, such as "-s", "20200101000000", "-e", "20200201000000"."""
        run = lambda *command: subprocess.run(command, cwd=self.directory, check=True, capture_output=True, text=True)
        key = run("dnssec-keygen", "-a", "ECDSAP256SHA256", "-f", "KSK", name).stdout.strip()
        self.anchors[name] = next(line for line in (self.directory / f"{key}.key").read_text().splitlines()
                                  if not line.startswith(";"))
        source = self.directory / "zone"
        source.write_text(text + (self.directory / f"{key}.key").read_text())
        run("dnssec-signzone", "-z", "-x", "-P", "-o", name, *validity, "-f", "signed", str(source), str(self.directory / key))
        return (self.directory / "signed").read_text()


def iterating_resolvers(reverse_zone, root_server, root_address):
    """Unbound and BIND on port 53, which forward nothing: from this root server on they find every zone themselves."""
    files = {"hints": f". 3600 NS {root_server}\n{root_server} 3600 A {root_address}\n"}
    return [Unbound(None, f'  local-zone: "{reverse_zone}." nodefault\n  module-config: "iterator"\n  root-hints: "hints"\n',
                    address="127.0.0.53", port=53, files=files),
            Bind(None, "dnssec-validation no; empty-zones-enable no; recursion yes; qname-minimization off;",
                 'zone "." { type hint; file "hints"; };', address="127.0.0.1", port=53, files=files)]
