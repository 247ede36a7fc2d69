# SPDX-License-Identifier: MIT
"""The manual page describes what the program prints, and can be rendered. docs_test.py PROGRAM SOURCE_DIRECTORY"""
import json
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import json_schema
import world

def listed(manual, heading, macro):
    """The items of a list under a heading of the manual."""
    section = re.split(r"^\.S[hs] ", manual[manual.index(heading) :], flags=re.MULTILINE)[1]
    return set(re.findall(rf"^\.It {macro} (\S+)$", section, re.MULTILINE)), section


def keys_of(value):
    """Every key of a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def output_problems(program, source, manual):
    """JSON fields, receivers and warnings."""
    everything = "-v --receivers --helo mail.example.com --direct"
    commands = (f"fcrdns-check -j {everything} 203.0.113.1 192.0.2.27 198.51.100.7; "
                "fcrdns-check -j --mx example.com")
    lines = world.shell(program, "exec 2>/dev/null; " + commands).stdout
    records = [json.loads(line) for line in lines.splitlines()]
    members = set().union(*records)
    items, section = listed(manual, ".Sh JSON FIELDS", "Cm")
    if items != members:
        yield f"JSON: the manual and the output differ in {sorted(items ^ members)}"
    described = set(re.findall(r"\b[a-z_]+\b", " ".join(re.findall(r"Cm ([^.\n]*)", section))))
    unknown = set().union(*map(keys_of, records)) - described
    if unknown:
        yield f"JSON: the manual does not speak of {sorted(unknown)}"
    receivers = {row["receiver"] for row in records[0]["receivers"]}
    described, section = listed(manual, ".Sh RECEIVERS", "Li")
    providers = re.search(r"^Mailbox providers(.*?)^\.El$", section, re.MULTILINE | re.DOTALL)[1]
    described.update(*(line.split() for line in re.findall(r"^\.Li (.*)$", providers, re.MULTILINE)))
    described.discard(",")
    if described != receivers:
        yield f"receivers: the manual and the output differ in {sorted(described ^ receivers)}"
    warnings = set(json_schema.WARNINGS)
    described = listed(manual, ".Ss Warnings", "Li")[0]
    if described != warnings:
        yield f"warnings: the manual and the JSON records differ in {sorted(described ^ warnings)}"


def rendering_problems(page):
    """What the two programs that render manuals complain of."""
    rendered = subprocess.run(
        ["man", "--warnings", "-E", "UTF-8", "-l", page], capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )
    if rendered.returncode != 0 or rendered.stderr or "forward-confirmed" not in rendered.stdout:
        yield f"man: {rendered.stderr}"
    lint = subprocess.run(["mandoc", "-Tlint", page], capture_output=True, text=True, check=False)
    for line in lint.stdout.splitlines():
        if "referenced manual not found" not in line:  # that is of this machine, not of the page
            yield line


def main():
    world.enter()
    program, source = sys.argv[1], pathlib.Path(sys.argv[2])
    page = source / "src/doc/fcrdns-check.1"
    manual = page.read_text()
    problems = [
        *output_problems(program, source, manual),
        *rendering_problems(page),
    ]
    print("\n".join(problems) or "the manual, the output and the JSON Schema agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
