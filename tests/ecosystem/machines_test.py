# SPDX-License-Identifier: MIT
"""The command of RECIPES.md for several machines gives the records that one machine gives, although one is lost.

Three hosts are network namespaces, each with an sshd, a resolver of its own (Unbound) and the server that it forwards
to. The third is cut off while its share of the list is being checked. machines_test.py PROGRAM
"""
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

import pages
import world
from dns_message import PTR, wire
from dns_responder import PATIENCE, RecordingServer, Zone

HOSTS = (1, 2, 3)
LOST = 3
LONGEST_RUN = 240  # seconds
SKIPPED = 77
SSHD = "/usr/sbin/sshd"
COMMAND = pages.command(pages.RECIPES, "parallel --pipe -N 1000")
SHARE = 1000  # lines, as in the command

UNBOUND = """
server:
    interface: 127.0.0.1
    username: ""
    chroot: ""
    pidfile: ""
    use-syslog: no
    num-threads: 1
    module-config: "iterator"
    cache-max-ttl: 0
    cache-max-negative-ttl: 0
    do-not-query-localhost: no
    local-zone: "10.in-addr.arpa." nodefault
remote-control:
    control-enable: no
forward-zone:
    name: "."
    forward-addr: {server}
"""
SSH_SERVER = """
ListenAddress {host}
HostKey {directory}/host_key
AuthorizedKeysFile {directory}/user_key.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
SetEnv PATH={programs}:/usr/bin:/bin
"""
SSH_CLIENT = """
Host *
    User root
    IdentityFile {directory}/user_key
    IdentitiesOnly yes
    UserKnownHostsFile {directory}/known_hosts
    StrictHostKeyChecking yes
    ServerAliveInterval 1
    ServerAliveCountMax 3
    LogLevel ERROR
"""


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdin=subprocess.DEVNULL, timeout=60)


