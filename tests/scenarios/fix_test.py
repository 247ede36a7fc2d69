#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Does what the program says, and nothing else: then the address must pass without a warning.

Of every scenario that prints records, the records are applied to the zone files: as the text prints
them and as JSON has them, the first option and the last one. Knot loads the zones again, and the
program, which asks Knot itself with the host's own name as --helo, must print a clean PASS. The
placeholder is replaced by a real name, as its reader would.
"""
import argparse
import json
import os
import re
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


def options_of_json(fix):
    """[[(action, owner, type, data)]], an option after the other."""
    numbers = sorted({entry["option"] for entry in fix})
    return [[(e["action"], e["owner"], e["type"], e["data"], e["replaces"]) for e in fix if e["option"] == number]
            for number in numbers]


def options_of_text(text):
    """The same, as somebody reads it who sees only the text."""
    lines = text.split("\n")
    options = [[]]
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
                options.append([])
            introduction = ""
        else:
            introduction = line if after_record else f"{introduction} {line.strip()}"
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


def own_name(option, report):
    """The name that the PTR record has at the end."""
    pointers = [data for action, _, kind, data, _ in option if kind == "PTR" and action != "remove"]
    forwards = [owner for action, owner, kind, _, _ in option if kind != "PTR"]
    kept = [name["name"] + "." for name in report["ptr"] if name["confirmed"] and not name["generic"]["match"]]
    name = (pointers or forwards or kept)[0]
    return OWN_NAME if name == PLACEHOLDER else name


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

    def faults_of(self, scenario):
        """What went wrong when the records of the scenario were followed."""
        records = [r for r in run_scenarios.records_of(scenario.run("--json")["stdout"]) if r["fix"]] \
            if not scenario.has_format() else []
        text = scenario.run()["stdout"] if len(records) == 1 else ""
        faults = []
        for record in records:
            faults += [f"{record['ip']}: {e['record']} is replaced by itself\n" for e in record["fix"]
                       if e["record"] in e["replaces"]]
            forms = [("JSON", options_of_json(record["fix"]))]
            if "\n  To fix it\n" in text:
                forms.append(("text", options_of_text(text)))
            for form, options in forms:
                for option in options if len(options) == 1 else (options[0], options[-1]):
                    faults += self.faults_of_option(record, form, option)
        return faults

    def faults_of_option(self, report, form, option):
        self.count += 1
        zones = zone_edit.Zones(self.world.directory / "zones")
        try:
            apply(option, zones, self.missing_ok)
            self.world.publish(zones.changed())
            helo = own_name(option, report)
            command = [self.program, f"@{DIRECTLY}:{self.world.port}", "--helo", helo, report["ip"]]
            ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
        except (KeyError, IndexError, zone_edit.Impossible, subprocess.CalledProcessError) as error:
            return [f"{report['ip']}, {form}: cannot be followed: {error!r}\n"]
        finally:
            self.world.publish(zones.originals())
        if re.match(r"PASS  ", ran.stdout) and "WARN" not in ran.stdout and ran.returncode == 0:
            return []
        return [f"{report['ip']}, {form}, with HELO {helo}:\n{ran.stdout}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", help="the fcrdns-check to test")
    parser.add_argument("scenarios", nargs="*", help="groups or single scenarios; all where none is named")
    arguments = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if missing := run_scenarios.missing_tools(False):
        print("SKIPPED: not found: " + ", ".join(missing))
        return 1 if os.environ.get("CI") == "true" else run_scenarios.SKIPPED
    failed = tried = 0
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
    print(f"{tried} scenarios with records, {trial.count} fixes followed, {failed} scenarios failed")
    return 1 if failed or not tried else 0


if __name__ == "__main__":
    sys.exit(main())
