"""The table of the versions of the law."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mazhilis_sim.cli.shell.law_words import describe_fallback
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.languages import _
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.presets import LOCAL, law, laws
from mazhilis_sim.tables import Column, Table, short_percent

FORMAT = "mazhilis_sim laws 1"


def show_laws(targets: Targets) -> None:
    """Print the table of presets, or save it for other programs."""
    targets.check()
    found = [law(LOCAL, list_seats=1) if name == LOCAL else law(name) for name in laws()]
    rows = [row_of(version) for version in found]
    written = targets.save({"format": FORMAT, "laws": rows}, rows)
    if not targets.piped:
        print_laws(Screen(), found, written)


def row_of(version: ElectoralLaw) -> dict[str, Any]:
    """Return the numbers of a version by name; what each maslikhat has of its own stays open."""
    own = version.name == LOCAL
    return {
        "law": version.name,
        "list_seats": None if own else version.list_seats,
        "threshold": str(version.threshold),
        "second_list_weight": str(version.fallback.weight) if version.fallback else None,
        "second_list_floor": version.fallback.floor if version.fallback else None,
        "district_seats": version.district_seats,
        "appointed_seats": version.appointed_seats,
        "total_seats": None if own else version.total_seats,
        "majority": None if own else version.majority,
        "in_force": version.in_force,
    }


def print_laws(screen: Screen, found: Sequence[ElectoralLaw], written: Sequence[tuple[str, str]]) -> None:
    """Print the table of presets."""
    names = Column(_("law"), [version.name for version in found], left=True, style="bold")
    own = [version.name != LOCAL for version in found]
    numbers = [
        Column(_("list"), [str(version.list_seats) if fixed else _("given") for version, fixed in zip(found, own, strict=True)]),
        Column(_("threshold"), [short_percent(version.threshold) for version in found]),
        Column(_("second list"), [describe_fallback(version) for version in found]),
        Column(_("districts"), [str(version.district_seats) for version in found]),
        Column(_("appointed"), [str(version.appointed_seats) for version in found]),
        Column(_("all"), [str(version.total_seats) if fixed else "–" for version, fixed in zip(found, own, strict=True)]),
        Column(_("majority"), [str(version.majority) if fixed else "–" for version, fixed in zip(found, own, strict=True)]),
    ]
    screen.line(_("Versions of the law"), "bold")
    screen.line()
    screen.tables([Table([names, *numbers])], [Table([names, *numbers[:3]]), Table([names, *numbers[3:]])])
    screen.line()
    screen.paragraph(_("second list: where one list alone passes, the weight of the next one's votes and its fewest seats"))
    screen.heading(_("In force"))
    screen.items([*((version.name, _(version.in_force)) for version in found), *written])
