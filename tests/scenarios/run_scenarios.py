#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the program in each scenario's folder and compares every byte that it prints.

A scenario is a folder GROUP/NAME with
  cmd     the command line as a user types it; NAME=VALUE words before it set the environment
  stdout, stderr, exit   what must come out; no stderr file means that nothing may stand there
  json    what the same command line prints with --json, where that is worth comparing
  stdin   what it reads, where it reads
  later/  zone files that are published after the first line on standard error (--wait)

The servers' port is written PORT; it and times are the only things that may differ:
  :12345                    ->  :PORT       the port of this run, wherever an address stands before it
  1.3 ms, "elapsed_ms":1.3  ->  N ms, "elapsed_ms":N
  "ttl":3599                ->  "ttl":3600  of the one resolver that keeps answers
  again in 5 s, for at most 29 s  ->  again in TIME, for at most TIME   (on standard error, of --wait)

Every scenario also runs with --json -v: each record must satisfy the strict form of the schema, and
status words and the exit status must be those of the text.

With --valgrind every one of these runs is under memcheck, and what it finds fails the scenario,
whatever the exit status. A program built with -DCMAKE_BUILD_TYPE=RelWithDebInfo gives the lines.
"""
import argparse
import difflib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import json_schema
import name_servers

HERE = pathlib.Path(__file__).resolve().parent
LONGEST_RUN = 60  # seconds
SKIPPED = 77
# Quiet: nothing is in its log where nothing was found.
VALGRIND = ("valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=definite", "--errors-for-leak-kinds=definite")
OUTPUTS = ("stdout", "stderr", "exit", "json")
STATUS = re.compile(r"^(PASS|WARN|FAIL|TEMP)  ", re.MULTILINE)


class Scenario:
    def __init__(self, folder, program, world, valgrind=False):
        self.folder = folder
        self.program = program
        self.world = world
        self.valgrind = valgrind
        self.findings = []  # valgrind's, a text for each run
        words = shlex.split((folder / "cmd").read_text().replace("PORT", str(world.port)))
        self.environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
        while "=" in words[0]:
            name, value = words.pop(0).split("=", 1)
            self.environment[name] = value
        if words.pop(0) != "fcrdns-check":
            raise ValueError(f"{folder}/cmd does not run fcrdns-check")
        self.arguments = words

    def has_format(self):
        return any(word in ("-j", "--json", "-q", "--quiet") or word.startswith("--format") for word in self.arguments)

    def run(self, *more):
        """What it prints: {"stdout": …, "stderr": …, "exit": …}, made equal between runs."""
        standard_input = self.folder / "stdin"
        with tempfile.TemporaryFile() as output, open(standard_input if standard_input.exists() else os.devnull) as given:
            process = subprocess.Popen([*self.command(), *more, *self.arguments], cwd=self.folder, env=self.environment,
                                       stdin=given, stdout=output, stderr=subprocess.PIPE)
            watchdog = threading.Timer(LONGEST_RUN, process.kill)
            watchdog.start()
            errors = b""
            for line in process.stderr:
                if not errors and (self.folder / "later").exists():
                    self.world.reload(self.folder / "later")
                errors += line
            status = process.wait()
            watchdog.cancel()
            if self.valgrind:
                self.findings.append(self.valgrind_log().read_text())
            output.seek(0)
            errors = re.sub(r"again in .*, for at most .*", "again in TIME, for at most TIME", self.normalized(errors))
            return {"stdout": self.normalized(output.read()), "stderr": errors, "exit": f"{status}\n"}

    def command(self):
        return [*VALGRIND, f"--log-file={self.valgrind_log()}", self.program] if self.valgrind else [self.program]

    def valgrind_log(self):
        return self.world.directory / "valgrind.log"

    def normalized(self, octets):
        text = octets.decode("ascii")
        text = text.replace(f":{self.world.port}", ":PORT")
        text = re.sub(r"\d+\.\d ms", "N ms", text)
        if any(name_servers.UNBOUND_INSIDE_ADDRESS in word for word in self.arguments):
            # Its validator keeps answers, so of two runs the later one may see less of a TTL: to whole minutes.
            text = re.sub(r'"ttl":(\d{3,})', lambda ttl: f'"ttl":{-(-int(ttl[1]) // 60) * 60}', text)
        return re.sub(r'"elapsed_ms":\d+(\.\d+)?', '"elapsed_ms":N', text)

    def expected(self, name):
        """What may come out: the file of that name, and others for other versions of the servers, stdout.unbound-1.22."""
        return [path.read_text() for path in (self.folder / name, *self.folder.glob(name + ".*")) if path.exists()] or [""]

    def outcome(self):
        """What it prints now, by the names of the files that hold what it must print."""
        produced = self.run()
        if (self.folder / "json").exists():
            produced["json"] = self.run("--json")["stdout"]
        return produced


def differences(scenario, produced):
    """Where what came out is not what must come out."""
    found = []
    for name, text in produced.items():
        expected = scenario.expected(name)
        if text not in expected:
            found += difflib.unified_diff(readable(expected[0]), readable(text), f"{name} expected", name)
    return found


def readable(text):
    """Its lines; JSON with a line for each member, for one long line says nothing in a comparison."""
    if not text.startswith("{"):
        return text.splitlines(True)
    return [line + "\n" for record in records_of(text) for line in json.dumps(record, indent=1).splitlines()]


def faults_of_json(scenario, produced, validators):
    """Where the records violate the schema or say something else than the text."""
    arguments = scenario.arguments
    if "--wait" in arguments or "-q" in arguments or "--quiet" in arguments:
        return []
    if scenario.has_format():
        records = produced["stdout"] if "--json" in arguments or "-j" in arguments else ""
        return faults_of_records(records, validators)
    verbose = scenario.run("--json", "-v")
    faults = faults_of_records(verbose["stdout"], validators) + faults_of_records(produced.get("json", ""), validators)
    if verbose["exit"] != produced["exit"]:
        faults.append(f"exit status {verbose['exit'].strip()} with --json\n")
    printed = STATUS.findall(re.sub(r"\x1b\[\d+m", "", produced["stdout"]))
    recorded = [record["status"] for record in records_of(verbose["stdout"]) if record["status"] != "INVALID"]
    if printed != recorded:
        faults.append(f"text says {printed}, JSON {recorded}\n")
    return faults


def records_of(text):
    return [json.loads(line.replace('"elapsed_ms":N', '"elapsed_ms":0')) for line in text.splitlines()]


def faults_of_records(text, validators):
    return [f"{validator}: {sentence}\n"
            for record in records_of(text) for validator, sentence in validators.faults(record)]


def update(scenario, produced):
    for name in OUTPUTS:
        path = scenario.folder / name
        if name in produced and (produced[name] or name == "stdout"):
            path.write_text(produced[name])
        elif name in produced:
            path.unlink(missing_ok=True)


def missing_tools(valgrind):
    """What this needs and does not find; said aloud, and a failure where CI promises everything."""
    tools = ["knotd", "knotc", "unbound", "nsd"] + (["valgrind"] if valgrind else [])
    missing = [tool for tool in tools if not shutil.which(tool)]
    return missing + json_schema.missing_packages()


def chosen(names):
    """The scenarios of the groups or folders named; all where none is."""
    folders = [HERE / name for name in names] or [path.parent.parent for path in HERE.glob("*/*/cmd")]
    found = [folder for name in folders for folder in ([name] if (name / "cmd").exists() else name.iterdir())]
    return sorted({folder for folder in found if (folder / "cmd").exists()})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the fcrdns-check to test")
    parser.add_argument("scenarios", nargs="*", help="groups or single scenarios; all where none is named")
    parser.add_argument("--update", action="store_true", help="write what comes out as what must come out, for review")
    parser.add_argument("--valgrind", action="store_true", help="run the program under memcheck")
    arguments = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if missing := missing_tools(arguments.valgrind):
        print("SKIPPED: not found: " + ", ".join(missing))
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    scenarios = chosen(arguments.scenarios)
    if not scenarios:
        print("no scenario of that name")
        return 1
    if not name_servers.has_ipv6():
        unreachable = [folder for folder in scenarios if "[::1]" in (folder / "cmd").read_text()]
        scenarios = [folder for folder in scenarios if folder not in unreachable]
        print("".join(f"SKIPPED {folder.relative_to(HERE)}: there is no ::1 here\n" for folder in unreachable), end="")
    validators = json_schema.Validators(json_schema.strict())
    failed = 0
    findings = []
    with tempfile.TemporaryDirectory(prefix="scenarios.") as directory, name_servers.Servers(directory) as world:
        for folder in scenarios:
            scenario = Scenario(folder, os.path.abspath(arguments.program), world, arguments.valgrind)
            produced = scenario.outcome()
            if arguments.update:
                update(scenario, produced)
            faults = differences(scenario, produced) + faults_of_json(scenario, produced, validators)
            faults += scenario.findings
            findings += scenario.findings
            if any(faults):
                failed += 1
                print(f"FAILED {folder.relative_to(HERE)}: {(folder / 'cmd').read_text()}{''.join(faults)}")
    if arguments.valgrind:
        print(f"{len(findings)} runs under valgrind, {sum(map(bool, findings))} with errors")
    print(f"{len(scenarios)} scenarios, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
