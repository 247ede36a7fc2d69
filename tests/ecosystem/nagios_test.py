# SPDX-License-Identifier: MIT
"""Monitoring cores understand the plugin: Nagios itself, and the Monitoring Plugins' negate.

Nagios runs the checks once, as services of a configuration made here, and its status
file tells what it understood. nagios_test.py PROGRAM
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import world

NEGATE = "/usr/lib/nagios/plugins/negate"
# label=value[UOM];[warn];[crit];[min];[max], separated by blanks (Monitoring Plugins guidelines, perfdata)
LABEL = r"(?:pass|warn|fail|temp)=[0-9]+;;;0"
LINE = re.compile(rf"FCRDNS (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+ \| ({LABEL} ){{4}}time=[0-9]+\.[0-9]{{3}}s\n")
WORDS = ("OK", "WARNING", "CRITICAL", "UNKNOWN")

# Arguments, and the status they call for.
CHECKS = (
    ("192.0.2.25", 0),
    ("192.0.2.27", 1),
    ("198.51.100.20", 1),
    ("203.0.113.1", 2),
    ("--strict 192.0.2.27", 2),
    ("198.51.100.67", 2),
    ("203.0.113.1 198.51.100.20 192.0.2.27", 2),
    ("192.0.2.999", 3),
    ("--tries 99 192.0.2.25", 3),
)

CONFIGURATION = """
log_file={0}/nagios.log
status_file={0}/status.dat
lock_file={0}/nagios.pid
temp_file={0}/nagios.tmp
temp_path={0}
object_cache_file={0}/objects.cache
check_result_path={0}/results
query_socket={0}/nagios.qh
cfg_file={0}/objects.cfg
enable_notifications=0
check_external_commands=0
use_syslog=0
execute_host_checks=0
max_service_check_spread=1
service_inter_check_delay_method=n
check_result_reaper_frequency=1
status_update_interval=1
nagios_user={1}
nagios_group={1}
"""

OBJECTS = """
define timeperiod {{
    timeperiod_name always
    alias always
    {days}
}}
define contact {{
    contact_name nobody
    host_notifications_enabled 0
    service_notifications_enabled 0
    host_notification_period always
    service_notification_period always
    host_notification_options n
    service_notification_options n
    host_notification_commands check_fcrdns
    service_notification_commands check_fcrdns
}}
define command {{
    command_name check_fcrdns
    command_line {program} --format nagios $ARG1$
}}
define host {{
    host_name mail
    address 192.0.2.25
    max_check_attempts 1
    check_period always
    contacts nobody
    notification_period always
}}
{services}
"""

SERVICE = """
define service {{
    host_name mail
    service_description {name}
    check_command check_fcrdns!{arguments}
    max_check_attempts 1
    check_interval 5
    retry_interval 1
    check_period always
    contacts nobody
    notification_period always
}}
"""


def lines(program):
    """The plugin by itself, and behind negate, which rewrites its status and its status word."""
    for arguments, status in CHECKS:
        plain = world.shell(program, f"fcrdns-check --format nagios {arguments} 2>/dev/null")
        text = plain.stdout.decode("ascii")
        match = LINE.fullmatch(text)
        if plain.returncode != status or not match or match[1] != WORDS[status]:
            yield f"{arguments}: status {plain.returncode}, not {status}, and {text!r}"
        swap = "-s -o CRITICAL -c OK -w UNKNOWN -u WARNING"
        negated = world.shell(program, f"{NEGATE} {swap} {program} --format nagios {arguments} 2>/dev/null")
        wanted = {0: 2, 2: 0, 1: 3, 3: 1}[status]
        if negated.returncode != wanted or not negated.stdout.startswith(f"FCRDNS {WORDS[wanted]} - ".encode()):
            yield f"negate {arguments}: status {negated.returncode}, not {wanted}, and {negated.stdout!r}"


def services(status_file):
    """{arguments' number: (state, output, perfdata)} of the services that Nagios has checked."""
    found = {}
    for block in re.findall(r"servicestatus \{(.*?)\n\t\}", status_file, re.DOTALL):
        values = dict(line.strip().split("=", 1) for line in block.splitlines() if "=" in line)
        if values["has_been_checked"] == "1":
            output = (values["plugin_output"], values["performance_data"])
            found[int(values["service_description"])] = (int(values["current_state"]), *output)
    return found


def core(program, directory):
    """What Nagios understood otherwise."""
    days = "sunday monday tuesday wednesday thursday friday saturday".split()
    parts = [SERVICE.format(name=number, arguments=arguments) for number, (arguments, _) in enumerate(CHECKS)]
    objects = OBJECTS.format(
        days="\n    ".join(f"{day} 00:00-24:00" for day in days), program=program, services="".join(parts)
    )
    (directory / "results").mkdir()
    (directory / "objects.cfg").write_text(objects)
    configuration = directory / "nagios.cfg"
    configuration.write_text(CONFIGURATION.format(directory, "root"))
    with open(directory / "printed", "w") as printed:
        nagios = subprocess.Popen(["nagios4", configuration], stdout=printed, stderr=printed)
    status, found, end = directory / "status.dat", {}, time.monotonic() + 60
    while len(found) < len(CHECKS) and time.monotonic() < end and nagios.poll() is None:
        time.sleep(0.1)
        found = services(status.read_text()) if status.exists() else {}
    nagios.terminate()
    nagios.wait(timeout=20)
    for number, (arguments, wanted) in enumerate(CHECKS):
        state, text, performance = found.get(number, (None, "not checked", ""))
        data = re.fullmatch(rf"({LABEL} ){{4}}time=[0-9.]+s", performance)
        if state != wanted or not text.startswith(f"FCRDNS {WORDS[wanted]} - ") or not data:
            yield f"Nagios: {arguments}: state {state}, not {wanted}; {text!r}; {performance!r}"
    if not found:
        yield (directory / "printed").read_text()[-2000:]


def main():
    world.enter()
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as directory:
        problems = [*lines(program), *core(program, pathlib.Path(directory))]
    print("\n".join(problems) or f"{len(CHECKS)} checks understood")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
