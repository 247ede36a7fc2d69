# SPDX-License-Identifier: MIT
"""Real mail servers and fcrdns-check judge the same world, and must agree in every case.

Runs itself again in network and mount namespaces of its own, with its own resolver
configuration, hosts file and users; needs root for that and nothing from the network.
"""
import argparse
import concurrent.futures
import fcntl
import json
import multiprocessing
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time

import cases
import client
import mail_servers
from dns_responder import Server  # which cases has put on the path

SKIPPED = 77
HERE = os.path.dirname(os.path.abspath(__file__))
DNS_ADDRESS = "127.0.0.1"
SIOCSIFADDR, SIOCSIFFLAGS, SIOCSIFNETMASK = 0x8916, 0x8914, 0x891C
IFF_UP_RUNNING = 0x41


def skip(reason):
    """Says why nothing was tried; where CI promises everything that is a failure."""
    print("SKIPPED: " + reason)
    return 1 if os.environ.get("CI") == "true" else SKIPPED


def main():
    arguments = parse()
    if os.geteuid() != 0:
        return skip("namespaces and mail servers need root")
    if arguments.inside:
        set_up_namespace(arguments)
        return judge(arguments)
    return enter(arguments)


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", required=True, help="the fcrdns-check to test")
    parser.add_argument("--packages", required=True, help="where the servers' packages are unpacked")
    parser.add_argument("--verbose", action="store_true", help="print every case, not only differences")
    parser.add_argument("--inside", metavar="DIRECTORY", help=argparse.SUPPRESS)
    return parser.parse_args()


def enter(arguments):
    prepare = subprocess.run([os.path.join(HERE, "prepare.sh"), arguments.packages])
    if prepare.returncode != 0:
        return skip("the servers' packages are not there; see tests/receivers/prepare.sh")
    command = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--propagation", "private"]
    if subprocess.run(command + ["mount", "-t", "tmpfs", "tmpfs", "/run"]).returncode != 0:
        return skip("this root may not make namespaces")
    # The namespace mounts its own file system there, which ends with it: the directory stays empty,
    # and nothing is ever deleted recursively where host directories might be mounted.
    scratch = tempfile.mkdtemp(prefix="receivers.")
    try:
        return subprocess.run(command + [sys.executable] + sys.argv + ["--inside", scratch]).returncode
    finally:
        os.rmdir(scratch)


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


def mount_empty(path):
    mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", path)


def set_up_namespace(arguments):
    """Addresses on loopback; directories of our own; the files that resolver libraries and servers read."""
    scratch = arguments.inside
    mount_empty(scratch)
    for kept in ("program", "packages"):
        # Reachable whatever is covered below.
        original, place = os.path.realpath(getattr(arguments, kept)), os.path.join(scratch, kept)
        os.mkdir(place) if os.path.isdir(original) else open(place, "w").close()
        mount("--bind", original, place)
        setattr(arguments, kept, place)
    for covered in ("/run", "/var/lib", "/var/spool"):
        mount_empty(covered)
    files = {
        "/etc/resolv.conf": "nameserver %s\noptions timeout:2 attempts:2\n" % DNS_ADDRESS,
        "/etc/hosts": "127.0.0.1 localhost\n::1 localhost\n",
        "/etc/nsswitch.conf": "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\n",
        "/etc/passwd": "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n"
        + "".join("%s:x:%d:%d::/:/bin/false\n" % (user, uid, uid) for user, uid in mail_servers.USERS.items()),
        "/etc/group": "root:x:0:\nmail:x:8:\nnogroup:x:65534:\n"
        + "".join("%s:x:%d:\n" % pair for pair in mail_servers.GROUPS.items()),
    }
    for path, text in files.items():
        replacement = os.path.join(scratch, os.path.basename(path))
        mail_servers.write(replacement, text)
        target = os.path.realpath(path)
        if target.startswith("/run/"):  # a link to what is covered now
            os.makedirs(os.path.dirname(target), exist_ok=True)
            open(target, "w").close()
        mount("--bind", replacement, target)
    for alias, address in enumerate(("127.0.0.1", "198.51.100.0", "203.0.113.0", mail_servers.ADDRESSES[0])):
        add_ipv4(alias, address)


