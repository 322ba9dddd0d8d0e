"""Arrays of elections: checked, packed, and counted by the compiled kernel."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.counting import exact
from mazhilis_sim.counting.arrays import FITS, NO_BOUND, is_frame, not_negative, split_frame, sum_within, vote_column, vote_table
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.counting.own_rule_many import share_out_rows
from mazhilis_sim.counting.refusals import DECIDED_BY
from mazhilis_sim.errors import AllocationError, LawError, VotesError
from mazhilis_sim.kernels.aligning import together
from mazhilis_sim.kernels.borrowing import Lent
from mazhilis_sim.kernels.cpu import count
from mazhilis_sim.kernels.cpu.lanes import LARGEST, Rules, most_narrow_base, narrowed, new_lanes, times_in_claims
from mazhilis_sim.kernels.steps import events
from mazhilis_sim.kernels.turning import SIDE
from mazhilis_sim.legislation.electoral_law import CHOICES, ElectoralLaw, checked_law
from mazhilis_sim.legislation.methods import OF_THE_LAW, SeatRule, entry, resolve
from mazhilis_sim.names.entries import Ids
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID, OTHER
from mazhilis_sim.votes.ballot import ListVotes, without_invalid

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

FEW = 10**9
"""Where the numbers of a law leave room for fewer votes, the oracle counts."""
ROWS_AT_ONCE = 1536
"""Elections that are counted side by side: of up to some ten lists what they take stays in the second-level cache. Simulations hold more
for each, and take fewer."""


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
        min(fallback.floor, law.list_seats + 1) if fallback else 0,  # more than all seats is more than all seats
        CHOICES["no_list_passes"].index(law.no_list_passes),
        reading.INT64,
        resolve(entry(law.method).kernel),
    )


@lru_cache(maxsize=1024)
def wide_rules(law: ElectoralLaw) -> Rules:
    """Pack a law for lanes of 64 bits."""
    rules, _ = narrowed(pack_rules(law), 1, 2**62)
    return rules


@lru_cache(maxsize=256)
def kinds_of_lanes(law: ElectoralLaw, lists: int) -> tuple[tuple[Rules, Any, int], ...]:
    """Return the lanes that count a law, narrow ones before wide ones: packed rules, type of the lanes, and the largest base."""
    rules, most = pack_rules(law), largest_base(law, lists)
    narrow = min(most, most_narrow_base(rules, lists))
    return tuple((*narrowed(rules, lists, base), base) for base in (narrow, most) if base)


@lru_cache(maxsize=256)
def largest_base(law: ElectoralLaw, lists: int) -> int:
    """Return the largest base that the kernels count exactly in 64-bit integers, by the law and the number of lists."""
    rules = pack_rules(law)
    claims = times_in_claims(lists)
    weighed = max(rules.weight_num, rules.weight_den, claims // 2) * rules.seats  # votes x seats come multiplied by the orders
    factor = max(rules.threshold_num, rules.threshold_den, weighed, claims)
    by_method: int = resolve(entry(law.method).bound)(rules.method, rules.seats)
    return min(reading.INT64 // factor, by_method) if rules.seats < 2**31 else 0


LATEST = threading.local()
"""By their type, the lists and room of the lanes in which this thread counted its latest large table: memory that is new takes long."""
MOST_KEPT = 64
"""Lists of a table whose room is kept."""


def room_for(lists: int, width: int, whole: Any) -> tuple[Any, ...]:
    """Return what `Counter` counts so many lanes in; for large tables, what this thread had last."""
    kept, large = LATEST.__dict__.get(whole.__name__), width == ROWS_AT_ONCE
    if large and kept and kept[0] == lists:
        room: tuple[Any, ...] = kept[1]
        return room
    room = new_lanes(lists, width, whole), *together(((lists * width + SIDE, whole), ((lists, width), whole), (width, whole)))
    if large and lists <= MOST_KEPT:
        LATEST.__dict__[whole.__name__] = lists, room
    return room


@dataclass
class Counter:
    """Scratch and results of the kernel for one table of votes; the scratch is this thread's next counter's as well (`room_for`)."""

    rules: Rules
    most_base: int
    lanes: Lent
    flat: NDArray[Any]
    chunk: NDArray[Any]
    base: NDArray[Any]
    seats: NDArray[np.int64]
    flags: NDArray[np.uint8]
    seen: int = 0

    @classmethod
    def wide(cls, law: ElectoralLaw, lists: int, base: int, n: int) -> Counter:
        """Make room for n elections in lanes of 64 bits, whatever their base: fewer kinds of lanes are compiled."""
        return cls.room(wide_rules(law), np.int64, lists, base, n)

    @classmethod
    def room(cls, rules: Rules, whole: Any, lists: int, base: int, n: int) -> Counter:
        """Make room for n elections in lanes of a type."""
        lanes, flat, chunk, sums = room_for(lists, min(n, ROWS_AT_ONCE) or 1, whole)
        return cls(rules, base, lanes, flat, chunk, sums, np.empty((n, lists), np.int64), np.empty(n, np.uint8))

    def count(self, table: NDArray[np.int64], extra: NDArray[np.int64]) -> bool:
        """Count all rows and remember their flags together, or return False at the first that these lanes cannot count."""
        most = LARGEST[self.base.dtype.type] // (table.shape[1] + 1)
        self.seen = int(
            count.count_rows(
                table.reshape(-1),
                extra,
                self.rules,
                most,
                self.most_base,
                self.flat,
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
        if not self.seen & events.OVER_QUOTA:
            return []
        rows: list[int] = (self.flags & events.OVER_QUOTA).nonzero()[0].tolist()
        return rows


def allocate_many(
    law: ElectoralLaw, votes: ArrayLike, against_all: ArrayLike | None = None, *, invalid: ArrayLike | None = None, seed: int | None = None
) -> NDArray[np.int64]:
    """Turn the list votes of many elections into seats, on the compiled path.

    A law whose ``method`` is a Python function is counted at that function's speed, some microseconds an election; a function that
    numba compiled (``numba.njit``) runs in a compiled loop. So slow as well is a law with numbers of 16 digits, such as a threshold
    of ``1 / 3``: it is counted in fractions.

    Parameters
    ----------
    law : ElectoralLaw
    votes : array of int, shape (n, k)
        One election a row, one list a column in the order of registration. Columns of a data frame that are no list, such as
        "Against all", are read as such, and totals left out: k are the lists.
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
        Naming the first row and column that is no number of votes, or the first row without votes or too large to be
        counted exactly in 64-bit integers.
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
    seed, elections = reading.seed(seed, AllocationError), Elections.read(law, votes, against_all, invalid)
    if largest_base(law, elections.table.shape[1]) < FEW:
        return count_by_oracle(elections, seed)
    counter = count_table(law, elections.table, elections.extra)
    settle_rows(elections, counter, seed)
    if callable(law.method):
        ask_in_rows(elections, law.method, counter)
    return counter.seats


