#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Makes the Debian packages of a build, named after the release that they are for. deb.sh BUILD_DIRECTORY OUTPUT_DIRECTORY
set -euo pipefail
build=$1 output=$2
. /etc/os-release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work" >&2
for package in "$work"/*.deb; do
    name=$(basename "$package" .deb)
    install -m 644 "$package" "$output/${name%_*}_${ID}${VERSION_ID}_${name##*_}.deb"
    echo "${name%_*}_${ID}${VERSION_ID}_${name##*_}.deb"
done
