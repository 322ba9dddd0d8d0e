"""What becomes of a vote when lists merge, split, withdraw, or lose voters to others: whole votes throughout.

Each of these says how the votes of a list are shared out among others; it is done for the nation and for each region alike, by the
largest remainder, so that no vote is lost or made. Where shares leave something over, those voters stay at home.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import VotesError, show
from mazhilis_sim.names.entries import Ids
from mazhilis_sim.names.labels import match
from mazhilis_sim.names.reserved import AGAINST_ALL, INDEPENDENTS, OTHER, RESERVED_IN_FILES
from mazhilis_sim.votes.scaling import in_proportion

Flows = Mapping[str, Mapping[str, Fraction]]
"""By list: where its votes go, as shares of them; what is not said stays at home."""
AT_HOME = ""
TAKERS = (AGAINST_ALL, OTHER)
"""Ids that may take votes beside the lists."""


# -- reading -----------------------------------------------------------------------------------------------------------


def read_list(value: Any, lists: Sequence[str]) -> str:
    """Read the id of a list of the ballot, in any spelling."""
    return lists[reading.position(value, lists, "party", VotesError)]


def read_new(value: Any, lists: Sequence[str]) -> str:
    """Read the id of a list that is new to the ballot."""
    name = reading.name(value, "the name of a list", VotesError)
    if name in (*RESERVED_IN_FILES, INDEPENDENTS) or match(name, lists):
        raise VotesError(field="the name of a new list", got=value, must="be that of no other list", remedy="write another name")
    return name


def read_shares(value: Any, field: str, takers: Sequence[str], *, whole: bool = False) -> dict[str, Fraction]:
    """Read shares of votes by those who take them: at most 1 in all, or exactly 1."""
    given = reading.of_known(reading.mapping(value, field, VotesError, like='{"auyl": 0.5}'), takers, "party", VotesError)
    return summing(given, field, whole)


def summing(given: Mapping[str, Any], field: str, whole: bool) -> dict[str, Fraction]:
    """Read shares and look at their sum."""
    read = {party: reading.share(share, f"{field}: share of {show(party)}", VotesError) for party, share in given.items()}
    total = sum(read.values(), Fraction(0))
    if total > 1 or (whole and total != 1):
        must = "sum to 1" if whole else "sum to at most 1"
        raise VotesError(field=field, got=dict(given), must=must, shown=f"{float(total):g}")
    return read


# -- moving ------------------------------------------------------------------------------------------------------------


def flowed(counts: Mapping[str, int], flows: Flows) -> Ids[int]:
    """Share out the votes of some lists among others; the lists stay on the ballot, in their order.

    Examples
    --------
    >>> flowed({"a": 10, "b": 5}, {"b": {"a": Fraction(3, 5), "b": Fraction(1, 5)}})
    {'a': 13, 'b': 1}
    """
    found = Ids({party: 0 if party in flows else votes for party, votes in counts.items()})
    for party, shares in flows.items():
        home = 1 - sum(shares.values(), Fraction(0))
        parts = in_proportion(counts.get(party, 0), {**shares, AT_HOME: home})
        for taker, votes in parts.items():
            if taker != AT_HOME:
                found[taker] = found.get(taker, 0) + votes
    return found


def merged(counts: Mapping[str, int], lists: Sequence[str], into: str) -> Ids[int]:
    """Add lists up under one name, in the place of the first of them."""
    first = next((party for party in counts if party in lists), None)
    together = sum(counts.get(party, 0) for party in lists)
    return Ids(
        {
            into if party == first else party: together if party == first else n
            for party, n in counts.items()
            if party == first or party not in lists
        }
    )


def split(counts: Mapping[str, int], party: str, parts: Mapping[str, Fraction]) -> Ids[int]:
    """Share out a list among new ones, in its place."""
    shared = in_proportion(counts.get(party, 0), parts)
    found = Ids[int]()
    for name, votes in counts.items():
        found.update(shared if name == party else {name: votes})
    return found


def without(counts: Mapping[str, int], party: str, to: Mapping[str, Fraction]) -> Ids[int]:
    """Take a list off the ballot, and give its votes to others."""
    found = flowed(counts, {party: to})
    found.pop(party, None)
    return found


def strategic(
    passed: Sequence[str], lists: Sequence[str], counts: Mapping[str, int], share: Fraction, to: Mapping[str, Fraction] | None
) -> Flows:
    """Return where voters go whose lists would miss the threshold: so large a share of them to lists that reach it."""
    support = {party: Fraction(counts.get(party, 0)) for party in passed}
    total = sum(support.values()) or Fraction(1)
    takers = to if to is not None else {party: votes / total for party, votes in support.items()}
    going = {taker: share * part for taker, part in takers.items()}
    losers = [party for party in lists if party not in passed]
    return {party: {**going, party: 1 - sum(going.values(), Fraction(0))} for party in losers}


def given_result(counts: Mapping[str, int], result: Any, where: str) -> Ids[int]:
    """Give some parties of a region another result: votes, the others unchanged; or shares, the others sharing the rest as they did."""
    given = reading.of_known(reading.mapping(result, "result", VotesError, where=where), counts, "party", VotesError, where=where)
    votes = {party: reading.integer(value) for party, value in given.items()}
    if all(number is not None for number in votes.values()):
        return Ids({**counts, **reading.counts(given, "result", VotesError, where=where)})
    shares = {party: reading.share(value, f"share of {show(party)}", VotesError, where=where) for party, value in given.items()}
    left, others = 1 - sum(shares.values(), Fraction(0)), sum(n for party, n in counts.items() if party not in shares)
    if left < 0 or (left > 0 and not others):
        said = f"{float(1 - left):g}"
        raise VotesError(field="result", got=result, must="leave the shares a sum of 1", where=where, shown=said)
    return Ids(
        in_proportion(sum(counts.values()), {p: shares.get(p, left * n / others if others else Fraction(0)) for p, n in counts.items()})
    )
