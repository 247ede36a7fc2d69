# SPDX-License-Identifier: MIT
"""The program that has its libraries in it runs where there is nothing else. static_test.py PROGRAM"""
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

WANTED = b"PASS  192.0.2.25 -> mail.example.com -> 192.0.2.25\nstatus 0\n"


def main():
    world.enter()
    ended = world.shell(sys.argv[1], RUN_IN_AN_EMPTY_ROOT)
    if ended.stdout != WANTED:
        sys.exit(f"in an empty root: {ended}")


if __name__ == "__main__":
    main()
