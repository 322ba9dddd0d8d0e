"""How many cells of a terminal a text fills, and how it is broken or cut: a letter of East Asia fills two, an accent none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

PIECES = re.compile(r" *[^ ]+")
"""A word with the blanks before it."""


def width(text: str) -> int:
    """Return how many cells of a terminal a text fills.

    Examples
    --------
    >>> width("Amanat"), width("党"), width("e\u0301")
    (6, 2, 1)
    """
    return len(text) if text.isascii() else sum(map(letter_width, text))


def letter_width(letter: str) -> int:
    """Return how many cells one letter fills."""
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def longest_word(text: str) -> int:
    """Return the cells of the longest word of a text."""
    return max(map(width, text.split(" ")))


def broken(text: str, most: int, indent: int = 0) -> list[str]:
    """Break a text between words into lines of so many cells, those after the first indented; a word that is longer is broken, too.

    Examples
    --------
    >>> broken("Movement of Citizens 12", 12), broken("  quota  votes for a seat", 14, 9)
    (['Movement of', 'Citizens 12'], ['  quota  votes', '         for a', '         seat'])
    """
    lines = [""]
    for piece in PIECES.findall(text):
        if width(lines[-1] + piece) <= most:
            lines[-1] += piece
            continue
        before = " " * (indent if lines != [""] else min(len(piece) - len(piece.lstrip()), most // 2))
        lines += (before + part for part in chopped(piece.lstrip(), most - len(before)))
    return lines if lines[0] or lines == [""] else lines[1:]


def chopped(word: str, most: int) -> Iterator[str]:
    """Cut a word into pieces of so many cells.

    Examples
    --------
    >>> [*chopped("Respublica", 4)], [*chopped("", 4)]
    (['Resp', 'ubli', 'ca'], [''])
    """
    begin = filled = 0
    for place, letter in enumerate(word):
        filled += letter_width(letter)
        if filled > most and place > begin:
            yield word[begin:place]
            begin, filled = place, letter_width(letter)
    yield word[begin:]


def cut(text: str, most: int) -> str:
    """Cut a text that is wider than it may be, and mark where.

    Examples
    --------
    >>> cut("Respublica", 6), cut("Auyl", 6)
    ('Respu…', 'Auyl')
    """
    if width(text) <= most:
        return text
    begin = next(chopped(text, most - 1))
    return (begin.rstrip() if width(begin) < most else "") + "…"
