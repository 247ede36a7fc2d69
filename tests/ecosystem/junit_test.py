# SPDX-License-Identifier: MIT
"""JUnit documents are valid, and their counts are those of their elements. junit_test.py PROGRAM"""
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

import world

SCHEMA = pathlib.Path(__file__).with_name("junit.xsd")
EVERYTHING = "-f senders.txt 192.0.2.27 mail.example.org nowhere.example.org 198.51.100.66 198.51.100.67 198.51.100.68"

# Arguments, and how many elements there must be: testcase, failure, error, system-out.
RUNS = (
    ("192.0.2.25", (1, 0, 0, 0)),
    ("-f /dev/null", (0, 0, 0, 0)),
    ("-f missing.txt", (1, 0, 1, 0)),
    ("203.0.113.0/28 198.51.100.20", (17, 16, 1, 0)),
    ("192.0.2.27", (1, 0, 0, 1)),
    ("--strict 192.0.2.27", (1, 1, 0, 0)),
    ("--unordered -v --receivers --helo mail.example.com 192.0.2.27 198.51.100.67", (2, 1, 0, 1)),
    ("--color always 203.0.113.1", (1, 1, 0, 0)),
    (r"""'<&">]]>' $'\x1b[31m\xff' x..y 192.0.2.25""", (4, 0, 3, 0)),
)


def document(program, arguments):
    return world.shell(program, f"fcrdns-check --format junit {arguments} 2>/dev/null").stdout


def check(program, arguments, wanted=None):
    """What is wrong with the document, as a list of sentences."""
    octets = document(program, arguments)
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(octets)
        file.flush()
        lint = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--schema", SCHEMA, file.name], capture_output=True, text=True, check=False
        )
    if lint.returncode != 0:
        return [f"{arguments}: {lint.stderr}"]
    suites = xml.etree.ElementTree.fromstring(octets)
    found = tuple(len(list(suites.iter(tag))) for tag in ("testcase", "failure", "error", "system-out"))
    problems = []
    if wanted is not None and found != wanted:
        problems.append(f"{arguments}: {found} elements, not {wanted}")
    for element in (suites, suites[0]):
        told = tuple(int(element.get(name)) for name in ("tests", "failures", "errors"))
        if told != found[:3]:
            problems.append(f"{arguments}: {element.tag} counts {told}, but there are {found[:3]}")
    return problems


def main():
    world.enter()
    program = sys.argv[1]
    problems = [text for arguments, wanted in RUNS for text in check(program, arguments, wanted)]
    for arguments in (EVERYTHING, "--strict " + EVERYTHING):
        problems += check(program, arguments)
    if b"\x1b" in document(program, "--color always 203.0.113.1"):
        problems.append("a colour code in the document")
    print("\n".join(problems) or f"{len(RUNS) + 2} documents are valid")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