@dataclass(frozen=True)
class Elections:
    """Elections under one law, as they were read: votes (n, k), and for each row those against all, the invalid ballots, and votes beside.

    A column that was not given is None.
    """

    law: ElectoralLaw
    table: NDArray[np.int64]
    against: NDArray[np.int64] | None
    invalid: NDArray[np.int64] | None
    other: NDArray[np.int64] | None

    @classmethod
    def read(cls, law: ElectoralLaw, votes: ArrayLike, against_all: ArrayLike | None, invalid: ArrayLike | None) -> Elections:
        """Read what users give."""
        if law.list_seats > reading.INT64:
            raise LawError(field="list_seats", got=law.list_seats, must=FITS, remedy=NO_BOUND)
        table, beside = split_frame(votes) if is_frame(votes) else (vote_table(votes), {})
        by_name = {AGAINST_ALL: against_all, INVALID: invalid, OTHER: None}
        for name, column in beside.items():
            if by_name[name] is not None:
                raise VotesError(
                    f"{name} is a column and is given by name as well", field=name, must="be given once", remedy="write it once"
                )
            by_name[name] = column
        if law.base == "cast" and by_name[INVALID] is None:
            raise without_invalid()
        columns = {name: None if given is None else vote_column(given, len(table), name) for name, given in by_name.items()}
        return cls(law, table, against=columns[AGAINST_ALL], invalid=columns[INVALID], other=columns[OTHER])

    @property
    def extra(self) -> NDArray[np.int64]:
        """What the base of each election holds beside the votes for lists."""
        held = {"parties": (), "valid": (self.against,), "cast": (self.against, self.invalid)}[self.law.base]
        given = [column for column in (self.other, *held) if column is not None]
        base, *others = given or [np.zeros(len(self.table), np.int64)]
        for more in others:
            base = sum_within(base, more)
        return base

    def by_oracle(self, row: int, seed: int) -> list[int]:
        """Count one row in fractions; it draws lots of its own."""
        lists = Ids({f"column {i}": votes for i, votes in enumerate(self.table[row].tolist())})
        beside = (0 if column is None else int(column[row]) for column in (self.against, self.invalid, self.other))
        ballot = ListVotes(lists, *beside)
        try:
            return list(exact.count(self.law, ballot, Urn(seed, row)).seats.values())
        except AllocationError as error:
            raise error.at(f"row {row}") from None


