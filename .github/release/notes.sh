#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Prints what the changelog says of a version; fails where it says nothing. notes.sh VERSION
set -euo pipefail
changelog=$(dirname "$0")/../../src/install/changelog.in
awk -v wanted="($1)" '
    /^[a-z]/ { inside = $2 == wanted; next }
    /^ --/ { inside = 0 }
    inside && NF { sub(/^  /, ""); print; said = 1 }
    END { exit !said }
' "$changelog" || { echo "$1: not in the changelog" >&2; exit 1; }
