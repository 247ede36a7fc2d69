#!/bin/sh
# SPDX-License-Identifier: MIT
# Unpacks the mail servers into DIRECTORY, each in a directory of its own: as packages
# they conflict with each other. Quick when all is there. Downloads what is missing, with
# the system's own package manager, only with CI=true or when asked with --download.
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

# Package lists that are older than the archive name files that are gone: then they are fetched anew.
fetch() {
    apt-get -qq download "$1" 2>apt.log || { apt-get -qq update && apt-get -qq download "$1"; } 2>apt.log || {
        echo "prepare.sh: $1 cannot be downloaded:" >&2
        cat apt.log >&2
        exit 1
    }
}

installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# The shared libraries that a package file depends on, of alternatives the first.
libraries_of() {
    dpkg-deb -f "$1" Pre-Depends Depends | tr ',' '\n' | sed 's/^\(Pre-\)*Depends: *//; s/^ *//; s/[ (:|].*//' | grep '^lib' || true
}

# server NAME PACKAGE...: the packages, and the shared libraries they need and the system lacks.
server() {
    name=$1
    shift
    [ -e "$name/.complete" ] && return
    if [ "$download" = false ]; then
        echo "prepare.sh: $name is not unpacked in $PWD; run $0 --download $PWD" >&2
        exit 1
    fi
    rm -rf "$name"
    mkdir "$name"
    unpacked=" "
    while [ $# -gt 0 ]; do
        package=$1
        shift
        case $unpacked in *" $package "*) continue ;; esac
        unpacked="$unpacked$package "
        fetch "$package"
        dpkg -x "$package"_*.deb "$name"
        for library in $(libraries_of "$package"_*.deb); do
            installed "$library" || set -- "$@" "$library"
        done
        rm "$package"_*.deb
    done
    # A program that changes its user or group is not told where its libraries are.
    chmod -R ug-s "$name"
    touch "$name/.complete"
}

server postfix postfix
server exim4-daemon-light exim4-daemon-light exim4-base
server opensmtpd opensmtpd
server sendmail-bin sendmail-bin sendmail-cf m4
rm -f apt.log
