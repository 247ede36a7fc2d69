#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Checks what the workflow named. The inputs come as variables, so that nothing in them is a command of this shell.
set -euo pipefail
read -r -d '' -a targets <<<"$TARGETS" || true
read -r -d '' -a options <<<"$OPTIONS" || true

status=0
fcrdns-check --format github "${options[@]}" -- "${targets[@]}" || status=$?
echo "status=$status" >>"$GITHUB_OUTPUT"
exit "$status"
