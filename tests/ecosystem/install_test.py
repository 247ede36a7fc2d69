# SPDX-License-Identifier: MIT
"""What is installed is complete, and a client of the library builds with it in both ways, as the pages say.

install_test.py CMAKE BUILD_DIRECTORY SOURCE_DIRECTORY VERSION COMPILER [FLAG...]
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import pages
import world

HERE = pathlib.Path(__file__).parent
REPLY = "550 5.7.25 Client host rejected: cannot find your hostname, [203.0.113.1]"

# What stands before the lines of RECIPES.md.
PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(client LANGUAGES CXX)
add_executable(client client.cpp)
"""

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


def install_as_the_page_says(build, root):
    """The README's command, beside a build directory, into a root of its own."""
    with tempfile.TemporaryDirectory() as checkout:
        os.symlink(build, pathlib.Path(checkout) / "build")
        command = pages.command(pages.README, "cmake --install")
        run(["sh", "-c", command], cwd=checkout, env={**os.environ, "DESTDIR": str(root)})
    return root / "usr/local"


def elsewhere_problems(cmake, build, source, compiler, root):
    """Other systems keep libraries and zsh's completions elsewhere, and compress manuals themselves."""
    other = root / "other"
    run([cmake, "-S", source, "-B", other, "-DBUILD_TESTING=OFF", f"-DCMAKE_CXX_COMPILER={compiler}",
         "-DFCRDNS_ZSH_COMPLETIONS_DIR=share/zsh/site-functions", "-DFCRDNS_COMPRESS_MANUAL=OFF",
         "-DCMAKE_INSTALL_LIBDIR=lib/elsewhere"])
    if "\nlibdir=${prefix}/lib/elsewhere\n" not in (other / "generated/fcrdns.pc").read_text():
        yield "-DCMAKE_INSTALL_LIBDIR is not where libraries go"
    run([cmake, "--build", other, "--target", "fcrdns-changelog"])
    shutil.copy(pathlib.Path(build) / "fcrdns-check", other)
    run([cmake, "--install", other, "--component", "program", "--prefix", root / "usr/other"])
    for path in ("share/zsh/site-functions/_fcrdns-check", "share/man/man1/fcrdns-check.1"):
        if not (root / "usr/other" / path).exists():
            yield f"not installed: {path}"


def client_by_cmake(cmake, prefix, version, compiler, flags, directory):
    snippet = next(fence.text for fence in pages.fences(pages.RECIPES.read_text(), "cmake") if "find_package" in fence.text)
    if version.split(".")[:2] != re.search(r"fcrdns (\S+) REQUIRED", snippet)[1].split("."):
        raise RuntimeError(f"RECIPES.md does not ask for {version}: {snippet}")
    (directory / "CMakeLists.txt").write_text(PROJECT + snippet)
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
    shutil.copy(HERE / "client/client.cpp", directory)
    command = pages.command(pages.RECIPES, "c++ ").removeprefix("c++ ")
    run(["sh", "-c", f"{shlex.join([compiler, *flags])} {command}"], cwd=directory, env=environment)
    return directory / "a.out"


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
        run([cmake, "--install", build, "--prefix", "/opt/elsewhere"], env={**os.environ, "DESTDIR": str(root)})
        for prefix in (install_as_the_page_says(build, root), root / "opt/elsewhere"):
            library = str(next(prefix.rglob("libfcrdns.a")).parent.relative_to(prefix))
            problems += file_problems(prefix, library, pathlib.Path(source))
        problems += cross_build_problems(root, prefix, library)
        problems += elsewhere_problems(cmake, build, source, compiler, root)
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
