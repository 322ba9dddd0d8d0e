"""The pages of the documentation, cut into what tests hold against the library: examples, commands, files, links, signatures."""

from __future__ import annotations

import doctest
import enum
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from site_links import FENCE, LINK

ROOT = Path(__file__).parents[1]
PAGES = tuple(sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "tests" / "README.md"]))

HEADING = re.compile(r"^#+ +(.+?) *#*$", re.MULTILINE)


class Block(NamedTuple):
    """One fenced block: its language, the file name behind it, its text, and the line where the text begins."""

    language: str
    name: str
    text: str
    line: int


class Command(NamedTuple):
    """One command of a ``console`` block, and what it prints."""

    words: str
    printed: str


def blocks(page: str) -> list[Block]:
    """Return the fenced blocks of a page in their order."""
    return [Block(m["language"], m["name"].strip(), m["text"], page.count("\n", 0, m.start("text"))) for m in FENCE.finditer(page)]


def examples(block: Block, following: Block | None) -> list[doctest.Example]:
    """Return the examples of a ``python`` block; a ``text`` block right behind it holds what the last of them prints."""
    found = doctest.DocTestParser().get_examples(block.text)
    for example in found:
        example.lineno += block.line
    if found and not found[-1].want and following and following.language == "text":
        found[-1].want = re.sub(r"^$", "<BLANKLINE>", following.text.rstrip("\n"), flags=re.MULTILINE) + "\n"
    return found


def neighbour(found: list[Block], place: int) -> Block | None:
    """Return the block that stands right behind another, nothing but an empty line between them."""
    if place + 1 == len(found):
        return None
    block, following = found[place], found[place + 1]
    gap = following.line - 1 - (block.line + block.text.count("\n") + 1)
    return following if gap <= 1 else None


def commands(block: Block) -> list[Command]:
    """Return the commands of a ``console`` block."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
    return [Command(*part.partition("\n")[::2]) for part in parts]


def links(page: str) -> Iterator[str]:
    """Return what a page links to, outside of its blocks."""
    yield from (match["target"] for match in LINK.finditer(FENCE.sub("", page)))


def anchors(page: str) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    made = set()
    for heading in HEADING.findall(FENCE.sub("", page)):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        made.add(re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-"))
    return made


def signature(name: str, thing: Any) -> str:
    """Write a call as the reference does: names and defaults, no types."""
    parameters = inspect.signature(thing).parameters.values()
    shown = [p.replace(annotation=p.empty) for p in parameters if p.name not in ("self", "cls")]
    text = str(inspect.Signature(shown)).replace("<factory>", "...").replace("'", '"')
    return name + re.sub(r"(?<==)\d{5,}", lambda match: f"{int(match[0]):_}", text)


def public_members(owner: type[Any]) -> dict[str, Any]:
    """Return the public methods and properties that a class defines itself, as they stand in it."""
    own = {name: member for name, member in vars(owner).items() if not name.startswith("_")}
    return {name: member for name, member in own.items() if not isinstance(member, enum.Enum) and is_code(member)}


def is_code(member: Any) -> bool:
    """Whether a member of a class is a method or a property, not a field or a slot."""
    return isinstance(member, (property, classmethod, staticmethod)) or inspect.isfunction(member)
