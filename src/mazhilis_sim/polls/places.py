"""Where a poll asked: in the nation, in a region or in a district; and of what kind that makes it."""

from __future__ import annotations

from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError

DISTRICT_POLL, REGION_POLL = "district_poll", "region_poll"
KINDS = ("poll", "exit_poll", "independent_poll", "bot", "debate_poll", "partial_poll", REGION_POLL, DISTRICT_POLL)
"""Kinds of polls; those of kind ``"poll"`` alone are pooled. Of a ``"partial_poll"`` some answers are not published."""


def read_kind(value: Any, district: int | None, region: str, where: str) -> str:
    """Read the kind of a poll; one that names a district or a region is of one kind only."""
    kind = reading.choice(value, "kind", KINDS, PollError, where=where)
    places: dict[str, Any] = {DISTRICT_POLL: district, REGION_POLL: region}
    own = next((own for own, place in places.items() if place), "")
    if own and kind not in ("poll", own):
        field = own.removesuffix("_poll")
        must, remedy = f"be {own!r} where a {field} is given", f"leave kind or {field} out"
        raise PollError(field="kind", got=kind, must=must, remedy=remedy, where=where)
    if kind in places and kind != own:
        must = f"be given for a poll of kind {kind!r}"
        raise PollError(field=kind.removesuffix("_poll"), got=None, must=must, shown="none", where=where)
    return own or kind


def place_of(district: int | None, region: str) -> str:
    """Name the place where a poll asked; nothing for the nation."""
    return f"district {district}" if district else region
