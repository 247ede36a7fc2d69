# SPDX-License-Identifier: MIT
"""The debian/ that a build makes is one that a maintainer could upload: a source package is made of it and of these
sources, and lintian has nothing to say. source_package_test.py CMAKE SOURCE_DIRECTORY VERSION COMPILER
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HOMEPAGE, REPOSITORY = "https://www.example.org/fcrdns-check", "https://git.example.org/fcrdns-check"
MAINTAINER = {"DEBFULLNAME": "Example Maintainer", "DEBEMAIL": "maintainer@example.org"}
PARTS = ("CMakeLists.txt", "LICENSE", "README.md", "include", "src", "tests", ".github")
FIELDS = {
    "Maintainer": "Example Maintainer <maintainer@example.org>",
    "Homepage": HOMEPAGE,
    "Vcs-Git": f"{REPOSITORY}.git",
    "Vcs-Browser": REPOSITORY,
}
# What lintian may say: the number of the bug by which the package is announced is not known here; and of two releases of
# Debian, which its control file is for alike, the newer knows a newer policy.
LEFT_OPEN = ("initial-upload-closes-no-bugs", "out-of-date-standards-version", "redundant-rules-requires-root-no-field",
             "redundant-priority-optional-field")


def run(*command, **more):
    finished = subprocess.run([str(part) for part in command], text=True, check=False, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **MAINTAINER}, **more)
    if finished.returncode != 0:
        raise RuntimeError(f"{command}\n{finished.stdout}")
    return finished.stdout


def make_debian(cmake, source, compiler, directory, *options):
    """The directory debian/ of a build that was configured so."""
    build = directory / "build"
    run(cmake, "-S", source, "-B", build, "-DBUILD_TESTING=OFF", f"-DCMAKE_CXX_COMPILER={compiler}", *options)
    return build / "debian"


def anonymous_problems(debian):
    """Without addresses none is invented."""
    text = "".join(path.read_text() for path in sorted(debian.rglob("*")) if path.is_file() and path.name != "copyright")
    if "http" in text or (debian / "watch").exists():
        yield f"an address was invented: {text}"


def package_problems(debian, source, version, directory):
    tree = directory / f"fcrdns-check-{version}"
    tree.mkdir()
    for part in PARTS:
        (shutil.copytree if (source / part).is_dir() else shutil.copy)(source / part, tree / part)
    run("tar", "--create", "--gzip", "--file", directory / f"fcrdns-check_{version}.orig.tar.gz", tree.name, cwd=directory)
    shutil.copytree(debian, tree / "debian")
    run("dpkg-source", "--build", tree.name, cwd=directory)
    described = directory / f"fcrdns-check_{version}-1.dsc"
    fields = dict(line.split(": ", 1) for line in described.read_text().splitlines() if ": " in line)
    for name, value in FIELDS.items():
        if fields.get(name) != value:
            yield f"{name}: {fields.get(name)}"
    if f" {REPOSITORY}.git refs/tags/v" not in (debian / "watch").read_text():
        yield "the watch line does not name the repository"
    said = run("lintian", "--allow-root", "--display-info", "--pedantic", "--fail-on", "none", described)
    yield from (line for line in said.splitlines() if line and not any(tag in line for tag in LEFT_OPEN))


def main():
    cmake, source, version, compiler = sys.argv[1:]
    source = pathlib.Path(source)
    with tempfile.TemporaryDirectory() as directory:
        directory = pathlib.Path(directory)
        problems = list(anonymous_problems(make_debian(cmake, source, compiler, directory)))
        debian = make_debian(cmake, source, compiler, directory, f"-DFCRDNS_HOMEPAGE={HOMEPAGE}",
                             f"-DFCRDNS_REPOSITORY={REPOSITORY}")
        problems += package_problems(debian, source, version, directory)
    print("\n".join(problems) or "a source package made, and found good")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
