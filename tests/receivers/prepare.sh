#!/bin/sh
# SPDX-License-Identifier: MIT
# Unpacks the mail servers into DIRECTORY, each in a directory of its own: as packages
# they conflict with each other. Quick when all is there. Downloads what is missing, with
# the system's own package manager, only as root with CI=true or when asked with --download.
set -eu

usage() {
    echo "usage: prepare.sh [--download] DIRECTORY" >&2
    exit 2
}

download=false
[ "${CI:-}" = true ] && download=true
[ "${1:-}" = --download ] && { download=true; shift; }
[ $# -eq 1 ] || usage
mkdir -p "$1"
cd "$1"

# Fetches one package by name, unpacks it below a directory, and prints what it depends on.
unpack() {
    apt-get -qq download "$1" 2>"$2/apt" || { apt-get -qq update && apt-get -qq download "$1"; } || { cat "$2/apt" >&2; exit 1; }
    dpkg -x "$1"_*.deb "$2"
    dpkg-deb -f "$1"_*.deb Depends
    rm "$1"_*.deb "$2/apt"
}

# server NAME PACKAGE...: the packages and the shared libraries they need and the system lacks.
server() {
    name=$1
    shift
    [ -e "$name/.complete" ] && return
    if [ "$download" = false ]; then
        echo "prepare.sh: $name is not unpacked in $PWD; run prepare.sh --download $PWD" >&2
        exit 1
    fi
    rm -rf "$name"
    mkdir "$name"
    needed=$(for package in "$@"; do unpack "$package" "$name"; done)
    for library in $(echo "$needed" | tr ',|' '\n\n' | sed 's/^ *//; s/[ (:].*//' | grep '^lib' | sort -u); do
        dpkg -s "$library" >/dev/null 2>&1 || unpack "$library" "$name" >/dev/null
    done
    touch "$name/.complete"
}

server postfix postfix
server exim4-daemon-light exim4-daemon-light exim4-base
server opensmtpd opensmtpd
server sendmail-bin sendmail-bin sendmail-cf m4
