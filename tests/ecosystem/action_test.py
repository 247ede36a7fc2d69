# SPDX-License-Identifier: MIT
"""The GitHub Action's script as a runner calls it. action_test.py PROGRAM ACTION_DIRECTORY

Building the program on a runner is not tried here: install.sh needs the packages' servers.
"""
import pathlib
import re
import shlex
import sys

import world

# Inputs, and the exit status, which is also the output; then what must stand in the log.
RUNS = (
    ({"TARGETS": "192.0.2.25", "OPTIONS": ""}, 0, "PASS  192.0.2.25 ->"),
    ({"TARGETS": "\n192.0.2.25\n  203.0.113.1 \n", "OPTIONS": ""}, 1, "::error title=FCrDNS FAIL 203.0.113.1::"),
    ({"TARGETS": "192.0.2.27", "OPTIONS": "--strict\n--tries 1"}, 1, "::error title=FCrDNS WARN 192.0.2.27::"),
    ({"TARGETS": "198.51.100.20", "OPTIONS": "@192.0.2.53"}, 3, "::warning title=FCrDNS TEMP 198.51.100.20::"),
    ({"TARGETS": "$(touch pwned) `touch pwned` ;touch -f/etc/passwd", "OPTIONS": ""}, 2, "::error title=FCrDNS INVALID "),
    ({"TARGETS": "*", "OPTIONS": ""}, 2, "*: expected an IPv4 or IPv6 address"),
    ({"TARGETS": "", "OPTIONS": ""}, 2, "Usage:"),
)


def main():
    world.enter()
    program, action = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    problems = []
    for inputs, status, wanted in RUNS:
        variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in inputs.items())
        script = f"export GITHUB_OUTPUT=output {variables}; bash {action}/check.sh; echo exit=$?; cat output; ls pwned 2>&-"
        printed = world.shell(program, script).stdout.decode()
        if f"exit={status}\nstatus={status}\n" not in printed or wanted not in printed or "pwned\n" in printed[-6:]:
            problems.append(f"{inputs}: {printed}")
    definition = (action / "action.yml").read_text()
    used = set(re.findall(r"inputs\.(\w+)", definition))
    if used != set(re.findall(r"^  (\w+):\n    description", definition.split("outputs:")[0], re.MULTILINE)):
        problems.append("an input is declared and not used, or the other way round")
    for script in re.findall(r"\$GITHUB_ACTION_PATH/(\S+)\"", definition):
        if not (action / script).exists():
            problems.append(f"no {script}")
    print("\n".join(problems) or f"{len(RUNS)} runs as meant")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
