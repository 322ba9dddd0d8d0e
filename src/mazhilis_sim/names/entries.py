"""Labels with numbers, as an input holds them, become ids with numbers: every door for votes and polls passes here.

How to call it from a reader of files::

    entries = [Entry(row["party"], cells.whole(row, "votes"), row.number, row.place("party")) for row in rows]
    votes = by_id(entries, "votes", FileError, where=name)      # {"amanat": 3431510, ..., "against_all": 248291}

The result holds party ids and reserved ids alone, in the order of the input; `ListVotes.read` and `Poll` take it as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any, Generic, TypeVar

from mazhilis_sim.errors import DataWarning, MazhilisError, PollWarning, show, some, warn
from mazhilis_sim.names.labels import OWN, PARTY, REFUSED, RESERVED, SUM, Among, Label, read_labels
from mazhilis_sim.names.record import near
from mazhilis_sim.names.reserved import OTHER

Number = TypeVar("Number", int, Fraction)
"""What labels hold: votes, or shares."""
Held = TypeVar("Held")
MOST_DOUBTED = 200
"""Own names of an input that are held against known ones."""
LOST_LETTERS = re.compile(r"\?[^\W\d_]|[^\W\d_]\?{2,}|\?{3,}|\ufffd")
"""What stands where a table was saved in letters that do not hold its names."""
FEW, LEAST_SUM, ROUND = 2, 1000, 100
"""Entries, votes, and what votes are a multiple of, that make a sum of all others no wonder."""
SLACK = Fraction(1, 200)
"""How far a sum of printed shares may be from the printed total."""


class Ids(dict[str, Held]):
    """Numbers by id, sorted out already: whoever reads them again has nothing to say about their labels."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[Number]):
    """One label of an input and its number.

    Parameters
    ----------
    label : str
    value : int or Fraction
        As it was read.
    row : int, optional
        Number of the row, where the input has some.
    where : str
        Place of the label, for errors, such as ``votes.csv, row 9, column party``.
    """

    label: str
    value: Number
    row: int | None = None
    where: str = ""

    @property
    def place(self) -> str:
        """How a sentence names this entry."""
        return show(self.label) if self.row is None else f"row {self.row}, {self.label},"


def head_of(name: Any) -> str:
    """Return the name of a list, where a column has one: of several heads, as pivot tables have them, the last that says something."""
    levels = [level for level in (name if isinstance(name, tuple) else (name,)) if isinstance(level, str) and level.strip()]
    return levels[-1] if levels else ""


def by_id(
    entries: Iterable[Entry[Number]], among: Among, error: type[MazhilisError], *, where: str = "", of_candidates: bool = False
) -> Ids[Number]:
    """Sort out what an input holds: parties by id, reserved ids, nothing twice, no totals.

    Parameters
    ----------
    entries : iterable of Entry
        One input: a mapping, a file of votes, one poll.
    among : {"votes", "poll"}
    error : type of MazhilisError
        The leaf to raise.
    where : str
        The input, for warnings and for entries without a place of their own.
    of_candidates : bool
        Whether names are those of candidates, which may hold the name of a party and are near none.

    Returns
    -------
    Ids
        A dict in the order of the input; labels of one reserved id are added up.

    Raises
    ------
    MazhilisError
        For a label that is no list and has no reserved id, two spellings of one name, and a total that is not the sum of the rest.

    Warns
    -----
    DataWarning, PollWarning
        Once for an input: totals that are left out, names that were read as ids, labels that were added up, names near known ones.

    Examples
    --------
    >>> import warnings
    >>> rows = [Entry("amanat", 70, 2), Entry("auyl", 25, 3), Entry("Against all", 5, 4), Entry("Total", 100, 5)]
    >>> with warnings.catch_warnings(record=True) as said:
    ...     warnings.simplefilter("always")
    ...     by_id(rows, "votes", MazhilisError)
    {'amanat': 70, 'auyl': 25, 'against_all': 5}
    >>> print(said[0].message)
    row 5, Total, is the sum of rows 2 to 4 and is left out; read as: 'Against all' as against_all
    """
    given = tuple(entries)
    pairs = list(zip(given, read_labels((entry.label for entry in given), among), strict=True))
    refuse_labels(pairs, error, where)
    kept = [(entry, label) for entry, label in pairs if label.kind != SUM]
    said = without_totals(pairs, among, error, where)
    hidden = [
        f"{entry.place} has as many votes as all others together; leave it out if it is their sum" for entry in hidden_sums(kept, among)
    ]
    found = Ids[Number]()
    for entry, label in kept:
        found[label.id] = found[label.id] + entry.value if label.id in found else entry.value
    say_of_labels(said, [label for _, label in kept], among, where, of_candidates, hidden)
    return found


# -- what is refused -----------------------------------------------------------------------------------------------------


def refuse_labels(pairs: Sequence[tuple[Entry[Number], Label]], error: type[MazhilisError], where: str) -> None:
    """Refuse labels that are no list, and two spellings of one name."""
    seen: dict[str, Entry[Number]] = {}
    for entry, label in pairs:
        if label.kind == REFUSED:
            raise label.refusal(error, entry.where or where)
        if label.kind != SUM and label.spelling in seen:
            raise twice(seen[label.spelling], entry, label, error, where)
        seen[label.spelling] = entry


def twice(first: Entry[Number], second: Entry[Number], label: Label, error: type[MazhilisError], where: str) -> MazhilisError:
    """Build the error for one name that stands in an input twice, with both spellings."""
    one = f"one party, {label.id}" if label.kind == PARTY else "one name"
    rows = "" if first.row is None else f", in rows {first.row} and {second.row}"
    spelt = (
        f"{show(first.label)} stands twice" if first.label == second.label else f"{show(first.label)} and {show(second.label)} are {one}"
    )
    remedy, place = "remove one of them, or add them up", second.where or where
    return error(f"{spelt}{rows}", field=second.label, got=second.label, must="stand once", remedy=remedy, where=place)


