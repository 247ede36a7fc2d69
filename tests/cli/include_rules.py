# SPDX-License-Identifier: MIT
"""The include rules: which header may appear where, and that each public header stands by itself."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT, GENERATED, COMPILER = map(pathlib.Path, sys.argv[1:4])
# A folder of src includes itself and what stands before it here.
ORDER = ["text", "dns", "resolver", "check", "judge", "compose", "flow", "render", "cli"]
HIDDEN = {"judge": ["resolver"], "compose": ["resolver"]}  # what is judged and told are answers, wherever they come from


def files(*folders):
    return {str(path.relative_to(ROOT)): path.read_text() for folder in folders
            for path in sorted((ROOT / folder).rglob("*.[ch]pp"))}


def includes(text):
    return re.findall(r'^#include ([<"][^>"]+)[>"]', text, re.MULTILINE)


def including(pattern, *folders):
    """The files with an include that begins so; quotes and brackets belong to it."""
    return [name for name, text in files(*folders).items() if any(re.match(pattern, include) for include in includes(text))]


class IncludeRules(unittest.TestCase):
    def test_there_are_sources(self):
        self.assertGreater(len(files("src")), 30)
        self.assertGreater(len(files("include")), 10)
        self.assertEqual({name.split("/")[1] for name in files("src")}, set(ORDER))

    def test_each_folder_includes_only_folders_before_it(self):
        wrong = []
        for name, text in files("src").items():
            folder = name.split("/")[1]
            allowed = set(ORDER[: ORDER.index(folder) + 1]) - set(HIDDEN.get(folder, []))
            included = {include[1:].split("/")[0] for include in includes(text) if include[0] == '"' and "/" in include}
            wrong += [f"{name} includes {other}/" for other in sorted(included - allowed - {"fcrdns"})]
        self.assertEqual(wrong, [])

    def test_cares_in_the_resolver_alone(self):
        users = including("<ares", "include", "src")
        self.assertNotEqual(users, [])
        self.assertEqual([name for name in users if not name.startswith("src/resolver/")], [])

    def test_cli11_in_one_source_file(self):
        self.assertEqual(len(including("[<\"]CLI/", "include", "src")), 1)

    def test_terminal_and_environment_in_one_source_file(self):
        """Their functions, for <cstdlib> and <unistd.h> declare others too."""
        words = re.compile(r"\b(isatty|(secure_)?getenv|environ|TIOCGWINSZ|ttyname)\b")
        users = [name for name, text in files("include", "src").items()
                 if any(words.search(line.split("//")[0]) for line in text.splitlines())]
        self.assertEqual(users, ["src/cli/exit/terminal.cpp"])

    def test_no_foreign_header_in_the_public_face(self):
        self.assertEqual(including("[<\"](ares|CLI/|fmt/|rapidjson/|libpsl|arpa/|netdb|resolv|src/)", "include"), [])

    def test_no_streams_and_no_locale(self):
        """Start-up counts, and numbers must not depend on the locale."""
        self.assertEqual(including("<(iostream|locale|cctype|clocale|regex)$", "include", "src"), [])

    def test_every_source_opens_with_its_licence(self):
        without = [name for name, text in files("include", "src").items()
                   if not text.startswith("// SPDX-License-Identifier: MIT\n")]
        self.assertEqual(without, [])

    def test_headers_are_included_once(self):
        self.assertEqual([name for name, text in files("include", "src").items()
                          if name.endswith(".hpp") and "#pragma once" not in text], [])

    def test_each_public_header_compiles_alone(self):
        with tempfile.TemporaryDirectory() as directory:
            for header in sorted((ROOT / "include/fcrdns").glob("*.hpp")):
                unit = pathlib.Path(directory) / "alone.cpp"
                unit.write_text(f"#include <fcrdns/{header.name}>\n#include <fcrdns/{header.name}>\n")
                ran = subprocess.run([COMPILER, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
                                      f"-I{ROOT / 'include'}", f"-I{GENERATED}", unit], capture_output=True, text=True, check=False)
                self.assertEqual(ran.returncode, 0, f"{header.name}: {ran.stderr}")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
