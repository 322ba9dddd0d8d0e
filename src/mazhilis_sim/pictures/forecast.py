"""The picture of a forecast: the seats of every party, tier by tier, on one scale."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MultipleLocator

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, show
from mazhilis_sim.languages import _, counted, several
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.hemicycle import say_forecast
from mazhilis_sim.pictures.marks import DRAWS, GREY, INK, INTERVAL, RESULT, RULE, bare, mark, write
from mazhilis_sim.pictures.saving import Drawing, check_ending, save
from mazhilis_sim.pictures.sheets.sheet import LINE, LONGEST_ALT, TITLE, title_lines
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.distribution.summary import grounds, source
from mazhilis_sim.simulation.tally_shapes import TIERS
from mazhilis_sim.tables import cut, percent, rough_chance, short_percent

WIDTH = 11.5
"""Inches of a sheet."""
HEIGHT = 0.62
"""Of the highest bar of a row, in rows."""
BELOW = 0.13
"""How far the marks stand below the bars, in rows."""
OPTIONS = ("names", "official", "title")
"""What `plot_forecast` takes beside a distribution and a path."""
MANY = 14
"""Parties beyond which rows stand closer, say less, and need a chance of a seat."""
MOST_SEATS = 1_000_000
"""Of any chamber: an axis reaches as far as the official seats."""
RARE = 0.0005
"""A smaller chance of a seat needs no row of its own where there are many."""


def plot_forecast(
    distribution: SeatDistribution,
    path: str | os.PathLike[str] | None = None,
    *,
    names: Mapping[str, str] | None = None,
    official: Mapping[str, Mapping[str, int]] | None = None,
    title: str = "",
) -> Figure:
    """Draw the seats of every party: list, district and all seats side by side, on one scale.

    Parameters
    ----------
    distribution : SeatDistribution
    path : str or path, optional
        Where to save it, whole or not at all: ``.png``, ``.svg`` or ``.pdf``.
    names : mapping of str to str, optional
        Names to show, by id.
    official : mapping of str to mapping of str to int, optional
        Official seats by tier (``"list"``, ``"district"``, ``"total"``) and party, drawn beside the distribution.
    title : str, optional
        What stands above it; the seats of the largest party, unless given.

    Returns
    -------
    Figure
        Its label, ``figure.get_label()``, says in words what it shows. It belongs to no global state of matplotlib and need not be closed.

    Raises
    ------
    MissingExtraError
        Without matplotlib.
    SimulationError
        When the file cannot be written.
    """
    result = reading.instance(distribution, SeatDistribution, "distribution", SimulationError, remedy="write f.plot(), f of simulate")
    if path is not None:
        check_ending(path)  # before the picture is drawn
    figure = Picture(
        result,
        Names(reading.names_of_parties(names, SimulationError)),
        read_official(official),
        reading.text(title, "title", SimulationError),
    ).draw()
    if path is not None:
        save(figure, path)
    return figure


def finding(distribution: SeatDistribution, names: Mapping[str, str]) -> str:
    """Say what the picture shows, to stand behind what it is of."""
    return say_forecast(distribution, Names(names)).title


def read_official(official: object) -> dict[str, dict[str, int]]:
    """Read official seats by tier and party."""
    like = '{"list": {"amanat": 40}}'
    given = {} if official is None else reading.mapping(official, "official", SimulationError, like=like)
    return {
        reading.choice(tier, "tier of official seats", TIERS, SimulationError): {
            party: reading.whole(count, f"official seats of {show(party)}", SimulationError, most=MOST_SEATS)
            for party, count in reading.mapping(seats, f"official[{show(tier)}]", SimulationError, like='{"amanat": 40}').items()
        }
        for tier, seats in given.items()
    }


@dataclass(frozen=True)
class Panel:
    """One tier of seats.

    Parameters
    ----------
    tier : str
    title : str
    most : float
        Right end of the axis, in seats.
    """

    tier: str
    title: str
    most: float


@dataclass(frozen=True)
class Picture:
    """One picture: what is drawn, and where."""

    result: SeatDistribution
    names: Names
    official: dict[str, dict[str, int]]
    title: str
    shares: dict[str, float] = field(init=False)
    parties: list[str] = field(init=False)

    def __post_init__(self) -> None:
        shares = dict(zip(self.result.lists, self.result.question.centre.shares, strict=False))
        parties = sorted(self.result.parties, key=lambda party: -shares.get(party, 0.0))
        if len(parties) > MANY:
            parties = [party for party in parties if self.has_seats(party)] or parties[:MANY]
        object.__setattr__(self, "shares", shares)
        object.__setattr__(self, "parties", parties)

    def has_seats(self, party: str) -> bool:
        """Tell whether a party has a seat in more than rare draws, in the central count, or in fact."""
        known = any(seats.get(party) for tiers in (self.result.point, self.official) for seats in tiers.values())
        return known or self.result.p_at_least(party, 1).value >= RARE

    @property
    def many(self) -> bool:
        """Whether rows must stand close."""
        return len(self.parties) > MANY

    @property
    def panels(self) -> list[Panel]:
        """The tiers that this law has, each as wide as its seats."""
        law = self.result.law
        if self.result.question.districts is None:
            return [self.panel("list", counted("{n} list seat", "{n} list seats", law.list_seats))]
        titles = {
            "list": counted("{n} list seat", "{n} list seats", law.list_seats),
            "district": counted("{n} district", "{n} districts", law.district_seats),
            "total": counted("the {n} seat", "all {n} seats", law.total_seats),
        }
        return [self.panel(tier, title) for tier, title in titles.items()]

    def panel(self, tier: str, title: str) -> Panel:
        """Make a panel that reaches as far as its rarest draws, and the majority."""
        result = self.result
        seats = [result.quantile(party, 0.999, tier) for party in self.parties]
        seats += [*result.point[tier].values(), *(self.official.get(tier, {}).get(party, 0) for party in self.parties)]
        if self.has_majority(tier):
            seats.append(result.law.majority)
        return Panel(tier, title, max(seats) + 2.5)

    @property
    def tick_step(self) -> int:
        """Seats from tick to tick, the same in all panels."""
        most = max(panel.most for panel in self.panels)
        return next(step for step in (1, 2, 5, 10, 20, 50, 10**9) if most <= 12 * step)

    def has_majority(self, tier: str) -> bool:
        """Tell whether a panel shows all elected seats."""
        return tier == "total" or self.result.question.districts is None

    def draw(self) -> Figure:
        """Draw everything."""
        said = say_forecast(self.result, self.names)
        title = self.title or said.title
        in_lines = title_lines(title, WIDTH - 0.3)
        panels, figure = self.panels, self.sheet(len(in_lines) - 1)
        ratios = [max(panel.most, 0.3 * max(p.most for p in panels)) for panel in panels]
        all_axes = figure.subplots(1, len(panels), sharey=True, squeeze=False, width_ratios=ratios)[0]
        for axes, panel in zip(all_axes, panels, strict=True):
            self.draw_panel(axes, panel)
        self.label_rows(all_axes[0])
        self.frame(figure, in_lines)
        figure.set_label(f"{title}. {said.numbers}"[:LONGEST_ALT])
        return figure

    def sheet(self, more: int) -> Figure:
        """Make a sheet as high as its rows need, and more lines of a title."""
        row = 0.3 if self.many else 0.52
        return Drawing(figsize=(WIDTH, 2.1 + LINE * TITLE * more + row * max(3, len(self.parties))), facecolor="white")

    # -- a panel -------------------------------------------------------------------------------------------------------

    def draw_panel(self, axes: Axes, panel: Panel) -> None:
        """Draw one tier of every party."""
        axes.set_title(panel.title, loc="left", fontsize=10, color=INK, pad=8)
        axes.set_xlim(-1.2, panel.most)
        axes.set_ylim(len(self.parties) - 1 + 0.45, -0.9)
        axes.xaxis.set_major_locator(MultipleLocator(self.tick_step))
        axes.set_xlabel(_("seats"), fontsize=8, color=GREY, labelpad=2)
        bare(axes)
        for row, party in enumerate(self.parties):
            if panel.tier != "list" or party in self.result.lists:
                self.draw_row(axes, panel.tier, row, party)
        if self.has_majority(panel.tier):
            self.draw_majority(axes)

    def draw_row(self, axes: Axes, tier: str, row: int, party: str) -> None:
        """Draw one party's distribution, with what sums it up below."""
        counts = self.result.histogram(party, tier)
        heights = HEIGHT * counts / counts.max()
        seen = slice(0, int(counts.nonzero()[0][-1]) + 1)
        seats = range(len(counts))[seen]
        for seat, height in zip(seats, heights[seen], strict=True):  # `bar` would look how far each reaches, and the scale stands
            axes.add_artist(Rectangle((seat - 0.45, row), 0.9, -height, facecolor=DRAWS, linewidth=0))
        axes.axhline(row, color=RULE, linewidth=0.5, zorder=0.5)
        self.draw_marks(axes, tier, row + BELOW, party)

    def draw_marks(self, axes: Axes, tier: str, y: float, party: str) -> None:
        """Mark the interval, the median, the central count and the official result."""
        low, high = self.result.interval(party, 0.9, tier)
        size = 3.4 if self.many else 4.6
        axes.plot([low, high], [y, y], color=INTERVAL, linewidth=size * 0.5, solid_capstyle="round", zorder=3)
        point = self.result.point[tier].get(party, 0)
        axes.plot([point], [y], "D", markersize=size + 1.2, markerfacecolor="none", markeredgecolor=INK, markeredgewidth=0.9, zorder=4)
        median = self.result.quantile(party, 0.5, tier)
        axes.plot([median], [y], "o", markersize=size, color=INTERVAL, markeredgecolor="white", markeredgewidth=0.6, zorder=5)
        result = self.official.get(tier, {}).get(party)
        if result is not None:
            axes.plot([result, result], [y + 0.16, y - 0.42], color=RESULT, linewidth=2.0, solid_capstyle="butt", zorder=6)

    def draw_majority(self, axes: Axes) -> None:
        """Draw the line of the majority."""
        law = self.result.law
        axes.axvline(law.majority - 0.5, color=INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=2)
        axes.annotate(
            _("majority {n}").format(n=law.majority),
            (law.majority - 0.5, 1),
            (0, 3),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8,
            color=INK,
        )

    # -- around the panels ---------------------------------------------------------------------------------------------

    def label_rows(self, axes: Axes) -> None:
        """Name the rows; say what was polled and how likely the threshold is reached."""
        for row, party in enumerate(self.parties):
            name = self.names[party]
            if self.many:
                write(axes, row - 0.15, (-80, 0), cut(name, 16), 8, INK)
                write(axes, row - 0.15, (-8, 0), self.entering(party), 7.5, GREY)
            else:
                write(axes, row - 0.15, (-8, 6), cut(name, 24), 10, INK)
                write(axes, row - 0.15, (-8, -6), ", ".join((*self.polled(party), self.entering(party))), 7.5, GREY)

    def polled(self, party: str) -> list[str]:
        """Say what was polled, where anything was."""
        return [_("{share} polled").format(share=percent(self.shares[party]))] if party in self.shares else []

    def entering(self, party: str) -> str:
        """Say how likely a list enters."""
        if party not in self.shares:
            return _("not polled")
        return _("enters {chance}").format(chance=rough_chance(self.result.p_enters(party)))

    def frame(self, figure: Figure, title: list[str]) -> None:
        """Write title, legend and footnote, and set the panels between them."""
        height, more = figure.get_figheight(), LINE * TITLE * (len(title) - 1)
        notes = textwrap.wrap(self.footnote(), 215)
        figure.subplots_adjust(
            left=0.2, right=0.985, wspace=0.06, top=1 - (1.0 + more) / height, bottom=(0.56 + 0.14 * len(notes)) / height
        )
        style: dict[str, Any] = {"fontsize": TITLE, "color": INK, "va": "top", "weight": "bold", "parse_math": False}
        figure.text(0.012, 1 - 0.14 / height, "\n".join(title), linespacing=1.3, **style)
        figure.legend(
            handles=self.handles(),
            loc="upper left",
            bbox_to_anchor=(0.005, 1 - (0.42 + more) / height),
            ncols=5,
            frameon=False,
            fontsize=8,
            handlelength=1.8,
            columnspacing=1.6,
            labelcolor=INK,
        )
        figure.text(0.012, 0.1 / height, "\n".join(notes), fontsize=7, color=GREY, va="bottom", parse_math=False)

    def handles(self) -> list[Artist]:
        """Explain the marks."""
        marks: list[Artist] = [
            Patch(color=DRAWS, label=_("draws by seats, each row on its own height")),
            Line2D([], [], color=INTERVAL, linewidth=2.3, label=_("90 % interval")),
            mark("o", INTERVAL, 4.6, _("median")),
            mark("D", INK, 5.5, _("count of the polled shares"), markerfacecolor="none"),
        ]
        return [*marks, *([mark("|", RESULT, 11, _("official result"), markeredgewidth=2.0)] if self.official else [])]

    def footnote(self) -> str:
        """Say what the picture rests on."""
        result, notes = self.result, grounds(self.result.question)
        if len(self.parties) < len(result.parties):
            left = len(result.parties) - len(self.parties)
            said = several(
                "Not drawn: {n} with a seat in less than {share} of the draws",
                "Not drawn: {n} with a seat in less than {share} of the draws",
                left,
            )
            notes.append(said.format(n=left, share=short_percent(RARE)))
        return ". ".join([*notes, source(result.n_draws, result.seed, result.version)])
