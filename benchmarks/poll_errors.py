"""Draws docs/pictures/poll_errors.svg: how far polls elsewhere missed, by the size of a list and by the days before the election.

    python benchmarks/poll_errors.py            # ../shared/data/polls_elsewhere.csv where it lies
    python benchmarks/poll_errors.py polls.csv --to picture.svg

The same table gives the same bytes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from elsewhere import PLACE, forecasts, named
from error_fit import Errors, size_factors
from polled_elsewhere import Centre, ElectionElsewhere, Floats, read_elections

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "poll_errors.svg"
SIZES = (0.0, 0.03, 0.05, 0.10, 0.20, 1.0)
DAYS = (0, 7, 14, 30, 45, 60, 80, 100)
MEASURED, SAID = "#0072B2", "#D55E00"


def misses(centres: Iterable[Centre]) -> tuple[Floats, Floats]:
    """Return the polled shares of all lists and by how much each log share missed, the mean of its election taken off."""
    shares, errors = [], []
    for centre in centres:
        error = np.log(centre.result / centre.q)
        shares.append(centre.q)
        errors.append(error - error @ centre.q)
    return np.concatenate(shares), np.concatenate(errors)


def root_mean_square(errors: Floats) -> float:
    """Return the size of errors."""
    return float(np.sqrt((errors**2).mean()))


def by_size(axes: Axes, elections: Sequence[ElectionElsewhere], preset: Errors) -> None:
    """Draw the errors of final polls by the share that they gave a list."""
    final = forecasts(elections, (0,))
    shares, errors = misses(final)
    for low, high in pairwise(SIZES):
        inside = (shares >= low) & (shares < high)
        if not inside.any():
            continue
        middle = float(np.exp(np.log(shares[inside]).mean()))
        axes.plot(100 * middle, root_mean_square(errors[inside]), "o", color=MEASURED)
        axes.annotate(f"{inside.sum()} lists", (100 * middle, root_mean_square(errors[inside])), xytext=(5, 5), textcoords="offset points")
    grid = np.geomspace(0.01, 0.45, 60)
    axes.plot(100 * grid, np.sqrt(spread(preset, final) * size_factors(grid, preset.size)), color=SAID)
    axes.set_xscale("log")
    axes.set_xticks([1, 2, 5, 10, 20, 40], ["1 %", "2 %", "5 %", "10 %", "20 %", "40 %"])
    axes.set_title("by the size of a list, final polls")
    axes.set_ylabel("error of a log share")


def by_day(axes: Axes, elections: Sequence[ElectionElsewhere], preset: Errors) -> None:
    """Draw the errors of lists as if all were at 10 %, by the days between polls and election."""
    said = []
    for days in DAYS:
        centres = forecasts(elections, (days,))
        shares, errors = misses(centres)
        mean_days = float(np.mean([c.days for c in centres]))
        axes.plot(mean_days, root_mean_square(errors / np.sqrt(size_factors(shares, preset.size))), "o", color=MEASURED)
        said.append((mean_days, spread(preset, centres) ** 0.5))
    axes.plot(*zip(*said, strict=True), color=SAID)
    axes.set_title("by days before the election, for a list at 10 %")
    axes.set_xlabel("days")


def spread(preset: Errors, centres: Sequence[Centre]) -> float:
    """Return the mean variance of a list at 10 %, sampling included, that a preset expects."""
    beyond = [preset.bias**2 + preset.house**2 * c.squared_weights + preset.tau**2 * c.days + 10 / c.n_eff for c in centres]
    return float(np.mean(beyond))


def drawn(elections: Sequence[ElectionElsewhere]) -> Figure:
    """Draw both."""
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    preset = named("mature")
    by_size(left, elections, preset)
    by_day(right, elections, preset)
    left.set_ylim(0, 0.7)
    left.plot([], [], "o", color=MEASURED, label="measured: root mean square")
    left.plot([], [], color=SAID, label="preset mature")
    left.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    return figure


def write(elections: Sequence[ElectionElsewhere], place: Path) -> None:
    """Write the picture, without a date and with ids that do not change."""
    with mpl.rc_context({"svg.hashsalt": "poll errors", "svg.fonttype": "none", "font.family": "sans-serif"}):
        drawn(elections).savefig(place, format="svg", metadata={"Date": None})


def main() -> None:
    """Draw it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("polls", type=Path, nargs="?", default=PLACE)
    parser.add_argument("--to", type=Path, default=PICTURE)
    arguments = parser.parse_args()
    write(read_elections(arguments.polls), arguments.to)


if __name__ == "__main__":
    main()
