"""Calibration: how large the error of polls beyond sampling was, from polls and results."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.data import load_election, load_polls
from mazhilis_sim.errors import PollError, PollWarning, SimulationError
from mazhilis_sim.judging.likelihood import LARGEST, NAMES, Misses, SigmaSearch, log_likelihood, misses_of
from mazhilis_sim.languages import ENGLISH, _, counted, number, speaking
from mazhilis_sim.polls.collection import Polls, no_poll
from mazhilis_sim.polls.poll import Poll, refuse_after
from mazhilis_sim.showing import Drawn, Shown
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.simulation.models.presets import FIRST
from mazhilis_sim.tables import Column, Table
from mazhilis_sim.votes.election import Election

ON_RECORD = (2021, 2023)
"""Elections that count unless others are named. 2012 can be: its polls were found when the defaults had been chosen, and print less."""
PAIRS = "[(polls, ms.load_election(2023))]"
"""What a record looks like."""
LARGEST_ASKED = 1000.0
"""No larger sigma of log shares can be asked about; its square is still a number."""


@dataclass(frozen=True, repr=False)
class Calibration(Shown, Drawn):
    """What a record says about the error of polls beyond sampling; made by `calibrate`.

    Attributes
    ----------
    sigma_bias, sigma_house : float
        Most likely values, on the scale of log shares.
    intervals : dict of str to (float, float)
        95 % profile-likelihood intervals; the upper end is infinite where the record sets none.
    standard_errors : dict of str to float
        From the curvature of the likelihood; empty where a sigma is 0, where curvature says nothing.
    log_likelihood : float
        At the maximum, up to a constant that depends on the record alone.
    record : tuple of Misses
        By how much each poll missed.
    """

    picture = "judging.calibration"
    shows = ("sigma_bias", "sigma_house", "intervals", "standard_errors", "log_likelihood", "elections", "n_polls")

    sigma_bias: float
    sigma_house: float
    intervals: dict[str, tuple[float, float]]
    standard_errors: dict[str, float]
    log_likelihood: float
    record: tuple[Misses, ...]

    @property
    def elections(self) -> tuple[str, ...]:
        """Names of the elections."""
        return tuple(misses.election for misses in self.record)

    @property
    def n_polls(self) -> int:
        """Number of polls."""
        return sum(len(misses.polls) for misses in self.record)

    @property
    def single_poll(self) -> float:
        """Sigma of one poll alone: the root of the sum of both squares."""
        return math.hypot(self.sigma_bias, self.sigma_house)

    @property
    def separable(self) -> bool:
        """Whether some election was polled by two institutes, without which only the sum of both squares can be told."""
        return any(misses.institutes > 1 for misses in self.record)

    def model(self) -> Total:
        """Return the error model with these sigmas."""
        return Total(sigma_bias=self.sigma_bias, sigma_house=self.sigma_house, preset=FIRST)

    def drop(self, sigma_bias: float, sigma_house: float) -> float:
        """Return how far other sigmas lie below the maximum in log likelihood; about 3 is the edge of a joint 95 % region."""
        asked = dict(zip(NAMES, (sigma_bias, sigma_house), strict=True))
        bias, house = (reading.real(sigma, name, SimulationError, least=0) for name, sigma in asked.items())
        if max(bias, house) > LARGEST_ASKED:
            raise SimulationError(field="a sigma", must=f"be at most {LARGEST_ASKED:g}", got=max(bias, house))
        return self.log_likelihood - log_likelihood(self.record, bias, house)

    @speaking(ENGLISH)
    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON; an infinite end becomes None."""
        ends = {name: [None if math.isinf(end) else end for end in ends] for name, ends in self.intervals.items()}
        return {
            "sigma_bias": self.sigma_bias,
            "sigma_house": self.sigma_house,
            "single_poll": self.single_poll,
            "intervals": ends,
            "standard_errors": self.standard_errors,
            "log_likelihood": self.log_likelihood,
            "n_elections": len(self.record),
            "n_polls": self.n_polls,
            "separable": self.separable,
            "polls": {m.election: list(m.polls) for m in self.record},
            "left_out": {m.election: list(m.left_out) for m in self.record},
            "caution": self.caution,
        }

    @property
    def caution(self) -> str:
        """What so few elections cannot tell, in a sentence."""
        said = counted(
            "{n} election is {n} draw of the error that all polls of an election share: that cannot tell a lasting lean towards one "
            "party from chance, whether the error is as large for small parties as for large ones, or whether it changes with time; "
            "the intervals count each party as a draw of its own",
            "{n} elections are {n} draws of the error that all polls of an election share: that cannot tell a lasting lean towards one "
            "party from chance, whether the error is as large for small parties as for large ones, or whether it changes with time; "
            "the intervals count each party as a draw of its own",
            len(self.record),
        )
        if self.separable:
            return said
        return said + _(
            "; with one institute an election the shared error cannot be told from the institute's own, so that all of it "
            "is called shared, which pooling never shrinks"
        )

    def __str__(self) -> str:
        counts = _("{polls} of {elections} ({names}); log likelihood {value}").format(
            polls=counted("{n} poll", "{n} polls", self.n_polls),
            elections=counted("{n} election", "{n} elections", len(self.record)),
            names=", ".join(self.elections),
            value=number(self.log_likelihood, ".2f"),
        )
        return "\n".join([*estimates_table(self).lines(), "", counts, self.caution])


