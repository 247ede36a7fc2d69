#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Puts the program on the runner's path, unless it is there: the released file of the action's own version where there is
# one and its checksum is right, else a build from the action's sources with Debian's or Ubuntu's packages.
set -euo pipefail
! command -v fcrdns-check || exit 0

sources=$GITHUB_ACTION_PATH/../../..
target=$RUNNER_TEMP/fcrdns-check
version=$(sed -n 's/^project(fcrdns VERSION \([0-9.]*\) .*/\1/p' "$sources/CMakeLists.txt")
release=${FCRDNS_RELEASE:-${GITHUB_SERVER_URL:-}/${GITHUB_ACTION_REPOSITORY:-}/releases/download/v$version}
archive=fcrdns-check-$version-linux-$(uname -m).tar.gz

fetch() { curl --fail --silent --show-error --location --output "$target/$1" "$release/$1"; }

take_released_file() {
    fetch SHA256SUMS && fetch "$archive" || return 1
    (cd "$target" && grep " $archive\$" SHA256SUMS | sha256sum --check --strict --quiet) || return 1
    mkdir -p "$target/bin" && tar --extract --gzip --file "$target/$archive" --directory "$target/bin" --strip-components 1
}

build_from_sources() {
    local sudo
    sudo=$(command -v sudo || true)
    $sudo apt-get update -q
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        g++ make cmake pkg-config libc-ares-dev libcli11-dev libfmt-dev libpsl-dev rapidjson-dev libidn2-dev
    cmake -S "$sources" -B "$target/build" -DBUILD_TESTING=OFF
    cmake --build "$target/build" -j"$(nproc)"
    cmake --install "$target/build" --prefix "$target" --component program
}

mkdir -p "$target"
if take_released_file; then
    echo "took $archive from $release"
else
    echo "no usable released file for $version; building it"
    build_from_sources
fi
echo "$target/bin" >>"$GITHUB_PATH"
