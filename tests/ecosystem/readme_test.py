# SPDX-License-Identifier: MIT
"""Every command of README.md and RECIPES.md does what the page says. readme_test.py PROGRAM [--write]

Commands in ```console fences print what stands below them; by hand, `--write` puts in what is printed now. The command
lines in the configurations of other programs must be right ones. What installs is run by install_test.py and
package_test.py, the two ```sh fences of the README by .ci/run.
"""
import re
import sys

import console
import pages
import world

LONGEST_README = 300  # lines
# What stands for something else in the configuration of another program, and what it may be.
STANDS_FOR = {"/usr/bin/fcrdns-check": "fcrdns-check", "$HOSTADDRESS$": "192.0.2.25", "/etc/fcrdns-check/": "", "'": ""}
CONFIGURED = re.compile(r"^[^#\n]*?((?:/usr/bin/)?fcrdns-check +--[^\n}]*?)(?:' })?$", re.MULTILINE)


def rewritten(program, text):
    """The page with what its commands print now."""
    def renewed(match):
        if match["language"] != "console":
            return match[0]
        with world.Change(match["record"]) as change:
            return match[0].replace(match["text"], console.rewritten(program, match["text"], change))

    return pages.FENCE.sub(renewed, text)


def console_problems(program, text):
    for fence in pages.fences(text, "console"):
        with world.Change(fence.record) as change:
            yield from console.differences(program, fence.text, change)
            if fence.record and not change.made:
                yield f"{fence.record} was not waited for"
    for line in pages.FENCE.sub("", text).splitlines():
        if line.lstrip().startswith("$ "):
            yield f"a command outside a console fence: {line}"


def configured_commands(text):
    for fence in pages.fences(text, "", "yaml", "groovy", "ini"):
        for command in CONFIGURED.findall(fence.text):
            for placeholder, meaning in STANDS_FOR.items():
                command = command.replace(placeholder, meaning)
            yield command


def configured_problems(program, command):
    ended = world.shell(program, command)
    if ended.returncode not in (0, 1, 2 if "nagios" in command else 1, 3) or b"fcrdns-check: " in ended.stdout:
        yield f"{command}: status {ended.returncode}, {ended.stdout.decode()}"


def forgotten_packages(text):
    """What the Debian source package needs for the build and a command of the page that installs does not name."""
    control = (pages.SOURCES / "src/install/debian/control.in").read_text()
    needed = re.search(r"^Build-Depends: (.*)$", control, re.MULTILINE)[1]
    for fence in pages.fences(text, "sh"):
        named = set(fence.text.split())
        for package in needed.split(", "):
            name = package.split(" (")[0]
            # debhelper is the packaging's own tool, and pkg-config the package of pkgconf that has the known name.
            if name not in named | {"debhelper-compat"} and not (name == "pkgconf" and "pkg-config" in named):
                yield f"`{fence.text.splitlines()[2]}` installs no {package}"


def main():
    world.enter()
    program = sys.argv[1]
    texts = {page: page.read_text() for page in pages.PAGES}
    if "--write" in sys.argv:
        for page, text in texts.items():
            page.write_text(rewritten(program, text))
        return 0
    problems = [f"{page.name}: {problem}" for page, text in texts.items() for problem in console_problems(program, text)]
    commands = [command for text in texts.values() for command in configured_commands(text)]
    problems += [problem for command in commands for problem in configured_problems(program, command)]
    if len(commands) < 4:
        problems.append(f"only {commands} were found in the configurations")
    problems += forgotten_packages(texts[pages.README])
    if texts[pages.README].count("\n") >= LONGEST_README:
        problems.append(f"README.md is longer than {LONGEST_README} lines")
    print("\n".join(problems) or f"{len(texts)} pages agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
