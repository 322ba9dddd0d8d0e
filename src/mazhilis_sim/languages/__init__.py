"""What is shown in English, Kazakh or Russian: texts of one's own through `_`, with catalogues kept beside this file.

Whoever writes a text for people writes ``_("Seats")``, or ``_("{n} draws").format(n=number(n))`` where something is put in: the text
itself is the English one and the key of the others. A text that is a constant of a module is marked with `marked` there and translated
by `_` where it is shown, since the language is known only then. Errors, warnings, JSON and the names of columns stay English.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from mazhilis_sim.errors import MazhilisError, unknown

__all__ = ["ENGLISH", "LANGUAGES", "_", "counted", "language", "marked", "number", "several", "speaking"]

LANGUAGES = {"en": "English", "kk": "Қазақша", "ru": "Русский"}
"""Codes of ISO 639-1, and what each language calls itself."""
ENGLISH = "en"
DOMAIN = "mazhilis_sim"
SIGNS = {code: str.maketrans({",": "\xa0", ".": ","}) for code in ("kk", "ru")}
"""What stands between thousands and before decimals, where it is not as in English (Unicode CLDR 47, ``numbers/symbols``)."""

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """Return the texts of a language; English has none, since its texts are the keys."""
    return gettext.translation(DOMAIN, Path(__file__).parent, [code], fallback=code == ENGLISH)


def language() -> str:
    """Return the code of the language that is spoken here and now."""
    return _language.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language until the block ends, in this thread and task alone.

    Everything that is shown for people is then in that language: pages of notebooks, printed tables, pictures, protocols. Errors,
    warnings, reprs, JSON and the names of columns stay English.

    Parameters
    ----------
    code : {"en", "kk", "ru"}
        English, Kazakh or Russian.

    Raises
    ------
    MazhilisError
        For another language.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> with ms.speaking("ru"):
    ...     title = ms.power({"a": 4, "b": 3, "c": 2}).title
    >>> title
    'Кто решает при 5 из 9 мест'
    """
    if not isinstance(code, str) or code not in LANGUAGES:
        raise unknown(MazhilisError, "language", code, tuple(LANGUAGES))
    before = _language.set(code)
    try:
        yield
    finally:
        _language.reset(before)


def _(text: str) -> str:
    """Return a text in the language spoken."""
    return catalogue(language()).gettext(text) if text else text


def several(one: str, many: str, n: int) -> str:
    """Return the text for ``n`` things in the language spoken, each language by its own rule for numbers; put ``n`` in with `format`."""
    return catalogue(language()).ngettext(one, many, n)


def counted(one: str, many: str, n: int, **others: object) -> str:
    """Return the text for ``n`` things, such as ``counted("{n} seat", "{n} seats", n)``, with the number and what else is put in."""
    return several(one, many, n).format(n=number(n), **others)


def marked(text: str) -> str:
    """Mark a constant text for the catalogues; `_` translates it where it is shown."""
    return text


def number(value: Any, form: str = ",") -> str:
    """Write a number in a form of `format`, with the signs of the language spoken.

    Examples
    --------
    >>> number(1234567), number(0.125, ".2f")
    ('1,234,567', '0.12')
    """
    return f"{value:{form}}".translate(SIGNS.get(language(), {}))
