# SPDX-License-Identifier: MIT
"""Manual page, --help, parser and completions know the same. docs_test.py PROGRAM SOURCE_DIRECTORY"""
import json
import pathlib
import re
import subprocess
import sys

import world

OPTION = r"--?[A-Za-z0-9][A-Za-z0-9-]*"


def in_help(program):
    """{spellings of one option: True where it takes a value}"""
    text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in re.findall(rf"^ +({OPTION}(?:, {OPTION})*(?: [A-Z]+)?)(?:  .*)?$", text, re.MULTILINE):
        value = re.fullmatch(rf"(.*) [A-Z]+", line)
        names = frozenset((value[1] if value else line).split(", "))
        if names == {"-4", "-6"}:  # two options in one line
            found.update({frozenset({name}): False for name in names})
        else:
            found[names] = value is not None
    return found


def in_parser(source):
    """The same of the tables from which the parser is made."""
    text = (source / "src/cli/parse/parse.cpp").read_text()
    valued = re.findall(r'^    \{"(-[^"]+)", (?:true|false),', text, re.MULTILINE)
    flags = re.findall(r'^    \{"(-[^"]+)", \[\]\(Options& o\)', text, re.MULTILINE)
    return {frozenset(names.split(",")): names in valued for names in valued + flags}


def in_manual(manual):
    found = {}
    for item in re.findall(r"^\.It (Fl .*)$", manual, re.MULTILINE):
        words = [re.sub(r"^Fl ", "-", word.replace("Fl Fl ", "--")) for word in item.split(" , ")]
        found[frozenset(word.split(" Ar ")[0] for word in words)] = " Ar " in item
    return found


def in_bash(completions):
    text = (completions / "fcrdns-check.bash").read_text()
    words = re.search(r"options='([^']*)'", text)[1].split()
    valued = set(re.findall(OPTION, " ".join(re.findall(r"^        (-[^)'\n]*)\)", text, re.MULTILINE))))
    return {word: word in valued for word in words}


def in_zsh(completions):
    found = {}
    text = (completions / "_fcrdns-check").read_text()
    for line in text[text.index("_arguments") :].splitlines()[1:]:
        spec = re.sub(r"^'\([^)]*\)'?", "", line.strip()).replace("'*'", "").strip("'\"")
        names = re.match(rf"\{{([^}}]*)\}}|({OPTION})([=+]?)", spec)
        if names is None:
            continue
        for name in (names[1] or names[2] + names[3]).split(","):
            found[name.rstrip("=+")] = name[-1] in "=+"
    return found


def in_fish(completions):
    found = {}
    for line in (completions / "fcrdns-check.fish").read_text().splitlines():
        names = re.findall(r" -s (\S)", line) + re.findall(r" -l (\S+)", line)
        for name in names:
            found[("-" if len(name) == 1 else "--") + name] = "--exclusive" in line or "--require-parameter" in line
    return found


def spelled(options):
    """{each spelling: True where it takes a value}"""
    return {name: value for names, value in options.items() for name in names}


def option_problems(program, source, manual):
    parser = in_parser(source)
    completions = source / "src/completions"
    if len(parser) < 20:
        yield f"only {len(parser)} options found in the parser's tables"
    for where, found in (("--help", in_help(program)), ("the manual", in_manual(manual))):
        for names, value in set(found.items()) ^ set(parser.items()):
            yield f"{where} and the parser differ in {', '.join(sorted(names))}, with a value: {value}"
    for where, found in (("bash", in_bash(completions)), ("zsh", in_zsh(completions)), ("fish", in_fish(completions))):
        for name in sorted(set(found.items()) ^ set(spelled(parser).items())):
            yield f"the completion for {where} and the parser differ in {name}"
    for name, value in spelled(parser).items():
        said = subprocess.run([program, name], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        if ("needs a value" in said.stderr) != value or "unknown option" in said.stderr:
            yield f"the program and its tables differ in {name}: {said.stderr}"


def listed(manual, heading, macro):
    """The items of a list under a heading of the manual."""
    section = re.split(r"^\.S[hs] ", manual[manual.index(heading) :], flags=re.MULTILINE)[1]
    return set(re.findall(rf"^\.It {macro} (\S+)$", section, re.MULTILINE)), section


def value_problems(program, source, manual):
    """The words of --format and --color, wherever they stand; those of the program are in what it refuses `?` with."""
    files = {path.name: path.read_text() for path in (source / "src/completions").iterdir()}
    help_text = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    for option in ("--format", "--color"):
        said = subprocess.run([program, option, "?"], capture_output=True, text=True, check=False).stderr
        words = set(re.findall(r"[a-z]+", said.split(": expected ")[1])) - {"or"}
        missing = [word for word in words if not re.search(rf"{option} .*\b{word}\b", help_text)]
        for name, text in files.items():
            places = re.findall(r"'?((?:[a-z]+ ){2,}[a-z]+)'?", "\n".join(l for l in text.splitlines() if option.strip("-") in l))
            if not any(set(place.split()) == words for place in places):
                missing.append(name)
        if missing:
            yield f"{option}: {sorted(words)} is not what stands in {missing}"
        described = listed(manual, ".Sh OUTPUT", "Cm")[0]
        if option == "--format" and described != words:
            yield f"the manual describes {sorted(described)}, not {sorted(words)}"


def keys_of(value):
    """Every key of a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def output_problems(program, source, manual):
    """JSON fields, receivers and warnings."""
    everything = "-v --receivers --helo mail.example.com --direct"
    lines = world.shell(program, f"fcrdns-check -j {everything} 203.0.113.1 192.0.2.27 198.51.100.7 2>/dev/null").stdout
    records = [json.loads(line) for line in lines.splitlines()]
    items, section = listed(manual, ".Sh JSON FIELDS", "Cm")
    if items != set(records[0]):
        yield f"JSON: the manual and the output differ in {sorted(items ^ set(records[0]))}"
    described = set(re.findall(r"\b[a-z_]+\b", " ".join(re.findall(r"Cm ([^.\n]*)", section))))
    unknown = set().union(*map(keys_of, records)) - described
    if unknown:
        yield f"JSON: the manual does not speak of {sorted(unknown)}"
    receivers = {row["receiver"] for row in records[0]["receivers"]}
    described = listed(manual, ".Sh RECEIVERS", "Li")[0]
    if described != receivers:
        yield f"receivers: the manual and the output differ in {sorted(described ^ receivers)}"
    header = (source / "include/fcrdns/verdict.hpp").read_text()
    codes = re.search(r"enum class FindingCode.*?\{(.*?)\}", header, re.DOTALL)[1]
    warnings = set(re.findall(r"\w+", codes.split("multiple_ptr")[0]))
    described = listed(manual, ".Ss Warnings", "Li")[0]
    if described != warnings:
        yield f"warnings: the manual and the program differ in {sorted(described ^ warnings)}"


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
        *option_problems(program, source, manual),
        *value_problems(program, source, manual),
        *output_problems(program, source, manual),
        *rendering_problems(page),
    ]
    print("\n".join(problems) or "manual, help, parser and completions agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
