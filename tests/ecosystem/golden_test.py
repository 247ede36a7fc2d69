# SPDX-License-Identifier: MIT
"""Every transcript in a directory prints what it says. golden_test.py PROGRAM DIRECTORY [--write]"""
import pathlib
import sys

import console
import world


def main():
    world.enter()
    program, files = sys.argv[1], sorted(pathlib.Path(sys.argv[2]).glob("*.console"))
    if "--write" in sys.argv:
        for file in files:
            file.write_text(console.rewritten(program, file.read_text()))
        return 0
    wrong = [f"{file.name}: {text}" for file in files for text in console.differences(program, file.read_text())]
    print("\n".join(wrong) or f"{len(files)} transcripts agree")
    return 1 if wrong or not files else 0


if __name__ == "__main__":
    sys.exit(main())
