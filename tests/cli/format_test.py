# SPDX-License-Identifier: MIT
"""All C++ is laid out as clang-format 14, that of Debian 12, does it. format_test.py SOURCE_DIRECTORY

To repair: git ls-files '*.[ch]pp' | xargs clang-format-14 -i
"""
import os
import pathlib
import platform
import shutil
import subprocess
import sys

SKIPPED = 77


def main():
    root = pathlib.Path(sys.argv[1])
    formatter = shutil.which("clang-format-14")
    if not formatter:
        print("SKIPPED: clang-format-14 is not here")
        demanded = os.environ.get("CI") == "true" and platform.freedesktop_os_release().get("VERSION_ID") == "12"
        return 1 if demanded else SKIPPED
    files = [path for folder in ("include", "src", "tests") for path in sorted((root / folder).rglob("*.[ch]pp"))]
    ran = subprocess.run([formatter, "--dry-run", "-Werror", "--ferror-limit=1", *files], check=False)
    print(f"{len(files)} files")
    return 1 if ran.returncode != 0 or len(files) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
