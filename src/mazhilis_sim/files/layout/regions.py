"""Regions by their names in three languages, which lie beside this module, with or without the word "region"."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from importlib.resources import files

from mazhilis_sim.names.spelling import bare, spelling

WORDS = re.compile(r"\b(?:region|oblast|province|city|of|обл(?:асть|ысы)?|қаласы|қ|город|г)\b\.?", re.IGNORECASE)
"""What stands beside the name of a region and names none."""
COUNTRY = (
    *("Kazakhstan", "Republic of Kazakhstan", "nation", "whole country", "country", "nationwide", "national"),
    *(
        "Казахстан",
        "Республика Казахстан",
        "РК",
        "по РК",
        "по Казахстану",
        "по республике",
        "по Республике Казахстан",
        "по стране",
        "страна",
    ),
    *("Қазақстан", "Қазақстан Республикасы", "ҚР", "ҚР бойынша", "Қазақстан бойынша", "республика бойынша", "ел бойынша"),
)
"""Names of the whole country: a place of this name holds the sum of its parts."""


@cache
def known_regions() -> frozenset[str]:
    """Return the bare spellings of all names of regions."""
    text = files(__package__).joinpath("regions.csv").read_text(encoding="utf-8")
    return frozenset(bare(row["name"]) for row in csv.DictReader(io.StringIO(text, newline="")))


def is_region(name: str) -> bool:
    """Tell whether a name is that of a region of Kazakhstan, a former one too, or of the votes abroad.

    Examples
    --------
    >>> is_region("Акмолинская область"), is_region("г. Алматы"), is_region("Jambyl Region"), is_region("Amanat")
    (True, True, True, False)
    """
    return bare(name) in known_regions() or bare(WORDS.sub(" ", name)) in known_regions()


def is_country(name: str) -> bool:
    """Tell whether a name is the whole country's."""
    return spelling(name) in country_names()


@cache
def country_names() -> frozenset[str]:
    """Return what the whole country is called, as spelled."""
    return frozenset(map(spelling, COUNTRY))
