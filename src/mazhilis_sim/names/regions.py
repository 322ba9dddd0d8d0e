"""Regions on record: found by any of their names in English, Kazakh and Russian, and called by that of the language spoken."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache, lru_cache

from mazhilis_sim.languages import language
from mazhilis_sim.names.spelling import bare
from mazhilis_sim.names.stored import Record, read_table

CITY = re.compile(r"\b(?:city(?: of)?|қаласы|қ|город|г)\b\.?", re.IGNORECASE)
"""What stands beside the name of a city; a region's own word is a part of its name, since Almaty is both."""
OF_REGIONS = ("Region", "облысы")
FORMER = {"Нур-Султан": "astana", "Нұр-Сұлтан": "astana"}
"""Names of Astana in 2021 that no table holds."""
NAMED = {"region_tiles": ("short", "short_kk", "short_ru", "name_kk", "name_ru"), "regions": ("name_2021", "name_2023")}
"""Columns that hold names, by table."""
NEAR = 0.7
"""How alike a text and a name must be for one to be meant by the other."""
LONGEST = 80
"""Letters of a text that is held against names: a longer one is like none."""


@cache
def region_names() -> dict[str, str]:
    """Return the regions by the bare spellings of their names."""
    rows = ((row["region"], row[column]) for table, columns in NAMED.items() for row in read_table(table) for column in columns)
    return {bare(name): region for region, name in (*rows, *((region, name) for name, region in FORMER.items())) if name}


def find_region(text: str) -> str | None:
    """Return the id of the region that a text names; None for a bare "Almaty", which is a city and a region.

    Examples
    --------
    >>> find_region("г. Алматы"), find_region("Алматинская область"), find_region("Абай облысы"), find_region("Алматы")
    ('almaty_city', 'almaty_region', 'abai', None)
    """
    known, city = region_names(), CITY.sub(" ", text)
    found = known.get(bare(city))
    may_be = {known.get(bare(f"{text} {word}"), found) for word in OF_REGIONS}
    return found if city != text or may_be == {found} else None


@lru_cache(maxsize=4096)
def near_region(text: str) -> str | None:
    """Return the id of the region whose name a text nearly spells.

    Examples
    --------
    >>> near_region("Алмата"), near_region("Караганды"), near_region("x")
    ('almaty_city', 'karaganda', None)
    """
    spelt = bare(CITY.sub(" ", text))
    found = get_close_matches(spelt, region_names(), n=1, cutoff=NEAR) if len(spelt) <= LONGEST else []
    return region_names()[found[0]] if found else None


def region_name(id_: str, name: str) -> str:
    """Return what a region is called in the language spoken: as the record has it, or by its own name in English and where it has none.

    Examples
    --------
    >>> from mazhilis_sim import speaking
    >>> with speaking("ru"):
    ...     region_name("turkistan", "Türkistan Region"), region_name("atlantis", "Atlantis")
    ('Туркестанская область', 'Atlantis')
    """
    return tiles_on_record().get(id_, {}).get(f"name_{language()}") or name


@cache
def tiles_on_record() -> dict[str, Record]:
    """Return what is on record of each region's tile on a map, official names among it."""
    return {row["region"]: row for row in read_table("region_tiles")}
