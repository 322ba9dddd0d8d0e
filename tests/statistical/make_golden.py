"""Write golden.json, the tallies of a few runs, small.json, digests of smaller ones, and presets.json, of one run a preset of `Total`.

None may change without a new version of the random stream; presets.json may where the numbers of a preset do, but not of "2025".

    python tests/statistical/make_golden.py

Run it only when ``mazhilis_sim.kernels.steps.random_words.VERSION`` has been raised, and say so in the changelog.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from same_numbers import NOBODYS, RUNS, SMALL, digest

import mazhilis_sim as ms
from mazhilis_sim.kernels import compiled
from mazhilis_sim.kernels.cpu import random_lanes
from mazhilis_sim.kernels.cpu.block import LANES
from mazhilis_sim.kernels.steps import elementary, normals, random_words, single
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation.distribution.kept import thinning_hash
from normal_pairs import normal_pair

PLACE = Path(__file__).parent / "golden.json"
PRESETS_PLACE = Path(__file__).parent / "presets.json"
SMALL_PLACE = Path(__file__).parent / "small.json"
FORTY = {f"p{i}": (0.25, 0.12, 0.08, 0.07, 0.06, 0.055, 0.05, 0.045)[i] if i < 8 else 0.27 / 32 for i in range(40)}


def runs():
    """Name and result of every run that is pinned."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        polls_2021, polls_2023 = ms.load_polls(2021), ms.load_polls(2023).of_kind("poll")  # pins are no matter of district polls
        forty = ms.Poll(FORTY, sample_size=1_600)
    lists = ms.law("2023", district_seats=0)
    total = ms.models.Total(preset="2025")
    for model in (total, "margin", "multinomial", "dirichlet"):
        name = model if isinstance(model, str) else model.name
        yield f"lists of 2023, {name}", ms.simulate(lists, polls_2023, model=model, n_draws=20_000, seed=2023)
    coalitions = [["auyl", "aq_jol"]]
    yield "chamber of 2023", ms.simulate(ms.law("2023"), polls_2023, model=total, n_draws=20_000, seed=7, coalitions=coalitions)
    yield "fallbacks of 2021", ms.simulate(ms.law("2021"), polls_2021, model=total, n_draws=20_000, seed=2**64 - 1, start=2**40)
    yield "forty parties, lots", ms.simulate(ms.law("2026", ties="lots"), forty, model=total, n_draws=20_000, seed=0)
    yield "64-bit lanes", ms.simulate(ms.law("2026"), forty, model=total, n_draws=5_000, seed=3, votes=10**12)


def pinned():
    """Everything that is pinned, by name of the run."""
    return {
        name: {"tallies": {key: counts.tolist() for key, counts in f.tallies.items()}, "kept": f.sample.draw[:20].tolist()}
        for name, f in runs()
    }


def pinned_presets():
    """Digest the tallies of one poll under every preset, by name: they change when a preset's numbers do, or the stream."""
    shares = {"a": 0.62, "b": 0.2, "c": 0.06, "d": 0.045, "against_all": 0.075}
    poll = ms.Poll(shares, sample_size=1200, date="2026-03-01", election_date="2026-04-01")
    runs = {name: ms.simulate(ms.law("2026"), poll, model=name, n_draws=5_000, seed=14, threads=1) for name in ms.models.PRESETS}
    return {name: digest({key: counts.tolist() for key, counts in f.tallies.items()}) for name, f in runs.items()}


def small_tallies(f):
    """Digest all that a run counted and kept, part by part, so that a failure says which part changed."""
    kept = {name: getattr(f.sample, name) for name in ("draw", "lists", "districts")}
    return {name: digest(array.tolist()) for name, array in {**f.tallies, **kept}.items()} | {"point": digest(f.point)}