def count_by_oracle(elections: Elections, seed: int) -> NDArray[np.int64]:
    """Count row by row, slowly, for a law whose numbers leave hardly any votes room in 64 bits, such as a threshold of 16 digits."""
    table = not_negative(elections.table, "votes")
    if not table.any(axis=1).all():
        raise without_votes(table)
    return np.array([elections.by_oracle(row, seed) for row in range(len(table))], np.int64).reshape(table.shape)


def count_table(law: ElectoralLaw, table: NDArray[np.int64], extra: NDArray[np.int64]) -> Counter:
    """Count a table in narrow lanes, or in wide ones where those do not hold it; what neither can count is an error."""
    n, k = table.shape
    for rules, whole, most in kinds_of_lanes(law, k):
        counter = Counter.room(rules, whole, k, most, n)
        if counter.count(table, extra):
            return counter
    raise uncountable(law, table, extra)


def uncountable(law: ElectoralLaw, table: NDArray[np.int64], extra: NDArray[np.int64]) -> VotesError:
    """Raise for the first negative number or the first row that is too large; else name the first row without votes."""
    not_negative(table, "votes")
    check_size(law, table, extra)
    return without_votes(table)


def without_votes(table: NDArray[np.int64], of: str = "for a list") -> VotesError:
    """Build the error for the first row without votes."""
    row = int((~table.any(axis=1)).argmax())
    return VotesError(field="votes", got=0, must=f"hold at least one vote{of and ' ' + of}", where=f"row {row}", shown="zero for all")


def settle_rows(elections: Elections, counter: Counter, seed: int) -> None:
    """Raise for the first row that the law refuses; draw the lots that it asks for. The oracle counts such a row once more."""
    wanted = recounted(elections.law)
    for row in np.flatnonzero(counter.flags & np.uint8(wanted)).tolist() if counter.seen & wanted else ():
        counter.seats[row] = elections.by_oracle(row, seed)


def ask_in_rows(elections: Elections, rule: SeatRule, counter: Counter) -> None:
    """Ask an own rule in the rows that are no fallback, and that were not counted by themselves since no list passed."""
    law, base = elections.law, elections.table.sum(axis=1) + elections.extra
    admitted = elections.table * law.threshold.denominator >= (law.threshold.numerator * base)[:, None]
    rows = np.flatnonzero(counter.flags & np.uint8(events.FALLBACK | events.NO_LIST) == 0)
    share_out_rows(rule, elections.table, admitted, law.list_seats, rows, counter.seats)


def recounted(law: ElectoralLaw) -> int:
    """Return the flags of rows that the oracle counts once more: what is refused, lots, and who is admitted where nobody passed."""
    if callable(law.method):
        return refused(law.replace(method=OF_THE_LAW, ties="order")) | events.NO_LIST
    return refused(law) | (events.TIE if law.ties == "lots" else 0)


def refused(law: ElectoralLaw) -> int:
    """Return the flags of results that the law, or the user's choice, does not define."""
    chosen = (events.flag(event) for event, field in DECIDED_BY.items() if getattr(law, field) == "error")
    return sum(chosen) | events.OVER_QUOTA


def check_size(law: ElectoralLaw, table: NDArray[np.int64], extra: NDArray[np.int64]) -> None:
    """Raise for the first row that cannot be counted exactly in 64-bit integers."""
    bound = largest_base(law, table.shape[1])
    about = table.sum(axis=1, dtype=np.float64) + extra  # floats tell which rows to look at, and cannot overflow
    for row in np.flatnonzero(about > 0.999 * bound):
        base = sum(table[row].tolist()) + int(extra[row])
        if base > bound:
            problem = f"too large to be counted exactly in 64-bit integers: base {base:,}, at most {bound:,}"
            raise VotesError(problem, field="base", got=base, must=f"be at most {bound:,}", remedy=NO_BOUND, where=f"row {row}")


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
    table, beside = split_frame(votes) if is_frame(votes) else (vote_table(votes), {})
    if beside:
        remedy = f"drop the column of {next(iter(beside))}"
        raise VotesError(field="columns of votes", got=list(beside), must="be candidates alone", remedy=remedy)
    table = not_negative(table, "votes")
    if not table.any(axis=1).all():
        raise without_votes(table, "")
    winner, margin = np.zeros(len(table), np.int64), np.zeros(len(table), np.int64)
    count.plurality_rows(table, winner, margin)
    return winner, margin
