# SPDX-License-Identifier: MIT
"""The library inside another project, which fetches its sources and must not be changed by them.

subproject_test.py CMAKE SOURCE_DIRECTORY COMPILER
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pages

# The lines of RECIPES.md stand between these two.
BEFORE = """
cmake_minimum_required(VERSION 3.25)
project(parent LANGUAGES CXX)
include(CTest)  # BUILD_TESTING is the parent's, and on
add_executable(client classify.cpp)
"""
AFTER = """
get_property(tests DIRECTORY "${fcrdns_SOURCE_DIR}" PROPERTY TESTS)
get_property(targets DIRECTORY "${fcrdns_SOURCE_DIR}" PROPERTY BUILDSYSTEM_TARGETS)
message(STATUS "build type '${CMAKE_BUILD_TYPE}', standard '${CMAKE_CXX_STANDARD}', release '${CMAKE_CXX_FLAGS_RELEASE}'")
message(STATUS "tests '${tests}', targets '${targets}', cpack '${CPACK_GENERATOR}'")
"""
UNTOUCHED = "build type '', standard '', release '-O3 -DNDEBUG'"


def run(*command):
    return subprocess.run(command, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def main():
    cmake, source, compiler = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        directory = pathlib.Path(directory)
        snippet = next(fence.text for fence in pages.fences(pages.RECIPES.read_text(), "cmake") if "Fetch" in fence.text)
        (directory / "CMakeLists.txt").write_text(BEFORE + snippet + AFTER)
        (directory / "fcrdns-check").symlink_to(source)
        shutil.copy(pathlib.Path(__file__).parent / "examples/classify_name.cpp", directory / "classify.cpp")
        made = run(cmake, "-S", directory, "-B", directory / "build", f"-DCMAKE_CXX_COMPILER={compiler}")
        problems = [] if UNTOUCHED in made.stdout else ["the parent's settings were changed"]
        if "tests '', targets 'fcrdns', cpack ''" not in made.stdout:
            problems.append("more than the library was brought in")
        built = run(cmake, "--build", directory / "build", "--parallel", "2")
        said = run(directory / "build/client", "192-0-2-77.dyn.isp.example") if built.returncode == 0 else built
        if said.returncode != 0 or "192-0-2-77" not in said.stdout:
            problems.append("the client does not work")
        print("\n".join([*problems, made.stdout, said.stdout]) if problems else "fetched, built and run")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
