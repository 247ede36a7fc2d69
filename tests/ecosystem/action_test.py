# SPDX-License-Identifier: MIT
"""The GitHub Action's script as a runner calls it. action_test.py PROGRAM ACTION_DIRECTORY

Building the program on a runner is not tried here: install.sh needs the packages' servers.
"""
import pathlib
import re
import shlex
import sys

import world

# Inputs, the exit status, which is also an output, and the others; then what must stand in the log.
RUNS = (
    ({"TARGETS": "192.0.2.25", "OPTIONS": ""}, 0, "1 0 0 0 0", "PASS  192.0.2.25       mail.example.com"),
    ({"TARGETS": "\n192.0.2.25 # ours\n  203.0.113.1 \n# 192.0.2.27\n", "OPTIONS": ""}, 1, "1 0 1 0 0",
     "::error title=FCrDNS FAIL 203.0.113.1::"),
    ({"TARGETS": "192.0.2.27", "OPTIONS": "--strict\n--tries 1"}, 1, "0 1 0 0 0", "::error title=FCrDNS WARN 192.0.2.27::"),
    ({"TARGETS": "198.51.100.20", "OPTIONS": "@192.0.2.53"}, 3, "0 0 0 1 0", "::warning title=FCrDNS TEMP 198.51.100.20::"),
    ({"TARGETS": "$(touch pwned)\n`touch pwned`\n;touch\n-f/etc/passwd\n--help", "OPTIONS": ""}, 2, "0 0 0 0 5",
     "::error title=FCrDNS INVALID "),
    ({"TARGETS": "it's \"one\"\n192.0.2.25", "OPTIONS": ""}, 2, "1 0 0 0 1", "PASS  192.0.2.25 "),
    ({"TARGETS": "*", "OPTIONS": ""}, 2, "0 0 0 0 1", "*: expected an IPv4 or IPv6 address"),
    ({"TARGETS": "203.0.113.0/28", "OPTIONS": ""}, 1, "0 0 16 0 0", "no PTR record"),
    ({"TARGETS": " \n", "OPTIONS": ""}, 2, "0 0 0 0 0", "::error title=FCrDNS::no targets"),
    ({"TARGETS": "192.0.2.25", "OPTIONS": "--tries 99"}, 2, "0 0 0 0 0", "--tries 99: expected"),
)
COUNTS = ("pass", "warn", "fail", "temporary", "invalid")


def run_problems(program, action):
    for inputs, status, counts, wanted in RUNS:
        variables = " ".join(f"{name}={shlex.quote(value)}" for name, value in inputs.items())
        script = (f"export GITHUB_OUTPUT=output GITHUB_STEP_SUMMARY=summary {variables}; bash {action}/check.sh; "
                  "echo exit=$?; cat output; echo; cat summary; ls pwned 2>&-")
        printed = world.shell(program, script).stdout.decode()
        outputs = "".join(f"{name}={count}\n" for name, count in zip(COUNTS, counts.split()))
        if f"exit={status}\nstatus={status}\n{outputs}\n" not in printed or wanted not in printed or "pwned\n" in printed[-6:]:
            yield f"{inputs}: {printed}"
        summary = printed.split(outputs)[-1]
        if ("# Reverse DNS\n" in summary) != ("--tries 99" not in inputs["OPTIONS"] and inputs["TARGETS"].strip() != ""):
            yield f"{inputs}: the summary {summary!r}"


def definition_problems(action):
    definition = (action / "action.yml").read_text()
    inputs, outputs = definition.split("outputs:", 1)[0], definition.split("\noutputs:")[1].split("\nruns:")[0]
    declared = re.compile(r"^  (\w+):\n    description", re.MULTILINE)
    if set(re.findall(r"inputs\.(\w+)", definition)) != set(declared.findall(inputs)):
        yield "an input is declared and not used, or the other way round"
    if declared.findall(outputs) != ["status", *COUNTS] or re.findall(r"outputs\.(\w+)", outputs) != ["status", *COUNTS]:
        yield "the outputs are not those that check.sh writes"
    for script in re.findall(r"\$GITHUB_ACTION_PATH/(\S+)\"", definition):
        if not (action / script).exists():
            yield f"no {script}"


def main():
    world.enter()
    program, action = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    plain = "export GITHUB_OUTPUT=output TARGETS=192.0.2.25 OPTIONS=; unset GITHUB_STEP_SUMMARY; bash {}/check.sh; echo exit=$?"
    problems = [*run_problems(program, action), *definition_problems(action)]
    if not world.shell(program, plain.format(action)).stdout.decode().endswith("exit=0\n"):
        problems.append("it does not work without a summary")
    print("\n".join(problems) or f"{len(RUNS)} runs as meant")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