def estimates_table(found: Calibration) -> Table:
    """Return the estimates with what is known of their error."""
    ends = [span(*found.intervals[name]) if name in found.intervals else "-" for name in NAMES]
    errors = [number(found.standard_errors[name], ".2f") if name in found.standard_errors else "-" for name in NAMES]
    estimates = (*(getattr(found, name) for name in NAMES), found.single_poll)
    return Table(
        [
            Column("", [*NAMES, _("one poll")], left=True, least=12),
            Column(_("estimate"), [number(value, ".3f") for value in estimates], style="bold"),
            Column(_("95 % interval"), [*ends, ""], left=True),
            Column(_("s.e."), [*errors, ""], least=5),
        ]
    )


def span(low: float, high: float) -> str:
    """Write the ends of an interval."""
    return _("{low} to {high}").format(low=number(low, ".2f"), high=number(high, ".2f"))


def calibrate(record: Iterable[tuple[Polls | Iterable[Poll], Election]] | None = None, *, every: bool = False) -> Calibration:
    """Estimate the error of polls beyond sampling from polls and results.

    Parameters
    ----------
    record : iterable of (polls, election), optional
        One pair an election; the elections with polls on record unless given.
    every : bool
        False takes of each election what a forecast uses: the newest poll of each institute (kind ``"poll"``). True takes
        every poll of that kind, older ones too, whose further distance from the result then counts as error.

    Returns
    -------
    Calibration

    Raises
    ------
    PollError
        When there is no election, one that stands twice, or one without a poll that can be used.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> election = ms.Election(list_votes={"a": 600, "b": 300, "c": 100}, name="made up")
    >>> polls = [ms.Poll({"a": a, "b": 0.9 - a, "c": 0.1}, sample_size=1000, pollster=p) for p, a in (("x", 0.55), ("y", 0.5))]
    >>> found = ms.calibrate([(polls, election)])
    >>> found.n_polls, 0.05 < found.single_poll < 0.5, len(found.record)
    (2, True, 1)
    """
    all_of_them = reading.flag(every, "every", PollError)
    measured = tuple(misses_of(chosen_polls(polls, all_of_them, election), election) for polls, election in read_record(record))
    separable = any(misses.institutes > 1 for misses in measured)
    search = SigmaSearch(measured, ((0.0, LARGEST), (0.0, LARGEST if separable else 0.0)))
    top = search.peak(*search.limits)
    errors = search.standard_errors(top)
    return Calibration(
        round(top.sigma_bias, 6),
        round(top.sigma_house, 6),
        {name: search.interval(name, top) for name in NAMES[: 1 + separable]},
        dict(zip(NAMES, errors, strict=True)) if errors else {},
        top.value,
        measured,
    )


def read_record(record: Any) -> list[tuple[Polls, Election]]:
    """Read the pairs of polls and election; those on record where none are given."""
    if record is None:
        return [quiet_pair(year) for year in ON_RECORD]
    pairs = [read_polled_election(pair) for pair in reading.items(record, "a record", PollError, like=PAIRS)]
    if not pairs:
        raise PollError(field="a record", must="hold at least one pair (polls, election)", got=record, shown="none")
    for place, (polls, election) in enumerate(pairs):
        if (polls, election) in pairs[:place]:  # it would pass for a second draw of the error, and narrow every interval
            shown = f"{election.name or f'pair {place + 1}'} twice"
            raise PollError(field="each election", must="stand once in a record", got=election, shown=shown)
    return pairs


def read_polled_election(pair: Any) -> tuple[Polls, Election]:
    """Read the polls of one election, and its result."""
    if not isinstance(pair, tuple) or len(pair) != 2 or not isinstance(pair[1], Election):
        raise PollError(field="a record", must=f"hold pairs (polls, election), such as {PAIRS}", got=pair)
    polls, election = pair
    return polls if isinstance(polls, Polls) else Polls(polls), election


def quiet_pair(year: int | str) -> tuple[Polls, Election]:
    """Load an election and its polls, whose doubts `load_polls` tells those who ask for them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PollWarning)
        return load_polls(year), load_election(year)


def chosen_polls(polls: Polls, every: bool, election: Election) -> Polls:
    """Choose the polls that count, and refuse those taken after the election."""
    chosen = polls.of_kind("poll") if every else polls.newest_of_each()
    if not chosen:
        raise no_poll(f"for {election.name or 'the election'}")
    for poll in chosen:
        refuse_after(poll, election.date)
    return chosen
