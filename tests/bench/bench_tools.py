# SPDX-License-Identifier: MIT
"""What the benchmark and the test of scale share: servers, measured runs, and the world's truth."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
from typing import NamedTuple

CLIENT_CPU = 0
SERVER_CPU = 1


class Cost(NamedTuple):
    """What one run cost: seconds, seconds of processor time, KiB, and the exit status."""
    wall: float
    cpu: float
    peak_kib: int
    status: int


class Tools:
    """The benchmark's own programs, as the build made them."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory).resolve()

    def path(self, name):
        path = self.directory / name
        if not path.exists():
            sys.exit(f"{path} is missing: build the target {name}")
        return str(path)

    def make_world(self, directory, first, length, silent=0.0, zones=False):
        directory = pathlib.Path(directory)
        directory.mkdir(exist_ok=True)
        subprocess.run([self.path("bench_make_world"), directory, first, str(length), str(silent)]
                       + (["--zones"] if zones else []), check=True)
        return World(directory, first, length, silent)

    def measure(self, command, output, repetitions=1, cpu=CLIENT_CPU, standard_input="/dev/null", timeout=600):
        """Runs the command with its output in a file; returns the costs of its runs."""
        report = str(output) + ".cost"
        with open(output, "wb") as out, open(str(output) + ".err", "wb") as err, open(standard_input, "rb") as given:
            subprocess.run([self.path("bench_measure"), report, str(cpu), str(repetitions), *map(str, command)],
                           stdin=given, stdout=out, stderr=err, check=True, timeout=timeout)
        costs = []
        for line in open(report):
            wall, user, system, peak, status = line.split()
            costs.append(Cost(float(wall), float(user) + float(system), int(peak), int(status)))
        return costs

    @contextlib.contextmanager
    def responder(self, *options, port=0, cpu=None):
        """The benchmark's responder; gives its port and, in `done` after the end, what it counted."""
        command = [self.path("bench_responder"), "--port", str(port), *map(str, options)]
        process = subprocess.Popen(pinned(command, cpu), stdout=subprocess.PIPE, text=True)
        server = Server(int(process.stdout.readline()))
        try:
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            server.done = json.loads(process.communicate(timeout=10)[0])


class Server:
    def __init__(self, port):
        self.port = port
        self.done = None


def pinned(command, cpu):
    return command if cpu is None else ["taskset", "-c", str(cpu), *command]


@contextlib.contextmanager
def nsd(world, port, cpu):
    """NSD with the zones of the world on 127.0.0.1, as it comes but for the limits on answers."""
    directory = world.directory
    configuration = directory / "nsd.conf"
    configuration.write_text(f"""server:
  ip-address: 127.0.0.1
  port: {port}
  server-count: 1
  username: ""
  zonesdir: "{directory}"
  pidfile: "{directory}/nsd.pid"
  xfrdfile: "{directory}/xfrd.state"
  xfrdir: "{directory}"
  zonelistfile: "{directory}/zone.list"
  database: ""
  rrl-ratelimit: 0
  verbosity: 0
remote-control:
  control-enable: no
zone:
  name: "{world.reverse_zone}"
  zonefile: "reverse.zone"
zone:
  name: "example"
  zonefile: "forward.zone"
""")
    with open(directory / "nsd.log", "wb") as log:
        process = subprocess.Popen(pinned(["nsd", "-d", "-c", str(configuration)], cpu), stdout=log, stderr=log)
    try:
        wait_until_answered(port, world.reverse_zone, process, directory / "nsd.log")
        yield Server(port)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_answered(port, zone, process, log):
    """Asks for the zone's SOA until it comes: the server's own time to load is not measured."""
    name = b"".join(bytes([len(label)]) + label.encode() for label in zone.split(".")) + b"\0"
    query = struct.pack(">HHHHHH", 0x5157, 0, 1, 0, 0, 0) + name + struct.pack(">HH", 6, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.connect(("127.0.0.1", port))
        asker.settimeout(0.2)
        for _ in range(300):
            if process.poll() is not None:
                sys.exit(f"the server ended: {pathlib.Path(log).read_text()}")
            try:
                asker.send(query)
                if asker.recv(512)[3] & 15 == 0:
                    return
            except ConnectionRefusedError:
                # Nothing listens yet, and nothing tells when it does.
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=0.05)
            except TimeoutError:
                pass
    sys.exit("the server does not answer")


