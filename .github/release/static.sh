#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Packs the static program with its manual, completions, licence and notices. static.sh PROGRAM OUTPUT_DIRECTORY
set -euo pipefail
program=$1 output=$2
sources=$(cd "$(dirname "$0")/../.." && pwd)

# What needs a dynamic linker is not for any Linux.
if readelf --program-headers "$program" | grep -q INTERP; then
    echo "$program: not a static program; build it with -DFCRDNS_STATIC=ON" >&2
    exit 1
fi
version=$("$program" --version | awk 'NR == 1 { print $2 }')
name=fcrdns-check-$version-linux-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/$name"
install -m 755 "$program" "$work/$name/fcrdns-check"
strip "$work/$name/fcrdns-check"
install -m 644 "$sources/LICENSE" "$sources/src/doc/NOTICES" "$sources/src/doc/fcrdns-check.1" "$work/$name"
mkdir "$work/$name/completions"
install -m 644 "$sources"/src/completions/* "$work/$name/completions"
# The same octets from the same files: no times and no owners of this machine.
tar --create --gzip --directory "$work" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
    --file "$output/$name.tar.gz" "$name"
echo "$name.tar.gz"
