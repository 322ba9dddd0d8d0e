"""What the nation's vote becomes when some of its regions vote otherwise.

A scenario changes regions and leaves the others as they were; the nation's numbers then move by what its regions move
together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypedDict

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError, show
from mazhilis_sim.names.entries import Ids
from mazhilis_sim.votes.region import KNOWN_OR_NOT, Region


class Sums(TypedDict):
    """Numbers of several regions together, or of a nation; None where one of them is not on record."""

    list_votes: dict[str, int]
    against_all: int
    other: int
    invalid: int | None
    registered: int | None
    ballots: int | None


def read_regions(regions: Any) -> dict[str, Region]:
    """Read regions by id, each under its own."""
    given = reading.mapping(regions, "regions", VotesError, like='{"astana": Region(...)}')
    reading.once(given, "region", VotesError)
    for id_, region in given.items():
        reading.instance(region, Region, f"region {show(id_)}", VotesError)
        if region.id != id_:
            raise VotesError(field=f"region {show(id_)}", must="stand under its own id", got=region.id)
    return given


def by_id(regions: Any) -> dict[str, Region]:
    """Read a sequence of regions, each once."""
    read = reading.members(regions, Region, "regions", VotesError)
    reading.once((region.id for region in read), "region", VotesError)
    return {region.id: region for region in read}


def regions_on_record(regions: Mapping[str, Region], asked: Mapping[str, Any]) -> Mapping[str, Region]:
    """Return the regions, or raise an error where some are asked for and none is on record."""
    if asked and not regions:
        raise VotesError("this election has no regions on record", field="region", got=next(iter(asked)), must="be on record")
    return regions


def at_turnouts(regions: Mapping[str, Region], turnout: Any) -> dict[str, Region]:
    """Return all regions, some of them with another turnout."""
    given = reading.mapping(turnout, "turnout", VotesError, like='{"almaty_city": 0.60}')
    known = reading.of_known(given, regions_on_record(regions, given), "region", VotesError)
    return {**regions, **{id_: regions[id_].at_turnout(share) for id_, share in known.items()}}


def replaced(regions: Mapping[str, Region], others: Any) -> dict[str, Region]:
    """Return all regions, some of them replaced by others with the same id."""
    changed = by_id(others)
    known = reading.of_known(changed, regions_on_record(regions, changed), "region", VotesError)
    return {**regions, **{id_: replace(region, id=id_) for id_, region in known.items()}}


def sums_of(regions: Iterable[Region]) -> Sums:
    """Add regions up: votes by list in the order of their appearance, and what all of them know."""
    parts = list(regions)
    lists = dict.fromkeys(party for region in parts for party in region.list_votes)
    invalid, registered, ballots = (known_sum([getattr(region, name) for region in parts]) for name in KNOWN_OR_NOT)
    return Sums(
        list_votes=Ids({party: sum(region.list_votes.get(party, 0) for region in parts) for party in lists}),
        against_all=sum(region.against_all for region in parts),
        other=sum(region.other for region in parts),
        invalid=invalid,
        registered=registered,
        ballots=ballots,
    )


def known_sum(numbers: Iterable[int | None]) -> int | None:
    """Add numbers up; None where one of them is unknown."""
    found = list(numbers)
    known = [number for number in found if number is not None]
    return sum(known) if len(known) == len(found) else None


def moved_by(nation: Sums, before: Iterable[Region], after: Iterable[Region]) -> Sums:
    """Move a nation's numbers by what its regions move together; what a nation or a region does not know stays None."""
    was, now = sums_of(before), sums_of(after)
    votes = nation["list_votes"].items()
    return Sums(
        list_votes=Ids({party: n + now["list_votes"].get(party, 0) - was["list_votes"].get(party, 0) for party, n in votes}),
        against_all=nation["against_all"] + now["against_all"] - was["against_all"],
        other=nation["other"] + now["other"] - was["other"],
        invalid=moved(nation["invalid"], was["invalid"], now["invalid"]),
        registered=moved(nation["registered"], was["registered"], now["registered"]),
        ballots=moved(nation["ballots"], was["ballots"], now["ballots"]),
    )


def moved(number: int | None, was: int | None, now: int | None) -> int | None:
    """Move a number by what changed; None where one of them is unknown."""
    return None if number is None or was is None or now is None else number + now - was
