# SPDX-License-Identifier: MIT
"""What an Actions runner makes of the output: the annotations meant, and no command else.

The runner takes a line that begins with `::name properties::data` behind blanks, and
`##[name properties]data` anywhere in a line. github_test.py PROGRAM
"""
import re
import sys

import world

HOSTILE = "198.51.100.66 198.51.100.67 198.51.100.68"
HOSTILE_INPUT = r"""'::error::x' ' ::set-output name=x::y' '##[error]x' 'x##[add-mask]y' '##vso[task]x' $'x\n::error::y'"""
HOSTILE_LIST = r"""printf '1\n::error::x\nx##[error]y\n %%0A::stop-commands::x\n' | fcrdns-check -"""
NEW = re.compile(r"\s*::([A-Za-z-]+)(?: (.*?))?::(.*)")
OLD = re.compile(r"##\[[^]]*\]")


def unescaped(text, codes):
    for code, character in codes:
        text = text.replace(code, character)
    return text.replace("%25", "%")


def commands(output):
    """[(name, properties, data)] as the runner reads them."""
    found = []
    for line in output.splitlines():
        if match := NEW.match(line):
            pairs = [pair.split("=", 1) for pair in (match[2] or "").split(",") if "=" in pair]
            line_ends = (("%0D", "\r"), ("%0A", "\n"))
            values = {key: unescaped(value, (*line_ends, ("%3A", ":"), ("%2C", ","))) for key, value in pairs}
            found.append((match[1], values, unescaped(match[3], line_ends)))
        elif OLD.search(line):
            found.append(("old", {}, line))
    return found


def output(program, command):
    return world.shell(program, command).stdout.decode("ascii")


def problems_with_hostile(program):
    for form in ("text", "text -v", "json", "json -v", "junit", "nagios", "github"):
        for targets in (HOSTILE, HOSTILE_INPUT, "- < list", "--file '##[error]x'"):
            command = f"fcrdns-check --format {form} {targets}"
            if targets == "- < list":
                command = HOSTILE_LIST.replace("fcrdns-check", f"fcrdns-check --format {form}")
            names = {name for name, _, _ in commands(output(program, command))}
            if names - ({"error"} if form == "github" else set()):
                yield f"{command}: the runner would obey {names}"


def problems_with_annotations(program):
    text = output(program, f"fcrdns-check --format github 2001:db8::26 192.0.2.27 192.0.2.25 {HOSTILE} '50%,a:b' 2>&1")
    wanted = (
        ("error", "FCrDNS FAIL 2001:db8::26", "2001:db8::26: no PTR record"),
        ("error", "FCrDNS FAIL 198.51.100.66", r"198.51.100.66: \058\058error\032title\061x\058\058pwned.example is not a host name"),
        ("error", "FCrDNS FAIL 198.51.100.67", r"198.51.100.67: \035\035\091error\093\124\060b\062\038\034\037.example is not a host name"),
        ("error", "FCrDNS FAIL 198.51.100.68", r"198.51.100.68: a\010\058\058warning\058\058b.example is not a host name"),
        ("error", "FCrDNS INVALID 50%,a:b", "50%,a:b: not an IPv4 or IPv6 address"),
        ("warning", "FCrDNS WARN 192.0.2.27", "192.0.2.27: out.example.org (another PTR does not lead back)"),
    )
    read = [(name, values["title"], data.split("\n")[0]) for name, values, data in commands(text)]
    return [f"annotations: {read}"] if tuple(read) != wanted else []


def main():
    world.enter()
    problems = [*problems_with_hostile(sys.argv[1]), *problems_with_annotations(sys.argv[1])]
    print("\n".join(problems) or "only the annotations meant")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