def addresses():
    """Two shares and a half for each host."""
    return [f"10.{16 + i // 65536}.{i // 256 % 256}.{i % 256}" for i in range(len(HOSTS) * SHARE * 5 // 2)]


def zone():
    """Some have no PTR record, some one that leads elsewhere, and the others lead back."""
    found = Zone(". 600 SOA ns1.example.com hostmaster.example.com 600")
    for number, address in enumerate(addresses()):
        if number % 7 == 0:
            continue
        name = f"mail{number}.example.com"
        found.add(".".join(reversed(address.split("."))) + ".in-addr.arpa", PTR, wire(name))
        found.add_address(name, "10.99.0.1" if number % 11 == 0 else address)
    return found


class Machine:
    """A host: its namespace, the server that its resolver asks, its resolver and its sshd."""

    def __init__(self, number, directory, programs, answer, cleanup):
        self.name, self.link = f"host{number}", f"link{number}"
        self.outside, self.address = f"172.31.{number}.1", f"172.31.{number}.2"
        self.directory, self.cleanup = directory, cleanup
        run("ip", "netns", "add", self.name)
        cleanup.callback(self.end_all)
        run("ip", "link", "add", self.link, "type", "veth", "peer", "name", "eth0", "netns", self.name)
        run("ip", "address", "add", f"{self.outside}/24", "dev", self.link)
        run("ip", "link", "set", self.link, "up")
        for words in (f"address add {self.address}/24 dev eth0", "link set eth0 up", "link set lo up"):
            run("ip", "-n", self.name, *words.split())
        self.server = cleanup.enter_context(RecordingServer(answer, host=self.outside, port=53))
        self.start("unbound", UNBOUND.format(server=self.outside), "unbound", "-d", "-c")
        self.start("sshd", SSH_SERVER.format(host=self.address, directory=directory, programs=programs), SSHD, "-D", "-e", "-f")

    def inside(self, *command):
        """The command in this host, whose resolv.conf names its own resolver."""
        script = f'mount --bind {self.directory}/resolv.conf "$(readlink -f /etc/resolv.conf)" && exec "$@"'
        return ["ip", "netns", "exec", self.name, "sh", "-c", script, "sh", *command]

    def start(self, name, configuration, *command):
        path = self.directory / f"{self.name}.{name}"
        path.write_text(configuration)
        with open(f"{path}.log", "w") as log:
            process = subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *self.inside(*command, str(path))], stdout=log,
                                       stderr=log, stdin=subprocess.DEVNULL)
        self.cleanup.callback(process.wait, 30)
        self.cleanup.callback(process.kill)

    def wait_until_reached(self):
        """Nothing tells when sshd listens."""
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError), socket.create_connection((self.address, 22), timeout=1):
                return
            if time.monotonic() > end:
                raise RuntimeError((self.directory / f"{self.name}.sshd.log").read_text())
            time.sleep(0.02)

    def end_all(self):
        """What sshd has begun does not end with it."""
        pids = subprocess.run(["ip", "netns", "pids", self.name], check=True, stdout=subprocess.PIPE, text=True).stdout
        for pid in map(int, pids.split()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def cut_off(self):
        run("ip", "link", "set", self.link, "down")


def make_keys(directory):
    for key in ("host_key", "user_key"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", directory / key)
    public = (directory / "host_key.pub").read_text().rsplit(" ", 1)[0]
    (directory / "known_hosts").write_text("".join(f"172.31.{number}.2 {public}\n" for number in HOSTS))
    (directory / "ssh_config").write_text(SSH_CLIENT.format(directory=directory))
    (directory / "resolv.conf").write_text("nameserver 127.0.0.1\n")


def records(text):
    """By address; two for one address is an error, like one that is none."""
    found = {}
    for line in text.splitlines():
        record = json.loads(line)
        del record["line"]
        if record["ip"] in found:
            raise RuntimeError(f"twice: {record['ip']}")
        found[record["ip"]] = record
    return found


def run_on_three(directory, machines, environment):
    """What the command of the page prints; a machine is lost as soon as it has begun with its first share."""
    lost = machines[LOST - 1]
    with open(directory / "printed", "w") as printed:
        process = subprocess.Popen(["bash", "-c", COMMAND], cwd=directory, env=environment, stdout=printed)
        with lost.server.changed:
            begun = lost.server.changed.wait_for(lambda: lost.server.asked, PATIENCE * 2)
        lost.cut_off()
        status = process.wait(LONGEST_RUN)
    if not begun or status != 0:
        raise RuntimeError(f"host {LOST} has begun: {bool(begun)}; status {status}")
    return (directory / "printed").read_text()


def compared(program, directory, cleanup):
    programs = pathlib.Path(program).resolve().parent
    make_keys(directory)
    (directory / "senders.txt").write_text("".join(f"{address}\n" for address in addresses()))
    (directory / "machines").write_text("".join(f"1/172.31.{number}.2\n" for number in HOSTS))
    known = zone()
    # What the lost machine has begun is never finished there.
    answers = [known if number != LOST else (lambda query: None) for number in HOSTS]
    machines = [Machine(number, directory, programs, answer, cleanup) for number, answer in zip(HOSTS, answers)]
    for machine in machines:
        machine.wait_until_reached()
    environment = {**world.environment(program), "HOME": str(directory), "PARALLEL_SSH": f"ssh -F {directory}/ssh_config"}
    on_one = subprocess.run(machines[0].inside(program, "--json", "--file", directory / "senders.txt"), check=False,
                            stdout=subprocess.PIPE, text=True, timeout=LONGEST_RUN)
    before = [len(machine.server.asked) for machine in machines]
    one, three = records(on_one.stdout), records(run_on_three(directory, machines, environment))
    if len(one) != len(addresses()) or {record["verdict"] for record in one.values()} != {"pass", "fail"}:
        yield f"one machine: {len(one)} records, status {on_one.returncode}"
    differ = [address for address in set(one) | set(three) if one.get(address) != three.get(address)]
    if differ:
        yield f"{len(differ)} records differ, such as {one.get(differ[0])} and {three.get(differ[0])}"
    for machine, count in zip(machines, before):
        if len(machine.server.asked) == count:
            yield f"{machine.name} had nothing to do"


def main():
    if os.geteuid() != 0:
        print("SKIPPED: sshd and network namespaces want root")
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    world.isolate()
    configuration = pathlib.Path("/etc/resolv.conf").resolve()
    world.mount("tmpfs", "/run", 0, "tmpfs")  # where ip and sshd keep what is theirs
    for name in ("sshd", "netns"):
        os.mkdir(f"/run/{name}")
    if not configuration.exists():  # it was a link into /run
        configuration.parent.mkdir(parents=True)
        configuration.touch()
    with contextlib.ExitStack() as cleanup:
        directory = pathlib.Path(cleanup.enter_context(tempfile.TemporaryDirectory()))
        problems = list(compared(sys.argv[1], directory, cleanup))
    print("\n".join(problems) or "three machines, and then two, give the records of one")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