# -- totals --------------------------------------------------------------------------------------------------------------


def without_totals(pairs: Sequence[tuple[Entry[Number], Label]], among: Among, error: type[MazhilisError], where: str = "") -> list[str]:
    """Say of each total what it is the sum of; refuse one that is no sum."""
    kept = [(entry, label) for entry, label in pairs if label.kind != SUM]
    return [left_out(entry, kept, among, error, where) for entry, label in pairs if label.kind == SUM]


def left_out(
    total: Entry[Number], kept: Sequence[tuple[Entry[Number], Label]], among: Among, error: type[MazhilisError], where: str
) -> str:
    """Say what a total is the sum of, or refuse one that is no sum."""
    slack = 0 if among == "votes" else SLACK
    groups = [group for group in sums(total, kept) if group]
    for group in groups:
        if abs(sum_of(group) - total.value) <= slack:
            return f"{total.place} is the sum of {rows_of(group, len(kept))} and is left out"
    nearest = min((sum_of(group) for group in groups), key=lambda value: abs(value - total.value), default=0)
    differs = f"{show(total.label)} is {shown(total.value, among)}, and the others add up to {shown(nearest, among)}"
    remedy, place = "leave it out, or mend a number", total.where or where
    raise error(differs, field=total.label, got=total.value, must="be the sum of the others", remedy=remedy, where=place)


def sums(total: Entry[Number], kept: Sequence[tuple[Entry[Number], Label]]) -> Iterator[list[Entry[Number]]]:
    """Yield what a total may be the sum of: everything, or the rows above it; with each of the reserved ids or without."""
    above = [pair for pair in kept if pair[0].row is not None and total.row is not None and pair[0].row < total.row]
    reserved = tuple(dict.fromkeys(label.id for _, label in kept if label.kind == RESERVED))
    outside = [ids for size in range(len(reserved) + 1) for ids in combinations(reserved, size)]
    for rows, without in product((kept, above), outside):
        yield [entry for entry, label in rows if label.id not in without]


def hidden_sums(kept: Sequence[tuple[Entry[Number], Label]], among: Among) -> Iterator[Entry[Number]]:
    """Yield what has, by a name that nobody knows, the votes of several others together; of few or round numbers that is no wonder.

    It is looked for in rows of tables alone: nobody copies a sum by mistake into votes that are written in a program.
    """
    counted = [entry for entry, _ in kept if entry.value]
    whole = sum_of(counted) if among == "votes" and len(counted) > FEW else 0
    for entry, label in kept:
        if entry.row and label.kind == OWN and 2 * entry.value == whole and entry.value > LEAST_SUM and entry.value % ROUND:
            yield entry


def sum_of(group: Iterable[Entry[Number]]) -> Number | int:
    """Add up."""
    return sum(entry.value for entry in group)


def rows_of(group: Sequence[Entry[Number]], of: int) -> str:
    """Name the rows of a sum, out of so many."""
    numbers = [entry.row for entry in group if entry.row is not None]
    if len(numbers) < len(group):
        return "the others" if len(group) == of else some([show(entry.label) for entry in group])
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"rows {numbers[0]} to {numbers[-1]}"
    return f"{'row' if len(numbers) == 1 else 'rows'} {some([str(number) for number in numbers])}"


def shown(value: Number | int, among: Among) -> str:
    """Show votes with separators, shares in percent."""
    return f"{value:,}" if among == "votes" else f"{100 * float(value):.4g} %"


# -- what is said --------------------------------------------------------------------------------------------------------


def say_of_labels(
    totals: Iterable[str], labels: Sequence[Label], among: Among, where: str, of_candidates: bool = False, hidden: Iterable[str] = ()
) -> None:
    """Warn once of one input: a note, where it says only how totals and labels were read."""
    doubted = [*hidden, *doubts(labels, among, of_candidates)]
    said = [*totals, *notes(labels), *doubted]
    if said:
        words = f"{where and where + ': '}{'; '.join(said)}"
        warn(words, DataWarning if among == "votes" else PollWarning, is_note=not doubted)


def notes(labels: Sequence[Label]) -> Iterator[str]:
    """Say what labels were read as, and which were added up."""
    renamed = [f"{show(label.text)} as {label.id}" for label in labels if label.kind != OWN and label.text != label.id]
    if renamed:
        yield f"read as: {some(renamed)}"
    reserved = Counter(label.id for label in labels if label.kind == RESERVED)
    for id_ in (id_ for id_, number in reserved.items() if number > 1):
        yield f"what is read as {id_} is added up"


def doubts(labels: Sequence[Label], among: Among, of_candidates: bool) -> Iterator[str]:
    """Say what other lists may hide, and which names are near known ones."""
    if among == "votes" and any(label.id == OTHER for label in labels if label.kind == RESERVED):
        yield "other lists count in the base and get no seat; a list among them that passed would have some"
    own = [label for label in labels if label.kind == OWN]
    lost = [show(label.text) for label in own if LOST_LETTERS.search(label.text)]
    if lost:
        yield f"{some(lost)}: letters were lost where question marks stand; save the table as CSV UTF-8, or write the names anew"
    doubted = [] if of_candidates or lost else own
    for label in doubted[:MOST_DOUBTED]:
        if label.general:
            yield f"{show(label.text)} stays as it is; write {label.general} if the party of the record is meant"
        elif alike := near(label.text):
            yield f"{show(label.text)} is nearly {show(alike)}; write that if it is meant"
