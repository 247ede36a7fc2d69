#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Does what the program says, and nothing else: then the address must pass without a warning.

Of every scenario that prints records, and of every case of fix_cases.txt, the records are applied to
the zone files: as the text prints them and as JSON has them, the first option and the last one. Knot
loads the zones again, and the program, which asks Knot itself with the host's own name as --helo, must
print a clean PASS; after the text, with the name that it says to say, else with the one that was said.
The placeholder is replaced by a real name, as its reader would.
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import name_servers
import run_scenarios
import zone_edit

PLACEHOLDER = "your.mail.host.name."
OWN_NAME = "mx.fixed.example.net."
DIRECTLY = name_servers.KNOT_ADDRESSES[0]
RECORD = re.compile(r"^ {7}(\S+)\s+IN (A|AAAA|PTR)\s+(\S+)$")
CONDITION = re.compile(r"^  If .*")
REMOVALS_SHOWN = 5
SAY = re.compile(r"let the server say\s+(\S+?)[.;]?\s")
CASES = pathlib.Path(__file__).resolve().parent / "fix_cases.txt"


def options_of_json(fix):
    """[[(action, owner, type, data)]], an option after the other."""
    numbers = sorted({entry["option"] for entry in fix})
    return [[(e["action"], e["owner"], e["type"], e["data"], e["replaces"]) for e in fix if e["option"] == number]
            for number in numbers]


class Option(list):
    """Its records; `say` is the name to say in EHLO where the text names one."""
    say = None


def options_of_text(text):
    """The same, as somebody reads it who sees only the text."""
    lines = text.split("\n")
    options = [Option()]
    introduction, after_record = "", False
    for line in lines[lines.index("  To fix it") + 1:]:
        if line and not line.startswith(" "):
            break  # the next result
        record = RECORD.match(line)
        if record:
            action = "replace" if " replace " in introduction else "remove" if " remove:" in introduction else "add"
            options[-1].append((action, *record.groups(), None))
        elif CONDITION.match(line):
            if options[-1]:
                options.append(Option())
            introduction = ""
        else:
            introduction = line if after_record else f"{introduction} {line.strip()}"
            if say := SAY.search(introduction + " "):
                options[-1].say = say[1]
        after_record = bool(record)
    return options


def apply(option, zones, missing_ok):
    """Does the steps; says the name that the server is to say."""
    replaced = set()
    for action, owner, kind, data, replaces in option:
        for record in replaces or []:
            going, _, its_kind, its_data = record.split()
            zones.remove(going, its_kind, its_data)
        owner, data = (OWN_NAME if name == PLACEHOLDER else name for name in (owner, data))
        if action == "remove":
            zones.remove(owner, kind, data, missing_ok)
            continue
        if action == "replace" and replaces is None and owner not in replaced:  # the text does not list what goes
            replaced.add(owner)
            zones.remove(owner, "PTR" if kind == "PTR" else "CNAME")
        zones.add(owner, kind, data)


def name_to_say(option, report, said):
    """What the text says to say in EHLO, else what was said; after JSON the name that the PTR record has at the end."""
    if isinstance(option, Option) and (option.say or said):
        return OWN_NAME if option.say == PLACEHOLDER.rstrip(".") else option.say or said
    pointers = [data for action, _, kind, data, _ in option if kind == "PTR" and action != "remove"]
    forwards = [owner for action, owner, kind, _, _ in option if kind != "PTR"]
    kept = [name["name"] + "." for name in report["ptr"] if name["confirmed"] and not name["generic"]["match"]]
    name = (pointers or forwards or kept)[0]
    return OWN_NAME if name == PLACEHOLDER else name


class Case:
    """A command line of fix_cases.txt, as a scenario is: what it prints is not compared, but followed."""

    def __init__(self, line, program, world):
        self.options, *words = shlex.split(line, comments=True)
        words = [word.replace("PORT", str(world.port)) for word in words]
        server = [] if any(word.startswith("@") for word in words) else [f"@{name_servers.UNBOUND_ADDRESS}:{world.port}"]
        self.arguments = [*server, *words]
        self.program = program

    def run(self, *more):
        ran = subprocess.run([self.program, *more, *self.arguments], capture_output=True, text=True, timeout=60)
        return {"stdout": ran.stdout}

    def has_format(self):
        return False


def said_name(scenario):
    words = scenario.arguments
    return words[words.index("--helo") + 1] if "--helo" in words else None


def cases(program, world):
    lines = CASES.read_text().splitlines()
    return [Case(line, program, world) for line in lines if line and not line.startswith("#")]


def at_once(scenario):
    """The same scenario without waiting: what is advised before anything is published."""
    words = scenario.arguments
    if "--wait" in words:
        at = words.index("--wait")
        scenario.arguments = words[:at] + words[at + 2:]
    return scenario


