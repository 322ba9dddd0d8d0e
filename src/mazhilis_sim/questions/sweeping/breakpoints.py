"""One number of the law from end to end: the exact points at which seats change, found and not sampled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.errors import LawError
from mazhilis_sim.languages import ENGLISH, _, counted, speaking
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.questions.asking import label_of, names_for
from mazhilis_sim.questions.sweeping.sweepable import SWEPT, Outcome, Swept, beyond_every_list, is_whole, outcomes
from mazhilis_sim.showing import Answer, Drawn
from mazhilis_sim.tables import Column, Table, list_names, party_column, percent, without_gaps
from mazhilis_sim.votes.election import Election

MOST_SIZES = 100_000
"""Whole numbers in one sweep."""


@dataclass(frozen=True)
class Piece:
    """A range in which the seats are the same.

    Parameters
    ----------
    low, high : Fraction
    low_included, high_included : bool
    seats : dict of str to int
        List seats; empty where no allocation is defined.
    reason : str
        Why there is none.
    """

    low: Fraction
    high: Fraction
    low_included: bool
    high_included: bool
    seats: dict[str, int]
    reason: str = ""


@dataclass(frozen=True)
class Breakpoint:
    """A point at which seats change.

    Parameters
    ----------
    at : Fraction
    included : {"below", "above"}
        The side that the point itself belongs to.
    before, after : dict of str to int
        Seats of the lists that change, on either side; empty where no allocation is defined.
    """

    at: Fraction
    included: str
    before: dict[str, int]
    after: dict[str, int]


@dataclass(frozen=True, repr=False)
class Sweep(Answer, Drawn):
    """One number of a law from end to end.

    Parameters
    ----------
    law : ElectoralLaw
    election : Election
    what : str
        The number that moves.
    pieces : tuple of Piece
        From the lowest to the highest.
    at : dict of Fraction to Outcome
        What was found at the values that were asked for; empty where none were.
    """

    kind = "sweep"
    picture = "questions.sweeps"
    shows = ("what", "breakpoints", "at")

    law: ElectoralLaw
    election: Election
    what: str
    pieces: tuple[Piece, ...]
    at: dict[Fraction, Outcome]

    def __getitem__(self, value: Any) -> dict[str, int]:
        """Return the seats at a value; empty where no allocation is defined."""
        asked = SWEPT[self.what].read(value, self.law)
        found = next((piece for piece in self.pieces if lies_in(asked, piece)), None)
        if found is None:
            ends = f"lie between {self._shown(self.pieces[0].low)} and {self._shown(self.pieces[-1].high)}"
            raise LawError(field=self.what, got=value, must=ends)
        return found.seats

    @property
    def breakpoints(self) -> tuple[Breakpoint, ...]:
        """The points at which seats change, each with the side that it belongs to."""
        return tuple(breakpoint_of(below, above) for below, above in pairwise(self.pieces))

    @property
    def paradoxes(self) -> tuple[tuple[int, str], ...]:
        """Sizes of the chamber at which a list has fewer seats than with one less, and the list; of a sweep of ``list_seats``."""
        return paradoxes_in(self.pieces) if self.what == "list_seats" else ()

    @property
    def title(self) -> str:
        """What was asked."""
        said = _("Election {election}, law {law}: list seats by {what}")
        return without_gaps(said.format(election=self.election.name, law=label_of(self.law), what=_(SWEPT[self.what].title)))

    def _shown(self, value: Fraction) -> str:
        """Write a value."""
        return str(int(value)) if is_whole(self.what) else percent(value, 3)

    @property
    def _own(self) -> Fraction:
        """The number that is swept, as the law itself has it."""
        return SWEPT[self.what].own(self.law)

    @property
    def _law_label(self) -> str:
        """The law's name, with what differs from the version of that name."""
        return label_of(self.law)

    def _asked(self) -> dict[str, Any]:
        """Return what was asked beside the rows."""
        return {"election": self.election.name, "law": self._law_label, "own": self._own}

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each value that was asked for, or for each piece."""
        if self.at:
            return [{self.what: exact(value, self.what), **self._cells(found), "reason": found.reason} for value, found in self.at.items()]
        ends = ("low", "high", "low_included", "high_included")
        return [{**{end: getattr(piece, end) for end in ends}, **self._cells(piece), "reason": piece.reason} for piece in self.pieces]

    def _cells(self, found: Piece | Outcome) -> dict[str, int | None]:
        """Return seats by party; None where no allocation is defined."""
        return {party: found.seats.get(party, 0) if found.seats else None for party in self.election.parties}

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON: the points at which seats change too."""
        points = [{"at": str(p.at), "included": p.included, "before": p.before, "after": p.after} for p in self.breakpoints]
        return {**super().to_dict(), "what": self.what, "breakpoints": points}

    def tables(self) -> list[Table]:
        """Return the seats at the values, or in the pieces."""
        names, lists = names_for(self.election), sorted(self.election.parties, key=lambda party: -self.election.list_votes[party])
        found: Sequence[Piece | Outcome] = [*self.at.values()] if self.at else self.pieces
        seats = [party_column(names.get(p, p), (str(each.seats.get(p, 0)) if each.seats else "?" for each in found)) for p in lists]
        return [Table([*self._values_columns(), *seats])]

    def _values_columns(self) -> list[Column]:
        """Return what stands before each row: values, or the ends of pieces."""
        if self.at:
            return [Column(_(self.what), [self._shown(value) for value in self.at])]
        lows = [f"{'' if piece.low_included else '> '}{self._shown(piece.low)}" for piece in self.pieces]
        highs = [f"{'' if piece.high_included else '< '}{self._shown(piece.high)}" for piece in self.pieces]
        return [Column(_(self.what), lows), Column(_("to"), highs)]

    def notes(self) -> list[str]:
        """Say where no allocation is defined, and where a list loses by a larger chamber."""
        names = names_for(self.election)
        found = [*(each.reason for each in self.at.values()), *(piece.reason for piece in self.pieces)]
        reasons = [reason for reason in dict.fromkeys(found) if reason]
        lost = [_("{party} at {size}").format(party=names.get(party, party), size=size) for size, party in self.paradoxes[:MOST_NAMED]]
        left = len(self.paradoxes) - len(lost)
        more = counted(", {n} more", ", {n} more", left) if left else ""
        said = _("Fewer seats in a chamber with one more (Alabama paradox): {lists}.")
        return [*(f"?: {self._spoken(reason)}" for reason in reasons), *([said.format(lists=list_names(lost) + more)] if lost else [])]

    def _spoken(self, reason: str) -> str:
        """Return the commonest reason in the language spoken; the others are what errors say."""
        with speaking(ENGLISH):
            is_beyond = reason == beyond_every_list(self.law, self.election.votes)
        return beyond_every_list(self.law, self.election.votes) if is_beyond else reason


