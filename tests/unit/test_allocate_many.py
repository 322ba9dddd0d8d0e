"""Many elections at once: shapes, kinds of arrays, refusals that name their row, and the bound of 64 bits."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from numba import typeof

import mazhilis_sim as ms
from mazhilis_sim.counting.arrays import vote_column, vote_table
from mazhilis_sim.counting.many import ROWS_AT_ONCE
from on_record import KNOWN

LAW = ms.law("2023")
ROWS = np.array([[60, 30, 10], [90, 4, 6], [95, 3, 2]])
SEATS = [[41, 21, 7], [65, 0, 4], [67, 2, 0]]


@pytest.mark.parametrize(
    "votes",
    [
        ROWS,
        ROWS.tolist(),
        ROWS.astype(np.int32),
        ROWS.astype(np.uint64),
        ROWS.astype(object),
        np.asfortranarray(ROWS),
        np.repeat(ROWS, 2, axis=1)[:, ::2],
        pd.DataFrame(ROWS),
        ROWS.astype(">i8"),
        ROWS.astype(float),
        ROWS.astype(np.float16),
        ROWS.astype(np.uint8),
        [[Decimal(60), Fraction(30), 10.0], *ROWS.tolist()[1:]],
        np.ma.masked_array(ROWS),
    ],
    ids=[
        "int64",
        "list",
        "int32",
        "uint64",
        "object",
        "fortran",
        "strided",
        "frame",
        "big endian",
        "float",
        "half",
        "uint8",
        "numbers",
        "no mask",
    ],
)
def test_any_table_of_integers_will_do(votes: Any) -> None:
    seats = ms.allocate_many(LAW, votes)
    assert seats.dtype == np.int64
    assert seats.tolist() == SEATS


@pytest.mark.parametrize("n", [0, 1, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 3 * ROWS_AT_ONCE])
def test_any_number_of_rows(n: int) -> None:
    votes = np.resize(ROWS, (n, 3))
    assert ms.allocate_many(LAW, votes).tolist() == [SEATS[i % 3] for i in range(n)]


TWO_CHUNKS = ROWS_AT_ONCE + 88


@pytest.mark.parametrize("row", [0, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, TWO_CHUNKS - 1])
@pytest.mark.parametrize("large", [2**31 // 100, 2**31 // 8 - 1, 2**31 // 8, 2**31, 2**32 + 1, 2**40])
def test_a_row_too_large_for_narrow_lanes_is_counted_like_the_others(row: int, large: int) -> None:
    votes = np.resize(ROWS, (TWO_CHUNKS, 3))
    votes[row] = [large, large // 2, large // 3]
    against = np.arange(TWO_CHUNKS) % 600
    expected = ms.exact.allocate(LAW, dict(zip("abc", votes[row].tolist(), strict=True)), row).seats
    seats, others = ms.allocate_many(LAW, votes, against_all=against), np.arange(TWO_CHUNKS) != row
    assert seats[row].tolist() == list(expected.values())
    assert (seats[others] == ms.allocate_many(LAW, votes[others], against_all=against[others])).all()


ANY_ROW = [0, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 200, 2 * ROWS_AT_ONCE + 299]
THREE_CHUNKS = 2 * ROWS_AT_ONCE + 300


@pytest.mark.parametrize("row", ANY_ROW)
@pytest.mark.parametrize(
    ("column", "number", "said"),
    [
        (0, -1, "^row {row}, column 0: votes must not be negative, got -1$"),
        (2, -1, "^row {row}, column 2: votes must not be negative, got -1$"),
        (1, 2**62, "^row {row}: too large to be counted exactly"),
    ],
)
def test_a_number_that_cannot_be_counted_is_found_in_any_row(row: int, column: int, number: int, said: str) -> None:
    votes = np.resize(ROWS, (THREE_CHUNKS, 3))
    votes[row, column] = number
    with pytest.raises(ms.VotesError, match=said.format(row=row)):
        ms.allocate_many(LAW, votes)


@pytest.mark.parametrize("row", ANY_ROW)
def test_votes_against_all_are_summed_in_any_row(row: int) -> None:
    against = np.zeros(THREE_CHUNKS, np.int64)
    against[row] = 60
    seats = ms.allocate_many(LAW, np.resize([[80, 14, 6]], (THREE_CHUNKS, 3)), against_all=against)
    assert seats[row].tolist() == [59, 10, 0]
    assert (np.delete(seats, row, axis=0) == [55, 10, 4]).all()


def test_a_list_that_no_election_of_a_chunk_admits_has_no_seat_left_from_the_chunk_before() -> None:
    votes = np.vstack([np.resize(row, (ROWS_AT_ONCE, 3)) for row in ([60, 30, 10], [90, 8, 2])])
    assert (ms.allocate_many(LAW, votes)[ROWS_AT_ONCE:] == [63, 6, 0]).all()


def test_the_votes_are_left_as_they_were() -> None:
    votes = ROWS.copy()
    ms.allocate_many(LAW, votes, against_all=7)
    assert (votes == ROWS).all()


FROZEN = np.array([60, 60, 0])
FROZEN.flags.writeable = False
COLUMNS = {
    "a list": [60, 60, 0],
    "that may not be written": FROZEN,
    "backwards": np.array([0, 60, 60])[::-1],
    "every second": np.array([60, 9, 60, 9, 0, 9])[::2],
    "floats": np.array([60.0, 60, 0]),
    "not aligned": np.frombuffer(bytearray(b"x" + np.array([60, 60, 0]).tobytes()), np.int64, 3, offset=1),
}


@pytest.mark.parametrize("against", COLUMNS.values(), ids=COLUMNS)
def test_a_column_counts_however_its_array_lies_in_memory(against: Any) -> None:
    assert ms.allocate_many(LAW, [[80, 14, 6]] * 3, against_all=against).tolist() == [[59, 10, 0], [59, 10, 0], [55, 10, 4]]
    assert typeof(vote_column(against, 3, "against_all")) == typeof(np.zeros(3, np.int64))  # for another one kernels are compiled anew


def test_a_table_that_may_not_be_written_is_counted_by_what_is_compiled_already() -> None:
    table = ROWS.copy()
    table.flags.writeable = False
    assert ms.allocate_many(LAW, table).tolist() == SEATS
    assert typeof(vote_table(table)) == typeof(vote_table(ROWS))
    assert vote_table(ROWS) is ROWS


@pytest.mark.parametrize("against", [60, np.array(60)[None], np.broadcast_to(60, (1,))])
def test_a_single_row_counts_what_is_repeated_without_room(against: Any) -> None:
    assert ms.allocate_many(LAW, [[80, 14, 6]], against_all=against).tolist() == [[59, 10, 0]]


def test_columns_of_zeros_and_several_columns_add_up() -> None:
    law, zeros = LAW.replace(base="cast"), np.zeros(1, int)
    votes = [[80, 14, 6]]
    none, some = (ms.allocate_many(law, votes, against_all=a, invalid=zeros).tolist() for a in (zeros, [60]))
    assert (none, some) == ([[55, 10, 4]], [[59, 10, 0]])
    assert ms.allocate_many(law, votes, against_all=[30], invalid=[30]).tolist() == some


def test_one_number_against_all_stands_for_all_rows() -> None:
    single, each = (ms.allocate_many(LAW, ROWS, against_all=a) for a in (700, [700, 700, 700]))
    assert (single == each).all()
    assert single.tolist() == [[53, 16, 0], [66, 0, 3], [67, 2, 0]]


def test_known_results_in_one_table() -> None:
    for known in KNOWN:
        table = [list(known.votes.values())] * 3
        assert ms.allocate_many(ms.law(known.law), table, against_all=known.against_all).tolist() == [known.seats] * 3


def test_all_ballots_cast_as_base() -> None:
    law = LAW.replace(base="cast")
    votes, invalid = np.array([[800, 52, 50, 48]] * 2), [0, 40]
    seats = ms.allocate_many(law, votes, against_all=50, invalid=invalid)
    for i in range(2):
        one = ms.exact.allocate(law, dict(zip("abcd", votes[i].tolist(), strict=True)), 50, invalid=invalid[i])
        assert seats[i].tolist() == list(one.seats.values())
    assert seats[0].tolist() != seats[1].tolist()


BAD_TABLES = [
    ([5, 3], r"votes must be an array \(n elections, k lists\), got shape \(2,\); write votes\[None, :\] for one election"),
    (ms.ListVotes({"a": 5}), r"got ListVotes.*; use allocate, which counts one election by the names of its lists$"),
    (np.ones((2, 2, 2), int), r"votes must be an array .*, got shape \(2, 2, 2\)$"),
    ([[], []], r"votes must be an array .*, got shape \(2, 0\)"),
    (7, r"votes must be an array .*, got 7$"),
    (None, r"votes must be an array .*, got None$"),
    ("votes.csv", r"votes must be an array .*, got 'votes\.csv'$"),
    ({"a": [1, 2]}, r"votes must be an array .*, got \{'a': \[1, 2\]\}$"),
    ([[1.0, 2.5]], r"^row 0, column 1: votes must be whole numbers, got 2\.5$"),
    ([[1.0, 2.0**60]], r"^row 0, column 1: votes must be whole numbers, got 1\.15"),
    ([[1, 2j]], "votes must be an array of whole numbers, got dtype complex128"),
    (np.array([[1, 2]], "m8[s]"), r"votes must be an array of whole numbers, got dtype timedelta64"),
    (np.array([["2023-03-19"]], "M8[D]"), "votes must be an array of whole numbers, got dtype datetime64"),
    (np.zeros((2, 2), [("a", int)]), "votes must be an array of whole numbers, got dtype"),
    (np.ma.masked_array([[1, 2]], mask=[[False, True]]), r"votes must hold no masked cells, .*; write votes\.filled\(0\)"),
    (pd.DataFrame({"a": [5], "undecided": [3]}), "columns of votes: 'undecided' stands for voters without a choice"),
    (pd.DataFrame({"a": [5], "Amanat": [3], "amanat": [3]}), "columns of votes: 'Amanat' and 'amanat' are one party, amanat; remove one"),
    (pd.DataFrame({"a": [5, 4], "Total": [5, 6]}), "row 1: 'Total' is 6, and the others add up to 4; drop the column, or mend a number"),
    (pd.DataFrame({"a": [5, None]}), "column 'a': row 1: votes must be whole numbers, got nan"),
    (pd.DataFrame({"a": [5], "b": [True]}), "column 'b': votes must be an array of whole numbers, got dtype bool"),
    (pd.DataFrame({b"a": [5], "b": [4]}), "the name of a column must be text, got b'a'; write 'a'"),
    (pd.DataFrame({"against_all": [5]}), "columns of votes must hold at least one list, got none"),
    ([[5, 4], [3, True]], "row 1, column 1: votes must be whole numbers, got True"),
    ([[2**63, 1]], "row 0, column 0: votes must fit 64-bit integers .* got 9223372036854775808; use allocate"),
    (np.array([[5, 4]], "timedelta64[s]"), r"votes must be an array of whole numbers, got dtype timedelta64\[s\]"),
    ([[1, float("nan")]], "^row 0, column 1: votes must be whole numbers, got nan$"),
    ([["1", "2"]], "votes must be an array of whole numbers, got dtype <U1"),
    (np.array([[True, False]]), "votes must be an array of whole numbers, got dtype bool"),
    (np.array([[1, None]], object), "^row 0, column 1: votes must be whole numbers, got None$"),
    (np.array([[1, "2"]], object), "^row 0, column 1: votes must be whole numbers, got '2'$"),
    (np.array([[1, True]], object), "^row 0, column 1: votes must be whole numbers, got True$"),
    ([[5, 1], [3, -2]], "^row 1, column 1: votes must not be negative, got -2$"),
    ([[5, 1], [0, 0]], "^row 1: votes must hold at least one vote for a list, got zero for all$"),
    (
        np.array([[5, 2**63]], np.uint64),
        r"^row 0, column 1: votes must fit 64-bit integers .*\(at most 9,223,372,036,854,775,807\), got 9223372036854775808; use allocate",
    ),
    (
        np.array([[5, 1], [1, 2**70]], object),
        "^row 1, column 1: votes must fit 64-bit integers .*, got 1180591620717411303424; use allocate",
    ),
]


@pytest.mark.parametrize(("votes", "said"), BAD_TABLES)
def test_a_table_that_cannot_be_counted_says_where(votes: Any, said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.allocate_many(LAW, votes)


@pytest.mark.parametrize(
    ("against_all", "said"),
    [
        ([1, 2], r"against_all must be one number or an array of shape \(3,\), got shape \(2,\)"),
        ([1, -2, 3], "^row 1: against_all must not be negative, got -2$"),
        (-2, "against_all must not be negative, got -2$"),
        (0.5, "against_all must be whole numbers, got 0.5$"),
        ("5", "against_all must be an array of whole numbers, got dtype <U1"),
        ([[1], [2], [3]], r"against_all must be one number or an array of shape \(3,\), got shape \(3, 1\)"),
    ],
)
def test_votes_against_all_that_cannot_be_say_where(against_all: Any, said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.allocate_many(LAW, ROWS, against_all=against_all)


def test_all_ballots_cast_need_invalid_ones() -> None:
    with pytest.raises(ms.VotesError, match='the base "cast" needs the number of invalid ballots'):
        ms.allocate_many(LAW.replace(base="cast"), ROWS)
    with pytest.raises(ms.VotesError, match="invalid must not be negative"):
        ms.allocate_many(LAW.replace(base="cast"), ROWS, invalid=-1)


# -- what the law leaves open ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "row", "said"),
    [
        (LAW.replace(threshold="60%"), [50, 50], "row 1: no list reached the threshold of 60 % of the base"),
        (
            LAW.replace(ties="error", list_seats=1),
            [50, 50],
            'row 1: equal remainders of column 0 and column 1 compete for 1 seat, .* ties="error"',
        ),
        (LAW.replace(second_place_tie="error"), [95, 0, 0], "row 1: column 1 and column 2 share the second place with 0 votes each"),
        (
            LAW.replace(fallback=ms.Fallback(floor=3), floor_excess="error"),
            [98, 2],
            'row 1: the floor of 3 seats and the whole part 67 exceed 69 seats, and the law says floor_excess="error"',
        ),
    ],
)
def test_the_first_row_without_a_result_is_named(law: ms.ElectoralLaw, row: list[int], said: str) -> None:
    row = row + [0] * (3 - len(row))
    with pytest.raises(ms.AllocationError, match=said):
        ms.allocate_many(law, [[70, 30, 0], row, row])


def test_each_row_of_a_batch_draws_its_own_lot() -> None:
    law, n = LAW.replace(list_seats=10, ties="lots"), ROWS_AT_ONCE + 176
    rows = np.full((n, 3), 10)
    assert (np.sort(ms.allocate_many(law, rows[:50]), axis=1) == [3, 3, 4]).all()
    seats = ms.allocate_many(law, rows, seed=5)
    assert (np.sort(seats, axis=1) == [3, 3, 4]).all()
    won = (seats == 4).sum(axis=0)
    assert (abs(won - n / 3) < 5 * (n * 2 / 9) ** 0.5).all()
    assert (seats == ms.allocate_many(law, rows, seed=5)).all()
    assert (seats[: n // 2] == ms.allocate_many(law, rows[: n // 2], seed=5)).all()
    assert (seats != ms.allocate_many(law, rows, seed=6)).any()


def test_the_first_row_draws_the_lot_of_a_single_count() -> None:
    law = LAW.replace(list_seats=10, ties="lots")
    for seed in range(20):
        one = ms.exact.allocate(law, {"0": 10, "1": 10, "2": 10}, seed=seed)
        assert ms.allocate_many(law, [[10, 10, 10]], seed=seed)[0].tolist() == list(one.seats.values())


def test_rows_without_ties_are_not_touched_by_lots() -> None:
    rows = np.array([[60, 30, 10], [10, 10, 10], [61, 30, 9]])
    drawn, ordered = (ms.allocate_many(LAW.replace(list_seats=10, ties=ties), rows, seed=1) for ties in ("lots", "order"))
    assert (drawn[[0, 2]] == ordered[[0, 2]]).all()


# -- the bound of 64 bits --------------------------------------------------------------------------------------------


def largest_base(law: ms.ElectoralLaw, lists: int) -> int:
    """Read the bound off the refusal of votes that are far beyond it."""
    with pytest.raises(ms.VotesError) as refused:
        ms.allocate_many(law, [[2**63 - 1] * lists])
    (bound,) = re.findall(r"at most ([\d,]+)", str(refused.value))
    return int(bound.replace(",", ""))


BOUNDED = {
    **{name: ms.law(name) for name in ms.laws() if name != "maslikhat"},
    "fine threshold": LAW.replace(threshold="99999/100000"),
    "fine weight": LAW.replace(fallback=ms.Fallback(weight="999/1000")),  # type: ignore[arg-type]
    "many seats": LAW.replace(list_seats=10**6),
    "no rule": LAW.replace(fallback=None, threshold=0, list_seats=1),
    "one seat": LAW.replace(list_seats=1),
}


@pytest.mark.parametrize("law", BOUNDED.values(), ids=BOUNDED)
def test_the_largest_base_is_counted_exactly_and_one_vote_more_is_refused(law: ms.ElectoralLaw) -> None:
    law, bound = law.replace(no_list_passes="top_two"), largest_base(law, 3)
    assert bound > 10**9
    third = bound // 3
    for row in ([bound, 0, 0], [third, third, bound - 2 * third], [bound - 2, 1, 1], [third, 0, 0], [third + 1, third, 5]):
        against = bound - sum(row)
        exact = ms.exact.allocate(law, dict(zip("abc", row, strict=True)), against_all=against)
        assert ms.allocate_many(law, [row], against_all=against)[0].tolist() == list(exact.seats.values())
        with pytest.raises(ms.VotesError, match=rf"^row 1: too large .*base {bound + 1:,}, at most {bound:,}; use allocate"):
            ms.allocate_many(law, [row, row], against_all=[against, against + 1])


@pytest.mark.parametrize(
    "arguments",
    [
        {"votes": [[2**62, 2**62]]},
        {"votes": [[5, 4]], "against_all": 2**63 - 1},
        {"votes": [[2**63 - 1] * 4], "against_all": 2**63 - 1},
        {"votes": [[5, 4]], "against_all": 2**62, "invalid": 2**62 + 2**61},  # a sum beyond 64 bits
        {"votes": [[5, 4]], "against_all": 2**63 - 1, "invalid": 2**63 - 1},
    ],
)
def test_sums_beyond_64_bits_are_refused_too(arguments: dict[str, Any]) -> None:
    with pytest.raises(ms.VotesError, match="^row 0: too large to be counted exactly in 64-bit integers"):
        ms.allocate_many(LAW.replace(base="cast"), **{"against_all": 0, "invalid": 0, **arguments})


def test_allocate_counts_what_the_batch_refuses() -> None:
    bound = largest_base(LAW, 3)
    votes = {"a": bound, "b": bound // 10, "c": 7}
    assert ms.allocate(LAW, votes).seats == {"a": 63, "b": 6, "c": 0}  # 69 x 10 / 11 = 62.7 and 69 / 11 = 6.3
    with pytest.raises(ms.VotesError, match="^row 0: too large"):
        ms.allocate_many(LAW, [[*votes.values()]])


@pytest.mark.parametrize(
    "law",
    [ms.law("2026", threshold=1 / 3), ms.law("2026", fallback=ms.Fallback(2 / 3, 2)), LAW.replace(list_seats=2**40)],  # type: ignore[arg-type]
)
def test_a_law_whose_numbers_leave_no_room_in_64_bits_is_counted_in_fractions(law: ms.ElectoralLaw) -> None:
    rows = [[3_431_510, 693_938, 547_154], [5_400_000, 290_000, 210_000]]
    expected = [
        list(ms.allocate(law.replace(no_list_passes="all"), dict(zip("abc", row, strict=True)), 248_291).seats.values()) for row in rows
    ]
    assert ms.allocate_many(law.replace(no_list_passes="all"), rows, against_all=248_291).tolist() == expected
    with pytest.raises(ms.VotesError, match="^row 1, column 0: votes must not be negative, got -1$"):
        ms.allocate_many(law, [[5, 3], [-1, 4]])
    with pytest.raises(ms.VotesError, match="^row 1: votes must hold at least one vote"):
        ms.allocate_many(law, [[5, 3], [0, 0]])
    assert ms.allocate_many(law, np.zeros((0, 3), int)).shape == (0, 3)


def test_a_ragged_row_is_named() -> None:
    with pytest.raises(ms.VotesError, match="^row 1: votes must be an array .*, got 1 number, and 2 in row 0"):
        ms.allocate_many(ms.law("2023"), [[6, 4], [5]])


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 1 / 3},
        {"threshold": "1e-300"},
        {"fallback": ms.Fallback(2 / 3, 2)},
        {"fallback": ms.Fallback(Fraction(1, 3**60), 2)},
        {"fallback": ms.Fallback("70%", 10**30)},
        {"list_seats": 2**31},
        {"list_seats": 2**62},
        {"threshold": "5.00000002%"},
        {"threshold": Fraction(1, 2**31)},
        {"list_seats": 65_537},
        {"threshold": 1 / 3, "ties": "lots"},
        {"threshold": 1 / 3, "method": "dhondt"},
    ],
    ids=str,
)
def test_every_law_that_one_election_takes_arrays_take(changes: dict[str, Any]) -> None:
    law, rows = ms.law("2026", **changes), [[60, 30, 10], [1, 0, 0], [40, 40, 0]]
    one_by_one = [list(ms.allocate(law, dict(zip("abc", row, strict=True)), seed=1).seats.values()) for row in rows]
    assert ms.allocate_many(law, rows, seed=1).tolist()[:2] == one_by_one[:2]  # equals in the third, which lots may decide
    assert ms.allocate_many(law, rows).sum(axis=1).tolist() == [law.list_seats] * 3


def test_a_law_beyond_all_bounds_is_refused_by_both() -> None:
    with pytest.raises(ms.LawError, match=r"list_seats must (be at most 10\*\*30|have at most 1,000 digits), got an int of about"):
        ms.law("2026", list_seats=10**5000)


# -- data frames -------------------------------------------------------------------------------------------------------


def test_columns_of_a_frame_that_are_no_lists_are_read_as_what_they_are() -> None:
    frame = pd.DataFrame({"a": [50, 60], "b": [3, 30], "Others": [2, 1], "Против всех": [47, 9], "Valid": [102, 100], "Invalid": [5, 6]})
    for base in ("valid", "parties", "cast"):
        law = ms.law("2023", base=base)
        with pytest.warns(
            ms.DataWarning, match="'Valid' is the sum of 'a', 'b', 'Others', 'Против всех' and is left out; read as: 'Others'"
        ):
            counted = ms.allocate_many(law, frame)
        for row, seats in enumerate(counted.tolist()):
            lists, beside = {name: int(frame[name][row]) for name in "ab"}, frame[["Против всех", "Invalid", "Others"]].loc[row]
            assert list(ms.allocate(law, ms.ListVotes(lists, *beside)).seats.values()) == seats


def test_columns_of_one_kind_that_together_run_over_are_refused() -> None:
    frame = pd.DataFrame({"a": [50], "b": [25]} | {name: [2**62] for name in ("Other", "other parties", "Другие", "Остальные")})
    for many in (2, 3, 4):
        with pytest.warns(ms.DataWarning, match="read as"), pytest.raises(ms.VotesError, match="^row 0: too large to be counted exactly"):
            ms.allocate_many(LAW, frame.iloc[:, : 2 + many])


def test_a_reserved_column_is_not_given_by_name_as_well() -> None:
    frame = pd.DataFrame({"a": [50], "against_all": [5]})
    with pytest.raises(ms.VotesError, match="against_all is a column and is given by name as well; write it once"):
        ms.allocate_many(LAW, frame, against_all=5)
    with pytest.raises(ms.VotesError, match="columns of votes must be candidates alone, got .*; drop the column of against_all"):
        ms.plurality_many(frame)


def test_a_table_of_arrow_has_columns_too() -> None:
    table = pa.table({"a": [5, 6], "b": [4, 3], "Total": [9, 9]})
    with pytest.warns(ms.DataWarning, match="'Total' is the sum of the others"):
        assert ms.allocate_many(LAW, table).tolist() == ms.allocate_many(LAW, [[5, 4], [6, 3]]).tolist()


def test_heads_of_several_levels_as_pivot_tables_have_them_name_lists_by_the_last() -> None:
    rows = pd.DataFrame(
        {"region": ["n"] * 3 + ["s"] * 3, "party": ["Against all", "Amanat", "Auyl"] * 2, "votes": [10, 60, 30, 10, 50, 40]}
    )
    with pytest.warns(ms.DataWarning, match="'Against all' as against_all"):
        seats = ms.allocate_many(LAW, rows.pivot_table(index="region", columns="party", values=["votes"]))
    assert seats.tolist() == ms.allocate_many(LAW, [[60, 30], [50, 40]], against_all=10).tolist()
    with pytest.raises(ms.VotesError, match="columns of votes: 'Against all' stands twice"):
        ms.allocate_many(LAW, rows.pivot_table(columns=["region", "party"], values=["votes"]))


def test_columns_without_names_are_lists() -> None:
    assert ms.allocate_many(LAW, pd.DataFrame([[50, 3]])).tolist() == ms.allocate_many(LAW, [[50, 3]]).tolist()
