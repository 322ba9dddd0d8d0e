"""Questions of whole chambers, over the draws that are kept or over all of them, simulated again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.steps import events
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation.distribution.chambers import Chambers, happened, read_event
from mazhilis_sim.simulation.distribution.difference import Origin
from mazhilis_sim.simulation.distribution.joint import Correlation, Joint, Likeliest, correlate, count_pairs, most_frequent
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.distribution.sample import Sample, of_tier
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.packing import PackedQuestion, pack
from mazhilis_sim.simulation.engines.again import blocks_again, numbers_of
from mazhilis_sim.simulation.engines.progress import Progress, along
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.simulation.tallies import TIERS, Spans, draws_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from mazhilis_sim.questions.why import Why
    from mazhilis_sim.simulation.distribution.seats import SeatDistribution

WHICH = ("kept", "all")
"""Draws that a question may be asked of."""
MOST_CHAMBERS = 10_000_000
"""Chambers that are returned at once."""


class WholeChambers:
    """What a distribution of seats says of whole chambers."""

    question: Question
    parties: tuple[str, ...]
    seed: int
    spans: Spans
    sample: Sample
    stream: int

    # -- events --------------------------------------------------------------------------------------------------------

    def p(self, event: Any, given: Any = None, draws: str = "kept", tier: str = "total", progress: bool | Progress = False) -> Probability:
        """Return the chance of any event of whole chambers.

        Parameters
        ----------
        event : callable
            Of chambers to booleans: ``s["auyl"]`` is an array of seats, one number a draw; an array of True and False comes back.
        given : callable, optional
            Another event: the chance is among the draws in which it happened.
        draws : {"kept", "all"}
            The chambers that are kept, at most 10,000; or every draw of the run, simulated again in constant memory.
        tier : {"total", "list", "district"}
        progress : bool or callable, optional
            As in `simulate`: how far all draws are, which take as long again.

        Raises
        ------
        SimulationError
            For an event that returns something else, or a condition that never happened.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> poll = ms.Poll({"a": 0.62, "b": 0.21, "c": 0.06}, margin=0.03, undecided=0.11)
        >>> f = ms.simulate(ms.law("2026"), poll, n_draws=20_000, seed=1)
        >>> f.p(lambda s: s["b"] + s["c"] > s["a"], draws="all") == f.p(lambda s: s["a"] <= 72, draws="all")
        True
        """
        event = read_event(event)
        condition = (lambda s: s[self.parties[0]] >= 0) if given is None else read_event(given, "condition")

        def both(seats: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
            chambers = Chambers(self.parties, seats)
            return happened(event, chambers), happened(condition, chambers, name="condition")

        found, asked = 0, 0
        for seats in self.seats_of(draws, tier, progress=progress):
            yes, among = both(seats)
            found, asked = found + int((yes & among).sum()), asked + int(among.sum())
        if not asked:
            remedy = 'ask draws="all"' if draws == "kept" else "simulate more draws"
            raise SimulationError("the condition happened in no draw", field="given", got=given, must="happen", remedy=remedy)

        def look() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:  # for the error of a difference
            return both(self.sample.chambers(len(self.sample), tier))

        return self.told(Probability(found, asked), (event, given, tier), look, draws == "kept")

    def p_greater(
        self, first: str, second: str, draws: str = "kept", tier: str = "total", progress: bool | Progress = False
    ) -> Probability:
        """Return the chance that one party has more seats than another; equal ones are not more."""
        a, b = self.column(first), self.column(second)
        return self.p(lambda s: s.seats[:, a] > s.seats[:, b], draws=draws, tier=tier, progress=progress)

    def joint(self, first: str, second: str, draws: str = "kept", tier: str = "total", progress: bool | Progress = False) -> Joint:
        """Return how often two parties had each pair of numbers of seats; the chances sum to 1."""
        a, b = self.column(first), self.column(second)
        width = self.question.law.list_seats + self.question.district_seats + 1
        counts = count_pairs(self.seats_of(draws, tier, progress=progress), (a, b), width)
        return Joint((self.parties[a], self.parties[b]), counts, draws == "kept")

    def correlation(self, draws: str = "kept", tier: str = "total", progress: bool | Progress = False) -> Correlation:
        """Return the correlations of all parties' seats."""
        kept = reading.choice(draws, "draws", WHICH, SimulationError) == "kept"
        n = len(self.sample) if kept else draws_in(self.spans)
        return Correlation(self.parties, correlate(self.seats_of(draws, tier, progress=progress), len(self.parties)), n, kept)

    def likeliest(self, n: int = 10, tier: str = "total") -> Likeliest:
        """Return the whole chambers that came most often among the kept draws, and how often."""
        wanted = reading.whole(n, "n", SimulationError, least=1)
        seats, times = most_frequent(self.sample.chambers(len(self.sample), tier), wanted)
        return Likeliest(self.parties, seats, times, len(self.sample))

    # -- draws ---------------------------------------------------------------------------------------------------------

    def draws(self, n: int, tier: str = "total") -> NDArray[np.int64]:
        """Return whole simulated chambers: seats by draw and party, in order of draw.

        Parameters
        ----------
        n : int
            At most the chambers kept: 10,000, or all draws where there were fewer. They are a random sample of the draws, those whose
            numbers have the smallest hashes; `draw_numbers` says which.
        tier : {"total", "list", "district"}

        Returns
        -------
        ndarray of int64, shape (n, p)
        """
        return self.sample.chambers(n, tier)[self.sample.order(n)]

    def draw_numbers(self, n: int) -> NDArray[np.int64]:
        """Return the numbers of the draws that `draws` returns, in its order: (n,)."""
        return self.sample.draw[: self.sample.read_number(n)][self.sample.order(n)].astype(np.int64)

    def chambers(self, start: int, stop: int, tier: str = "total") -> NDArray[np.int64]:
        """Return the chambers of the draws [start, stop), simulated again.

        Row i is the count of row i of ``simulate_shares(..., n_draws=stop - start, seed=seed, start=start)``.

        Parameters
        ----------
        start, stop : int
            Within one stretch of the run's draws.
        tier : {"total", "list", "district"}

        Returns
        -------
        ndarray of int64, shape (stop - start, p)
        """
        first = reading.whole(start, "start", SimulationError)
        last = reading.whole(stop, "stop", SimulationError, least=first, most=first + MOST_CHAMBERS, remedy="write_draws takes more")
        if not any(begin <= first and last <= end for begin, end in self.spans):
            covered = ", ".join(f"[{begin}, {end})" for begin, end in self.spans)
            raise SimulationError(field="draws", got=(first, last), must=f"lie in those of the run, {covered}", shown=f"[{first}, {last})")
        tier = reading.choice(tier, "tier", TIERS, SimulationError)
        return of_tier(*Drawing(self.packed()).chambers(numbers_of(first, last)), tier)

    def write_draws(self, path: str | os.PathLike[str], progress: bool | Progress = False) -> None:
        """Write every draw of the run, simulated again, to a Parquet file in constant memory (extra ``parquet``).

        A row a draw, in order: ``draw``, then ``share_``, ``votes_`` and ``seats_`` with a party's id behind them, the latter also as
        ``list_seats_`` and ``district_seats_`` where there are districts. ``progress`` is that of `simulate`.
        """
        from mazhilis_sim.simulation.stream import write_draws

        write_draws(self.packed(), self.question, self.spans, path, progress)

    def why(self, party: str, progress: bool | Progress = False) -> Why:
        """Say in words why mean, median and the count of the central estimate differ, what decides the last seats, what moves the answer.

        The last is found by changing one thing at a time, at most 100,000 of the same draws simulated anew for each.

        Parameters
        ----------
        party : str
        progress : bool or callable, optional
            A bar after a second, or a function of (done, total).
        """
        from mazhilis_sim.questions.why import why

        return why(cast("SeatDistribution", self), party, progress)

    # -- what they rest on ---------------------------------------------------------------------------------------------

    def column(self, party: str) -> int:
        """Return a party's position among `parties`."""
        return reading.position(party, self.parties, "party", SimulationError)

    def packed(self) -> PackedQuestion:
        """Return the question in numbers, to simulate its draws again; an older random stream cannot be."""
        if self.stream != VERSION:
            versions = f"stream {self.stream}, and this version draws stream {VERSION}"
            raise SimulationError(
                f"the draws cannot be simulated again: they are of random {versions}",
                field="stream",
                got=self.stream,
                must=f"be {VERSION}",
                remedy="ask the kept draws, or simulate anew with ms.simulate",
            )
        return pack(self.question, self.seed)

    def seats_of(self, draws: str, tier: str, block: int | None = None, progress: bool | Progress = False) -> Iterator[NDArray[np.int64]]:
        """Return whole chambers (n, p), all that are kept or block by block all of the run, so many draws a block."""
        which = reading.choice(draws, "draws", WHICH, SimulationError)
        tier = reading.choice(tier, "tier", TIERS, SimulationError)
        if which == "kept":
            return along((self.sample.chambers(len(self.sample), tier),), progress, len(self.sample), len)
        again = blocks_again(self.packed(), self.spans, lambda room, numbers: of_tier(*room.chambers(numbers), tier), block)
        return along(again, progress, draws_in(self.spans), len)

    @cached_property
    def kept_marks(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Who was admitted in the kept draws (n, k), 1 by the threshold and 2 without, and what decided there (n,)."""
        return Drawing(self.packed()).marks(self.sample.draw)

    def told(self, p: Probability, event: Any, look: Callable[[], Any], kept: bool = False) -> Probability:
        """Return a probability that remembers this run and its event."""
        return p.of(Origin(self.question, self.seed, self.stream, self.spans, self.sample, event, look, kept))

    def told_of(self, p: Probability, event: Any, look: Callable[[], NDArray[np.bool_]], kept: bool = False) -> Probability:
        """Return a probability of all draws that remembers this run and its event, which `look` finds in the kept draws."""
        return self.told(p, event, lambda: (look(), np.ones(len(self.sample), bool)), kept)

    def kept_seats(self, columns: Iterable[int], tier: str = "total") -> NDArray[np.int64]:
        """Return the seats of some columns together in the kept draws (n,)."""
        found: NDArray[np.int64] = self.sample.chambers(len(self.sample), tier)[:, list(columns)].sum(axis=1)
        return found

    def kept_flag(self, name: str) -> NDArray[np.bool_]:
        """Tell in which kept draws an event of the count happened (n,)."""
        return np.asarray(self.kept_marks[1] & events.flag(name) != 0)
