#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The benchmark: fcrdns-check and public programs on the same worlds, in turn, on one machine.

    tests/bench/run_bench.py BUILD_DIRECTORY [--quick] [--rounds N] [--only ROW]... [--markdown]

It needs the targets fcrdns-check, bench_make_world, bench_responder and bench_measure,
NSD, adns-tools, dnsperf, dig, and two cores: servers run on core 1, clients on core 0.
It starts itself in a network namespace, so that port 53 is free whatever runs outside.
Each contestant of a row runs once per round, one after the other; printed are medians,
and as ratio the median of the rounds' ratios. Every output of fcrdns-check is compared
with the truth. Without fcrdns-check the public programs are measured alone.
"""
import argparse
import contextlib
import os
import pathlib
import platform
import shutil
import statistics
import sys
import tempfile

import bench_tools

PORT = 53
SMALL = ("198.18.0.0", 16)
HALF = ("198.18.0.0", 17)
LARGE = ("10.0.0.0", 13)
MILLION = ("10.0.0.0", 12)
ADNS = "nameserver 127.0.0.1"
# dnsperf's best on loopback; from 500 outstanding on its own socket overflows and it waits 5 s.
DNSPERF = ["dnsperf", "-s", "127.0.0.1", "-p", PORT, "-n", 1, "-q", 200]
# One dig per question, as a shell script would do it.
DIG_BOTH = ('for name in $(dig +short @127.0.0.1 -x "$1" PTR); do '
            'dig +short @127.0.0.1 "$name" A; done >/dev/null')
DIG_SAMPLE = 240
ONE_ADDRESS = "198.18.0.0"
ONE_NAME = "mx.xorebelube.example"
ONE_REPETITIONS = 20


class Bench:
    def __init__(self, arguments, directory):
        self.tools = bench_tools.Tools(pathlib.Path(arguments.build) / "tests/bench")
        program = pathlib.Path(arguments.build) / "fcrdns-check"
        self.program = str(program.resolve()) if program.exists() else None
        self.rounds = arguments.rounds or (2 if arguments.quick else 5)
        self.directory = pathlib.Path(directory)
        self.faults = []
        self.rows = []
        self.judged_differently = set()  # adns wants every PTR name to lead back
        self.worlds = {}

    def world(self, name, block, silent=0.0, zones=False):
        if name not in self.worlds:
            self.worlds[name] = self.tools.make_world(self.directory / name, *block, silent=silent, zones=zones)
        return self.worlds[name]

    def run(self, name, command, world, check=None, **options):
        """One measured run; `check` reads the output and says how it differs from the truth."""
        output = self.directory / "output"
        dropped = bench_tools.receive_buffer_errors()
        costs = self.tools.measure(command, output, **options)
        dropped = bench_tools.receive_buffer_errors() - dropped
        if check is not None:
            faults = check(output)
            if faults.total() and name.startswith("fcrdns-check"):
                self.faults.append(f"{name}, {world.block}: {faults}")
            elif faults.total() and name not in self.judged_differently:
                self.judged_differently.add(name)
                print(f"  {name} judges otherwise: {faults}")
            if name.startswith("fcrdns-check") and any(cost.status not in (0, 1) for cost in costs):
                self.faults.append(f"{name}, {world.block}: exit status {max(cost.status for cost in costs)}")
        if dropped:
            print(f"  {name}: {dropped} datagrams dropped by full sockets")
        return costs[0] if len(costs) == 1 else median_cost(costs)

    def ours(self, world, *options, target=None, json=False, timeout=600):
        """A contestant: this program on the addresses of a world."""
        command = [self.program, "-s", f"127.0.0.1:{PORT}", *options, *(["--json"] if json else [])]
        command += target or ["--file", world.addresses]
        read = bench_tools.read_json if json else bench_tools.read_text
        name = "fcrdns-check " + " ".join([*options, *(["--json"] if json else [])])
        return name.strip(), lambda: self.run(name, command, world, timeout=timeout,
                                              check=lambda output: bench_tools.compare(read(output), world))

    def adnslogres(self, world, concurrency):
        name = f"adnslogres -c {concurrency}"
        command = ["adnslogres", "-p", "-c", concurrency, "-C", ADNS, world.addresses]
        return name, lambda: self.run(name, command, world, check=lambda output: bench_tools.compare_log(output, world))

    def adnsresfilter(self, world):
        command = ["adnsresfilter", "-w", "--config", ADNS]
        return "adnsresfilter -w", lambda: self.run("adnsresfilter -w", command, world,
                                                    standard_input=world.addresses)

    def dnsperf(self, world):
        return "dnsperf -q 200", lambda: self.run("dnsperf -q 200", [*DNSPERF, "-d", world.questions], world)

    def dig_each(self, world):
        """dig -x and dig A per address, 8 at a time, on a sample; scaled to the whole world."""
        sample = self.directory / "sample.txt"
        lines = world.addresses.read_text().splitlines(keepends=True)
        sample.write_text("".join(lines[:: len(lines) // DIG_SAMPLE][:DIG_SAMPLE]))
        command = ["xargs", "-a", sample, "-P", 8, "-n", 1, "sh", "-c", DIG_BOTH, "sh"]
        factor = world.size / DIG_SAMPLE

        def measure():
            cost = self.run("dig", command, world)
            return cost._replace(wall=cost.wall * factor, cpu=cost.cpu * factor)
        return f"dig, 8 in parallel (sample of {DIG_SAMPLE})", measure

    def compete(self, world, contestants, rounds=None):
        """Runs the contestants in turn for all rounds and prints the medians; costs by name."""
        costs = {name: [] for name, _ in contestants}
        for _ in range(rounds or self.rounds):
            for name, measure in contestants:
                costs[name].append(measure())
        for name, all_costs in costs.items():
            cost = median_cost(all_costs)
            print(f"  {name:42} {cost.wall:9.3f} s  {world.size / cost.wall:9.0f} addresses/s  "
                  f"cpu {cost.cpu:8.3f} s  peak {cost.peak_kib / 1024:7.1f} MiB  exit {cost.status}", flush=True)
        return costs

    def row(self, world, measure, must, goal, value, unit="x", smaller=False):
        met = (lambda bound: value <= bound) if smaller else (lambda bound: value >= bound)
        verdict = "goal" if met(goal) else "must" if met(must) else "MISSED"
        self.rows.append((world, measure, f"{must:g} {unit}", f"{goal:g} {unit}", f"{value:.2f} {unit}", verdict))

    # The rows of the table.

    def small(self):
        """No latency, NSD: text and JSON against adnslogres and dnsperf."""
        world = self.world("small", SMALL, zones=True)
        with bench_tools.nsd(world, PORT, bench_tools.SERVER_CPU):
            contestants = [self.adnslogres(world, 200), self.dnsperf(world)]
            if self.program:
                contestants += [self.ours(world), self.ours(world, json=True)]
            costs = self.compete(world, contestants)
            # It asks without bound, so that its socket overflows and it waits: once is enough to see that.
            self.compete(world, [self.adnsresfilter(world)], rounds=1)
        if self.program:
            adns, dnsperf = costs["adnslogres -c 200"], costs["dnsperf -q 200"]
            text, json = costs["fcrdns-check"], costs["fcrdns-check --json"]
            self.row("no latency", "text, addresses/s against adnslogres -c 200", 1.0, 1.1, ratio(adns, text))
            self.row("no latency", "--json, the same", 0.85, 1.0, ratio(adns, json))
            self.row("no latency", "--json, against dnsperf", 1.0, 1.3, ratio(dnsperf, json))

    def latency(self):
        """20 ms: text against adnslogres at its best."""
        world = self.world("small", SMALL, zones=True)
        with self.tools.responder("--delay-ms", 20, port=PORT, cpu=bench_tools.SERVER_CPU):
            costs = self.compete(world, [self.adnslogres(world, 4000)] + ([self.ours(world)] if self.program else []))
        if self.program:
            self.row("20 ms", "text, addresses/s against adnslogres -c 4000", 1.8, 2.2,
                     ratio(costs["adnslogres -c 4000"], costs["fcrdns-check"]))

    def loss(self):
        """32,768 addresses, 20 ms, 1 % of the datagrams lost at random, --timeout 0.5, against the same without."""
        if not self.program:
            return
        world = self.world("half", HALF)
        costs = {}
        for _ in range(self.rounds):  # interleaved
            for share in (0.0, 0.01):
                with self.tools.responder("--delay-ms", 20, "--loss", share, port=PORT, cpu=bench_tools.SERVER_CPU):
                    costs.setdefault(share, []).append(
                        self.ours(world, "--timeout", "0.5", "--limit", "32768", target=[world.block])[1]())
        for share, all_costs in costs.items():
            cost = median_cost(all_costs)
            print(f"  {100 * share:.0f} % lost: {cost.wall:8.3f} s  {world.size / cost.wall:9.0f} addresses/s", flush=True)
        allowed = statistics.median((lost.wall - 1) / clear.wall for clear, lost in zip(costs[0.0], costs[0.01]))
        self.row("20 ms, 1 % lost", "text, beyond 1 s, against the same without loss", 2.5, 1.5, allowed, smaller=True)

    def silent(self):
        """A /13 of which 3 % of the reverse zones never answer, against the same without."""
        if not self.program:
            return
        options = ("--timeout", "0.5", "--tries", "2", "--limit", "1048576")
        costs = {}
        clear = self.world("clear", LARGE)
        dead = self.world("silent", LARGE, silent=0.03)
        for _ in range(self.rounds):  # interleaved, each with its own server
            for world in (clear, dead):
                with self.tools.responder("--silent", world.silent, port=PORT, cpu=bench_tools.SERVER_CPU):
                    costs.setdefault(world.silent, []).append(self.ours(world, *options, target=[world.block])[1]())
        for silent, all_costs in costs.items():
            cost = median_cost(all_costs)
            print(f"  {100 * silent:.0f} % silent: {cost.wall:8.3f} s  {clear.size / cost.wall:9.0f} addresses/s  "
                  f"cpu {cost.cpu:8.3f} s  peak {cost.peak_kib / 1024:7.1f} MiB", flush=True)
        self.row("/13, 3 % silent", "text, in order, against the same without", 0.5, 0.7,
                 ratio(costs[0.0], costs[0.03]))
        self.row("/13, 3 % silent", "peak memory", 128, 96, peak_mib(costs[0.03]), "MiB", smaller=True)

    def dig(self):
        """Many addresses against dig twice per address."""
        world = self.world("small", SMALL, zones=True)
        with bench_tools.nsd(world, PORT, bench_tools.SERVER_CPU):
            costs = self.compete(world, [self.dig_each(world)] + ([self.ours(world)] if self.program else []))
        if self.program:
            self.row("no latency", "text, against dig -x and dig A, 8 in parallel", 1000, 1500,
                     ratio(costs[next(iter(costs))], costs["fcrdns-check"]))

    def one(self):
        """One address: the whole program against dig -x followed by dig A."""
        world = self.world("small", SMALL, zones=True)
        contestants = [
            ("dig -x", ["dig", "@127.0.0.1", "-x", ONE_ADDRESS]),
            ("dig A", ["dig", "@127.0.0.1", ONE_NAME, "A"]),
        ]
        if self.program:
            contestants.append(("fcrdns-check, one", [self.program, "@127.0.0.1", ONE_ADDRESS]))
        costs = {}
        with bench_tools.nsd(world, PORT, bench_tools.SERVER_CPU):
            for _ in range(self.rounds):
                for name, command in contestants:
                    costs.setdefault(name, []).append(self.run(name, command, world, repetitions=ONE_REPETITIONS))
        for name, all_costs in costs.items():
            cost = median_cost(all_costs)
            print(f"  {name:20} {1000 * cost.wall:8.2f} ms  cpu {1000 * cost.cpu:8.2f} ms  "
                  f"peak {cost.peak_kib / 1024:5.1f} MiB  exit {cost.status}", flush=True)
        if self.program:
            both = [a._replace(wall=a.wall + b.wall) for a, b in zip(costs["dig -x"], costs["dig A"])]
            self.row("one address", "wall time against dig -x; dig A", 15, 25, ratio(both, costs["fcrdns-check, one"]))
            processor = statistics.median(c.cpu for c in costs["dig -x"]) / statistics.median(
                c.cpu for c in costs["fcrdns-check, one"])
            self.row("one address", "processor time against one dig", 1, 1, processor)

    def million(self):
        """A million addresses in order, in flat memory."""
        if not self.program:
            return
        world = self.world("million", MILLION)
        with self.tools.responder(port=PORT, cpu=bench_tools.SERVER_CPU):
            costs = self.compete(world, [self.ours(world, "--limit", "1048576", target=[world.block])])
        self.row("a million", "peak memory, in order", 48, 24, peak_mib(next(iter(costs.values()))), "MiB",
                 smaller=True)


def median_cost(costs):
    return bench_tools.Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs),
                        max(c.peak_kib for c in costs), max(c.status for c in costs))


def ratio(theirs, ours):
    """How many times faster ours is: the median over the rounds."""
    return statistics.median(a.wall / b.wall for a, b in zip(theirs, ours))


def peak_mib(costs):
    return max(c.peak_kib for c in costs) / 1024


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    return f"{model}, {os.cpu_count()} cores, Linux {platform.release()}"


def print_table(rows, faults, markdown):
    header = ("world", "measure", "must", "goal", "measured", "met")
    rows = [*rows, ("all", "wrong verdicts, false timeouts, lost, doubled", "0", "0",
                    str(len(faults)) + " runs with faults", "MISSED" if faults else "goal")]
    widths = [max(len(row[i]) for row in [header, *rows]) for i in range(len(header))]
    line = "| {} |" if markdown else "{}"
    separator = " | " if markdown else "  "
    print()
    print(line.format(separator.join(cell.ljust(width) for cell, width in zip(header, widths))))
    if markdown:
        print(line.format(separator.join("-" * width for width in widths)))
    for row in rows:
        print(line.format(separator.join(cell.ljust(width) for cell, width in zip(row, widths))))
    for fault in faults:
        print(f"FAULT {fault}")


ROWS = ("small", "latency", "loss", "silent", "dig", "one", "million")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="the build directory")
    parser.add_argument("--quick", action="store_true", help="two rounds instead of five")
    parser.add_argument("--rounds", type=int, help="so many rounds")
    parser.add_argument("--only", action="append", choices=ROWS, help="only this group of rows (repeatable)")
    parser.add_argument("--markdown", action="store_true", help="print the table for a README")
    arguments = parser.parse_args()
    if os.cpu_count() < 2:
        sys.exit("the benchmark needs two cores")
    missing = [tool for tool in ("nsd", "adnslogres", "dnsperf", "dig", "unshare", "ip") if not shutil.which(tool)]
    if missing:
        sys.exit("not installed: " + ", ".join(missing))
    bench_tools.own_network(sys.argv)
    with contextlib.ExitStack() as stack:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="fcrdns-bench-"))
        bench = Bench(arguments, directory)
        print(f"{machine()}; {bench.rounds} rounds; "
              f"{'fcrdns-check ' + bench.program if bench.program else 'fcrdns-check is not built'}")
        for name in arguments.only or ROWS:
            print(f"{name}: {getattr(Bench, name).__doc__}", flush=True)
            getattr(bench, name)()
        if bench.program:
            print_table(bench.rows, bench.faults, arguments.markdown)
    return 1 if bench.faults or any(row[-1] == "MISSED" for row in bench.rows) else 0


if __name__ == "__main__":
    sys.exit(main())
