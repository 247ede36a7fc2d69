#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Checks what the workflow named. The inputs come as variables, so that nothing in them is a command of this shell, and
# the targets go in as a list, so that nothing in them is an option.
set -euo pipefail
read -r -d '' -a options <<<"$OPTIONS" || true
records=$(mktemp)
trap 'rm -f "$records"' EXIT
reports=(--report json="$records")
[[ -z ${GITHUB_STEP_SUMMARY:-} ]] || reports+=(--report markdown="$GITHUB_STEP_SUMMARY")

# Those with the status word; grep's own status says only whether there are any.
count() { grep -c "^{.*,\"status\":\"$1\"," "$records" || true; }

status=0
if [[ $TARGETS == *[![:space:]]* ]]; then
    fcrdns-check --format github "${reports[@]}" "${options[@]}" -f - <<<"$TARGETS" || status=$?
else
    # An empty list would pass.
    echo "::error title=FCrDNS::no targets"
    status=2
fi
{
    echo "status=$status"
    echo "pass=$(count PASS)"
    echo "warn=$(count WARN)"
    echo "fail=$(count FAIL)"
    echo "temporary=$(count TEMP)"
    echo "invalid=$(count INVALID)"
} >>"$GITHUB_OUTPUT"
exit "$status"
