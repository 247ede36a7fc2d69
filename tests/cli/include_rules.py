# SPDX-License-Identifier: MIT
"""The include rules: which header may appear where, and that each public header stands by itself."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT, GENERATED, COMPILER = map(pathlib.Path, sys.argv[1:4])


def sources(*folders):
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.[ch]pp"))]


def code(path):
    """The text without comments and string literals."""
    text = path.read_text()
    text = re.sub(r'"(\\.|[^"\\\n])*"', lambda m: m.group() if "#include" in text[text.rfind("\n", 0, m.start()) + 1 : m.start()]
                  else '""', text)
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


def containing(pattern, *folders):
    return [str(path.relative_to(ROOT)) for path in sources(*folders) if re.search(pattern, code(path))]


class IncludeRules(unittest.TestCase):
    def test_there_are_sources(self):
        self.assertGreater(len(sources("src")), 30)
        self.assertGreater(len(sources("include")), 10)

    def test_cares_in_one_source_file(self):
        self.assertEqual(containing(r"#\s*include\s*<ares", "include", "src"), ["src/resolver/cares_transport.cpp"])

    def test_cli11_in_one_source_file(self):
        self.assertEqual(containing(r"#\s*include\s*[<\"]CLI/", "include", "src"), ["src/cli/parse/parse.cpp"])

    def test_terminal_and_environment_in_one_source_file(self):
        self.assertEqual(containing(r"\b(isatty|getenv|secure_getenv|environ|TIOCGWINSZ|ttyname)\b", "include", "src"),
                         ["src/cli/exit/terminal.cpp"])

    def test_no_foreign_type_in_the_public_face(self):
        pattern = r"#\s*include\s*[<\"](ares|CLI/|fmt/|rapidjson/|libpsl|arpa/nameser|resolv)|\b(ares_|CLI::|fmt::|rapidjson::)"
        self.assertEqual(containing(pattern, "include"), [])

    def test_the_library_knows_nothing_of_the_program(self):
        library = [name for name in containing(r"#\s*include\s*\"cli/", "include", "src") if not name.startswith("src/cli/")]
        self.assertEqual(library, [])

    def test_no_streams_and_no_locale(self):
        """Start-up counts, and numbers must not depend on the locale."""
        self.assertEqual(containing(r"#\s*include\s*<(iostream|locale|cctype|clocale|regex)>|\bsetlocale\b", "include", "src"), [])

    def test_every_source_opens_with_its_licence(self):
        without = [str(path) for path in sources("include", "src")
                   if not path.read_text().startswith("// SPDX-License-Identifier: MIT\n")]
        self.assertEqual(without, [])

    def test_headers_are_included_once(self):
        self.assertEqual([str(p) for p in sources("include", "src") if p.suffix == ".hpp" and "#pragma once" not in p.read_text()], [])

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
