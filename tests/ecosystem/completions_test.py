# SPDX-License-Identifier: MIT
"""Completion in the real shells, typed through a pseudo-terminal. completions_test.py COMPLETIONS

In each shell `fcrdns-check` is a function that prints its arguments, so that what Tab
has made of the line is seen without reading the screen.
"""
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import sys
import tempfile
import time

import world

FORMATS = ("text", "json", "junit", "nagios", "github", "markdown")

# What is typed before Tab and Return, and the arguments that it comes to.
LINES = (
    ("--rec", ["--receivers"]),
    ("--unord", ["--unordered"]),
    ("192.0.2.1 --verb", ["192.0.2.1", "--verbose"]),
    ("--format na", ["--format", "nagios"]),
    ("--format=gi", ["--format=github"]),
    ("--summ", ["--summary"]),
    ("--report ma", ["--report", "markdown="]),
    ("--report json=send", ["--report", "json=senders.txt"]),
    ("--report=junit=send", ["--report=junit=senders.txt"]),
    ("--color al", ["--color", "always"]),
    ("--color=n", ["--color=never"]),
    ("--server 192", ["--server", "192.0.2.53"]),
    ("-s 192", ["-s", "192.0.2.53"]),
    ("@192", ["@192.0.2.53"]),
    ("@2001:", ["@2001:db8::53"]),
    ("@9", ["@9.9.9.9"]),
    ("--file send", ["--file", "senders.txt"]),
    ("-f send", ["-f", "senders.txt"]),
)

# How each shell is started, and what it is told first; the prompt says when it is ready.
SHELLS = {
    "bash": (
        ["bash", "--norc", "--noprofile", "-i"],
        "PS1='rea''dy>'; source {directory}/fcrdns-check.bash; "
        "fcrdns-check() {{ printf '<<'; printf '%s|' \"$@\"; printf '>>\\n'; }}",
    ),
    "zsh": (
        ["zsh", "-f", "-i"],
        "PS1='rea''dy>'; unsetopt prompt_sp; fpath=({directory} $fpath); autoload -Uz compinit; compinit -u -D; "
        "fcrdns-check() {{ printf '<<'; printf '%s|' \"$@\"; printf '>>\\n'; }}",
    ),
    "fish": (
        ["fish", "--no-config", "--interactive"],
        "function fish_prompt; echo -n rea''dy'>'; end; source {directory}/fcrdns-check.fish; "
        "function fcrdns-check; printf '<<'; printf '%s|' $argv; printf '>>\\n'; end",
    ),
}


class Terminal:
    """A program on a pseudo-terminal."""

    def __init__(self, command, directory):
        self.read_so_far = ""
        self.child, self.master = pty.fork()
        if self.child == 0:
            home = {"HOME": directory, "XDG_CONFIG_HOME": directory, "XDG_DATA_HOME": directory}
            os.chdir(directory)
            os.execvpe(command[0], command, {**world.environment(command[0]), **home, "TERM": "xterm", "COLUMNS": "200"})

    def type(self, text):
        os.write(self.master, text.encode())

    def wait_for(self, pattern, seconds=20):
        """The match of the pattern in what came since the last one."""
        end = time.monotonic() + seconds
        while True:
            match = re.search(pattern, self.read_so_far, re.DOTALL)
            if match:
                self.read_so_far = self.read_so_far[match.end() :]
                return match
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise TimeoutError(f"waited for {pattern!r}, got {self.read_so_far[-600:]!r}")
            text = os.read(self.master, 65536).decode("utf-8", "replace")
            if "\x1b[c" in text or "\x1b[0c" in text:  # asked what it is, a terminal answers
                self.type("\x1b[?62;c")
            self.read_so_far += text

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.master)


def completed(terminal, typed):
    terminal.type(f"fcrdns-check {typed}\t\r")
    arguments = terminal.wait_for(r"<<([^<>]*)\|>>")[1]
    terminal.wait_for("ready>")
    return arguments.split("|")


def problems_in(shell, completions, directory):
    command, setup = SHELLS[shell]
    terminal = Terminal(command, directory)
    try:
        terminal.type(setup.format(directory=completions) + "\r")
        terminal.wait_for("ready>", 60)
        for typed, wanted in LINES:
            arguments = completed(terminal, typed)
            if arguments != wanted:
                yield f"{shell}: {typed}<Tab> became {arguments}, not {wanted}"
        terminal.type("fcrdns-check --format \t\t")
        terminal.wait_for("".join(rf"(?=.*\b{name}\b)" for name in FORMATS))
    except (TimeoutError, OSError) as error:
        yield f"{shell}: {error}"
    finally:
        terminal.close()


def problems_without_configuration(shell, completions, directory):
    """Where there is no /etc/resolv.conf, the public resolvers are offered and nothing is printed into the line."""
    command, setup = SHELLS[shell]
    terminal = Terminal(command, directory)
    try:
        terminal.type(setup.format(directory=completions) + "\r")
        terminal.wait_for("ready>", 60)
        terminal.type("fcrdns-check @9\t\r")
        said = terminal.wait_for(r"(.*?)<<([^<>]*)\|>>")
        if said[2] != "@9.9.9.9" or re.search("resolv|[Nn]o such", said[1]):
            yield f"{shell} without /etc/resolv.conf: {said[0]!r}"
    except (TimeoutError, OSError) as error:
        yield f"{shell} without /etc/resolv.conf: {error}"
    finally:
        terminal.close()


def leave_out_resolv_conf(directory):
    """From now on this process sees an /etc without it."""
    copy = os.path.join(directory, "etc")
    shutil.copytree("/etc", copy, symlinks=True, ignore=shutil.ignore_patterns("resolv.conf"))
    world.mount(copy, "/etc", world.MS_BIND)


def main():
    world.enter()
    with open("/etc/resolv.conf", "a") as stream:  # the world's own
        stream.write("nameserver 2001:db8::53\n")
    completions = os.path.abspath(sys.argv[1])
    problems = []
    for shell in SHELLS:
        with tempfile.TemporaryDirectory() as directory:
            pathlib.Path(directory, "senders.txt").touch()
            problems += problems_in(shell, completions, directory)
    with tempfile.TemporaryDirectory() as directory:
        leave_out_resolv_conf(directory)
        for shell in SHELLS:
            problems += problems_without_configuration(shell, completions, directory)
        world.unmount("/etc")
    print("\n".join(problems) or f"{len(LINES)} lines completed in {', '.join(SHELLS)}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
