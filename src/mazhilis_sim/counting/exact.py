"""The count of one election in exact fractions, written like the article; never optimised, sharing nothing with the kernels.

Arrays and draws are counted by the kernels, and the tests hold those against it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.counting.own_rule import ask_own_rule
from mazhilis_sim.counting.refusals import Tie, compete, floor_too_many, no_list_passes, second_place_shared, too_many
from mazhilis_sim.counting.result import Allocation, Quotients, fill_seats
from mazhilis_sim.counting.rules import claim, last_seats, quotient, seat_by_seat
from mazhilis_sim.errors import AllocationError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, Fallback, checked_law
from mazhilis_sim.legislation.methods import QUOTA, Method, SeatRule, entry, resolve
from mazhilis_sim.votes.ballot import ListVotes, read_candidates


def allocate(
    law: ElectoralLaw, votes: Any, against_all: Any = None, *, invalid: Any = None, candidates: Any = None, seed: int | None = None
) -> Allocation:
    """Turn the list votes of one election into seats.

    Parameters
    ----------
    law : ElectoralLaw
    votes : mapping of str to int, or ListVotes
        Votes by list in the order of registration, which decides ties; integers of up to a thousand digits. May hold
        ``against_all``, ``invalid`` and ``other``, votes for lists that are not named.
    against_all, invalid : int, optional
        Votes against all, which stay in the base, and invalid ballots, which do not.
    candidates : mapping of str to int, optional
        Candidates on each list; seats beyond them stay vacant.
    seed : int, optional
        For the drawing of lots, where the law's option ``ties="lots"`` asks for one. None draws one; `Allocation.seed`
        records the one that decided.

    Returns
    -------
    Allocation

    Raises
    ------
    VotesError
        When the votes are no votes: negative, fractional, missing, none at all.
    AllocationError
        When the law defines no result for them.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> a = ms.allocate(ms.law("2023"), {"a": 5_400_000, "b": 290_000, "c": 210_000}, against_all=100_000)
    >>> a.seats, a.fallback
    ({'a': 67, 'b': 2, 'c': 0}, True)
    """
    checked_law(law)
    ballot = ListVotes(votes, against_all, invalid)
    limits = read_candidates(candidates, tuple(ballot.votes))
    return count(law, ballot, Urn(reading.seed(seed, AllocationError)), limits)


def count(law: ElectoralLaw, ballot: ListVotes, urn: Urn, limits: dict[str, int] | None = None) -> Allocation:
    """Count a ballot that was read: who is admitted, how the seats are shared out, and what of them stays vacant."""
    base = ballot.base(law.base)
    needed = law.threshold * base
    passed = tuple(p for p, v in ballot.votes.items() if v >= needed)
    fallback = is_two_party(law, ballot.votes, passed)
    admitted, ties = admit(law, ballot.votes, passed, fallback)
    counted = {p: ballot.votes[p] for p in admitted}
    found = two_party(law, counted, passed) if fallback else share_out(law, counted, urn)
    ties += found.ties
    seats, vacant = fill_seats({p: found.won.get(p, 0) for p in ballot.votes}, limits)
    return Allocation(
        law,
        ballot,
        base,
        admitted,
        fallback,
        found.quota,
        found.whole,
        found.remainders,
        seats,
        tuple(group for group, _ in ties),
        tuple(n for _, n in ties),
        vacant,
        found.quotients,
        urn.seed if found.ties and law.ties == "lots" else None,
    )


@dataclass
class Shared:
    """How the seats of the admitted lists were shared out."""

    quota: Fraction
    won: dict[str, int]
    whole: dict[str, int] = field(default_factory=dict)
    remainders: dict[str, Fraction] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    quotients: dict[str, Quotients] = field(default_factory=dict)


def is_two_party(law: ElectoralLaw, votes: dict[str, int], passed: tuple[str, ...]) -> bool:
    """Tell whether the two-party rule applies: one list alone has passed, the law has the rule, and there is a second list."""
    return len(passed) == 1 and law.fallback is not None and len(votes) > 1


def admit(law: ElectoralLaw, votes: dict[str, int], passed: tuple[str, ...], fallback: bool) -> tuple[tuple[str, ...], list[Tie]]:
    """Return the lists that share in the seats, and a tie for the second place."""
    if not passed and law.no_list_passes == "error":
        raise no_list_passes(law, max(votes.values()))
    if not passed and law.no_list_passes == "all":
        return tuple(votes), []
    if passed and not fallback:
        return passed, []
    (first,) = passed or (most_votes(votes, ()),)
    others = {p: v for p, v in votes.items() if p != first}
    if not others:
        return (first,), []
    second = most_votes(votes, (first,))
    level = tuple(p for p, v in others.items() if v == votes[second])
    if len(level) > 1 and law.second_place_tie == "error":
        raise second_place_shared(level, votes[second])
    return tuple(p for p in votes if p in (first, second)), [(level, 1)] if len(level) > 1 else []


def most_votes(votes: dict[str, int], without: tuple[str, ...]) -> str:
    """Return the list with most votes, the one registered earlier where several have equally many."""
    rest = [party for party in votes if party not in without]
    return max(rest, key=lambda party: votes[party])


# -- the seats of the admitted lists ------------------------------------------------------------------------------------


def share_out(law: ElectoralLaw, votes: dict[str, int], urn: Urn) -> Shared:
    """Share out the seats of the admitted lists by the law's method."""
    if callable(law.method):
        return by_own_rule(law, law.method, votes)
    method = entry(law.method)
    return largest_remainders(law, method, votes, urn) if method.family == QUOTA else highest_quotients(law, method, votes, urn)