class World:
    """The files of one block: addresses, questions, truth."""

    def __init__(self, directory, first, length, silent):
        self.directory = directory
        self.block = f"{first}/{length}"
        self.size = 1 << (32 - length)
        self.silent = silent
        self.addresses = directory / "addresses.txt"
        self.questions = directory / "questions.txt"
        octets = first.split(".")
        self.reverse_zone = f"{octets[1]}.{octets[0]}.in-addr.arpa"

    def truth(self):
        """(address, verdict, reason, first PTR name or "-") in input order."""
        with open(self.directory / "truth.tsv", encoding="ascii") as lines:
            for line in lines:
                yield line.rstrip("\n").split("\t")


class Faults:
    """How an output differs from the truth."""

    def __init__(self):
        self.wrong = 0
        self.temporary = 0  # where the truth is definite: a false timeout
        self.lost = 0
        self.doubled = 0
        self.disordered = 0
        self.first = None

    def note(self, kind, what):
        setattr(self, kind, getattr(self, kind) + 1)
        self.first = self.first or f"{kind}: {what}"

    def total(self):
        return self.wrong + self.temporary + self.lost + self.doubled + self.disordered

    def __str__(self):
        text = (f"{self.wrong} wrong, {self.temporary} false temporary, {self.lost} lost, "
                f"{self.doubled} doubled, {self.disordered} out of order")
        return text if self.first is None else f"{text} (first: {self.first})"


def read_json(path):
    """(address, verdict, reason) of each record of --json."""
    with open(path, encoding="ascii") as lines:
        for line in lines:
            record = json.loads(line)
            yield record["ip"], record["verdict"], record["reason"]


TEXT_VERDICTS = {"PASS": "pass", "WARN": "pass", "FAIL": "fail", "TEMP": "temperror"}


def read_text(path):
    """(address, verdict, None) of each line of the text output; the summary ends it."""
    with open(path, encoding="ascii") as lines:
        for line in lines:
            if line == "\n":
                return
            word, address, _ = line.split(None, 2)
            yield address, TEXT_VERDICTS[word], None


def compare(records, world, ordered=True):
    """Every input exactly once, in order if asked, with the verdict and reason of the truth."""
    faults = Faults()
    truth = {address: (verdict, reason) for address, verdict, reason, _ in world.truth()}
    expected_order = iter(list(truth))
    seen = set()
    for address, verdict, reason in records:
        if address in seen or address not in truth:
            faults.note("doubled", address)
            continue
        seen.add(address)
        if ordered and next(expected_order, None) != address:
            faults.note("disordered", address)
        expected = truth[address]
        if verdict == "temperror" and expected[0] != "temperror":
            faults.note("temporary", f"{address} is {expected}")
        elif verdict != expected[0] or (reason is not None and reason != expected[1]):
            faults.note("wrong", f"{address} is {expected}, not {(verdict, reason)}")
    for address in truth:
        if address not in seen:
            faults.note("lost", address)
    return faults


def compare_log(path, world):
    """The output of adnslogres: the name where it accepts the reverse DNS, else the address."""
    faults = Faults()
    with open(path, encoding="ascii") as lines:
        for address, verdict, reason, name in world.truth():
            first = next(lines, "").split()
            if not first:
                faults.note("lost", address)
                continue
            accepted = first[0] != address
            if accepted != (verdict == "pass"):
                faults.note("wrong", f"{address} is {verdict} {reason} {name}, not {first[0]}")
        for line in lines:
            faults.note("doubled", line.strip())
    return faults


def receive_buffer_errors():
    """Datagrams that sockets of this network namespace have dropped for want of room."""
    names, values = [line.split()[1:] for line in open("/proc/net/snmp") if line.startswith("Udp:")]
    return int(values[names.index("RcvbufErrors")])


def own_network(arguments):
    """Starts this script again where loopback and port 53 are its own; returns inside."""
    if os.environ.get("FCRDNS_BENCH_INSIDE") != "1":
        os.environ["FCRDNS_BENCH_INSIDE"] = "1"
        flags = "-n" if os.geteuid() == 0 else "-rn"
        os.execvp("unshare", ["unshare", flags, sys.executable, *arguments])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
