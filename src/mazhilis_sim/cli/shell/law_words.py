"""A law in one line."""

from __future__ import annotations

from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.legislation.electoral_law import CHOICES, ElectoralLaw, Fallback, law_called
from mazhilis_sim.tables import short_percent


def describe_fallback(version: ElectoralLaw) -> str:
    """Write the two-party rule in a few signs."""
    if version.fallback is None:
        return _("none")
    return f"× {number(float(version.fallback.weight), 'g')}, {version.fallback.floor}+"


def describe_law(version: ElectoralLaw) -> str:
    """Write a law in one line."""
    parts = [seats_at_threshold(version)]
    if version.district_seats:
        parts.append(counted("{n} district", "{n} districts", version.district_seats))
    if version.appointed_seats:
        parts.append(counted("{n} appointed", "{n} appointed", version.appointed_seats))
    if version.fallback is None:
        parts.append(_("one passer takes all"))
    elif version.fallback != Fallback():
        parts.append(_("second list {rule}").format(rule=describe_fallback(version)))
    chosen = {field: getattr(version, field) for field in CHOICES if field != "method"}
    parts += [f"{field}={choice}" for field, choice in chosen.items() if choice != CHOICES[field][0]]
    if version.method != "hare":
        parts.append(_("seats shared out by {method}, which is the law of no version").format(method=version.method_name))
    majority = _("majority {majority} of {seats}").format(majority=version.majority, seats=version.total_seats)
    return f"{law_called(version)}: {', '.join(parts)}; {majority}"


def seats_at_threshold(version: ElectoralLaw) -> str:
    """Say how many list seats there are, and the threshold."""
    said = several("{n} list seat at {threshold}", "{n} list seats at {threshold}", version.list_seats)
    return said.format(n=number(version.list_seats), threshold=short_percent(version.threshold))