def two_party(law: ElectoralLaw, votes: dict[str, int], passed: tuple[str, ...]) -> Shared:
    """Article 97-1(2)-(4): the second list's weighted whole part or the floor; every other seat to the first."""
    rule = law.fallback or Fallback()
    quota, (first,) = Fraction(sum(votes.values()), law.list_seats), passed
    second = next(party for party in votes if party != first)
    quotients = {p: v / quota for p, v in votes.items()}
    quotients[second] *= rule.weight
    whole = {p: q.__floor__() for p, q in quotients.items()}
    seats = max(whole[second], rule.floor)
    if whole[first] + seats > law.list_seats and law.floor_excess == "error":
        raise floor_too_many(law, whole[first])
    seats = min(law.list_seats, seats)
    return Shared(quota, {first: law.list_seats - seats, second: seats}, whole, {p: q - whole[p] for p, q in quotients.items()})


def largest_remainders(law: ElectoralLaw, method: Method, votes: dict[str, int], urn: Urn) -> Shared:
    """Whole parts of votes / quota; what they left to the largest remainders, more than one a list in further rounds."""
    quota: Fraction = resolve(method.oracle)(sum(votes.values()), law.list_seats)
    quotients = {p: v / quota for p, v in votes.items()}
    whole = {p: q.__floor__() for p, q in quotients.items()}
    remainders = {p: q - whole[p] for p, q in quotients.items()}
    if sum(whole.values()) > law.list_seats:
        raise too_many(law, quota, sum(whole.values()))
    rounds, left = divmod(law.list_seats - sum(whole.values()), len(votes))
    gained, ties = hand_out_remainders(law, remainders, left, urn)
    return Shared(quota, {p: n + rounds + (p in gained) for p, n in whole.items()}, whole, remainders, ties)


def hand_out_remainders(law: ElectoralLaw, remainders: dict[str, Fraction], left: int, urn: Urn) -> tuple[list[str], list[Tie]]:
    """Return the lists with the largest remainders, of equal ones by the law's choice."""
    ranked = sorted(remainders, key=lambda party: -remainders[party])
    cut = remainders[ranked[left - 1]] if left else None
    level = tuple(p for p in remainders if remainders[p] == cut)
    at_cut = left - sum(1 for p in remainders if cut is not None and remainders[p] > cut)
    tied = len(level) > at_cut
    if tied and law.ties == "error":
        raise compete("remainders", level, at_cut)
    if tied and law.ties == "lots":
        lots = urn.order(tuple(remainders))
        ranked.sort(key=lambda party: (-remainders[party], lots.index(party)))
    return ranked[:left], [(level, at_cut)] if tied else []


def highest_quotients(law: ElectoralLaw, method: Method, votes: dict[str, int], urn: Urn) -> Shared:
    """Seat by seat to the largest votes / divisor, of equal ones by the law's choice."""
    won = seat_by_seat(method, votes, law.list_seats)
    level, at_cut = last_seats(method, votes, won)
    tied = len(level) > at_cut
    if tied and law.ties == "error":
        raise compete("quotients", level, at_cut)
    if tied and law.ties == "lots":
        served = last_served(method, votes, won, level)
        lots = [p for p in urn.order(tuple(votes)) if p in level][:at_cut]
        won = {p: n - (p in served) + (p in lots) for p, n in won.items()}
    quota = Fraction(sum(votes.values()), law.list_seats)
    shown = {p: shown_quotients(method, v, won[p]) for p, v in votes.items()}
    return Shared(quota, won, ties=[(level, at_cut)] if tied else [], quotients=shown)


def last_served(method: Method, votes: dict[str, int], won: dict[str, int], level: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the lists at the cut that have a seat there: their next claim would be below it."""
    most = max(claim(method, votes[p], won[p]) for p in level)
    return tuple(p for p in level if claim(method, votes[p], won[p]) < most)


def shown_quotients(method: Method, votes: int, won: int) -> Quotients:
    """Return votes / divisor of the last seat and of the next."""
    return quotient(method, votes, won - 1) if won else None, quotient(method, votes, won)


def by_own_rule(law: ElectoralLaw, rule: SeatRule, votes: dict[str, int]) -> Shared:
    """Leave the seats of the admitted lists to a rule of the user's own; it has no quota, and settles ties by itself."""
    won = ask_own_rule(rule, list(votes.values()), law.list_seats)
    return Shared(Fraction(sum(votes.values()), law.list_seats), dict(zip(votes, won, strict=True)))
