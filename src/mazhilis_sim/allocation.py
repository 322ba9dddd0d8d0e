"""Counting elections: check, pack, count, name.

The compiled kernel counts whatever fits 64-bit integers; one election beyond that is counted in Python integers.
"""
from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import exact
from mazhilis_sim.errors import AllocationError, LawError, VotesError
from mazhilis_sim.kernels import apportion, flags, methods
from mazhilis_sim.law import CHOICES, ElectoralLaw, checked_law
from mazhilis_sim.lots import read_seed
from mazhilis_sim.naming import Naming, refused
from mazhilis_sim.seats import Allocation, Chamber, Plurality
from mazhilis_sim.votes import (
    AGAINST_ALL,
    ASSEMBLY,
    INDEPENDENTS,
    INVALID,
    District,
    DistrictVotes,
    Election,
    ListVotes,
    as_mapping,
    read_candidates,
    whole_votes,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LARGEST = 2**63 - 1
TOO_LARGE = f"must fit 64-bit integers to be counted exactly (at most {LARGEST:,}); use allocate"
LANES = 512
"""Elections that are counted side by side: as many as the second-level cache likes; simulations hold more for each, and take fewer."""


@lru_cache(maxsize=256)
def pack_rules(law: ElectoralLaw) -> apportion.Rules:
    """Pack a law for the kernels."""
    fallback = law.fallback
    weight = fallback.weight if fallback else Fraction(0)
    return apportion.Rules(
        law.list_seats, law.threshold.numerator, law.threshold.denominator, int(fallback is not None),
        weight.numerator, weight.denominator, fallback.floor if fallback else 0,
        CHOICES["no_list_passes"].index(law.no_list_passes), LARGEST, methods.METHODS[law.method],
    )


def largest_base(law: ElectoralLaw, lists: int) -> int:
    """Return the largest base that the kernels count exactly in 64-bit integers, by the law and the number of lists."""
    rules = pack_rules(law)
    weighed = max(rules.weight_num, rules.weight_den, 2) * rules.seats
    times = methods.largest_factor(rules.method, rules.seats)
    factor = max(rules.threshold_num, rules.threshold_den, weighed, 2 * lists, times)
    bound = LARGEST // factor if rules.seats < 2**31 else 0
    return methods.most_votes(rules.method, rules.seats, bound)


def allocate(
    law: ElectoralLaw,
    votes: Any,
    against_all: Any = None,
    *,
    invalid: Any = None,
    candidates: Any = None,
    seed: int | None = None,
) -> Allocation:
    """Turn the list votes of one election into seats.

    Parameters
    ----------
    law : ElectoralLaw
    votes : mapping of str to int
        Votes by list in the order of registration, which decides ties; integers of any size. May hold
        ``against_all`` and ``invalid``.
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
    ballot = ListVotes.read(votes, against_all, invalid)
    limits = read_candidates(candidates, tuple(ballot.votes))
    seed = read_seed(seed)
    if ballot.base(law.base) > largest_base(law, len(ballot.votes)):
        return exact.allocate(law, ballot.votes, ballot.against_all, invalid=ballot.invalid, candidates=limits, seed=seed)
    return count_one(law, ballot, limits, seed)


def count_one(
    law: ElectoralLaw, ballot: ListVotes, limits: dict[str, int] | None, seed: int, row: int = 0, where: str = ""
) -> Allocation:
    """Count one election through a single lane of the kernel; ``where`` begins an error."""
    base = ballot.base(law.base)
    table = np.array([[*ballot.votes.values()]], np.int64)
    extra = np.array([base - sum(ballot.votes.values())], np.int64)
    counter = Counter.of(law, table.shape[1], largest_base(law, table.shape[1]), 1)  # lanes that hold any election: compiled once
    counted = counter.count(table, extra)
    assert counted, "a ballot that was read, with a base within the bound, can be counted"
    return Naming(law, ballot, base, counter.lanes).allocation(limits, seed, row, where)


@dataclass
class Counter:
    """Scratch and results of the kernel for one table of votes."""

    rules: apportion.Rules
    most_base: int
    lanes: apportion.Lanes
    chunk: NDArray[Any]
    base: NDArray[Any]
    seats: NDArray[np.int64]
    flags: NDArray[np.uint8]
    seen: int = 0

    @classmethod
    def of(cls, law: ElectoralLaw, lists: int, base: int, n: int) -> Counter:
        """Make room for n elections whose base is at most a number; lanes of 32 bits where they hold it."""
        return cls.room(*apportion.narrowed(pack_rules(law), lists, base), lists, base, n)

    @classmethod
    def room(cls, rules: apportion.Rules, whole: Any, lists: int, base: int, n: int) -> Counter:
        """Make room for n elections in lanes of a type."""
        width = min(n, LANES) or 1
        return cls(
            rules, base, apportion.new_lanes(lists, width, whole), np.zeros((lists, width), whole), np.zeros(width, whole),
            np.empty((n, lists), np.int64), np.empty(n, np.uint8),
        )

    def count(self, table: NDArray[np.int64], extra: NDArray[np.int64]) -> bool:
        """Count all rows and remember their flags together, or return False at the first that these lanes cannot count."""
        most = int(np.iinfo(self.base.dtype).max) // (table.shape[1] + 1)
        self.seen = int(apportion.count_rows(
            table.reshape(-1), extra, self.rules, most, self.most_base, self.chunk, self.base, self.lanes, self.seats.reshape(-1),
            self.flags))
        return self.seen >= 0


def allocate_many(
    law: ElectoralLaw, votes: ArrayLike, against_all: ArrayLike | None = None, *, invalid: ArrayLike | None = None, seed: int | None = None
) -> NDArray[np.int64]:
    """Turn the list votes of many elections into seats, on the compiled path.

    Parameters
    ----------
    law : ElectoralLaw
    votes : array of int, shape (n, k)
        One election a row, one list a column in the order of registration.
    against_all, invalid : int or array of int, shape (n,), optional
    seed : int, optional
        For the drawing of lots, where the law's option ``ties="lots"`` asks for one; each row draws its own. None draws a
        seed that is not shown: give one to be able to repeat the lots.

    Returns
    -------
    ndarray of int64, shape (n, k)
        Seats.

    Raises
    ------
    VotesError
        Naming the first row and column that is negative, or the first row without votes or too large to be counted
        exactly in 64-bit integers.
    AllocationError
        Naming the first row for which the law defines no result.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.allocate_many(ms.law("2023"), [[60, 30, 10], [90, 4, 6]])
    array([[41, 21,  7],
           [65,  0,  4]])
    """
    checked_law(law)
    seed, table = read_seed(seed), vote_table(votes)
    against = vote_column(against_all, len(table), AGAINST_ALL)
    counter = count_table(law, table, beside_lists(law, against, invalid))
    settle_rows(law, table, against, invalid, counter, seed)
    return counter.seats


def beside_lists(law: ElectoralLaw, against: NDArray[np.int64], invalid: ArrayLike | None) -> NDArray[np.int64]:
    """Return what the base of each election holds beside the votes for lists."""
    if law.base == "parties":
        return np.zeros_like(against)
    if law.base == "valid":
        return against
    if invalid is None:
        raise VotesError('the base "cast" needs the number of invalid ballots; give invalid=...')
    more = vote_column(invalid, len(against), "invalid")
    return against + np.minimum(more, LARGEST - against)  # far beyond the bound already, where it would run over


def count_table(law: ElectoralLaw, table: NDArray[np.int64], extra: NDArray[np.int64]) -> Counter:
    """Count a table in narrow lanes, or in wide ones where those do not hold it; what neither can count is an error."""
    n, k = table.shape
    most = largest_base(law, k)
    for bound in (min(most, apportion.most_narrow_base(pack_rules(law), k)), most):
        counter = Counter.of(law, k, bound, n)
        if counter.count(table, extra):
            return counter
    raise uncountable(law, table, extra)


def uncountable(law: ElectoralLaw, table: NDArray[np.int64], extra: NDArray[np.int64]) -> VotesError:
    """Raise for the first negative number or the first row that is too large; else name the first row without votes."""
    not_negative(table, "votes")
    check_size(law, table, extra)
    return VotesError(f"row {int((~table.any(axis=1)).argmax())} must hold at least one vote for a list, got zero for all")


def settle_rows(
    law: ElectoralLaw, table: NDArray[np.int64], against: NDArray[np.int64], invalid: Any, counter: Counter, seed: int
) -> None:
    """Raise for the first row that the law refuses; draw the lots that it asks for. Such a row is counted once more."""
    wanted = refused(law) | (flags.TIE if law.ties == "lots" else 0)
    for row in np.flatnonzero(counter.flags & np.uint8(wanted)) if counter.seen & wanted else ():
        lists = {f"column {i}": int(v) for i, v in enumerate(table[row])}
        ballot = ListVotes(lists, int(against[row]), 0 if invalid is None else int(np.broadcast_to(invalid, len(table))[row]))
        counter.seats[row] = list(count_one(law, ballot, None, seed, int(row), f"row {row}: ").seats.values())


def vote_table(votes: ArrayLike) -> NDArray[np.int64]:
    """Check an array of votes, one election a row."""
    try:
        table = np.asarray(votes)
    except ValueError as error:
        raise VotesError(f"votes must be an array (n elections, k lists){ragged(votes) or f': {error}'}") from None
    if table.ndim != 2 or table.shape[1] == 0:
        hint = "; write votes[None, :] for one election" if table.ndim == 1 else ""
        raise VotesError(f"votes must be an array (n elections, k lists), got shape {table.shape}{hint}")
    return integer_array(table, "votes")


def ragged(votes: Any) -> str:
    """Name the first row of another length than the first one; nothing where there is none."""
    widths = [len(row) if hasattr(row, "__len__") else 0 for row in votes]
    row = next((row for row, width in enumerate(widths) if width != widths[0]), 0)
    return f", and row {row} has {widths[row]} of them, not {widths[0]} as row 0" if row else ""


def vote_column(votes: ArrayLike | None, n: int, what: str) -> NDArray[np.int64]:
    """Check a number of votes per election; one number stands for all."""
    if votes is None:
        return np.zeros(n, np.int64)
    column = np.asarray(votes)
    if column.shape not in ((), (n,)):
        raise VotesError(f"{what} must be one number or an array of shape ({n},), got shape {column.shape}")
    return np.ascontiguousarray(np.broadcast_to(whole_array(column, what), n))


def whole_array(array: NDArray[Any], what: str) -> NDArray[np.int64]:
    """Check that an array holds non-negative integers of 64 bits."""
    return not_negative(integer_array(array, what), what)


def integer_array(array: NDArray[Any], what: str) -> NDArray[np.int64]:
    """Check that an array holds integers of 64 bits."""
    if array.dtype == object and all(isinstance(x, (int, np.integer)) and not isinstance(x, bool) for x in array.flat):
        name_first(np.abs(array) > LARGEST, array, what, TOO_LARGE)
        array = array.astype(np.int64)
    if not np.issubdtype(array.dtype, np.integer):
        raise VotesError(f"{what} must be an array of integers, got dtype {array.dtype}; write votes.astype(np.int64) if they are whole")
    if array.dtype == np.uint64:
        name_first(array > LARGEST, array, what, TOO_LARGE)
    return np.asarray(array, dtype=np.int64, order="C")


def not_negative(array: NDArray[np.int64], what: str) -> NDArray[np.int64]:
    """Check that there is no negative number."""
    if array.size and array.min() < 0:
        name_first(array < 0, array, what, "must not be negative")
    return array


def name_first(bad: NDArray[Any], array: NDArray[Any], what: str, rule: str) -> None:
    """Raise an error that names the first bad cell."""
    places = np.argwhere(bad)
    if len(places):
        place = tuple(places[0].tolist())
        where = ", ".join(f"{word} {i}" for word, i in zip(("row", "column"), place, strict=False))
        raise VotesError(f"{what} {rule}, got {array[place]}{f' in {where}' if where else ''}")


def check_size(law: ElectoralLaw, table: NDArray[np.int64], extra: NDArray[np.int64]) -> None:
    """Raise for the first row that cannot be counted exactly in 64-bit integers."""
    bound = largest_base(law, table.shape[1])
    about = table.sum(axis=1, dtype=np.float64) + extra  # floats tell which rows to look at, and cannot overflow
    for row in np.flatnonzero(about > 0.999 * bound):
        base = sum(table[row].tolist()) + int(extra[row])
        if base > bound:
            limit = f"base {base:,}, at most {bound:,}"
            raise VotesError(f"row {row} is too large to be counted exactly in 64-bit integers: {limit}; use allocate, which has no bound")


def plurality(votes: Any) -> Plurality:
    """Decide one district, first past the post.

    Parameters
    ----------
    votes : mapping of str to int
        Votes by candidate; ``against_all`` and ``invalid`` may stand in it and are no candidates.

    Returns
    -------
    Plurality
        With winner None when several candidates share the first place: the law calls a repeat vote.

    Raises
    ------
    VotesError
        When the votes are no votes, or none is for a candidate.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.plurality({"x": 10, "y": 7, "z": 3})
    Plurality(winner='x', margin=3, tie=())
    """
    given = as_mapping(votes, "votes")
    named = {name: whole_votes(number, f"votes of {name!r}") for name, number in given.items()}
    ballot = {name: number for name, number in named.items() if name not in (AGAINST_ALL, INVALID)}
    if not any(ballot.values()):
        got = "zero for all" if ballot else "none"
        raise VotesError(f"votes must hold at least one vote for a candidate, got {got}")
    ranked = sorted(ballot, key=lambda name: -ballot[name])
    most = ballot[ranked[0]]
    level = tuple(name for name in ballot if ballot[name] == most)
    if len(level) > 1:
        return Plurality(None, 0, level)
    return Plurality(ranked[0], most - (ballot[ranked[1]] if len(ranked) > 1 else 0))


def plurality_many(votes: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Decide many districts, first past the post, on the compiled path.

    Parameters
    ----------
    votes : array of int, shape (n, c)
        One district a row, one candidate a column.

    Returns
    -------
    winner : ndarray of int64, shape (n,)
        Column of the winner, -1 for a tie.
    margin : ndarray of int64, shape (n,)
        Votes between the first and the second.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.plurality_many([[10, 7, 3], [4, 9, 9]])
    (array([ 0, -1]), array([3, 0]))
    """
    table = not_negative(vote_table(votes), "votes")
    empty = np.flatnonzero(~table.any(axis=1))
    if len(empty):
        raise VotesError(f"row {empty[0]} must hold at least one vote, got zero for all")
    winner, margin = np.zeros(len(table), np.int64), np.zeros(len(table), np.int64)
    apportion.plurality_rows(table, winner, margin)
    return winner, margin


def elect(law: ElectoralLaw, election: Election, *, candidates: Any = None, seed: int | None = None) -> Chamber:
    """Fill a chamber from one election: list, district and appointed seats.

    Parameters
    ----------
    law : ElectoralLaw
    election : Election
    candidates : mapping of str to int, optional
        Candidates on each list; seats beyond them stay vacant.
    seed : int, optional
        For the drawing of lots, where the law asks for one. None draws one; `Chamber.seed` records it.

    Raises
    ------
    LawError
        When the law has districts that the election lacks, or a rule for them that is not counted here.
    AllocationError
        When a district is tied, or the law defines no result for the list votes.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.elect(ms.law("2023"), ms.load_election(2023)).seats["amanat"]
    62
    """
    checked_law(law)
    if not isinstance(election, Election):
        raise VotesError(f"election must be an Election, got {type(election).__name__}; write ms.Election(list_votes=...)")
    districts = district_baseline(law, election.districts)
    votes = election.votes
    allocation = allocate(law, votes.votes, votes.against_all, invalid=votes.invalid, candidates=candidates, seed=seed)
    winners = {d.number: district_winner(d) for d in districts} if districts else {}
    party_of = {d.number: {c.name: c.party for c in d.candidates} for d in districts or ()}
    won = [party_of[number][name] for number, name in winners.items()]
    order = [*allocation.seats, *dict.fromkeys(p for p in won if p != INDEPENDENTS), *([INDEPENDENTS] if districts else [])]
    district_seats = {party: won.count(party) for party in dict.fromkeys(order)} if districts else {}
    seats = {party: allocation.seats.get(party, 0) + won.count(party) for party in dict.fromkeys(order)}
    if law.appointed_seats:
        seats[ASSEMBLY] = law.appointed_seats
    return Chamber(law, seats, allocation.seats, district_seats, allocation, winners)


def district_baseline(law: ElectoralLaw, districts: DistrictVotes | None) -> DistrictVotes | None:
    """Check that the law's districts and the election's are the same in number; None where the law has none."""
    if not law.district_seats:
        return None
    without = 'for its list seats alone write law.replace(district_seats=0)'
    if law.district_rule != "plurality":
        raise LawError(f"districts of law {law.name} need an absolute majority and a second round, which are not counted here; {without}")
    if districts is None:
        give = "give districts=ms.load_election(2023), or "
        raise LawError(f"law {law.name} fills {law.district_seats} seats in districts, and no district votes are given; {give}{without}")
    if len(districts) != law.district_seats:
        raise LawError(f"law {law.name} has {law.district_seats} districts, got votes of {len(districts)}; {without}")
    return districts


def district_winner(district: District) -> str:
    """Return the name of the candidate elected in a district."""
    result = plurality({candidate.name: candidate.votes for candidate in district.candidates})
    if result.winner is None:
        raise AllocationError(f"district {district.number}: {' and '.join(result.tie)} share the first place; the law calls a repeat vote")
    return result.winner
