#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Writes SHA256SUMS for what stands in a directory. checksums.sh DIRECTORY
set -euo pipefail
cd "$1"
rm -f SHA256SUMS
sha256sum -- * >"${TMPDIR:-/tmp}/SHA256SUMS.$$"
mv "${TMPDIR:-/tmp}/SHA256SUMS.$$" SHA256SUMS
