#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the program from the action's own version of the sources, on a runner with Debian's or Ubuntu's packages,
# unless the runner has one.
set -euo pipefail
! command -v fcrdns-check || exit 0

sources=$GITHUB_ACTION_PATH/../../..
target=$RUNNER_TEMP/fcrdns-check
sudo=$(command -v sudo || true)
$sudo apt-get update -q
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    g++ make cmake pkg-config libc-ares-dev libcli11-dev libfmt-dev libpsl-dev rapidjson-dev libidn2-dev
cmake -S "$sources" -B "$target/build" -DBUILD_TESTING=OFF
cmake --build "$target/build" -j"$(nproc)"
cmake --install "$target/build" --prefix "$target" --component program
echo "$target/bin" >>"$GITHUB_PATH"
