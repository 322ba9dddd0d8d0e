"""Write golden.json: the tallies of a few runs, which must never change without a new version of the random stream.

    python tests/statistical/make_golden.py

Run it only when ``mazhilis_sim.kernels.rng.VERSION`` has been raised, and say so in the changelog.
"""

import json
import warnings
from pathlib import Path

import mazhilis_sim as ms
from mazhilis_sim.kernels.rng import VERSION

PLACE = Path(__file__).parent / "golden.json"
FORTY = {f"p{i}": (0.25, 0.12, 0.08, 0.07, 0.06, 0.055, 0.05, 0.045)[i] if i < 8 else 0.27 / 32 for i in range(40)}


def runs():
    """Name and result of every run that is pinned."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        polls_2021, polls_2023 = ms.load_polls(2021), ms.load_polls(2023)
        forty = ms.Poll(FORTY, sample_size=1_600)
    lists = ms.law("2023", district_seats=0)
    for model in ("total", "margin", "multinomial", "dirichlet"):
        yield f"lists of 2023, {model}", ms.simulate(lists, polls_2023, model=model, n_draws=20_000, seed=2023)
    yield "chamber of 2023", ms.simulate(ms.law("2023"), polls_2023, n_draws=20_000, seed=7, coalitions=[["auyl", "aq_jol"]])
    yield "fallbacks of 2021", ms.simulate(ms.law("2021"), polls_2021, n_draws=20_000, seed=2**64 - 1, start=2**40)
    yield "forty parties, lots", ms.simulate(ms.law("2026", ties="lots"), forty, n_draws=20_000, seed=0)
    yield "64-bit lanes", ms.simulate(ms.law("2026"), forty, n_draws=5_000, seed=3, votes=10**12)


def pinned():
    """Everything that is pinned, by name of the run."""
    return {
        name: {"tallies": {key: counts.tolist() for key, counts in f.tallies.items()}, "kept": f.sample.draw[:20].tolist()}
        for name, f in runs()
    }


if __name__ == "__main__":
    PLACE.write_text(json.dumps({"stream": VERSION, "runs": pinned()}, separators=(",", ":")) + "\n", encoding="utf-8")
