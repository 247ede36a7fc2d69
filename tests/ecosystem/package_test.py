# SPDX-License-Identifier: MIT
"""The Debian packages: made and installed as the README says, found good by lintian, run, removed again.

package_test.py CPACK BUILD_DIRECTORY VERSION
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import pages

SKIPPED = 77
APT = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends"]
PACKAGE, PROGRAM = "fcrdns-check", "/usr/bin/fcrdns-check"


def run(*command, **more):
    finished = subprocess.run(
        command, **more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}, stdin=subprocess.DEVNULL,
    )
    return finished.returncode, finished.stdout


def needed_packages():
    """The packages that own the libraries which the dynamic linker loads for the program itself."""
    _, dynamic = run("readelf", "--dynamic", PROGRAM)
    names = set(re.findall(r"Shared library: \[(.*?)\]", dynamic)) - {"ld-linux-x86-64.so.2"}
    _, loaded = run("ldd", PROGRAM)
    return {owner_of(os.path.realpath(path)) for name, path in re.findall(r"(\S+) => (\S+)", loaded) if name in names}


def owner_of(path):
    """The package of a file, by its path or the one that it had before /lib became /usr/lib."""
    for spelled in (path, path.removeprefix("/usr")):
        status, owner = run("dpkg", "--search", spelled)
        if status == 0:
            return owner.split(":")[0]
    return f"nobody's {path}"


def installed_problems(version):
    status, state = run("dpkg-query", "--show", "--showformat=${Status} ${Version}", PACKAGE)
    if state != f"install ok installed {version}":
        yield f"dpkg says {state!r}"
    _, depends = run("dpkg-query", "--show", "--showformat=${Depends}", PACKAGE)
    named = {part.split()[0] for part in depends.split(", ")}
    if named != needed_packages():
        yield f"depends on {sorted(named)}, but needs {sorted(needed_packages())}"
    _, said = run(PROGRAM, "--version")
    if not said.startswith(f"fcrdns-check {version} "):
        yield f"--version: {said!r}"
    if f"/fcrdns-check_{version}_" not in pages.RECIPES.read_text():
        yield f"RECIPES.md installs another version than {version}"
    _, problems = run("dpkg", "--verify", PACKAGE)
    if [line for line in problems.splitlines() if "/usr/share/" not in line]:  # which an image may leave out
        yield f"dpkg --verify: {problems}"


def main():
    build, version = sys.argv[1:]
    if os.geteuid() != 0:
        print("SKIPPED: apt-get needs root")
        return 1 if os.environ.get("CI") == "true" else SKIPPED
    if run("dpkg-query", "--show", PACKAGE)[0] == 0:
        print(f"{PACKAGE} is installed already; remove it, this test would replace it")
        return 1
    problems = []
    with tempfile.TemporaryDirectory() as directory:
        os.symlink(build, f"{directory}/build")
        status, said = run("sh", "-c", pages.command(pages.README, "cpack"), cwd=directory)
        packages = sorted(str(path) for path in pathlib.Path(directory).glob("packages/*.deb"))
        if status != 0 or len(packages) != 2:
            print(said)
            return 1
        # g++ 14 finds every call of a fortified function within its buffer, so none is left for lintian to see.
        _, said = run("lintian", "--allow-root", "--display-info", "--pedantic", "--fail-on", "none",
                      "--suppress-tags", "hardening-no-fortify-functions", *packages)
        if said:
            problems.append(f"lintian: {said}")
        os.chmod(directory, 0o755)  # apt reads as another user
        install = pages.command(pages.README, "apt-get install ./packages").removeprefix("apt-get ")
        try:
            status, said = run("sh", "-c", f"{shlex.join(APT)} {install}", cwd=directory)
            problems += installed_problems(version) if status == 0 else [said]
        finally:
            status, said = run(*APT, "purge", PACKAGE)
        if status != 0 or os.path.exists(PROGRAM):
            problems.append(f"not removed: {said}")
    print("\n".join(problems) or "packages made, installed, run and removed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