def add_ipv4(alias, address):
    """On loopback the whole /24 of an address is local, so that a client may bind any of it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        interface = ("lo:%d" % alias if alias else "lo").encode()

        def ifreq(text):
            return struct.pack("16sHH4s8x", interface, socket.AF_INET, 0, socket.inet_aton(text))

        fcntl.ioctl(sock, SIOCSIFADDR, ifreq(address))
        fcntl.ioctl(sock, SIOCSIFNETMASK, ifreq("255.255.255.0"))
        fcntl.ioctl(sock, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP_RUNNING))


def add_ipv6(address):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as sock:
        request = socket.inet_pton(socket.AF_INET6, address) + struct.pack("Ii", 128, socket.if_nametoindex("lo"))
        fcntl.ioctl(sock, SIOCSIFADDR, request)


def judge(arguments):
    lab = cases.build()
    for case in lab.cases:
        if ":" in case.address:
            add_ipv6(case.address)
    add_ipv6(mail_servers.ADDRESSES[1])
    # In a process of its own: nothing else holds its answers up.
    dns = Server(lab.zone, DNS_ADDRESS, 53)
    multiprocessing.get_context("fork").Process(target=dns.serve, daemon=True).start()
    running = [kind(arguments.packages, arguments.inside) for kind in mail_servers.SERVERS]
    for server in running:
        server.start()
    for server in running:
        wait_until_ready(server)
    observed = observe(running, lab.cases)
    predicted = predict(arguments.program, lab.cases)
    return report(arguments, lab.cases, observed, predicted)


def wait_until_ready(server):
    """Each port answers a first client; a server that ends or stays silent is an error with its own words."""
    end = time.monotonic() + 30
    for port in server.receivers.values():
        while True:
            try:
                if client.ask("127.0.0.1", mail_servers.ADDRESSES[0], port):
                    break
            except OSError:
                pass
            if server.process.poll() is not None or time.monotonic() > end:
                raise SystemExit("%s does not serve port %d:\n%s" % (server.package, port, server.output()))
            time.sleep(0.05)


def reply_to(source, target, port):
    """What the server answers to a client at this address, or why it does not, in brackets."""
    try:
        return client.ask(source, target, port) or "(hung up)"
    except OSError as error:
        return "(%s)" % error


def observe(running, cases):
    """What each server answers to each client: {(receiver, address): reply}, all at once."""
    jobs = {}
    with concurrent.futures.ThreadPoolExecutor(60) as pool:
        # The silent cases first: they take longest.
        for case in sorted(cases, key=lambda case: not case.silent):
            target = mail_servers.ADDRESSES[1 if ":" in case.address else 0]
            for server in running:
                if not server.judges(case):
                    continue
                for receiver, port in server.receivers.items():
                    jobs[receiver, case.address] = pool.submit(reply_to, case.address, target, port)
    return {job: future.result() for job, future in jobs.items()}


def predict(program, cases):
    """The rows of --receivers: {(receiver, address): row}.

    A referral says that the server asked does not look names up for this machine: then nothing is said of
    receivers, and there is nothing to compare.
    """
    command = [program, "--json", "--receivers", "--timeout", "1", "--tries", "3", "-f", "-", "@" + DNS_ADDRESS]
    addresses = "".join(case.address + "\n" for case in cases)
    output = subprocess.run(command, input=addresses, capture_output=True, text=True)
    rows, unsaid = {}, set()
    for line in output.stdout.splitlines():
        record = json.loads(line)
        if record["receivers"] is None and record["failure"]["outcome"] == "referral":
            unsaid.add(record["ip"])
            continue
        for row in record["receivers"]:
            rows[row["receiver"], record["ip"]] = row
    if len({address for _, address in rows} | unsaid) != len(cases):
        raise SystemExit("fcrdns-check did not answer for every address: " + output.stderr)
    return rows


OUTCOMES = {"2": "accept", "4": "tempfail", "5": "reject"}


def outcome_of(reply):
    return OUTCOMES.get(reply[:1], "no answer")


def spellings(address):
    """An address as the servers write it, the longest first."""
    packed = socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)
    if len(packed) == 4:
        return (address,)
    return ("IPv6:" + ":".join("%x" % group for group in struct.unpack("!8H", packed)), address)


def without_address(reply, address):
    """The reply as every client of a group gets it."""
    for spelling in spellings(address):
        reply = reply.replace(spelling, "ADDRESS")
    return reply


def agrees(row, address, seen, seen_in_group):
    """True when the prediction is what the server did; `depends` when its group shows both ends.

    `seen_in_group` holds the replies without the clients' addresses.
    """
    if row["outcome"] != "depends":
        text_fits = row["outcome"] == "accept" or row["reply"] in (None, seen)
        return outcome_of(seen) == row["outcome"] and text_fits
    ends = {outcome_of(reply) for reply in seen_in_group}
    worst = next(outcome for outcome in ("reject", "tempfail", "accept") if outcome in ends)
    replies = {reply for reply in seen_in_group if outcome_of(reply) == worst}
    text_fits = row["reply"] is None or replies == {without_address(row["reply"], address)}
    return len(seen_in_group) > 1 and text_fits and all(end + " with " in row["why"] for end in ends)


def report(arguments, cases, observed, predicted):
    groups = {}
    for case in cases:
        groups.setdefault(case.group, []).append(case.address)
    group_of = {case.address: case.group for case in cases}
    words = {case.address: case.what for case in cases}
    wrong, right, depending = 0, {}, 0
    said = {address for _, address in predicted}
    observed = {job: seen for job, seen in observed.items() if job[1] in said}
    for (receiver, address), seen in observed.items():
        row = predicted[receiver, address]
        in_group = {without_address(observed[receiver, other], other) for other in groups[group_of[address]]}
        good = agrees(row, address, seen, in_group)
        right[receiver] = right.get(receiver, 0) + good
        wrong += not good
        depending += good and row["outcome"] == "depends"
        if not good or arguments.verbose:
            print("%s %-16s %-15s %s" % ("ok  " if good else "WRONG", receiver, address, words[address]))
            print("       predicted %-8s %s" % (row["outcome"], row["reply"]))
            print("       observed  %-8s %s" % (outcome_of(seen), seen))
    for receiver, count in right.items():
        print("%-16s agrees in %d of %d cases" % (receiver, count, sum(r == receiver for r, _ in observed)))
    print("%d cases, of %d nothing is said, %d replies, %d differ, %d depend"
          % (len(cases), len(cases) - len(said), len(observed), wrong, depending))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
