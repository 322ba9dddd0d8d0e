"""A count for other programs: everything as JSON, the table as CSV; and a saved one counted again, to be shown as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhilis_sim.cli.counting.count import Counted, district_part
from mazhilis_sim.cli.counting.report import HEADS, CountTable
from mazhilis_sim.cli.shell.collecting import Collected
from mazhilis_sim.counting.exact import allocate
from mazhilis_sim.counting.result import Allocation, Chamber
from mazhilis_sim.languages import ENGLISH, speaking
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.legislation.presets import law as law_by_name
from mazhilis_sim.questions.asking import law_from_data, laws_as_data
from mazhilis_sim.showing import for_json
from mazhilis_sim.votes.election import Election

FORMAT = "mazhilis_sim count 1"


@speaking(ENGLISH)
def to_dict(counted: Counted) -> dict[str, Any]:
    """Return a count, ready for JSON: exact numbers as fractions in text."""
    a, ballot = counted.allocation, counted.election.votes
    return {
        "format": FORMAT,
        "title": counted.title,
        "law": counted.law.name,
        "votes": ballot.votes,
        "against_all": ballot.against_all,
        "other": ballot.other,
        "invalid": ballot.invalid,
        "base": a.base,
        "threshold": str(counted.law.threshold),
        "quota": str(a.quota),
        "admitted": list(a.admitted),
        "fallback": a.fallback,
        "remainders": {party: str(remainder) for party, remainder in a.remainders.items()},
        "ties": [list(tie) for tie in a.ties],
        "seats": {tier: seats for tier in HEADS if (seats := counted.seats(tier))},
        "official": counted.official,
        "notes": list(counted.notes),
        "doubts": list(counted.doubts),
        "asked": asked_as_data(counted),
    }


def asked_as_data(counted: Counted) -> dict[str, Any]:
    """Return what was counted and by what law, as far as the count is to be shown again."""
    election, chamber = counted.election, counted.chamber
    asked = {
        "source": counted.source,
        "date": election.date.isoformat() if election.date else None,
        "law": laws_as_data({counted.law.name: counted.law})[0],
        "seed": counted.allocation.seed,
        "names": election.party_names,
        "winners": chamber.winners if chamber else {},
        "vacant_districts": chamber.vacant_districts if chamber else (),
    }
    return {key: for_json(value) for key, value in asked.items()}


def counted_again(saved: Mapping[str, Any], file: str) -> Counted | None:
    """Count the saved votes again by the saved law; None where that is not known, or the seats are not those that were saved."""
    try:
        with Collected():  # the doubts were saved
            found = counted_from(saved, *asked_in(saved, file))
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):  # saved by another version, or changed by hand
        return None
    same = {tier: seats for tier in HEADS if (seats := found.seats(tier))} == saved["seats"]
    return found if same and found.allocation.base == saved["base"] else None


def counted_from(saved: Mapping[str, Any], asked: Mapping[str, Any], law: ElectoralLaw) -> Counted:
    """Count saved votes again."""
    election = election_in(saved, asked)
    allocation = allocate(law, election.votes, seed=asked["seed"])
    chamber = chamber_in(saved, asked, allocation)
    left_out = str if chamber else district_part(law, None, None, asked["source"])[2]
    return Counted(asked["source"], election, allocation, chamber, left_out, tuple(saved["doubts"]))


def asked_in(saved: Mapping[str, Any], file: str) -> tuple[Mapping[str, Any], ElectoralLaw]:
    """Return what was asked, and the law; of a count saved before that was kept, by the names of the law and of what was saved."""
    asked = saved.get("asked")
    if asked is None:
        source = str(saved["title"]).removeprefix("Count of ")
        source = file if source.startswith("the ") else source
        return {"source": source, "date": None, "seed": None, "names": {}, "winners": {}, "vacant_districts": ()}, law_by_name(saved["law"])
    return asked, law_from_data(asked["law"])


def election_in(saved: Mapping[str, Any], asked: Mapping[str, Any]) -> Election:
    """Return the votes of a saved count as an election."""
    return Election(
        list_votes=saved["votes"],
        against_all=saved["against_all"],
        other=saved["other"],
        invalid=saved["invalid"],
        date=asked["date"],
        law=saved["law"] if saved["official"] else "",
        party_names=asked["names"],
        official_seats=saved["official"],
    )


def chamber_in(saved: Mapping[str, Any], asked: Mapping[str, Any], allocation: Allocation) -> Chamber | None:
    """Return the seats of a saved count with its districts; None where list seats alone were counted."""
    seats = saved["seats"]
    if "total" not in seats:
        return None
    winners = {int(number): name for number, name in asked["winners"].items()}
    vacant = tuple(asked["vacant_districts"])
    return Chamber(allocation.law, seats["total"], allocation.seats, seats.get("district", {}), allocation, winners, vacant)


def rows_of(counted: Counted) -> list[dict[str, Any]]:
    """Return the rows of the table: a list or another way to a seat in each, other lists and against all at the end."""
    votes = counted.election.votes.counted
    tiers = {tier: seats for tier in HEADS if (seats := counted.seats(tier))}
    return [
        {"party": party, "votes": votes.get(party), **{f"{tier}_seats": seats.get(party) for tier, seats in tiers.items()}}
        for party in CountTable(counted).rows
    ]
