# SPDX-License-Identifier: MIT
"""The help text and the parser know the same options."""
import pathlib
import re

from harness import CliTest, main

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Help(CliTest):
    def setUp(self):
        super().setUp()
        self.text = self.run_program("--help", server=False).stdout
        # "  -f, --file FILE      read targets …", "      --tcp   use …", "  -4, -6   use only …"
        self.entries = []
        for names in re.findall(r"^ {2,6}(-\S.*?)(?:  |$)", self.text, re.M):
            options = re.findall(r"--?[\w-]+", names)
            value = re.search(r" ([A-Z]+)$", names)
            self.entries.append((options, value is not None))
        self.named = {option for options, _ in self.entries for option in options}

    def parser_options(self):
        """What src/cli/parse/parse.cpp registers: the two tables of options."""
        source = (ROOT / "src/cli/parse/parse.cpp").read_text()
        return {option for names in re.findall(r'\{"(-[\w,-]+)",', source) for option in names.split(",")}

    def test_same_options(self):
        self.assertGreater(len(self.named), 30)
        self.assertEqual(self.named, self.parser_options())

    def test_is_the_checked_in_text(self):
        self.assertEqual(self.text, (ROOT / "src/cli/parse/help.txt").read_text())

    def test_lines_have_no_blanks_at_their_ends(self):
        for line in self.text.splitlines():  # that they are printable is checked for every run
            self.assertEqual(line, line.rstrip())

    def test_each_option_is_known_and_takes_what_it_says(self):
        for options, takes_value in self.entries:
            for option in options:
                alone = self.run_program("--color=never", option, "--help", server=False)
                if takes_value:  # it takes --help as its value, or complains of it
                    self.assertNotEqual(alone.stdout, self.text, option)
                    ended = self.run_program(option, server=False)
                    self.check_complaint(ended, "needs a value")
                else:
                    self.assertIn(alone.status, (0,), (option, alone))
                self.assertNotIn("unknown option", alone.stderr)

    def test_stated_defaults(self):
        """Those numbers in the text that a run can tell."""
        self.assertIn("(65536)", re.search(r"--limit N.*", self.text).group())
        ended = self.run_program("10.0.0.0/15")
        self.assertIn("more than the limit of 65536", ended.stderr)
        self.assertRegex(self.text, r"--tries N +tries per server \(3\)")
        self.world.set("9.2.0.192.in-addr.arpa", 12, 2)
        self.run_program("192.0.2.9")
        self.assertEqual(self.responder.count("9.2.0.192.in-addr.arpa"), 3)

    def test_formats(self):
        listed = re.search(r"--format FORMAT +([\w, ]+)", self.text).group(1).split(", ")
        complaint = self.run_program("--format", "no-such", "192.0.2.1").stderr
        for name in listed:
            self.assertNotIn("expected", self.run_program("--format", name.strip(), "192.0.2.1").stderr)
            self.assertIn(name.strip(), complaint)


if __name__ == "__main__":
    main()
