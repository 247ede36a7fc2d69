#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lists the rows of ../faults.txt that have no test, and the tests named after no row; fails where there are any."""
import pathlib
import re
import sys


def read_rows(path):
    """(row, kind) of each line; the groups of DNS answers come before the words that explain them."""
    for line in path.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("D "):
            yield next(group for group in DNS_GROUPS if line[2:].startswith(group + " ")), "D"
        else:
            yield line.split()[0], line[0]


DNS_GROUPS = ["rcodes", "EDNS", "loss", "lies", "identity", "case", "noise", "cut", "names", "lengths", "chains", "strangers",
              "numbers", "bytes in names", "odd names", "mixed", "TCP", "forward", "nobody", "pressure"]


def main():
    tests = pathlib.Path(sys.argv[1])
    python = "".join(path.read_text() for path in sorted(tests.glob("cli/*_test.py")))
    named = set(re.findall(r"def test_([ASREP]\d+)_", python))
    catch2 = "".join(path.read_text() for path in sorted(tests.glob("resolver/*.cpp")))
    cases = set(re.findall(r'TEST_CASE\(\s*"([^":]+)[":]', catch2))

    rows = list(read_rows(tests / "faults.txt"))
    without = [(row, kind) for row, kind in rows if row not in (cases if kind == "D" else named)]
    for row, kind in without:
        print(f"no test: {row}" + (" (DNS answers)" if kind == "D" else ""))
    known = {row for row, _ in rows}
    unknown = sorted(named - known)
    for row in unknown:
        print(f"a test is named after {row}, which is no row")
    print(f"{len(rows) - len(without)} of {len(rows)} rows have a test")
    sys.exit(1 if without or unknown or len(rows) < 70 else 0)


if __name__ == "__main__":
    main()
