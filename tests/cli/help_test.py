# SPDX-License-Identifier: MIT
"""The program's --help, what it accepts, the manual page and the three completions know the same options."""
import pathlib
import re

from harness import CliTest, main

ROOT = pathlib.Path(__file__).resolve().parents[2]
COMPLETIONS = ROOT / "src/completions"
OPTION = r"--?[A-Za-z0-9][A-Za-z0-9-]*"


def in_help(text):
    """{spellings of one option: True where it takes a value}"""
    found = {}
    # "  -f, --file FILE      read targets ...", "      --tcp            use ..."
    for names, value in re.findall(rf"^ {{2,6}}({OPTION}(?:, {OPTION})*)( [A-Z=]+)?(?: {{2,}}\S.*)?$", text, re.MULTILINE):
        found[frozenset(names.split(", "))] = value != ""
    return found


def in_manual(manual):
    found = {}
    for item in re.findall(r"^\.It (Fl .*)$", manual, re.MULTILINE):
        words = [re.sub(r"^Fl ", "-", word.replace("Fl Fl ", "--")) for word in item.split(" , ")]
        found[frozenset(word.split(" Ar ")[0] for word in words)] = " Ar " in item
    return found


def in_bash():
    text = (COMPLETIONS / "fcrdns-check.bash").read_text()
    words = re.search(r"options='([^']*)'", text)[1].split()
    valued = set(re.findall(OPTION, " ".join(re.findall(r"^        (-[^)'\n]*)\)", text, re.MULTILINE))))
    return {word: word in valued for word in words}


def in_zsh():
    found = {}
    text = (COMPLETIONS / "_fcrdns-check").read_text()
    for line in text[text.index("_arguments") :].splitlines()[1:]:
        spec = re.sub(r"^'\([^)]*\)'?", "", line.strip()).replace("'*'", "").strip("'\"*")
        names = re.match(rf"\{{([^}}]*)\}}|({OPTION})([=+]?)", spec)
        if names is None:
            continue
        for name in (names[1] or names[2] + names[3]).split(","):
            found[name.rstrip("=+")] = name[-1] in "=+"
    return found


def in_fish():
    found = {}
    for line in (COMPLETIONS / "fcrdns-check.fish").read_text().splitlines():
        for name in re.findall(r" -s (\S)", line) + re.findall(r" -l (\S+)", line):
            found[("-" if len(name) == 1 else "--") + name] = "--exclusive" in line or "--require-parameter" in line
    return found


def spelled(options):
    """{each spelling: True where it takes a value}"""
    return {name: value for names, value in options.items() for name in names}


class Help(CliTest):
    def setUp(self):
        super().setUp()
        self.text = self.run_program("--help", server=False).stdout
        self.options = in_help(self.text)

    def words_of(self, option):
        """Those that an option takes, as the program itself says where it refuses one."""
        refused = self.run_program(option, "?", server=False).stderr
        return set(re.findall(r"[a-z]+", refused.split(": expected ")[1])) - {"or"}

    def test_there_are_options_in_groups(self):
        self.assertGreater(len(self.options), 20)
        self.assertEqual(re.findall(r"^([A-Z]\w+):$", self.text, re.MULTILINE),
                         ["Input", "Checks", "DNS", "Output", "Examples"])

    def test_manual(self):
        self.assertEqual(self.options, in_manual((ROOT / "src/doc/fcrdns-check.1").read_text()))

    def test_completions(self):
        for shell, found in (("bash", in_bash()), ("zsh", in_zsh()), ("fish", in_fish())):
            self.assertEqual(spelled(self.options), found, shell)

    def test_each_option_is_known_and_takes_what_it_says(self):
        for option, takes_value in spelled(self.options).items():
            alone = self.run_program(option, server=False)
            self.assertEqual("needs a value" in alone.stderr, takes_value, (option, alone))
            self.assertNotIn("unknown option", alone.stderr)

    def test_words_of_options(self):
        """Those of --format and --color stand in --help and in each completion."""
        manual = (ROOT / "src/doc/fcrdns-check.1").read_text()
        for option in ("--format", "--color"):
            words = self.words_of(option)
            self.assertGreater(len(words), 2)
            described = re.search(rf"^ +(?:-\w, )?{option} .*", self.text, re.MULTILINE).group()
            self.assertLessEqual(words, set(re.findall(r"[a-z]+", described)), described)
            for path in COMPLETIONS.iterdir():
                lines = [line for line in path.read_text().splitlines() if option.strip("-") in line]
                places = re.findall(r"(?:[a-z]+ ){2,}[a-z]+", "\n".join(lines))
                self.assertIn(words, [set(place.split()) for place in places], (option, path.name))
        output = manual[manual.index("\n.Sh OUTPUT") : manual.index("\n.Ss Warnings")]
        self.assertEqual(set(re.findall(r"^\.It Cm (\S+)$", output, re.MULTILINE)), self.words_of("--format"))

    def test_lines_are_short_and_have_no_blanks_at_their_ends(self):
        for line in self.text.splitlines():  # that they are printable is checked for every run
            self.assertEqual(line, line.rstrip())
            self.assertLessEqual(len(line), 85)

    def test_examples_are_command_lines(self):
        examples = re.findall(r"^  fcrdns-check (.*)$", self.text, re.MULTILINE)
        self.assertEqual(len(examples), 2)
        for example in examples:
            self.assertEqual(self.run_program(*example.split(" "), "--help").status, 0)

    def test_stated_defaults(self):
        """Those numbers in the text that a run can tell."""
        self.assertIn("(65536)", re.search(r"--limit N.*", self.text).group())
        self.assertIn("more than the limit of 65536", self.run_program("10.0.0.0/15").stderr)
        self.assertRegex(self.text, r"--tries N +tries per server \(3\)")
        self.world.set("9.2.0.192.in-addr.arpa", 12, 2)
        self.run_program("192.0.2.9")
        asked = [query.type for query in self.responder.asked if query.name == "9.2.0.192.in-addr.arpa"]
        self.assertEqual(asked.count(12), 3)


if __name__ == "__main__":
    main()