def pinned_shares():
    """Digest simulated shares before anything is counted, of more draws than one chunk holds."""
    models = {name: "2025" if name == "total" else name for name in ms.models.MODELS}  # named, so that no other default changes a pin
    found = {name: ms.simulate_shares(SMALL, model=model, n_draws=LANES + 44, seed=5, start=2**33 - 9) for name, model in models.items()}
    found["dirichlet, nobody"] = ms.simulate_shares(NOBODYS, model="dirichlet", n_draws=9, seed=5)
    return {model: digest([share.hex() for share in shares.ravel().tolist()]) for model, shares in found.items()}


def pinned_bits():
    """Digest the bits of the elementary functions and of random numbers, each over some hundreds of points."""
    rng = np.random.default_rng(4)
    log, exp, nearest_whole, quarter_turn, upper_tail, normal_cdf = map(
        compiled,
        (elementary.log, elementary.exp, elementary.nearest_whole, elementary.quarter_turn, elementary.upper_tail, elementary.normal_cdf),
    )
    wide_pair, uniform = map(compiled, (normals.wide_normal_pair, random_words.uniform))
    pair, log_32, exp2_32 = map(compiled, (normal_pair, single.log, single.exp2))
    positive = [10.0**x for x in rng.uniform(-300, 300, 150).tolist()] + (1 + rng.uniform(-0.3, 0.4, 150)).tolist()
    positive[84] = 1.9476004001797956e-99  # as NumPy's power on arrays made it where the pins were written: its last bit is the machine's
    words = rng.integers(0, 2**32, (300, 2), np.uint64)
    values = {
        "log": [log(x) for x in positive],
        "exp": [exp(x) for x in rng.uniform(-700, 700, 300).tolist()],
        "nearest whole": [nearest_whole(x) for x in rng.uniform(0, 9, 300).tolist()],
        "quarter turn": [y for t in rng.uniform(-0.5, 0.5, 300).tolist() for y in quarter_turn(t)],
        "upper tail": [upper_tail(x) for x in [0.0, 37.0, 37.5, 38.5, *rng.uniform(0, 37, 300).tolist()]],
        "normal cdf": [normal_cdf(x) for x in [0.0, -0.0, *rng.uniform(-9, 9, 300).tolist()]],
        "normals": [y for one, two in words.astype(np.uint32) for y in pair(one, two)],
        "wide normals": [y for one, two in words for y in wide_pair(one, two)],
        "log in 32 bits": [log_32(x) for x in np.exp(rng.uniform(-80, 80, 300)).astype(np.float32)],
        "exp2 in 32 bits": [exp2_32(x) for x in rng.uniform(-126, 127, 300).astype(np.float32)],
        "filled normals": filled_normals(),
        "uniforms": [uniform(word) for word in words[:, 0]],
        "hashes": [float(thinning_hash(one << np.uint64(3), two, one)) for one, two in words],
    }
    return {name: digest([float(x).hex() for x in found]) for name, found in values.items()}


def filled_normals():
    """Fill three blocks of normals for some draws."""
    numbers, mixing, raw = np.arange(2**33 - 3, 2**33 + 3, dtype=np.uint64), np.zeros((4, 6), np.uint64), np.zeros((4, 6), np.uint32)
    out = np.zeros((12, 6), np.float32)
    compiled(random_lanes.fill_normals)(np.uint64(2**40 + 9), numbers, random_words.TAILS, mixing, raw, out)
    return out.ravel().tolist()


if __name__ == "__main__":
    small = {name: small_tallies(go(threads=1)) for name, go in RUNS.items()}
    SMALL_PLACE.write_text(json.dumps(small | {"bits": pinned_bits(), "shares": pinned_shares()}, indent=1) + "\n", encoding="utf-8")
    PRESETS_PLACE.write_text(json.dumps(pinned_presets(), indent=1) + "\n", encoding="utf-8")
    PLACE.write_text(json.dumps({"stream": VERSION, "runs": pinned()}, separators=(",", ":")) + "\n", encoding="utf-8")
