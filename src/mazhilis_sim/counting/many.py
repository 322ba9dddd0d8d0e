"""Arrays of elections: checked, packed, and counted by the compiled kernel."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.counting import exact
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.errors import AllocationError, VotesError
from mazhilis_sim.kernels.cpu import count
from mazhilis_sim.kernels.cpu.lanes import Lanes, Rules, most_narrow_base, narrowed, new_lanes
from mazhilis_sim.kernels.steps import flags
from mazhilis_sim.legislation.methods import entry, resolve
from mazhilis_sim.legislation.system import CHOICES, ElectoralLaw, checked_law
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.votes.ballot import ListVotes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LARGEST = 2**63 - 1
TOO_LARGE = f"must fit 64-bit integers to be counted exactly (at most {LARGEST:,}); use allocate"
LANES = 512
"""Elections that are counted side by side: as many as the second-level cache likes; simulations hold more for each, and take fewer."""


@lru_cache(maxsize=256)
def pack_rules(law: ElectoralLaw) -> Rules:
    """Pack a law for the kernels."""
    fallback = law.fallback
    weight = fallback.weight if fallback else Fraction(0)
    return Rules(
        law.list_seats,
        law.threshold.numerator,
        law.threshold.denominator,
        int(fallback is not None),
        weight.numerator,
        weight.denominator,
        fallback.floor if fallback else 0,
        CHOICES["no_list_passes"].index(law.no_list_passes),
        LARGEST,
        resolve(entry(law.method).kernel),
    )


@lru_cache(maxsize=1024)
def wide_rules(law: ElectoralLaw) -> Rules:
    """Pack a law for lanes of 64 bits."""
    rules, _ = narrowed(pack_rules(law), 1, 2**62)
    return rules


def largest_base(law: ElectoralLaw, lists: int) -> int:
    """Return the largest base that the kernels count exactly in 64-bit integers, by the law and the number of lists."""
    rules = pack_rules(law)
    weighed = max(rules.weight_num, rules.weight_den, 2) * rules.seats
    factor = max(rules.threshold_num, rules.threshold_den, weighed, 2 * lists)
    by_method: int = resolve(entry(law.method).bound)(rules.method, rules.seats)
    return min(LARGEST // factor, by_method) if rules.seats < 2**31 else 0


@dataclass
class Counter:
    """Scratch and results of the kernel for one table of votes."""

    rules: Rules
    most_base: int
    lanes: Lanes
    chunk: NDArray[Any]
    base: NDArray[Any]
    seats: NDArray[np.int64]
    flags: NDArray[np.uint8]
    seen: int = 0

    @classmethod
    def of(cls, law: ElectoralLaw, lists: int, base: int, n: int) -> Counter:
        """Make room for n elections whose base is at most a number; lanes of 32 bits where they hold it."""
        return cls.room(*narrowed(pack_rules(law), lists, base), lists, base, n)

    @classmethod
    def wide(cls, law: ElectoralLaw, lists: int, base: int, n: int) -> Counter:
        """Make room for n elections in lanes of 64 bits, whatever their base: one kind of lanes is compiled once."""
        return cls.room(wide_rules(law), np.int64, lists, base, n)

    @classmethod
    def room(cls, rules: Rules, whole: Any, lists: int, base: int, n: int) -> Counter:
        """Make room for n elections in lanes of a type."""
        width = min(n, LANES) or 1
        return cls(
            rules,
            base,
            new_lanes(lists, width, whole),
            np.zeros((lists, width), whole),
            np.zeros(width, whole),
            np.empty((n, lists), np.int64),
            np.empty(n, np.uint8),
        )

    def count(self, table: NDArray[np.int64], extra: NDArray[np.int64]) -> bool:
        """Count all rows and remember their flags together, or return False at the first that these lanes cannot count."""
        most = int(np.iinfo(self.base.dtype).max) // (table.shape[1] + 1)
        self.seen = int(
            count.count_rows(
                table.reshape(-1),
                extra,
                self.rules,
                most,
                self.most_base,
                self.chunk,
                self.base,
                self.lanes,
                self.seats.reshape(-1),
                self.flags,
            )
        )
        return self.seen >= 0

    def over_quota(self) -> list[int]:
        """Return the rows in which the quota hands out more seats than there are."""
        return [int(row) for row in np.flatnonzero(self.flags & flags.OVER_QUOTA)]


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
    seed, table = reading.seed(seed, AllocationError), vote_table(votes)
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
    for bound in (min(most, most_narrow_base(pack_rules(law), k)), most):
        counter = Counter.of(law, k, bound, n)
        if counter.count(table, extra):
            return counter
    raise uncountable(law, table, extra)


def uncountable(law: ElectoralLaw, table: NDArray[np.int64], extra: NDArray[np.int64]) -> VotesError:
    """Raise for the first negative number or the first row that is too large; else name the first row without votes."""
    not_negative(table, "votes")
    check_size(law, table, extra)
    return VotesError(f"row {int((~table.any(axis=1)).argmax())} must hold at least one vote for a list, got zero for all")


def settle_rows(law: ElectoralLaw, table: NDArray[np.int64], against: NDArray[np.int64], invalid: Any, counter: Counter, seed: int) -> None:
    """Raise for the first row that the law refuses; draw the lots that it asks for. The oracle counts such a row once more."""
    wanted = refused(law) | (flags.TIE if law.ties == "lots" else 0)
    for row in np.flatnonzero(counter.flags & np.uint8(wanted)).tolist() if counter.seen & wanted else ():
        lists = {f"column {i}": votes for i, votes in enumerate(table[row].tolist())}
        ballot = ListVotes(lists, int(against[row]), 0 if invalid is None else int(np.broadcast_to(invalid, len(table))[row]))
        try:
            counter.seats[row] = list(exact.count(law, ballot, Urn(seed, row)).seats.values())
        except AllocationError as error:
            raise error.at(f"row {row}") from None


def refused(law: ElectoralLaw) -> int:
    """Return the flags of results that the law, or the user's choice, does not define."""
    wanted = {
        flags.NO_LIST: law.no_list_passes,
        flags.SECOND_TIE: law.second_place_tie,
        flags.EXCESS: law.floor_excess,
        flags.TIE: law.ties,
        flags.OVER_QUOTA: "error",
    }
    return sum(flag for flag, choice in wanted.items() if choice == "error")


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
    count.plurality_rows(table, winner, margin)
    return winner, margin
