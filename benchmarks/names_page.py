"""Writes the reference of names and words anew, between two marks of its page: python benchmarks/names_page.py.

A test holds the page to the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mazhilis_sim.names.record import PartyName, parties, party_names
from mazhilis_sim.names.stored import read_table
from mazhilis_sim.names.words import FILLER, MEANINGS, PARTY_WORD, TOTAL

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "names.md"
BEGIN, END = "<!-- tables: written by benchmarks/names_page.py -->", "<!-- end of tables -->"
LANGUAGES = {"en": "English", "kk": "Kazakh", "ru": "Russian"}
WIDEST = 158


def written(page: str) -> str:
    """Return the page with the tables of today."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{rest.partition(END)[2]}"


def tables() -> str:
    """Return both lists as Markdown."""
    return "\n".join([*parties_listed(), *words_listed()])


def parties_listed() -> Iterator[str]:
    """Yield the names of each party by language; a star marks those that are common elsewhere."""
    yield from ("## Parties", "")
    for party in parties():
        yield f"**`{party}`**"
        yield ""
        for language, head in LANGUAGES.items():
            names = [name for name in party_names() if name.party == party and name.language == language]
            yield from item(head, [shown(name) for name in names])
        yield ""


def shown(name: PartyName) -> str:
    """Write a name: in italics where it is a former one, with a star where it is common elsewhere."""
    text = f"*{name.name}*" if name.kind == "former" else name.name
    return text + "\\*" * name.general


def words_listed() -> Iterator[str]:
    """Yield the words of each meaning by language, and what it is among votes and in a poll."""
    yield from ("## Words of no party", "")
    for meaning, means in MEANINGS.items():
        words = [row for row in read_table("words") if row["meaning"] == meaning]
        votes, poll = (f"`{id_}`" if id_ and meaning != TOTAL else "a sum" if id_ else "refused" for id_ in (means.votes, means.poll))
        yield f"**{means.what}** (among votes: {votes}; in a poll: {poll})"
        yield ""
        for language, head in LANGUAGES.items():
            yield from item(head, [row["word"] for row in words if row["language"] == language])
        yield ""
    for meaning, said in ((PARTY_WORD, "beside a name or a word, and without a meaning"), (FILLER, "beside a word, and without a meaning")):
        yield f"**{said}**"
        yield ""
        for language, head in LANGUAGES.items():
            yield from item(head, [row["word"] for row in read_table("words") if (row["meaning"], row["language"]) == (meaning, language)])
        yield ""


def item(head: str, texts: list[str]) -> Iterator[str]:
    """Yield one entry of a list, broken into lines."""
    line = f"- {head}:"
    for number, text in enumerate(texts):
        part = f" {text}{',' if number < len(texts) - 1 else ''}"
        if len(line) + len(part) > WIDEST:
            yield line
            line = " "
        line += part
    if texts:
        yield line


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
