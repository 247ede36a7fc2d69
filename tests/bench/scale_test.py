#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Correctness at scale: 65,536 addresses, every verdict against the world's truth.

    tests/bench/scale_test.py FCRDNS_CHECK TOOLS_DIRECTORY [--no-memory-limit]

Each input gives exactly one result, in order unless asked otherwise, in bounded memory;
lost datagrams and silent zones never become facts about the DNS. No timing is asserted.
"""
import argparse
import json
import pathlib
import sys
import tempfile

import bench_tools

BLOCK = ("198.18.0.0", 16)
PEAK_LIMIT_KIB = 64 * 1024
# In order, behind a lost question, finished results wait in a buffer of up to 64 MiB besides.
PEAK_LIMIT_IN_ORDER_KIB = 128 * 1024
TEMPORARY_LIMIT = 65  # 0.1 % of the addresses
STATUS_SOME_FAIL = 1
RUN_LIMIT_SECONDS = 100


class Scale:
    def __init__(self, program, tools, directory, memory_limit):
        self.program = program
        self.tools = tools
        self.directory = pathlib.Path(directory)
        self.memory_limit = memory_limit
        self.failures = 0

    def check(self, holds, what):
        if not holds:
            self.failures += 1
            print(f"  FAILED: {what}", flush=True)

    def run(self, name, world, options, responder=(), from_list=False, peak_limit=PEAK_LIMIT_KIB):
        """Runs the program against a responder of its own; returns the output and the responder's counts."""
        output = self.directory / "output"
        with self.tools.responder(*responder) as server:
            command = [self.program, "--server", "127.0.0.1", "--port", server.port, *options]
            command += ["--file", "-"] if from_list else [world.block]
            cost = self.tools.measure(command, output, cpu=-1, timeout=RUN_LIMIT_SECONDS,
                                      standard_input=world.addresses if from_list else "/dev/null")[0]
        print(f"{name}: {cost.wall:.2f} s, peak {cost.peak_kib} KiB, {server.done}", flush=True)
        errors = pathlib.Path(f"{output}.err").read_text(errors="replace")
        self.check(cost.status == STATUS_SOME_FAIL, f"exit status {cost.status}; {errors[:500]}")
        self.check(errors == "", f"standard error holds {errors[:500]!r}")
        if self.memory_limit:
            self.check(cost.peak_kib < peak_limit, f"peak memory {cost.peak_kib} KiB")
        return output, server.done

    def expect_truth(self, records, world, ordered=True, temporary_allowed=0):
        faults = bench_tools.compare(records, world, ordered)
        self.check(faults.temporary <= temporary_allowed and faults.total() == faults.temporary, str(faults))
        if faults.temporary:
            print(f"  {faults.temporary} temporary errors where the truth is definite")

    def expect_line_numbers(self, output):
        """A record of a list names its line."""
        with open(output, encoding="ascii") as lines:
            wrong = [number for number, line in enumerate(lines, 1) if json.loads(line)["line"] != number]
        self.check(not wrong, f"{len(wrong)} records with a wrong line number, first at {wrong[:1]}")

    def expect_summary(self, output, world):
        """The last line of the text counts what the truth holds."""
        counts = {verdict: 0 for verdict in ("pass", "fail", "temperror")}
        for _, verdict, _, _ in world.truth():
            counts[verdict] += 1
        last = output.read_text(encoding="ascii").rstrip("\n")
        summary = next((line for line in last.rsplit("\n", 3) if f"{world.size}" in line.replace(",", "")), "")
        numbers = [int(word) for word in summary.replace(",", "").replace(":", "").split() if word.isdigit()]
        # N addresses: pass, warn, fail, temporary; passes with a warning count as warn.
        self.check(len(numbers) >= 5 and numbers[0] == world.size and numbers[1] + numbers[2] == counts["pass"]
                   and numbers[3] == counts["fail"] and numbers[4] == counts["temperror"],
                   f"the summary {summary!r} does not say {counts}")


def all_cases(scale, world, silent_world):
    output, _ = scale.run("a list, --json, in order", world, ["--json"], from_list=True)
    scale.expect_truth(bench_tools.read_json(output), world)
    scale.expect_line_numbers(output)

    output, _ = scale.run("a block, text, in order", world, [])
    scale.expect_truth(bench_tools.read_text(output), world)
    scale.expect_summary(output, world)

    output, _ = scale.run("a list, text, --unordered", world, ["--unordered"], from_list=True)
    scale.expect_truth(bench_tools.read_text(output), world, ordered=False)

    losing = ("--loss", 0.02, "--seed", 20)
    output, done = scale.run("2 % of the datagrams lost", world, ["--json", "--timeout", "0.5"], responder=losing,
                             peak_limit=PEAK_LIMIT_IN_ORDER_KIB)
    scale.check(done["lost"] > 1000, f"the responder lost only {done['lost']} datagrams")
    scale.expect_truth(bench_tools.read_json(output), world, temporary_allowed=TEMPORARY_LIMIT)

    silent = ("--silent", silent_world.silent)
    quick = ["--timeout", "0.5", "--tries", "2"]
    output, done = scale.run("3 % of the zones silent, in order", silent_world, quick, responder=silent,
                             peak_limit=PEAK_LIMIT_IN_ORDER_KIB)
    scale.check(done["silent"] > 0, "no zone was silent")
    scale.expect_truth(bench_tools.read_text(output), silent_world)
    output, _ = scale.run("3 % of the zones silent, --json --unordered", silent_world,
                          [*quick, "--json", "--unordered"], responder=silent)
    scale.expect_truth(bench_tools.read_json(output), silent_world, ordered=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("tools", help="the directory of bench_make_world, bench_responder and bench_measure")
    parser.add_argument("--no-memory-limit", action="store_true", help="for builds with sanitizers")
    arguments = parser.parse_args()
    tools = bench_tools.Tools(arguments.tools)
    with tempfile.TemporaryDirectory(prefix="fcrdns-scale-") as directory:
        world = tools.make_world(pathlib.Path(directory) / "world", *BLOCK)
        silent_world = tools.make_world(pathlib.Path(directory) / "silent", *BLOCK, silent=0.03)
        scale = Scale(arguments.program, tools, directory, not arguments.no_memory_limit)
        all_cases(scale, world, silent_world)
    print(f"{scale.failures} failures")
    return 1 if scale.failures else 0


if __name__ == "__main__":
    sys.exit(main())
