"""What regions of Kazakhstan are called in the language spoken."""

from __future__ import annotations

from functools import cache

from mazhilis_sim.languages import language
from mazhilis_sim.names.stored import Record, read_table


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
