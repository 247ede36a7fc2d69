#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A bad path changes no verdict: 2,560 addresses with and without it.

    tests/resolver/loss_test.py FCRDNS_CHECK TOOLS_DIRECTORY [--seed N] [--loss SHARE]

Every twentieth exchange loses its query or its reply, what arrives comes up to 200 ms late
each way, so that it is reordered, and some of it twice. Whatever differs may only be a
temporary error, and for at most 0.1 % of the addresses.
"""
import argparse
import concurrent.futures
import json
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))
import bench_tools  # noqa: E402
import loss_proxy  # noqa: E402

TEMPORARY_SHARE = 0.001
JITTER = 0.2
DOUBLED = 0.02
RUN_LIMIT_SECONDS = 150


def verdicts(program, port, block, options):
    command = [program, "--json", "--server", "127.0.0.1", "--port", str(port), *options, block]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=RUN_LIMIT_SECONDS, check=False)
    if done.stderr or done.returncode not in (0, 1, 3):
        raise RuntimeError(f"{command}: status {done.returncode}, {done.stderr.decode(errors='replace')[:500]}")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return {record["ip"]: (record["verdict"], record["reason"], record["confirmed_names"]) for record in records}


def judge(name, clean, lossy):
    """The temporary errors, and a sentence for whatever else differs."""
    different = {ip: result for ip, result in lossy.items() if result != clean.get(ip)}
    failures = [f"{name}: {ip}: {clean.get(ip)} became {result}" for ip, result in different.items()
                if result[0] != "temperror"]
    if lossy.keys() != clean.keys():
        failures.append(f"{name}: {len(clean)} addresses became {len(lossy)}")
    return len(different) - sum(result[0] != "temperror" for result in different.values()), failures


class Trial:
    """One block through one path; the blocks share nothing but the server, so that they can run side by side."""

    def __init__(self, arguments, tools, server, directory):
        self.arguments = arguments
        self.tools = tools
        self.server = server
        self.directory = pathlib.Path(directory)

    def __call__(self, name, block, options):
        program = self.arguments.program
        world = self.tools.make_world(self.directory / name.replace(" ", "-"), *block)
        clean = verdicts(program, self.server.port, world.block, options)
        truth = {address: (verdict, reason) for address, verdict, reason, _ in world.truth()}
        if {ip: result[:2] for ip, result in clean.items()} != truth:
            raise RuntimeError(f"{name}: the run without the proxy differs from the truth")
        path = loss_proxy.Path(self.arguments.seed, self.arguments.loss / 2, JITTER, DOUBLED)
        started = time.monotonic()
        with loss_proxy.proxy(self.server.port, path) as proxy:
            lossy = verdicts(program, proxy.port, world.block, options)
        print(f"{name}: {len(clean)} addresses, {time.monotonic() - started:.1f} s, {proxy.counts}", flush=True)
        return len(clean), proxy.counts, *judge(name, clean, lossy)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("tools", help="the directory of bench_responder and bench_make_world")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--loss", type=float, default=0.05, help="the share of exchanges that lose a datagram")
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    tools = bench_tools.Tools(arguments.tools)
    cases = [(f"UDP {octet}", (f"198.18.{octet}.0", 24), ["--timeout", "0.5"]) for octet in range(64, 72)]
    cases.append(("TCP", ("198.18.72.0", 23), ["--tcp"]))
    with tempfile.TemporaryDirectory(prefix="fcrdns-loss-") as directory, tools.responder() as server:
        trial = Trial(arguments, tools, server, directory)
        with concurrent.futures.ThreadPoolExecutor(len(cases)) as pool:
            results = list(pool.map(lambda case: trial(*case), cases))
    failures = [failure for result in results for failure in result[3]]
    addresses = sum(result[0] for result in results)
    temporary = sum(result[2] for result in results)
    print(f"{addresses} addresses, {temporary} temporary errors")
    if temporary > addresses * TEMPORARY_SHARE:
        failures.append(f"{temporary} temporary errors of {addresses} addresses")
    if sum(result[1]["lost"] for result in results) < 100 or sum(result[1]["doubled"] for result in results) < 50:
        failures.append("the path lost or doubled too little to mean anything")
    for failure in failures[:10]:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
