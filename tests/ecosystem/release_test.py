# SPDX-License-Identifier: MIT
"""What the release workflow calls, and the action that takes what it made.

release_test.py STATIC_PROGRAM BUILD_DIRECTORY SOURCE_DIRECTORY VERSION
"""
import functools
import http.server
import os
import pathlib
import platform
import re
import subprocess
import sys
import tarfile
import tempfile
import threading

STATIC, BUILD, SOURCES, VERSION = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4]
SCRIPTS = SOURCES / ".github/release"
ARCHIVE = f"fcrdns-check-{VERSION}-linux-{platform.machine()}.tar.gz"


def run(*command, **variables):
    finished = subprocess.run([str(part) for part in command], env={**os.environ, **variables}, text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return finished.returncode, finished.stdout


def make_files(files):
    """The files of a release, each script by itself."""
    for command in ((SCRIPTS / "static.sh", STATIC, files), (SCRIPTS / "deb.sh", BUILD, files),
                    (SCRIPTS / "checksums.sh", files)):
        status, said = run(*command)
        if status != 0:
            yield f"{command[0].name}: {said}"
    names = sorted(path.name for path in files.iterdir())
    kinds = [name for name in names if re.fullmatch(r"(libfcrdns-dev|fcrdns-check)_[\d.]+_debian\d+_\w+\.deb", name)]
    if len(kinds) != 2 or sorted([*kinds, ARCHIVE, "SHA256SUMS"]) != names:
        yield f"made {names}"
    if (files / "SHA256SUMS").read_text().count("\n") != len(names) - 1:
        yield "SHA256SUMS does not name each file"
    with tarfile.open(files / ARCHIVE) as packed:
        inside = {name.partition("/")[2] for name in packed.getnames()}
    missing = {"fcrdns-check", "LICENSE", "NOTICES", "fcrdns-check.1", "completions/fcrdns-check.bash"} - inside
    if missing:
        yield f"{ARCHIVE} lacks {missing}"


def other_problems(directory):
    status, said = run(SCRIPTS / "static.sh", "/bin/ls", directory)
    if status == 0 or "not a static program" not in said:
        yield f"a dynamic program was packed: {said}"
    status, said = run(SCRIPTS / "notes.sh", VERSION)
    if status != 0 or not said.startswith("* "):
        yield f"no notes of {VERSION}: {said}"
    status, said = run(SCRIPTS / "notes.sh", "99.0.0")
    if status == 0 or "not in the changelog" not in said:
        yield f"notes of a version that is not there: {said}"


def installed(release, directory, name):
    """What install.sh did: its status, its words, and the program that it put on the path."""
    target = directory / name
    (target / "tools").mkdir(parents=True)
    # Were it to build, it would call apt-get, which here only says so.
    (target / "tools/apt-get").write_text("#!/bin/sh\necho would build\nexit 9\n")
    (target / "tools/sudo").write_text('#!/bin/sh\nexec "$@"\n')
    for tool in ("apt-get", "sudo"):
        (target / "tools" / tool).chmod(0o755)
    action = SOURCES / ".github/actions/fcrdns-check"
    status, said = run("bash", action / "install.sh", PATH=f"{target / 'tools'}:/usr/bin:/bin", RUNNER_TEMP=str(target),
                       GITHUB_ACTION_PATH=str(action), GITHUB_PATH=str(target / "path"), FCRDNS_RELEASE=release)
    return status, said, target / "fcrdns-check/bin/fcrdns-check"


def action_problems(files, directory):
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(files))
    handler.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        release = f"http://127.0.0.1:{server.server_port}"
        status, said, program = installed(release, directory, "released")
        if status != 0 or run(program, "--version")[1].split()[1:2] != [VERSION]:
            yield f"the released file was not taken: {said}"
        with open(files / ARCHIVE, "ab") as stream:
            stream.write(b"tampered")
        status, said, program = installed(release, directory, "tampered")
        if "would build" not in said or program.exists():
            yield f"a file with a wrong checksum was taken: {said}"
        status, said, program = installed(f"{release}/nothing", directory, "absent")
        if "would build" not in said or program.exists():
            yield f"without a release it does not build: {said}"
        server.shutdown()


def main():
    with tempfile.TemporaryDirectory() as directory:
        directory = pathlib.Path(directory)
        files = directory / "files"
        files.mkdir()
        problems = list(make_files(files))
        problems += problems or [*other_problems(directory), *action_problems(files, directory)]
    print("\n".join(problems) or "released files made, and one taken")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
