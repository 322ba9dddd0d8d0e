"""When two spellings are one name.

Case, Unicode form, blanks, hyphens, quotes and letters that look alike in Latin and Cyrillic make no difference between names
(`spelling`). Names that are known are found with more missing still: accents, the letters that only Kazakh has, punctuation
(`bare`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

TWINS = str.maketrans("АВЕЁКМНОРСТУХІЅЈ", "ABEEKMHOPCTYXISJ")
"""Capital letters that look the same in Cyrillic and Latin; both spellings of the Russian Е."""
KAZAKH = str.maketrans("ӘҒҚҢӨҰҮҺ", "AГKHOYYX")
"""Letters of Kazakh, as keyboards without them write them."""
SILENT = {"Cc", "Cf", "Pc", "Pd", "Pi", "Pf", "Zl", "Zp", "Zs"}
"""Categories of Unicode that stand between letters and make no name: blanks, marks of direction, hyphens, quotes."""
QUOTES = frozenset("'\"`´ʼʹʻʽ„‚")
"""Quotes and apostrophes of other categories."""
SILENT_ASCII = re.compile(r"[\x00-\x20\x7f_'\"`-]+")
"""The same among the letters that most names are written in, where it is found faster."""
HUMPS = re.compile(r"(?<=[a-zа-яёәғқңөұүһі])(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")
"""Where a word begins within "InvalidVotes"."""
MARKS = re.compile(r"^\s*(?:№\s*)?\d{1,2}[.)]\s+|\s*(?:\[\w{1,3}\]|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]+)\s*$")
"""A number before a name, as protocols count lists, and the mark of a footnote behind it."""
BETWEEN_DIGITS = re.compile(rf"(?<=\d){SILENT_ASCII.pattern}(?=\d)")
GAP = "\ue000"
"""Stands where characters were that make no difference; a letter of nobody's, which names cannot hold themselves."""
APART = re.compile(rf"(?<=\d){GAP}+(?=\d)")
APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
"""Apostrophes, which stand inside of a word."""
LONGEST = 500
"""Letters of a name: what is longer is none, and means itself alone."""


@lru_cache(maxsize=2**16)
def spelling(text: str) -> str:
    """Return what all spellings of one name have in common.

    Two digits stay apart: "list 1 1" is not "list 11".

    Examples
    --------
    >>> spelling("Nur-Otan") == spelling("«NUR  OTAN»") == spelling("Nur_Оtаn")
    True
    >>> spelling("List 1 1") == spelling("List 11")
    False
    """
    if len(text) > LONGEST:
        return text
    found, before = sounding(text), ""
    while found != before and not found.isascii():  # an accent that stood alone may now belong to the letter before it
        found, before = sounding(found), found
    return found


def sounding(text: str) -> str:
    """Return a text in capitals without what makes no difference; as it is where nothing else stands in it."""
    letters = capitals(text)
    if letters.isascii():
        apart = (SILENT_ASCII.sub("", part) for part in BETWEEN_DIGITS.split(letters))
        return " ".join(apart) or letters
    return APART.sub(" ", letters.translate(AUDIBLE)).replace(GAP, "") or letters


def capitals(text: str) -> str:
    """Return a text in capitals, in one Unicode form and with Latin twins."""
    if text.isascii():
        return text.upper()
    upper = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold().upper())
    return upper.translate(TWINS)


class Letters(dict[int, str]):
    """What each letter becomes, found out when it first comes: a table for `str.translate`, which is quick."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self.becomes = becomes

    def __missing__(self, code: int) -> str:
        self[code] = found = self.becomes(chr(code))
        return found


def audible(letter: str) -> str:
    """Return a character, or a gap where it makes no difference between two names."""
    return GAP if letter in QUOTES or unicodedata.category(letter) in SILENT else letter


def in_words(letter: str) -> str:
    """Return a letter without what makes it Kazakh or Cyrillic alone, nothing for an accent, and a blank for what is no letter."""
    if unicodedata.category(letter) == "Mn":
        return ""
    plain = letter.translate(KAZAKH).translate(TWINS)
    return plain if plain.isalnum() else " "


AUDIBLE, IN_WORDS = Letters(audible), Letters(in_words)


@lru_cache(maxsize=2**16)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, bare: without accents, Kazakh letters and punctuation; an apostrophe stands inside of a word.

    Examples
    --------
    >>> words_of("Don’t know, yet!"), words_of("Әділет") == words_of("адилет".replace("и", "і"))
    (('DONT', 'KNOW', 'YET'), True)
    """
    if len(text) > LONGEST:
        return (text,)
    parts = HUMPS.sub(" ", unicodedata.normalize("NFC", text).translate(APOSTROPHES))
    return tuple(unicodedata.normalize("NFKD", capitals(parts)).translate(IN_WORDS).split())


@lru_cache(maxsize=2**16)
def unmarked(text: str) -> str:
    """Return a label without the number of its row and the mark of a footnote.

    Examples
    --------
    >>> unmarked("1. Amanat*"), unmarked("№ 2) Auyl [3]"), unmarked("2 Guys")
    ('Amanat', 'Auyl', '2 Guys')
    """
    return MARKS.sub("", text) if len(text) <= LONGEST else text


def bare(text: str) -> str:
    """Return the words of a text as one, which is how known names are found.

    Examples
    --------
    >>> bare("«Ақ жол»") == bare("Ак-Жол"), bare("Jalpyūlttyq") == bare("jalpyulttyq")
    (True, True)
    """
    return "".join(words_of(text))
