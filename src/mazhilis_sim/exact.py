"""The count in exact fractions, written like the article; never optimised, sharing nothing with the kernels.

`allocate` here and `mazhilis_sim.allocate` must agree on every election; the tests hold them against each other.
"""
from __future__ import annotations

from fractions import Fraction
from typing import Any

from mazhilis_sim.errors import AllocationError
from mazhilis_sim.law import ElectoralLaw, checked_law
from mazhilis_sim.lots import drawing_of_lots
from mazhilis_sim.seats import Allocation, fill_seats
from mazhilis_sim.votes import ListVotes, read_candidates

Tie = tuple[tuple[str, ...], int]


def allocate(
    law: ElectoralLaw,
    votes: Any,
    against_all: Any = None,
    *,
    invalid: Any = None,
    candidates: Any = None,
    seed: int | None = None,
) -> Allocation:
    """Count one election's list seats through fractions only.

    Parameters and errors are those of `mazhilis_sim.allocate`.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.exact.allocate(ms.law("2007"), {"a": 90, "b": 6, "c": 4}).seats
    {'a': 98, 'b': 0, 'c': 0}
    """
    checked_law(law)
    ballot = ListVotes.read(votes, against_all, invalid)
    limits = read_candidates(candidates, tuple(ballot.votes))
    base = ballot.base(law.base)
    passed = tuple(p for p, v in ballot.votes.items() if Fraction(v, base) >= law.threshold)
    fallback = len(passed) == 1 and law.fallback is not None and len(ballot.votes) > 1
    admitted, ties = admit(law, ballot.votes, passed, fallback)
    quota = Fraction(sum(ballot.votes[p] for p in admitted), law.list_seats)
    quotients = {p: ballot.votes[p] / quota for p in admitted}
    if fallback and law.fallback is not None:
        second = next(p for p in admitted if p not in passed)
        quotients[second] *= law.fallback.weight
    whole = {p: q.__floor__() for p, q in quotients.items()}
    remainders = {p: q - whole[p] for p, q in quotients.items()}
    if fallback:
        won = two_party_seats(law, whole, passed[0])
    else:
        won, remainder_ties = hand_out_remainders(law, whole, remainders, seed)
        ties += remainder_ties
    seats, vacant = fill_seats({p: won.get(p, 0) for p in ballot.votes}, limits)
    return Allocation(
        law, ballot, base, admitted, fallback, quota, whole, remainders, seats,
        tuple(group for group, _ in ties), tuple(n for _, n in ties), vacant,
    )


def admit(law: ElectoralLaw, votes: dict[str, int], passed: tuple[str, ...], fallback: bool) -> tuple[tuple[str, ...], list[Tie]]:
    """Return the lists that share in the seats, and a tie for the second place."""
    if not passed and law.no_list_passes == "error":
        raise AllocationError(
            f"no list reached the threshold of {law.threshold} of the base, and the law defines no result for that; "
            'choose law.replace(no_list_passes="top_two") or "all"'
        )
    if not passed and law.no_list_passes == "all":
        return tuple(votes), []
    if passed and not fallback:
        return passed, []
    first = passed[0] if passed else most_votes(votes, ())
    others = {p: v for p, v in votes.items() if p != first}
    if not others:
        return (first,), []
    second = most_votes(votes, (first,))
    level = tuple(p for p, v in others.items() if v == votes[second])
    if len(level) > 1 and fallback and law.second_place_tie == "error":
        raise AllocationError(f"{', '.join(level)} share the second place with {votes[second]} votes each")
    return tuple(p for p in votes if p in (first, second)), [(level, 1)] if len(level) > 1 else []


def most_votes(votes: dict[str, int], without: tuple[str, ...]) -> str:
    """Return the list with most votes, the one registered earlier where several have equally many."""
    rest = [party for party in votes if party not in without]
    return max(rest, key=lambda party: votes[party])


def two_party_seats(law: ElectoralLaw, whole: dict[str, int], first: str) -> dict[str, int]:
    """Article 97-1(2)-(4): the second list's weighted whole part or the floor; every other seat to the first."""
    assert law.fallback is not None
    second = next(party for party in whole if party != first)
    seats = max(whole[second], law.fallback.floor)
    if whole[first] + seats > law.list_seats and law.floor_excess == "error":
        raise AllocationError(f"the floor of {law.fallback.floor} seats and the whole part {whole[first]} exceed {law.list_seats} seats")
    seats = min(law.list_seats, seats)
    return {first: law.list_seats - seats, second: seats}


def hand_out_remainders(
    law: ElectoralLaw, whole: dict[str, int], remainders: dict[str, Fraction], seed: int | None
) -> tuple[dict[str, int], list[Tie]]:
    """Give what the whole parts left to the largest remainders, equal ones by the law's choice."""
    left = law.list_seats - sum(whole.values())
    ranked = sorted(remainders, key=lambda party: -remainders[party])
    cut = remainders[ranked[left - 1]] if left else None
    level = tuple(p for p in remainders if remainders[p] == cut)
    at_cut = left - sum(1 for p in remainders if cut is not None and remainders[p] > cut)
    tied = left > 0 and len(level) > at_cut
    if tied and law.ties == "error":
        raise AllocationError(f"equal remainders of {', '.join(level)} compete for {at_cut} seat(s)")
    if tied and law.ties == "lots":
        lots = drawing_of_lots(tuple(remainders), seed)
        ranked.sort(key=lambda party: (-remainders[party], lots.index(party)))
    gained = ranked[:left]
    return {p: n + (p in gained) for p, n in whole.items()}, [(level, at_cut)] if tied else []
