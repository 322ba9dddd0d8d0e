"""``mazhilis-sim laws``, and a law in one line."""

from __future__ import annotations

from mazhilis_sim.legislation.presets import LOCAL, law, laws
from mazhilis_sim.legislation.system import CHOICES, ElectoralLaw, Fallback
from mazhilis_sim.tables import short_percent


def print_laws() -> None:
    """Print the table of presets."""
    from mazhilis_sim.cli.screen import Column, Screen

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
    screen.tables([[names, *numbers]], [[names, *numbers[:3]], [names, *numbers[3:]]])
    screen.line()
    screen.paragraph("second list: where one list alone passes, the weight of the next one's votes and its fewest seats")
    screen.heading("In force")
    screen.items([(version.name, version.in_force) for version in found])


def describe_fallback(version: ElectoralLaw) -> str:
    """Write the two-party rule in a few signs."""
    if version.fallback is None:
        return "none"
    return f"× {float(version.fallback.weight):g}, {version.fallback.floor}+"


def describe_law(version: ElectoralLaw) -> str:
    """Write a law in one line."""
    parts = [f"{version.list_seats} list seats at {short_percent(version.threshold)}"]
    if version.district_seats:
        parts.append(f"{version.district_seats} districts")
    if version.appointed_seats:
        parts.append(f"{version.appointed_seats} appointed")
    if version.fallback is None:
        parts.append("one passer takes all")
    elif version.fallback != Fallback():
        parts.append(f"second list {describe_fallback(version)}")
    chosen = {field: getattr(version, field) for field in CHOICES if field != "method"}
    parts += [f"{field}={choice}" for field, choice in chosen.items() if choice != CHOICES[field][0]]
    if version.method != "hare":
        parts.append(f"seats shared out by {version.method}, which is the law of no version")
    return f"{version.name}: {', '.join(parts)}; majority {version.majority} of {version.total_seats}"
