"""Draws the forecast of 2023 and the pictures of "How sure is a forecast?" from the data on record.

``python docs/pictures/make_pictures.py``
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

import mazhilis_sim as ms
from mazhilis_sim.judging.calibration import quiet_pair
from mazhilis_sim.names.parties import Names

FOLDER = Path(__file__).parent
# Colours of Okabe and Ito, told apart by every eye; marks and lines differ in shape as well.
TOTAL, SAMPLING, RESULT, OTHER, INK, GREY = "#0072B2", "#999999", "#D55E00", "#009E73", "#222222", "#666666"
DRAWS, SEED = 400_000, 2023
MODELS = {"dirichlet": "sampling error only (dirichlet)", "total": "with nonsampling error (total, the default)"}
COLOURS = {"dirichlet": SAMPLING, "total": TOTAL}


def main() -> None:
    """Draw every picture."""
    for name, figure in {
        "polls_and_result_2023": polls_and_result(2023),
        "coverage": coverage(),
        "at_the_threshold": at_the_threshold(),
        "what_two_elections_say": what_two_elections_say(),
    }.items():
        figure.savefig(FOLDER / f"{name}.png", dpi=150, metadata={"Software": None})
    command = [sys.executable, "-m", "mazhilis_sim", "forecast", "2023", "--quiet", "--plot", str(FOLDER / "forecast_2023.png")]
    subprocess.run(command, check=True)


@cache
def case(year: int) -> ms.Case:
    """Load an election with its polls."""
    return ms.Case.on_record(year)


@cache
def tested() -> ms.Backtest:
    """Run the backtest once."""
    return ms.backtest(n_draws=DRAWS, seed=SEED)


def plain(axes: Any) -> None:
    """Leave a picture with what it needs."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=9, colors=GREY)
    axes.grid(axis="x", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)


def finish(figure: Figure, title: str, handles: Iterable[Any] = ()) -> Figure:
    """Put a title, and one legend for all panels, over a picture."""
    inches = figure.get_figheight()
    figure.text(0.015, 1 - 0.12 / inches, title, ha="left", va="top", fontsize=14, weight="bold", color=INK)
    shown = list(handles)
    if shown:
        figure.legend(handles=shown, loc="upper left", bbox_to_anchor=(0.01, 1 - 0.4 / inches), ncols=3, frameon=False, fontsize=10)
    figure.tight_layout(rect=(0, 0, 1, 1 - (0.75 if shown else 0.4) / inches))
    return figure


# -- polls, claimed intervals, result ----------------------------------------------------------------------------------


def polls_and_result(year: int) -> Figure:
    """Show each poll's 90 % intervals with and without nonsampling error, and what happened."""
    held = case(year)
    polls = list(held.polls.of_kind("poll"))
    votes = held.election.list_votes
    ids = (*sorted(votes, key=lambda party: -votes[party]), "against_all")
    names = Names(held.election.party_names)
    hits, wide = (tested().share_coverage(year, model) for model in ("dirichlet", "total"))
    figure = Figure(figsize=(11, 6.2))
    panels = figure.subplots(2, 4, sharey=True).ravel()
    for party, axes in zip(ids, panels, strict=True):
        draw_party(axes, held, polls, party)
        axes.set_title(names[party], loc="left", fontsize=11, color=INK)
    for axes in panels[::4]:
        axes.set_yticks(range(len(polls)), [f"{short(poll.pollster)}\nuntil {poll.date:%-d %B}" for poll in polls], fontsize=9)
    panels[0].set_ylim(len(polls) - 0.4, -0.6)
    for axes in panels[4:]:
        axes.set_xlabel("share of the valid vote, %", fontsize=9, color=GREY)
    return finish(
        figure,
        f"Of {hits.of} intervals of sampling error {hits.hits} hold the result of {year}; with other errors {wide.hits} do",
        (
            *(
                Line2D([], [], color=COLOURS[model], linewidth=5 if model == "dirichlet" else 2, label=f"90 % interval, {text}")
                for model, text in MODELS.items()
            ),
            Line2D([], [], color=RESULT, linewidth=2, label="result"),
        ),
    )


def short(institute: str) -> str:
    """Shorten the name of an institute."""
    return {"Public Opinion Research Institute": "PORI", "Democratic Institute": "Dem. Institute"}.get(institute, institute)


