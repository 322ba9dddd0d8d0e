"""Draws the gallery, pictures and page: ``python docs/pictures/make_gallery.py``."""

from __future__ import annotations

import warnings
from pathlib import Path

import mazhilis_sim as ms

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent / "reference" / "gallery.md"
HEAD = """# Gallery

Every result that has a picture draws it with `.plot()` (extra `plot`): it returns a matplotlib `Figure`, and saves it where a path ends
in `.png`, `.svg` or `.pdf`. The title says what the picture shows, unless `title=` is given; `names=` gives parties other names. The
words for those who do not see a picture are `figure.get_label()`, and stand in the file too. Colours are [data](data.md), our own
choice, told apart by every eye and in grey; no label stands over another, from one party to forty. Files of one result are the same
bytes on every day.

This page and its pictures are drawn by [`make_gallery.py`](../pictures/make_gallery.py), from the elections and polls on record, with:

```python
{setup}
```
"""
SETUP = """\
law, e = ms.law("2023"), ms.load_election(2023)
polls = ms.load_polls(2023)
f = ms.simulate(law, polls, n_draws=100_000, seed=2023)"""
SHOWN = {
    "chamber": ("A chamber", "ms.elect(law, e).plot()"),
    "appointed": ("A chamber with appointed members", 'ms.elect(ms.law("2021"), ms.load_election(2021)).plot()'),
    "forecast_chamber": ("A forecast as a chamber", 'f.plot(kind="chamber")'),
    "entry": ("Who enters", 'f.plot(kind="entry")'),
    "coalitions": (
        "Who has a majority",
        'f.rerun(coalitions=[("auyl", "aq_jol", "qhp"), ("amanat", "auyl"), ("amanat", "aq_jol")]).plot(kind="coalitions")',
    ),
    "margins": ("How close it was", "ms.seat_margins(law, e).plot()"),
    "sweep": ("Where seats change", 'ms.sweep(law, e, "threshold").plot()'),
    "sizes": ("Chambers of every size", 'ms.sweep(law, e, "list_seats", between=(50, 120)).plot()'),
    "forecast_sweep": (
        "A forecast along thresholds",
        'ms.sweep_forecast(law, polls, "threshold", ["1%", "3%", "5%", "7%"], n_draws=100_000, seed=2023).plot()',
    ),
    "laws": ("Laws compared", 'ms.compare(["2021", "2021-05", "2026"], ms.load_election(2021)).plot()'),
    "power": ("Who decides", 'ms.power({"a": 40, "b": 30, "c": 20, "d": 10}).plot()'),
    "regions": ("The map", "e.plot()"),
    "lists": ("Every list in every region", 'e.plot(kind="lists")'),
    "law": ("A law", 'ms.law("2021").plot()'),
    "case": ("Polls and result", "ms.Case.on_record(2023).plot()"),
    "calibration": ("How far polls miss", "ms.calibrate().plot()"),
    "backtest": ("Error models against elections", "ms.backtest(n_draws=50_000).plot()"),
    "scored": ("A forecast and its result", "ms.score(f, e).plot()"),
    "indices": ("How fair it was", "ms.indices(e.votes, ms.elect(law, e).seats).plot()"),
    "solution": ("What it would take", 'ms.solve_for(e, law, "swing", party="amanat", until=lambda s: s["amanat"] < 50).plot()'),
    "paired": (
        "The same voters by two laws",
        'ms.simulate_paired({"5 %": law, "7 %": law.replace(threshold="7%")}, polls, n_draws=100_000, seed=2023).plot()',
    ),
    "difference": (
        "What a law changes for one party",
        'ms.simulate_paired({"5 %": law, "7 %": law.replace(threshold="7%")}, polls, n_draws=100_000, seed=2023)'
        '.difference("respublica").plot()',
    ),
    "why": ("Why a forecast says so", 'f.why("respublica").plot()'),
    "joint": ("Two parties together", 'f.joint("amanat", "auyl").plot()'),
    "correlation": ("Who gains with whom", "f.correlation().plot()"),
    "likeliest": ("The likeliest chambers", "f.likeliest().plot()"),
    "verify": ("A rule under the verifier", 'ms.testing.verify("adams", axioms=["quota", "exact_sum", "house_monotone"]).plot()'),
}
"""What is shown, by the name of its file: the heading, and what draws it."""


def main() -> None:
    """Draw every picture, and write the page."""
    known = {"ms": ms}
    exec(SETUP, known)
    parts = [HEAD.format(setup=SETUP)]
    for name, (heading, code) in SHOWN.items():
        drawn = eval(f"{code[:-1]}{', ' if not code.endswith('()') else ''}path={str(FOLDER / f'gallery_{name}.png')!r})", known)
        alt = drawn.get_label().partition(". ")[0].replace("[", "(").replace("]", ")")
        parts.append(f"## {heading}\n\n```python\n{code}\n```\n\n![{alt}](../pictures/gallery_{name}.png)\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        main()
