"""A law in one line."""

from __future__ import annotations

from mazhilis_sim.legislation.system import CHOICES, ElectoralLaw, Fallback
from mazhilis_sim.tables import plural, short_percent


def describe_fallback(version: ElectoralLaw) -> str:
    """Write the two-party rule in a few signs."""
    if version.fallback is None:
        return "none"
    return f"× {float(version.fallback.weight):g}, {version.fallback.floor}+"


def describe_law(version: ElectoralLaw) -> str:
    """Write a law in one line."""
    parts = [f"{plural(version.list_seats, 'list seat')} at {short_percent(version.threshold)}"]
    if version.district_seats:
        parts.append(plural(version.district_seats, "district"))
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
