"""Several laws and many thresholds on the same voters, for a few draws: seconds with the JIT off.

Few voters make ties, shares on a threshold and lists that nobody chose; draws fill a chunk of lanes and a part of another.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from test_paired import seats_of
from test_whole_chambers import BASELINE, LAW, MIXED, POLL

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.laws import alike
from mazhilis_sim.simulation.drawing.draws import Drawing
from mazhilis_sim.simulation.drawing.held import Voters
from mazhilis_sim.simulation.drawing.packing import pack
from mazhilis_sim.simulation.question import ask

N = LANES + 44
LOTS = LAW.replace(ties="lots")
RULED = LAW.replace(method="dhondt")
FEW = {
    "lists": (LAW, 5_000_000),
    "lots": (LOTS, 25),
    "mixed": (MIXED, 5_000_000),
    "level": (MIXED, 5_000_000),
    "lots and order": (LOTS, 25),
    "lists before mixed": (LAW, 5_000_000),
    "of one rule": (RULED, 25),
    "rules": (LAW, 5_000_000),
}
OTHERS = {
    "lists": [LAW.replace(list_seats=5, fallback=None)],
    "lots": [
        *(LOTS.replace(threshold=share) for share in ("10%", "20%")),
        *(LOTS.replace(threshold="60%", fallback=None, no_list_passes=those) for those in ("top_two", "all")),
    ],
    "mixed": [LAW],
    "level": [LAW],
    "lots and order": [LAW],
    "lists before mixed": [MIXED],
    "of one rule": [RULED.replace(list_seats=5)],
    "rules": [RULED, LAW.replace(method="droop")],
}
"""The voters' law with their number, and the laws that are counted beside it."""
LEVEL = (ms.Candidate("C. C.", "c", 10), ms.Candidate("I. I.", "independents", 10))
TIED = ms.DistrictVotes((ms.District(1, LEVEL), ms.District(2, LEVEL)))
"""Districts that a lot decides in every draw."""
THRESHOLDS = ["12%", "0%", "4%", "20%", "60%"]
"""Of 25 votes some are whole numbers."""


def asked(kind: str, beside: str = "c") -> dict[str, Any]:
    """Return what a forecast of few draws is asked with."""
    law, votes = FEW[kind]
    districts = (TIED if kind == "level" else BASELINE) if any(each.district_seats for each in (law, *OTHERS[kind])) else None
    more = {"districts": districts, "district_model": ms.models.Districts(0, 0, 0, 0, 0) if kind == "level" else None}
    return {"n_draws": N, "seed": 1, "coalitions": [["b", beside], ["a"]], "votes": votes, **more}


@pytest.mark.parametrize("kind", FEW)
def test_each_of_several_laws_is_what_it_is_alone_and_differs_by_what_its_draws_do(kind: str) -> None:
    laws = [FEW[kind][0], *OTHERS[kind]]
    together = ms.simulate_paired(laws, POLL, **asked(kind))
    alone = [ms.simulate(law, POLL, **asked(kind)) for law in laws]
    assert [together[name] for name in together.laws] == alone
    chambers = [forecast.chambers(0, N) for forecast in alone]
    for name, new, forecast in zip(together.laws[1:], chambers[1:], alone[1:], strict=True):
        for party in together.parties:
            found, more = together.difference(party, name), seats_of(new, forecast, party) - seats_of(chambers[0], alone[0], party)
            assert found.counts.tolist() == np.bincount(more + found.most, minlength=2 * found.most + 1).tolist()


@pytest.mark.parametrize("kind", ["lots", "mixed", "level", "of one rule"])
def test_a_sweep_of_thresholds_is_a_forecast_at_each(kind: str) -> None:
    law, _ = FEW[kind]
    given = asked(kind, "independents" if law.district_seats else "c")
    swept = ms.sweep_forecast(law, POLL, "threshold", THRESHOLDS, **given)
    assert [forecast for _, forecast in swept] == [ms.simulate(law.replace(threshold=value), POLL, **given) for value in THRESHOLDS]


def test_what_is_held_are_the_shares_and_the_votes_that_were_drawn() -> None:
    packed = pack(ask(LAW, POLL, "total", votes=5_000_000), 1)
    voters = Voters(packed)
    ((first, used, shares),) = voters.blocks(7, N, written=True)
    assert (first, used) == (7, N)
    assert np.array_equal(shares, Drawing(packed).shares(7, N).T)
    assert np.abs(voters.votes(N) - 5_000_000 * shares[:, : packed.lists]).max() < 1


def test_seats_by_two_laws_are_counted_in_pairs_of_nobody_of_one_seat_and_of_any() -> None:
    lanes, used, wide = 61, 50, 6
    seats = np.random.default_rng(1).integers(0, wide, (2, 4, lanes)).astype(np.int32)
    seats[:, 0] = 0
    seats[0, 1:3] &= 1
    seats[1, 1] = 0
    seats[1, 2] &= 1
    pairs, expected = np.zeros((4, alike.COPIES * wide**2), np.int64), np.zeros((4, wide, wide), np.int64)
    compiled(alike.tally_pairs)(used, seats[0], seats[1], wide, np.zeros(lanes, np.int32), pairs)
    for i in range(4):
        np.add.at(expected[i], (seats[0, i, :used], seats[1, i, :used]), 1)
    assert pairs.reshape(4, alike.COPIES, wide, wide).sum(axis=1).tolist() == expected.tolist()
