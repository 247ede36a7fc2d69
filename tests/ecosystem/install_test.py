# SPDX-License-Identifier: MIT
"""What is installed is complete, and a client of the library builds with it in both ways.

install_test.py CMAKE BUILD_DIRECTORY SOURCE_DIRECTORY VERSION COMPILER [FLAG...]
"""
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile

import world

HERE = pathlib.Path(__file__).parent
REPLY = "550 5.7.25 Client host rejected: cannot find your hostname, [203.0.113.1]"

# Below the prefix, LIB being the directory of libraries.
WANTED = """
bin/fcrdns-check
share/man/man1/fcrdns-check.1.gz
share/fcrdns-check/fcrdns-check.schema.json
share/bash-completion/completions/fcrdns-check
share/zsh/vendor-completions/_fcrdns-check
share/fish/vendor_completions.d/fcrdns-check.fish
LIB/libfcrdns.a
LIB/cmake/fcrdns/fcrdns-config.cmake
LIB/cmake/fcrdns/fcrdns-config-version.cmake
LIB/cmake/fcrdns/fcrdns-targets.cmake
LIB/pkgconfig/fcrdns.pc
include/fcrdns/version.hpp
"""


def run(command, **more):
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **more)
    if finished.returncode != 0:
        raise RuntimeError(f"{shlex.join(map(str, command))}\n{finished.stdout}")
    return finished.stdout


def file_problems(prefix, library, source):
    wanted = {line.replace("LIB", library) for line in WANTED.split()}
    wanted |= {f"include/fcrdns/{header.name}" for header in (source / "include/fcrdns").glob("*.hpp")}
    found = {str(path.relative_to(prefix)) for path in prefix.rglob("*") if path.is_file()}
    for path in sorted(wanted - found):
        yield f"not installed: {path}"
    for path in sorted(found - wanted):
        if "fcrdns-targets-" not in path and not path.startswith("share/doc/"):
            yield f"installed without need: {path}"


def client_by_cmake(cmake, prefix, version, compiler, flags, directory):
    text = (HERE / "client/CMakeLists.txt").read_text().replace("@FCRDNS_VERSION@", version)
    (directory / "CMakeLists.txt").write_text(text)
    (directory / "client.cpp").write_text((HERE / "client/client.cpp").read_text())
    build = directory / "build"
    options = [f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_CXX_FLAGS={' '.join(flags)}"]
    run([cmake, "-S", directory, "-B", build, *options])
    run([cmake, "--build", build])
    return build / "client"


def client_by_pkg_config(prefix, library, version, compiler, flags, directory):
    environment = {**os.environ, "PKG_CONFIG_PATH": str(prefix / library / "pkgconfig")}
    if run(["pkg-config", "--modversion", "fcrdns"], env=environment).strip() != version:
        raise RuntimeError("pkg-config knows another version")
    needed = shlex.split(run(["pkg-config", "--static", "--cflags", "--libs", "fcrdns"], env=environment))
    program = directory / "client"
    run([compiler, "-std=c++20", *flags, HERE / "client/client.cpp", "-o", program, *needed])
    return program


def cross_build_problems(root, prefix, library):
    """A cross build names the root of the other machine: its directories come once, and none of this machine."""
    others = root / "usr/lib/pkgconfig"  # what the library is made of, as the other machine has it
    others.mkdir(parents=True)
    for needed in ("libcares", "libpsl"):
        (others / f"{needed}.pc").write_text(f"Name: {needed}\nDescription: {needed}\nVersion: 1\n")
    environment = {**os.environ, "PKG_CONFIG_SYSROOT_DIR": str(root),
                   "PKG_CONFIG_LIBDIR": f"{prefix / library / 'pkgconfig'}:{others}"}
    flags = shlex.split(run(["pkg-config", "--cflags", "--libs", "fcrdns"], env=environment))
    for flag in flags:
        path = flag[2:]
        if flag[:2] in ("-I", "-L") and not (path.startswith(str(root)) and pathlib.Path(path).is_dir()):
            yield f"in a cross build pkg-config says {flag}"
    if f"-I{prefix}/include" not in [os.path.normpath(flag) for flag in flags]:
        yield f"in a cross build pkg-config says {flags}"


def main():
    cmake, build, source, version, compiler, *flags = sys.argv[1:]
    problems = []
    with tempfile.TemporaryDirectory() as root:
        root = pathlib.Path(root)
        for installed in ("usr/local", "opt/elsewhere"):
            run([cmake, "--install", build, "--prefix", f"/{installed}"], env={**os.environ, "DESTDIR": str(root)})
            prefix = root / installed
            library = str(next(prefix.rglob("libfcrdns.a")).parent.relative_to(prefix))
            problems += file_problems(prefix, library, pathlib.Path(source))
        problems += cross_build_problems(root, prefix, library)
        for number in (1, 2):
            (root / f"client{number}").mkdir()
        clients = (
            client_by_cmake(cmake, root / "opt/elsewhere", version, compiler, flags, root / "client1"),
            client_by_pkg_config(root / "opt/elsewhere", library, version, compiler, flags, root / "client2"),
        )
        world.enter()
        for client in clients:
            printed = world.shell(client, str(client)).stdout.decode()
            if printed != f"fcrdns {version}: {REPLY}\n":
                problems.append(f"{client} printed {printed!r}")
        printed = world.shell(prefix / "bin/fcrdns-check", "fcrdns-check --quiet 192.0.2.25; echo $?").stdout
        if printed != b"0\n":
            problems.append(f"the installed program printed {printed!r}")
    print("\n".join(problems) or "installed, and two clients built")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
