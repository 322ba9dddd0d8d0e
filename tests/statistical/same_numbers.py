"""Small runs of every kind, as a program: prints a digest of each. With the JIT on or off, it must print the same."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

import mazhilis_sim as ms
from mazhilis_sim.kernels.cpu.block import LANES
from on_record import quiet_polls

models = ms.models
SMALL = ms.Poll({"a": 0.83, "b": 0.045, "c": 0.04, "d": 0.005, "against_all": 0.08}, sample_size=60)
LEVEL = ms.Poll({"a": 0.4, "b": 0.3, "c": 0.3}, sample_size=5)
NOBODYS = ms.Poll({"a": 0.6, "b": 0.4, "c": 0.0}, sample_size=400)
GAP = ms.Poll({"a": 0.4, "b": 0.0, "c": 0.3, "d": 0.3}, sample_size=5)
LOW = ms.Poll({"a": 0.8, "b": 0.1, "c": 0.1}, sample_size=5)
TIED = ms.District(1, tuple(ms.Candidate(p, p, 10) for p in ("a", "b", "d")))
UNNAMED = ms.DistrictVotes(
    (
        ms.District(1, (ms.Candidate("b", "b", 10), ms.Candidate("c", "c", 10)), unnamed_candidates=1, unnamed_votes=8),
        ms.District(2, (ms.Candidate("a", "a", 10), ms.Candidate("b", "b", 9)), unnamed_candidates=3, unnamed_votes=15, from_list=True),
        ms.District(3, (ms.Candidate("b", "b", 10), ms.Candidate("c", "c", 10))),
    ),
    {"b": 0.1, "c": 0.1},
)
"""Where b and c have no votes, the last district is level; so is the first, but its one unnamed candidate is ahead of both."""
LAW = ms.law("2026")


def run(law: ms.ElectoralLaw, centre: Any, n: int = 130, **more: Any) -> Callable[..., ms.SeatDistribution]:
    """Prepare a run, of draws whose number needs more than 32 bits; the model is named, so that no other default changes a pin."""
    return lambda **how: ms.simulate(law, centre, **{"model": "2025", "n_draws": n, "seed": 2**63 + 11, "start": 2**32 - 70, **more, **how})


OF_2023 = quiet_polls(2023).of_kind("poll")  # pins are no matter of district polls
RUNS: dict[str, Callable[..., ms.SeatDistribution]] = {
    "lots in districts": run(
        LAW.replace(district_seats=1), LEVEL, districts=ms.DistrictVotes((TIED,)), district_model=models.Districts(0, 0, 0, 0, 0)
    ),
    "unnamed candidates beside lots": run(
        LAW.replace(district_seats=3), LOW, model="margin", districts=UNNAMED, district_model=models.Districts(1, 0, 0, 0, 2)
    ),
    "margin": run(LAW, SMALL, model="margin"),
    "scaled margin": run(LAW, SMALL, model=models.Margin("scaled", margin=0.2)),
    "multinomial": run(LAW, SMALL, model="multinomial"),
    "dirichlet": run(LAW, SMALL, model="dirichlet"),
    "total": run(LAW, SMALL, coalitions=[["a", "b"], ["b", "c", "d"]]),
    "wide total": run(LAW.replace(threshold="30%"), SMALL, model=models.Total(sigma=1.5, preset="2025")),
    "total with tails": run(LAW, SMALL, model=models.Total(sigma=0.5, df=2.5)),
    "wide integers": run(LAW, SMALL, votes=10**13),
    "no list passes": run(LAW.replace(threshold="90%", no_list_passes="top_two"), LEVEL),
    "lots": run(LAW.replace(ties="lots", list_seats=5, threshold=0), LEVEL, votes=10),
    "a whole chamber": run(ms.law("2023"), OF_2023, n=70),
    "two chunks": run(
        ms.law("2023").replace(ties="lots", list_seats=9, district_seats=1),
        LEVEL,
        n=LANES + 44,
        votes=40,
        districts=ms.DistrictVotes((TIED,)),
        coalitions=[["a", "d"], ["b"]],
    ),
    "a party without votes, total": run(LAW, NOBODYS),
    "a party without votes, dirichlet": run(LAW, NOBODYS, model="dirichlet"),
    "by D'Hondt, with lots": run(LAW.replace(method="dhondt", ties="lots", list_seats=7, threshold=0), LEVEL, votes=12),
    "by Droop": run(LAW.replace(method="droop", list_seats=9), SMALL, votes=500),
    "few asked, dirichlet": run(LAW, LEVEL, model="dirichlet"),
    "gammas of shape one": run(LAW, ms.Poll({"a": 0.5, "b": 0.25, "c": 0.25}, sample_size=4), model="dirichlet"),
    "against all left out of the base": run(LAW.replace(base="parties"), SMALL),
    "everything clipped": run(LAW.replace(no_list_passes="all"), ms.Poll({"a": 0.4, "b": 0.3, "c": 0.3}, sample_size=1), model="margin"),
    "lots beside a list that never passes": run(LAW.replace(ties="lots", list_seats=5), GAP, votes=10),
    "an official count": run(LAW, ms.load_election(2021), n=70, model="dirichlet"),
    "a doubtful chamber": run(ms.law("2023"), OF_2023, n=40, district_model=models.Districts(1.0, 0.5, 0.5, 0.5, 2.0)),
    "an election": run(ms.law("2023"), ms.load_election(2023), n=70, model=models.Total(sigma=0.2, preset="2025")),
}


def digest(result: dict[str, Any]) -> str:
    """Shorten a result to what changes when any number in it does."""
    return hashlib.sha256(json.dumps(result, sort_keys=True).encode()).hexdigest()[:16]


def counts() -> dict[str, Any]:
    """Count some elections without simulating."""
    rng = np.random.default_rng(1)
    votes = rng.integers(0, 40, (300, 5)) * rng.choice([1, 1, 10**12], (300, 1)) + 1
    law = LAW.replace(no_list_passes="all", list_seats=7)
    winner, margin = ms.plurality_many(votes)
    return {"seats": ms.allocate_many(law, votes, against_all=3).tolist(), "winner": winner.tolist(), "margin": margin.tolist()}


def digests(*names: str) -> dict[str, str]:
    """Run what is named, or everything."""
    return {**{name: digest(RUNS[name](threads=1).to_dict()) for name in names or RUNS}, "counts": digest(counts())}


if __name__ == "__main__":
    json.dump(digests(*sys.argv[1:]), sys.stdout)
