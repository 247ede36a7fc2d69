# SPDX-License-Identifier: MIT
"""The pages for users, and what stands in their fences."""
import pathlib
import re
from typing import NamedTuple

SOURCES = pathlib.Path(__file__).resolve().parent.parent.parent
README, RECIPES = SOURCES / "README.md", SOURCES / ".github/RECIPES.md"
PAGES = (README, RECIPES)
FENCE = re.compile(
    r"^(?:<!-- published while it waits: (?P<record>.*) -->\n)?(?P<mark>````?)(?P<language>\w*)\n(?P<text>.*?)^(?P=mark)$",
    re.MULTILINE | re.DOTALL,
)


class Fence(NamedTuple):
    language: str
    text: str
    record: str | None  # of a console: what is published while its command waits


def fences(text, *languages):
    """The fences of a page, of these languages; where none is named, all."""
    found = (Fence(match["language"], match["text"], match["record"]) for match in FENCE.finditer(text))
    return [fence for fence in found if not languages or fence.language in languages]


def command(page, beginning):
    """The command that begins so on the page, without the comment behind it."""
    lines = [line for fence in fences(page.read_text(), "") for line in fence.text.splitlines()]
    return next(line.partition("  #")[0].rstrip() for line in lines if line.startswith(beginning))