def paradoxes_in(pieces: Iterable[Piece]) -> tuple[tuple[int, str], ...]:
    """Return the sizes at which a list has fewer seats than with one less, and the list."""
    pairs = [(b, a) for b, a in pairwise(pieces) if b.seats and a.seats and a.low == b.high + 1]
    return tuple((int(a.low), party) for b, a in pairs for party in a.seats if a.seats[party] < b.seats[party])


MOST_NAMED = 6
"""Paradoxes that a note names."""


def exact(value: Fraction, what: str) -> Fraction | int:
    """Return a value as rows hold it."""
    return int(value) if is_whole(what) else value


def lies_in(value: Fraction, piece: Piece) -> bool:
    """Tell whether a value lies in a piece."""
    above = value > piece.low or (piece.low_included and value == piece.low)
    return above and (value < piece.high or (piece.high_included and value == piece.high))


def breakpoint_of(below: Piece, above: Piece) -> Breakpoint:
    """Return the point between two pieces, and what changes there."""
    changed = [party for party in {**below.seats, **above.seats} if below.seats.get(party) != above.seats.get(party)]
    before, after = ({party: side.seats[party] for party in changed if side.seats} for side in (below, above))
    return Breakpoint(above.low, "above" if above.low_included else "below", before, after)


def ends(swept: Swept, law: ElectoralLaw, between: Any, given: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return where a sweep begins and ends."""
    if given:
        return given[0], given[-1]
    low, high = swept.ends(law)
    if between is not None:
        pair = reading.items(between, "between", LawError, like='("0%", "10%")')
        if len(pair) != 2:
            raise LawError(field="between", got=between, must='hold two ends, such as ("0%", "10%")')
        low, high = (swept.read(value, law) for value in pair)
    if low > high:
        raise LawError(field="between", got=between, must="begin with the lower end")
    if swept.whole and high - low >= MOST_SIZES:
        raise LawError(field="between", got=between, must=f"hold at most {MOST_SIZES:,} numbers")
    return low, high


def pieces_of(swept: Swept, law: ElectoralLaw, election: Election, low: Fraction, high: Fraction, urn: Urn) -> Iterator[Piece]:
    """Yield the pieces: the points at which something may change, and what lies between them; neighbours with the same seats joined."""
    inside = {mark for mark in swept.marks(law, election.votes) if low < mark < high}
    points = [low, *sorted(inside), high] if low < high else [low]
    spans = [(points[0], points[0], True)]
    for begin, end in pairwise(points):
        spans += [(begin, end, False), (end, end, True)]
    spans = spans[:-1] if high == swept.beyond else spans
    found = outcomes(swept, law, election.votes, [(begin + end) / 2 for begin, end, _ in spans], urn)
    return joined(Piece(begin, end, at, at, each.seats, each.reason) for (begin, end, at), each in zip(spans, found, strict=True))


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours with the same seats."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and (last.seats, bool(last.reason)) == (piece.seats, bool(piece.reason)):
            last = Piece(last.low, piece.high, last.low_included, piece.high_included, last.seats, last.reason)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
