"""The table of the versions of the law."""

from __future__ import annotations

from mazhilis_sim.cli.shell.law_words import describe_fallback
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.legislation.presets import LOCAL, law, laws
from mazhilis_sim.tables import Column, Table, short_percent


def print_laws() -> None:
    """Print the table of presets."""
    screen, found = Screen(), [law(LOCAL, list_seats=1) if name == LOCAL else law(name) for name in laws()]
    names = Column("law", [version.name for version in found], left=True, style="bold")
    own = [version.name != LOCAL for version in found]
    numbers = [
        Column("list", [str(version.list_seats) if fixed else "given" for version, fixed in zip(found, own, strict=True)]),
        Column("threshold", [short_percent(version.threshold) for version in found]),
        Column("second list", [describe_fallback(version) for version in found]),
        Column("districts", [str(version.district_seats) for version in found]),
        Column("appointed", [str(version.appointed_seats) for version in found]),
        Column("all", [str(version.total_seats) if fixed else "–" for version, fixed in zip(found, own, strict=True)]),
        Column("majority", [str(version.majority) if fixed else "–" for version, fixed in zip(found, own, strict=True)]),
    ]
    screen.line("Versions of the law", "bold")
    screen.line()
    screen.tables([Table([names, *numbers])], [Table([names, *numbers[:3]]), Table([names, *numbers[3:]])])
    screen.line()
    screen.paragraph("second list: where one list alone passes, the weight of the next one's votes and its fewest seats")
    screen.heading("In force")
    screen.items([(version.name, version.in_force) for version in found])
