"""What is shown in English, Kazakh or Russian: texts of one's own through `_`, with catalogues kept beside this file.

Whoever writes a text for people writes ``_("Seats")``, or ``_("{n} draws").format(n=n)`` where something is put in: the text itself is the
English one and the key of the others. A text that is a constant of a module is marked with `marked` there and translated by `_` where it is
shown, since the language is known only then. Errors, logs, JSON and the names of columns stay English.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

__all__ = ["LANGUAGES", "_", "language", "marked", "several", "speaking"]

LANGUAGES = {"en": "English", "kk": "Қазақша", "ru": "Русский"}
"""Codes of ISO 639-1, and what each language calls itself."""
DOMAIN = "mazhilis_sim"

_language: ContextVar[str] = ContextVar("language", default="en")


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """Return the texts of a language; English has none, since its texts are the keys."""
    return gettext.translation(DOMAIN, Path(__file__).parent, [code], fallback=code == "en")


def language() -> str:
    """Return the code of the language that is spoken here and now."""
    return _language.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language until the block ends, in this thread and task alone."""
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


def marked(text: str) -> str:
    """Mark a constant text for the catalogues; `_` translates it where it is shown."""
    return text