def draw_party(axes: Any, held: ms.Case, polls: list[Any], party: str) -> None:
    """Draw one party's panel."""
    for row, poll in enumerate(polls):
        centre = held.centre(poll)
        column = ms.share_columns(centre).index(party)
        for model, width in (("dirichlet", 5), ("total", 2)):
            shares = ms.simulate_shares(centre, model=model, n_draws=DRAWS // 4, seed=SEED)[:, column]
            low, high = ms.scores.sample_interval(100 * shares, 0.9)
            axes.plot([low, high], [row + 0.12 * (model == "total")] * 2, color=COLOURS[model], linewidth=width, solid_capstyle="butt")
        axes.plot(100 * centre.shares[column], row, "o", color=INK, markersize=3.5, zorder=3)
    outcome = held.outcome(held.centre(polls[-1]))
    axes.axvline(100 * outcome.shares[outcome.categories.index(party)], color=RESULT, linewidth=2)
    axes.set_xlim(left=0)
    plain(axes)


# -- coverage ----------------------------------------------------------------------------------------------------------

GROUPS = (
    ("2023: four polls, eight shares each", 2023, None),
    ("2021: four polls from 25 December on", 2021, "2020-12-25"),
    ("2021: all seven polls", 2021, None),
)
STYLES = {"dirichlet": ("o-", SAMPLING), "total": ("o-", TOTAL), "calibrated": ("s--", OTHER)}
LABELS = {**MODELS, "calibrated": "total, sigmas from the other election"}


def coverage() -> Figure:
    """Show how often intervals contained the result, beside how often they claim to."""
    figure = Figure(figsize=(11, 4.6))
    panels = figure.subplots(1, 3, sharey=True)
    for axes, (title, year, since) in zip(panels, GROUPS, strict=True):
        axes.plot([45, 100], [45, 100], color=INK, linewidth=1, linestyle=":")
        for model, (style, colour) in STYLES.items():
            found = [100 * tested().share_coverage(year, model, level, since).share for level in tested().levels]
            axes.plot([100 * level for level in tested().levels], found, style, color=colour, linewidth=2, markersize=6)
        axes.set_title(title, loc="left", fontsize=11, color=INK)
        axes.set_xticks([50, 80, 90, 95], ["50", "80", "90", "95"])
        axes.set_xlim(45, 100)
        axes.set_ylim(0, 103)
        plain(axes)
        axes.grid(axis="y", color="#dddddd", linewidth=0.8)
        axes.set_xlabel("claimed, %", fontsize=10, color=GREY)
    panels[0].set_ylabel("contained the result, %", fontsize=10, color=GREY)
    panels[0].annotate("as claimed", (62, 62), xytext=(47, 72), fontsize=9, color=INK)
    return finish(
        figure,
        "Intervals of sampling error alone held the result far less often than they claim",
        (
            Line2D([], [], color=colour, marker=style[0], linestyle=style[1:], linewidth=2, label=LABELS[model])
            for model, (style, colour) in STYLES.items()
        ),
    )


# -- near the threshold ------------------------------------------------------------------------------------------------


def at_the_threshold(party: str = "jsdp") -> Figure:
    """Show a list near the threshold: its share, and its seats, which have no middle."""
    held = case(2023)
    centre = held.centre(held.polls.pooled())
    column = centre.parties.index(party)
    figure = Figure(figsize=(11, 4.4))
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    for model in ("total", "dirichlet"):
        shares = 100 * ms.simulate_shares(centre, model=model, n_draws=DRAWS, seed=SEED)[:, column]
        left.hist(shares, np.arange(0.8, 9, 0.1), density=True, color=COLOURS[model], alpha=0.55 if model == "total" else 0.75)
    left.set_ylim(top=1.15 * left.get_ylim()[1])
    left.axvline(5, color=INK, linestyle="--", linewidth=1.2)
    left.text(4.93, 0.98, "threshold 5 %", transform=left.get_xaxis_transform(), fontsize=9, color=INK, va="top", ha="right")
    left.axvline(100 * held.outcome(centre).shares[column], color=RESULT, linewidth=2)
    left.text(5.28, 0.98, "result 5.20 %", transform=left.get_xaxis_transform(), fontsize=9, color=RESULT, va="top")
    left.set_yticks([])
    left.set_xlabel("share of the valid vote, %", fontsize=10, color=GREY)
    left.set_title("JSDP: polled shares pooled, 3.9 %", loc="left", fontsize=11, color=INK)
    draw_seats(right, held, centre, party)
    for axes in (left, right):
        plain(axes)
    return finish(
        figure,
        "Near the threshold there is no middle",
        (
            *(Patch(color=COLOURS[model], alpha=0.7, label=text) for model, text in MODELS.items()),
            Line2D([], [], color=RESULT, linewidth=2, label="result"),
        ),
    )


def draw_seats(axes: Any, held: ms.Case, centre: Any, party: str) -> None:
    """Draw the chances of each number of list seats, with what they sum to."""
    for shift, model in ((-0.2, "dirichlet"), (0.2, "total")):
        f = ms.simulate(held.lists_alone, centre, model=model, n_draws=DRAWS, seed=SEED)
        chances = 100 * f.histogram(party, "list")[:9] / f.n_draws
        bars = axes.bar(np.arange(len(chances)) + shift, chances, 0.4, color=COLOURS[model], alpha=0.75)
        axes.bar_label(bars, [f"{c:.0f}" if c >= 0.5 else "" for c in chances], fontsize=8, color=GREY, padding=1)
    axes.plot([held.election.official_seats["list"][party]] * 2, [18, 104], color=RESULT, linewidth=2)
    axes.set_xticks(range(9))
    axes.set_yticks([])
    axes.set_ylim(0, 112)
    axes.set_xlabel("list seats", fontsize=10, color=GREY)
    axes.set_title("chance of each number of list seats, %", loc="left", fontsize=11, color=INK)


# -- the likelihood ----------------------------------------------------------------------------------------------------


def what_two_elections_say() -> Figure:
    """Show which sigmas the record allows: both elections together, and each alone."""
    figure = Figure(figsize=(6.6, 6.8))
    axes = figure.subplots()
    sigmas = np.linspace(0, 0.6, 61)
    both = ms.calibrate()
    axes.contourf(sigmas, sigmas, drops(both, sigmas), [0, 1, 3], colors=["#6baed6", "#c6dbef"])
    for year, style, colour in ((2021, "--", OTHER), (2023, ":", RESULT)):
        alone = ms.calibrate([quiet_pair(year)])
        axes.contour(sigmas, sigmas, drops(alone, sigmas), [3], colors=[colour], linestyles=[style], linewidths=2)
    axes.plot(both.sigma_bias, both.sigma_house, "o", color=INK, markersize=7)
    axes.annotate(
        f"most likely\n{both.sigma_bias:.2f}, {both.sigma_house:.2f}",
        (both.sigma_bias, both.sigma_house),
        xytext=(7, -17),
        textcoords="offset points",
        fontsize=9,
        color=INK,
    )
    axes.plot(0.25, 0.25, "D", color=INK, markerfacecolor="white", markersize=8)
    axes.annotate("default\n0.25, 0.25", (0.25, 0.25), xytext=(9, -24), textcoords="offset points", fontsize=9, color=INK)
    axes.set_xlabel("sigma_bias: error that all polls of an election share", fontsize=10, color=GREY)
    axes.set_ylabel("sigma_house: error of one institute", fontsize=10, color=GREY)
    axes.set_aspect("equal")
    plain(axes)
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.legend(
        handles=[
            Patch(color="#6baed6", label="2021 and 2023: log likelihood within 1 of the top"),
            Patch(color="#c6dbef", label="within 3: the 95 % region"),
            Line2D([], [], color=OTHER, linestyle="--", linewidth=2, label="95 % region of 2021 alone"),
            Line2D([], [], color=RESULT, linestyle=":", linewidth=2, label="95 % region of 2023 alone"),
        ],
        loc="upper right",
        frameon=False,
        fontsize=9,
    )
    axes.set_yticks(axes.get_yticks()[1:])  # the first would stand on that of the other axis
    axes.set_ylim(0, sigmas[-1])
    return finish(figure, "Two elections leave both errors of polls wide open")


def drops(found: ms.Calibration, sigmas: np.ndarray) -> np.ndarray:
    """Return how far the log likelihood lies below its top, over a grid (house by bias)."""
    return np.array([[found.drop(float(b), float(h)) for b in sigmas] for h in sigmas])


if __name__ == "__main__":
    main()
