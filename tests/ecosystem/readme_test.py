# SPDX-License-Identifier: MIT
"""Every command that README.md shows with its output prints that. readme_test.py PROGRAM README

Such commands stand in ```console fences. By hand, `--write` puts in what is printed now.
"""
import pathlib
import re
import sys

import console
import world

FENCE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


def main():
    world.enter()
    program, readme = sys.argv[1], pathlib.Path(sys.argv[2])
    text = readme.read_text()
    if "--write" in sys.argv:
        readme.write_text(FENCE.sub(lambda block: console.rewritten(program, block[0]), text))
        return 0
    blocks = FENCE.findall(text)
    wrong = [difference for block in blocks for difference in console.differences(program, block)]
    loose = [
        line for line in FENCE.sub("", text).splitlines() if line.lstrip().startswith("$ ")
    ]
    wrong += [f"a command outside a console fence: {line}" for line in loose]
    if not any(command.startswith("fcrdns-check ") for block in blocks for command, _ in console.parse(block)):
        wrong.append("no console fence shows fcrdns-check")
    print("\n".join(wrong) or f"{len(blocks)} fences agree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
