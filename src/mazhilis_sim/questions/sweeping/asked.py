"""A sweep as it is asked for: of votes the exact points at which seats change, of polls a forecast at each value."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, overload

from mazhilis_sim import reading
from mazhilis_sim.counting.lots import Urn
from mazhilis_sim.errors import AllocationError, LawError, SimulationError
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.pool import Pool
from mazhilis_sim.questions.asking import read_election, read_law
from mazhilis_sim.questions.sweeping.breakpoints import Piece, Sweep, ends, joined, pieces_of
from mazhilis_sim.questions.sweeping.sweepable import SWEPT, is_whole, outcomes
from mazhilis_sim.votes.ballot import ListVotes
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from mazhilis_sim.questions.forecast_sweep import ForecastSweep


@overload
def sweep(
    law: Any, election: Poll | Polls | Pool, what: str, values: Any, *, seed: int | None = None, **simulated: Any
) -> ForecastSweep: ...
@overload
def sweep(
    law: Any,
    election: Election | ListVotes | Mapping[str, int],
    what: str,
    values: Any = None,
    *,
    between: tuple[Any, Any] | None = None,
    against_all: Any = None,
    invalid: Any = None,
    seed: int | None = None,
) -> Sweep: ...
def sweep(
    law: Any,
    election: Any,
    what: str,
    values: Any = None,
    *,
    between: tuple[Any, Any] | None = None,
    against_all: Any = None,
    invalid: Any = None,
    seed: int | None = None,
    **simulated: Any,
) -> Sweep | ForecastSweep:
    """Move one number of the law, and find every point at which list seats change; of polls, forecast at each of the values.

    Parameters
    ----------
    law : ElectoralLaw, str or int
    election : Election, ListVotes or mapping of str to int; or Poll, Polls or Pool
    what : {"threshold", "list_seats", "fallback_weight", "fallback_floor", "list_share"}
        ``"list_share"`` is the share of the elected seats that lists fill, the rest left to districts. Of polls: a field of the law.
    values : sequence, optional
        Where to look, such as ``["0%", "5%", "7%"]`` or ``range(50, 151)``; the points between the least and the largest are found
        all the same.
    between : pair, optional
        The ends, both included, instead of values; without either, all that the number can be (chambers of 1 to 500 seats).
    against_all, invalid : int, optional
        Beside a mapping of votes.
    seed : int, optional
        For lots, where the law draws them; of polls, for the draws.
    **simulated
        Of polls: ``n_draws``, ``model`` and all else that `sweep_forecast` takes.

    Returns
    -------
    Sweep
        Of polls: ForecastSweep, all values on the same simulated voters.

    Raises
    ------
    LawError
        For a number that is none of these, or a value that it cannot be.
    VotesError
        When the votes cannot be counted.
    SimulationError
        Of polls, as `sweep_forecast`; for what is of polls alone beside votes, or of votes alone beside polls.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> s = ms.sweep(ms.law("2021"), ms.load_election(2021), "threshold", between=("0%", "10%"))
    >>> [(str(point.at), point.included, point.after["amanat"]) for point in s.breakpoints]
    [('43103/1206927', 'below', 72), ('383023/7241562', 'below', 76), ('219673/2413854', 'below', 85)]
    >>> poll = ms.Poll({"a": 0.6, "b": 0.34, "c": 0.06}, sample_size=1000)
    >>> forecasts = ms.sweep(ms.law("2026"), poll, "threshold", ["5%", "7%"], n_draws=10_000, seed=1)
    >>> [f.p_enters("c") > 0.5 for f in forecasts.forecasts]
    [True, False]
    """
    version, of_votes = read_law(law), {"between": between, "against_all": against_all, "invalid": invalid}
    if isinstance(election, (Poll, Polls, Pool)):
        from mazhilis_sim.questions.forecast_sweep import sweep_forecast  # needs numpy and a compiler, which no count does

        refuse({name: value for name, value in of_votes.items() if value is not None}, "votes", "polls")
        return sweep_forecast(version, election, what, values, seed=seed, **simulated)
    refuse(simulated, "polls", "votes")
    return sweep_votes(version, read_election(election, against_all, invalid), what, values, between, seed)


def refuse(given: Mapping[str, Any], of: str, beside: str) -> None:
    """Refuse what is of a sweep of something else."""
    for name, value in given.items():
        problem = f"{name} is for a sweep of {of}, not of {beside}"
        raise SimulationError(problem, field=name, got=value, must="be left out", remedy=f"leave {name} out")


def sweep_votes(law: ElectoralLaw, election: Election, what: str, values: Any, between: Any, seed: int | None) -> Sweep:
    """Find the points at which seats change, and what stands at the values."""
    swept = SWEPT[reading.choice(what, "what", SWEPT, LawError)]
    urn = Urn(reading.seed(seed, AllocationError))
    asked = () if values is None else reading.items(values, "values", LawError)
    if values is not None and not asked:
        raise LawError(field="values", got=values, must="be at least one", shown="none", remedy="leave values out for all of them")
    given = sorted({swept.read(value, law) for value in asked})
    low, high = ends(swept, law, between, given)
    found = pieces_of(swept, law, election, low, high, urn) if not is_whole(what) else ()
    if is_whole(what):
        sizes = given or [Fraction(n) for n in range(int(low), int(high) + 1)]
        by_value = dict(zip(sizes, outcomes(swept, law, election.votes, sizes, urn), strict=True))
        found = joined(Piece(value, value, True, True, each.seats, each.reason) for value, each in by_value.items())
    else:
        by_value = dict(zip(given, outcomes(swept, law, election.votes, given, urn), strict=True))
    return Sweep(law, election, what, tuple(found), by_value if given else {})
