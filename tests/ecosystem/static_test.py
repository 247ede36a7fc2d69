# SPDX-License-Identifier: MIT
"""The program that has its libraries in it runs where there is nothing else, and in little memory.

static_test.py PROGRAM
"""
import sys

import world

RUN_IN_AN_EMPTY_ROOT = """
root=$(mktemp -d)
mkdir "$root/etc"
cp /etc/resolv.conf "$root/etc"
cp "$(readlink -f "$(command -v fcrdns-check)")" "$root/fcrdns-check"
/usr/sbin/chroot "$root" /fcrdns-check 192.0.2.25
echo "status $?"
rm -r "$root"
"""

# With less than 5 MB of address space it may end before main(); with 8 it runs, and in between it says nothing wrong.
IN_LITTLE_MEMORY = """
exec 2>/dev/null
for kilobytes in 4000 4200 4400 4600 4800 8000; do
  (ulimit -v $kilobytes; exec fcrdns-check 192.0.2.25)
  last=$?
done
echo "status $last"
"""

WANTED = b"PASS  192.0.2.25 -> mail.example.com -> 192.0.2.25\n"


def main():
    world.enter()
    ended = world.shell(sys.argv[1], RUN_IN_AN_EMPTY_ROOT)
    if ended.stdout != WANTED + b"status 0\n":
        sys.exit(f"in an empty root: {ended}")
    ended = world.shell(sys.argv[1], IN_LITTLE_MEMORY)
    if not ended.stdout.endswith(WANTED + b"status 0\n") or ended.stdout.replace(WANTED, b"") != b"status 0\n":
        sys.exit(f"in little memory: {ended}")


if __name__ == "__main__":
    main()
