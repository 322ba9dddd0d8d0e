"""A question packed for the kernels: numbers alone, which can be pickled and sent to another process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.counting.many import pack_rules
from mazhilis_sim.counting.own_rule import is_compiled
from mazhilis_sim.kernels.borrowing import Lent
from mazhilis_sim.kernels.cpu import block, lanes, tally
from mazhilis_sim.kernels.cpu import districts as district_kernel
from mazhilis_sim.kernels.cpu.draws import most_narrow_votes
from mazhilis_sim.kernels.parameters import kind_drawn, settled
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.names.reserved import OTHER
from mazhilis_sim.simulation.drawing.fingerprint import fingerprint_of
from mazhilis_sim.simulation.models.own import OwnShares
from mazhilis_sim.simulation.models.packed import pack_shares, packed_by
from mazhilis_sim.simulation.question import most_votes
from mazhilis_sim.simulation.tally_shapes import tally_shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mazhilis_sim.legislation.methods import SeatRule
    from mazhilis_sim.simulation.models.base import Parameters
    from mazhilis_sim.simulation.question import Question


CELLS, LEAST_AT_ONCE = 1 << 20, block.LANES
"""Draws times columns of one call of a kernel, and the fewest draws."""
OF_FUNCTIONS = 1 << 12
"""Draws of one call where a function of the user's own is asked: an own model is asked for as many at a time, a rule of seats for each."""
FEW_DRAWS = 1 << 15
"""Draws whose numbers of seats are counted one by one: to make room for pairs, and to add them up, takes as long as so many draws save."""


@dataclass(frozen=True)
class PackedQuestion:
    """A question and a seed, packed for the kernels: k lists, p columns, g coalitions.

    Parameters
    ----------
    shares : Parameters or OwnShares
        What the error model packed.
    rules : Rules
        The law.
    districts : Districts
        Candidates and their errors.
    lots : bool
        Whether ties of lists are settled by lot; an own rule settles them by itself.
    rule : callable or None
        A rule of seats of the user's own, which shares them out where the kernel has told who is admitted.
    coalitions : ndarray of int64, shape (g, p)
        1 for a member.
    seed : int
    parties : tuple of str, length p
        The columns.
    lists, district_seats : int
        k, and the seats that districts fill in each draw.
    whole : type of integer
        Of the lanes: 32 bits where they hold the votes.
    """

    shares: Parameters | OwnShares
    rules: lanes.Rules
    districts: district_kernel.Districts
    lots: bool
    rule: SeatRule | None
    coalitions: NDArray[np.int64]
    seed: int
    parties: tuple[str, ...]
    lists: int
    district_seats: int
    whole: type[np.signedinteger[Any]] = np.int64

    @property
    def columns(self) -> int:
        """The number of columns, p."""
        return len(self.parties)

    @property
    def at_once(self) -> int:
        """Draws that one call may run: tens of milliseconds, in which no Ctrl-C is heard."""
        asks = self.rule is not None or isinstance(self.shares, OwnShares)
        return max(LEAST_AT_ONCE, min(CELLS // self.columns, OF_FUNCTIONS if asks else CELLS))

    @property
    def kind(self) -> tuple[Any, ...]:
        """What decides which code is compiled: questions of one kind run the same. A rule that numba compiled has a loop of its own."""
        own = self.rule is not None and (id(self.rule) if is_compiled(self.rule) else True)
        many = self.lists > lanes.FEW_CLAIMS
        return kind_drawn(self.shares), type(self.rules.method), self.whole, many, self.lots, self.district_seats > 0, own

    def room(self, width: int) -> block.Room:
        """Make room for one chunk of so many lanes."""
        rows = (len(self.districts.rivals), self.districts.slots, int(np.diff(self.districts.first).max(initial=0)))
        return block.new_room(self.lists, len(self.shares.location), self.columns, *rows, width, self.whole)

    def tallies(self, draws: int) -> Lent:
        """Make empty tallies, lent, for so many draws at a time; for few of them without many cells, which take longer to add up."""
        events, cells = self.shapes["events"][0], tally.MOST_CELLS if draws > FEW_DRAWS else 0
        return tally.new_tallies(self.lists, self.columns, int(self.rules.seats), self.district_seats, len(self.coalitions), events, cells)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every tally."""
        return tally_shapes(
            lists=self.lists,
            columns=self.columns,
            list_seats=int(self.rules.seats),
            district_seats=self.district_seats,
            coalitions=len(self.coalitions),
            quota_may_fail=self.rules.method is not None,
        )

    @property
    def fingerprint(self) -> str:
        """What tells this question, seed and random stream from all others."""
        asked = (self.parties, self.lots, self.rule, self.district_seats, self.shares, self.rules, self.districts, self.coalitions)
        return fingerprint_of(VERSION, self.seed, *asked)


def pack(question: Question, seed: int) -> PackedQuestion:
    """Pack a question for the kernels.

    Each of m categories is rounded by itself, so that the base may be m votes more than are simulated; votes of which there are more than
    floats of 32 bits tell apart are rounded, and counted, in 64.
    """
    law, centre, parties = question.law, question.centre, question.parties
    shares = settled(pack_shares(question.model, centre, most_votes(law, centre)))
    if law.base == "parties":
        shares = shares._replace(in_base=len(centre.parties) + (OTHER in centre.seatless))
    m = len(centre.shares)
    votes = max(centre.votes, int(shares.votes))  # a model of the user's own may pack another number
    rules, whole = lanes.narrowed(pack_rules(law), len(centre.parties), votes + m, votes > most_narrow_votes(m))
    members = [[int(p in coalition) for p in parties] for coalition in question.coalitions]
    return PackedQuestion(
        shares,
        rules,
        packed_by(question.district_model, question.districts, centre.parties, parties),
        law.ties == "lots" and not callable(law.method),
        law.method if callable(law.method) else None,
        np.array(members, np.int64).reshape(len(members), len(parties)),
        seed,
        tuple(parties),
        len(centre.parties),
        question.district_seats,
        whole,
    )
