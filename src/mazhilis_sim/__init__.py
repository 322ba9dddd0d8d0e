"""Votes into seats of Kazakhstan's Mazhilis to the letter of the law, and polls into honest seat distributions.

>>> import mazhilis_sim as ms
>>> ms.elect(ms.law("2023"), ms.load_election(2023)).seats["amanat"]
62
"""

import importlib
from typing import TYPE_CHECKING, Any

from mazhilis_sim.errors import (
    AllocationError,
    DataWarning,
    FileError,
    LawError,
    MazhilisError,
    MissingExtraError,
    PollError,
    PollWarning,
    SimulationError,
    VotesError,
)
from mazhilis_sim.law import ElectoralLaw, Fallback, law, laws

__version__ = "0.1.0"

if TYPE_CHECKING:
    from mazhilis_sim import data, exact, models, scores, testing
    from mazhilis_sim.allocation import allocate, allocate_many, elect, plurality, plurality_many
    from mazhilis_sim.backtesting import Backtest, backtest
    from mazhilis_sim.calibration import Calibration, calibrate
    from mazhilis_sim.cases import Case
    from mazhilis_sim.data import elections, load_election, load_polls
    from mazhilis_sim.montecarlo import simulate
    from mazhilis_sim.polls import Poll, Polls
    from mazhilis_sim.results import Probability, SeatDistribution
    from mazhilis_sim.saved import load_forecast
    from mazhilis_sim.seats import Allocation, Chamber, Plurality
    from mazhilis_sim.shares import share_columns, simulate_shares
    from mazhilis_sim.votes import Candidate, District, DistrictVotes, Election, ListVotes, Region

# Where each further name lives. It is imported when first used, so that ``import mazhilis_sim`` needs neither numpy nor numba.
HOMES = {
    "allocation": ("allocate", "allocate_many", "elect", "plurality", "plurality_many"),
    "backtesting": ("Backtest", "backtest"),
    "calibration": ("Calibration", "calibrate"),
    "cases": ("Case",),
    "data": ("elections", "load_election", "load_polls"),
    "montecarlo": ("simulate",),
    "polls": ("Poll", "Polls"),
    "results": ("Probability", "SeatDistribution"),
    "saved": ("load_forecast",),
    "seats": ("Allocation", "Chamber", "Plurality"),
    "shares": ("share_columns", "simulate_shares"),
    "votes": ("Candidate", "District", "DistrictVotes", "Election", "ListVotes", "Region"),
}
HOME_OF = {name: module for module, names in HOMES.items() for name in names}

__all__ = [
    "Allocation", "AllocationError", "Backtest", "Calibration", "Candidate", "Case", "Chamber", "DataWarning",
    "District", "DistrictVotes", "Election", "ElectoralLaw", "Fallback",
    "FileError", "LawError", "ListVotes", "MazhilisError", "MissingExtraError",
    "Plurality", "Poll", "PollError", "PollWarning", "Polls", "Probability", "Region", "SeatDistribution",
    "SimulationError", "VotesError", "allocate", "allocate_many", "backtest", "calibrate", "data", "elect", "elections",
    "exact", "law", "laws", "load_election", "load_forecast", "load_polls", "models", "plurality", "plurality_many",
    "scores", "share_columns", "simulate", "simulate_shares", "testing",
]


def __getattr__(name: str) -> Any:
    if name in HOME_OF:
        value = getattr(importlib.import_module(f"mazhilis_sim.{HOME_OF[name]}"), name)
        globals()[name] = value
        return value
    if name in __all__:
        return importlib.import_module(f"mazhilis_sim.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
