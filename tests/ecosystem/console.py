# SPDX-License-Identifier: MIT
"""Console transcripts: lines of `$ command`, each followed by what it prints.

The commands of one block run in one shell, so that `echo $?` may follow. A line of three
dots stands for any lines. Times are compared by their form only: they never repeat.
"""
import difflib
import re

import world

MARK = "\x01end\x01\n"
TIMES = (
    (re.compile(r"\btime=\"[0-9.]+\""), 'time="N"'),
    (re.compile(r"\btime=[0-9.]+s"), "time=Ns"),
    (re.compile(r"\"elapsed_ms\":[0-9.]+"), '"elapsed_ms":N'),
    (re.compile(r"[0-9.]+ ms\b"), "N ms"),
    (re.compile(r"for at most [^\n]*"), "for at most N"),
)


def parse(text):
    """[(command, expected output)] of one block."""
    steps = []
    for line in text.splitlines(keepends=True):
        if line.startswith("$ "):
            steps.append((line[2:].rstrip("\n"), ""))
        elif not steps:
            raise ValueError(f"output before the first command: {line!r}")
        elif line.startswith("> ") and not steps[-1][1]:
            steps[-1] = (steps[-1][0] + "\n" + line[2:].rstrip("\n"), "")
        else:
            steps[-1] = (steps[-1][0], steps[-1][1] + line)
    return steps


def run(program, steps, change=world.Change(None)):
    """What each command prints, in the order of the steps; `change` (a world.Change) sees each line as it comes."""
    script = "".join(f"{command}\n{{ s=$?; printf '\\001end\\001\\n'; (exit $s); }}\n" for command, _ in steps)
    printed = world.shell(program, script, change=change).stdout.decode("ascii").split(MARK)
    if len(printed) != len(steps) + 1:
        raise ValueError(f"the shell ended early; it printed: {''.join(printed)!r}")
    return printed[:-1]


def without_times(text):
    for pattern, replacement in TIMES:
        text = pattern.sub(replacement, text)
    return text


def matches(expected, printed):
    pattern = "".join(
        r"(?:.*\n)*" if line == "...\n" else re.escape(line) for line in expected.splitlines(keepends=True)
    )
    return re.fullmatch(pattern, printed) is not None


def compared(program, text, change=world.Change(None)):
    """[(command, expected, printed, whether they agree)]"""
    steps = parse(text)
    return [
        (command, expected, printed, matches(without_times(expected), without_times(printed)))
        for (command, expected), printed in zip(steps, run(program, steps, change))
    ]


def differences(program, text, change=world.Change(None)):
    """A readable text for every command that prints something else; empty when all agree."""
    found = []
    for command, expected, printed, agree in compared(program, text, change):
        if not agree:
            lines = (without_times(output).splitlines(True) for output in (expected, printed))
            found.append(f"$ {command}\n{''.join(difflib.unified_diff(*lines, 'expected', 'printed', n=2))}")
    return found


def rewritten(program, text, change=world.Change(None)):
    """The block with what its commands print now."""
    return "".join(
        f"$ {command}\n{expected if agree else printed}"
        for command, expected, printed, agree in compared(program, text, change)
    )