class Trial:
    def __init__(self, program, world):
        self.program = program
        self.world = world
        self.count = 0
        self.missing_ok = False  # of the records to remove
        self.server = DIRECTLY
        self.edited = {}  # the original texts of the zones that are not as they were

    def faults_of(self, scenario):
        """What went wrong when the records of the scenario were followed."""
        self.restore()
        records = [] if scenario.has_format() else self.records_of(scenario)
        text = scenario.run()["stdout"] if len(records) == 1 else ""
        faults = []
        for record in records:
            faults += [f"{record['ip']}: {e['record']} is replaced by itself\n" for e in record["fix"]
                       if e["record"] in e["replaces"]]
            forms = {"JSON": options_of_json(record["fix"])}
            if "\n  To fix it\n" in text:
                forms["text"] = options_of_text(text)
                faults += differences(record["ip"], **forms)
            for form, options in forms.items():
                for option in options if len(options) == 1 else (options[0], options[-1]):
                    faults += self.faults_of_option(record, form, option, said_name(scenario))
        return faults

    @staticmethod
    def records_of(scenario):
        return [record for record in run_scenarios.records_of(scenario.run("--json")["stdout"]) if record["fix"]]

    def faults_of_case(self, case):
        """The same of a case, which must besides print as many options as it says."""
        self.restore()
        fixes = [record["fix"] for record in self.records_of(case)]
        if case.options == "say":
            said = SAY.search(case.run()["stdout"])
            faults = [] if said else ["it does not say what the server is to say\n"]
            return faults or self.faults_of_run(case.arguments[-1], "text", said[1])
        printed = [fix[-1]["option"] for fix in fixes] or [0]
        if printed != [int(case.options)]:
            return [f"{printed} options\n"]
        return self.faults_of(case)

    def faults_of_option(self, report, form, option, said):
        self.count += 1
        self.restore()
        zones = zone_edit.Zones(self.world.directory / "zones")
        try:
            apply(option, zones, self.missing_ok)
            self.edited = zones.originals()
            self.world.publish(zones.changed())
            return self.faults_of_run(report["ip"], form, name_to_say(option, report, said))
        except (KeyError, IndexError, zone_edit.Impossible, subprocess.CalledProcessError) as error:
            return [f"{report['ip']}, {form}: cannot be followed: {error!r}\n"]

    def restore(self):
        self.world.publish(self.edited)
        self.edited = {}

    def faults_of_run(self, address, form, helo):
        command = [self.program, f"@{self.server}:{self.world.port}", "--helo", helo, address]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
        if re.match(r"PASS  ", ran.stdout) and "WARN" not in ran.stdout and ran.returncode == 0:
            return []
        return [f"{address}, {form}, with HELO {helo}:\n{ran.stdout}"]


def differences(address, JSON, text):
    """Where the text and JSON do not have the same records; of very many that go, the text has what stays."""
    def records(options):
        return [[entry[1:4] for entry in option] for option in options]

    if records(JSON) == records(text) or "remove" in [entry[0] for entry in JSON[0]] and len(JSON[0]) > REMOVALS_SHOWN:
        return []
    return [f"{address}: JSON has {records(JSON)},\ntext {records(text)}\n"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the fcrdns-check to test")
    parser.add_argument("scenarios", nargs="*", help="groups or single scenarios; all where none is named")
    arguments = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if missing := run_scenarios.missing_tools(False):
        print("SKIPPED: not found: " + ", ".join(missing))
        return 1 if os.environ.get("CI") == "true" else run_scenarios.SKIPPED
    failed = tried = followed = 0
    program = os.path.abspath(arguments.program)
    with tempfile.TemporaryDirectory(prefix="fixes.") as directory, name_servers.Servers(directory) as world:
        trial = Trial(program, world)
        for folder in run_scenarios.chosen(arguments.scenarios):
            command = (folder / "cmd").read_text()
            if "[::1]" in command and not name_servers.has_ipv6():
                continue
            before = trial.count
            # With --direct some records stand only in the old zone files of the other server.
            trial.missing_ok = "--direct" in command
            faults = trial.faults_of(at_once(run_scenarios.Scenario(folder, program, world)))
            tried += trial.count != before
            if faults:
                failed += 1
                print(f"FAILED {folder.relative_to(run_scenarios.HERE)}: {command}{''.join(faults)}")
        trial.missing_ok = False
        trial.server = name_servers.UNBOUND_ADDRESS  # Knot follows no alias into a zone below
        for case in [] if arguments.scenarios else cases(program, world):
            followed += 1
            if faults := trial.faults_of_case(case):
                failed += 1
                print(f"FAILED fcrdns-check {shlex.join(case.arguments)}: {''.join(faults)}")
    print(f"{tried} scenarios with records, {followed} cases, {trial.count} fixes followed, {failed} of these failed")
    return 1 if failed or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
