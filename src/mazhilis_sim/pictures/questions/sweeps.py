"""Pictures of sweeps: seats along one number of a law, exact with the points at which they change, or forecast with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.legislation.electoral_law import field_words
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import GREY, GRID
from mazhilis_sim.pictures.sheets.colours import in_line
from mazhilis_sim.pictures.sheets.letters import fit, inches, spread
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.forecast_sweep import ForecastSweep
from mazhilis_sim.questions.forecast_sweep import shown as as_shown
from mazhilis_sim.questions.sweeping.breakpoints import Breakpoint, Piece, Sweep
from mazhilis_sim.questions.sweeping.sweepable import SWEPT, is_whole
from mazhilis_sim.tables import list_names, per_cent, percent

WIDTH, LEFT, RIGHT, ABOVE, BELOW = 9.5, 0.65, 2.4, 0.3, 0.35
LABEL, LABEL_GAP, LOWEST = 8.5, 0.17, 4.0
VALUE_ROWS, ROW = 2, 0.13
"""Rows of values above the points at which seats change, and how far they are apart."""
MOST_INTERVALS = 12
"""Parties up to which intervals are drawn beside each other."""
DODGE = 0.5
"""How far they are apart, as a share of the least distance of two values, all together."""
FAR = 2.5
"""A last point so many times further than the one before is not drawn: all others would stand close together."""
BEYOND = 0.08
"""How far the axis reaches beyond the last point at which seats change, as a share of it."""


@dataclass(frozen=True)
class Line:
    """The seats of one party along a sweep.

    Parameters
    ----------
    name, colour : str
    xs, seats : sequence of float
        NaN where no allocation is defined.
    low, high : sequence of float, optional
        Ends of intervals.
    """

    name: str
    colour: str
    xs: Sequence[float]
    seats: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


def draw_lines(said: Said, lines: Sequence[Line], ends: tuple[float, float]) -> tuple[Sheet, Axes]:
    """Draw lines with their names at the right end."""
    sheet = Sheet(WIDTH, max(LOWEST, LABEL_GAP * len(lines) + ABOVE + BELOW), said)
    axes = sheet.chart(LEFT, RIGHT, BELOW, ABOVE)
    most = max([1.0, *(value for line in lines for value in (*line.seats, *line.high) if value == value)])
    axes.set(xlim=ends, ylim=(-0.02 * most, 1.04 * most))
    for line in lines:
        axes.plot(line.xs, line.seats, color=line.colour, linewidth=1.6, solid_joinstyle="round")
        if line.low and len(lines) <= MOST_INTERVALS:
            axes.vlines(line.xs, line.low, line.high, color=line.colour, linewidth=2.2, alpha=0.55)
            axes.plot(line.xs, line.seats, "o", color=line.colour, markersize=4)
    axes.tick_params(labelsize=8, colors=GREY, length=3)
    axes.yaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.set_ylabel(_("seats"), fontsize=8, color=GREY)
    label_lines(sheet, lines, most)
    return sheet, axes


def label_lines(sheet: Sheet, lines: Sequence[Line], most: float) -> None:
    """Write names and last seats to the right of the lines, each with a line to its own."""
    low, high = sheet.floor + BELOW, sheet.top - ABOVE
    right = WIDTH - RIGHT
    wanted = [low + (high - low) * (last(line) / most + 0.02) / 1.06 for line in lines]
    for line, at, y in zip(lines, wanted, spread(wanted, LABEL_GAP, low, high), strict=True):
        sheet.line([right + 0.03, right + 0.22, right + 0.3], [at, y, y], color=line.colour, linewidth=0.8)
        seats = f"  {number(last(line), 'g')}" + (f" ({line.low[-1]}–{line.high[-1]})" if line.low else "")
        sheet.write(fit(line.name, LABEL, RIGHT - 0.55 - inches(seats, LABEL)) + seats, right + 0.36, y, LABEL)


def last(line: Line) -> float:
    """Return the last seats that are defined."""
    return next((seats for seats in reversed(line.seats) if seats == seats), 0.0)


def mark_points(sheet: Sheet, axes: Axes, points: Sequence[tuple[float, str]]) -> None:
    """Draw where seats change, and write the value above, in the first row that has room for it."""
    low, high = axes.get_xlim()
    free = [LEFT - 0.3] * VALUE_ROWS
    for at, text in points:
        axes.axvline(at, color=GREY, linewidth=0.5, linestyle=(0, (2, 2)), zorder=0.6)
        x = LEFT + (WIDTH - LEFT - RIGHT) * (at - low) / (high - low)
        half = inches(text, 7) / 2 + 0.03
        row = next((row for row, end in enumerate(free) if x - half >= end), None)
        if row is not None:
            sheet.write(text, x, sheet.top - ABOVE + 0.08 + ROW * row, 7, ha="center", color=GREY)
            free[row] = x + half


@dataclass(frozen=True)
class Swept:
    """What is drawn of a sweep, whether it was just made or saved.

    Parameters
    ----------
    what : str
        The number that moves.
    own : Fraction
        What the law itself has.
    law : str
        What the law is called.
    pieces : sequence of Piece
    breakpoints : sequence of Breakpoint
    paradoxes : sequence of (int, str)
        Sizes with which a list has fewer seats than with one less.
    election : str
    parties : sequence of str
    """

    what: str
    own: Fraction
    law: str
    pieces: Sequence[Piece]
    breakpoints: Sequence[Breakpoint]
    paradoxes: Sequence[tuple[int, str]]
    election: str
    parties: Sequence[str]


# -- exact -------------------------------------------------------------------------------------------------------------


def take_exact(found: Sweep | Swept) -> Swept:
    """Return what is drawn of a sweep."""
    if isinstance(found, Swept):
        return found
    points = found.what, found._own, found._law_label, found.pieces, found.breakpoints, found.paradoxes
    return Swept(*points, found.election.name, found.election.parties)


def say_exact(sweep: Swept, names: Names) -> Said:
    """Say how many points there are, and which is nearest to the law."""
    points, own = [point.at for point in sweep.breakpoints], sweep.own
    what = _(SWEPT[sweep.what].title)
    title = _("The seats stay the same whatever {number}").format(number=what)
    if points:
        nearest = min(points, key=lambda at: abs(at - own))
        said = several(
            "Seats change at {n} point; nearest to the law's {own} is {nearest}",
            "Seats change at {n} points; nearest to the law's {own} is {nearest}",
            len(points),
        )
        title = said.format(n=len(points), own=shown(sweep, own), nearest=shown(sweep, nearest))
    if sweep.what == "list_seats":
        title = of_sizes(sweep, names)
    becomes = _("at {value}: {before} becomes {after}")
    numbers = "; ".join(
        becomes.format(value=shown(sweep, each.at), before=listed(each.before, names), after=listed(each.after, names))
        for each in sweep.breakpoints
    )
    dashed = _("dashed where a list has fewer seats than with one less") if sweep.what == "list_seats" else _("dashed where seats change")
    beyond = [shown(sweep, at) for at in points if at > right_end(sweep)]
    notes = [_("Seats change beyond what is drawn: at {values}").format(values=list_names(beyond)) if beyond else ""]
    notes += [_("Lines end where the law defines no result") if any(not piece.seats for piece in drawn(sweep)) else ""]
    election = _("election {election}, ").format(election=sweep.election) if sweep.election else ""
    under = _("List seats by {number}, {election}law {law}; {dashed}")
    under = under.format(number=what, election=election, law=sweep.law, dashed=dashed)
    return Said(title, under, notes, numbers)


def of_sizes(sweep: Swept, names: Names) -> str:
    """Say whether a list loses by a larger chamber."""
    found = sweep.paradoxes
    if not found:
        return _("No list has fewer seats in a chamber with one more")
    size, party = found[0]
    more = counted(", and {n} more such size follow", ", and {n} more such sizes follow", len(found) - 1) if len(found) > 1 else ""
    return _("{party} has fewer seats with {size} than with {less} in all").format(party=names[party], size=size, less=size - 1) + more


def listed(seats: dict[str, int], names: Names) -> str:
    """List the seats of those who change."""
    return ", ".join(f"{names[party]} {won}" for party, won in seats.items()) or _("no result")


def right_end(sweep: Swept) -> Fraction:
    """Return where the axis ends: a little beyond the last change that does not stand far off."""
    points, low, high = [point.at for point in sweep.breakpoints], sweep.pieces[0].low, sweep.pieces[-1].high
    while len(points) > 2 and points[-1] - low > FAR * (points[-2] - low):
        points.pop()
    return min(high, low + (points[-1] - low) * Fraction(1 + BEYOND)) if points else high


def drawn(sweep: Swept) -> list[Piece]:
    """Return the pieces as far as they are drawn."""
    high = right_end(sweep)
    return [replace(piece, high=min(piece.high, high)) for piece in sweep.pieces if piece.low <= high]


def shown(sweep: Swept, value: Fraction) -> str:
    """Write a value of the sweep."""
    return str(int(value)) if is_whole(sweep.what) else percent(value, 2)


def paint_exact(sweep: Swept, names: Names, said: Said) -> Sheet:
    """Draw the seats as steps, from the lowest value to a little beyond the last change."""
    pieces, low, high = drawn(sweep), sweep.pieces[0].low, right_end(sweep)
    colours = colours_of(sweep.parties)
    with_seats = [party for party in sweep.parties if any(piece.seats.get(party) for piece in pieces)]
    xs = [float(end) for piece in pieces for end in (piece.low, piece.high)]
    lines = [Line(names[party], in_line(colours[party]), xs, steps(pieces, party)) for party in with_seats]
    sheet, axes = draw_lines(said, lines, (float(low), float(high) if high > low else float(low) + 1))
    sizes = list(dict.fromkeys(Fraction(size) for size, _ in sweep.paradoxes))
    points = sizes if sweep.what == "list_seats" else [point.at for point in sweep.breakpoints if point.at <= high]
    mark_points(sheet, axes, [(float(at), shown(sweep, at)) for at in points])
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x, "g") if is_whole(sweep.what) else per_cent(number(100 * x, "g"))))
    return sheet


def steps(pieces: list[Piece], party: str) -> list[float]:
    """Return the seats of a party at both ends of each piece."""
    return [float(piece.seats[party]) if piece.seats else float("nan") for piece in pieces for _ in range(2)]


# -- forecast ----------------------------------------------------------------------------------------------------------


def say_forecast(sweep: ForecastSweep, names: Names) -> Said:
    """Say whose seats change most from the first value to the last."""
    first, last_ = sweep[0], sweep[len(sweep) - 1]
    change = {party: abs(last_.quantile(party, 0.5) - first.quantile(party, 0.5)) for party in sweep.parties}
    party = max(change, key=lambda each: change[each])
    ends = [at_value(f.quantile(party, 0.5), value) for value, f in zip(sweep.values, sweep.forecasts, strict=True)]
    title = (
        _("{party}: from {least} to {most}").format(party=names[party], least=ends[0], most=ends[-1])
        if change[party]
        else _("No party's median seats differ between the first and the last")
    )
    beside = len(seated(sweep)) <= MOST_INTERVALS
    under = _("Median seats by {number}").format(number=field_words(sweep.field))
    under += _(", with 90 % intervals, parties beside each other") if beside else ""
    numbers = "; ".join(f"{as_shown(value)}: " + ", ".join(f"{names[p]} {f.quantile(p, 0.5)}" for p in seated(sweep)) for value, f in sweep)
    return Said(title, under, sweep.rests_on, numbers)


def at_value(seats: int, value: object) -> str:
    """Say how many seats there are at a value."""
    return counted("{n} seat at {value}", "{n} seats at {value}", seats, value=as_shown(value))


def seated(sweep: ForecastSweep) -> list[str]:
    """Return the parties whose interval holds a seat somewhere."""
    return [party for party in sweep.parties if any(forecast.interval(party)[1] for _, forecast in sweep)]


def paint_forecast(sweep: ForecastSweep, names: Names, said: Said) -> Sheet:
    """Draw medians and intervals along the values; those that are no numbers stand side by side."""
    numeric = all(isinstance(value, (int, Fraction)) for value in sweep.values) and len(sweep) > 1
    xs = [float(value) if numeric else float(place) for place, value in enumerate(sweep.values)]
    order = sorted(range(len(xs)), key=lambda place: xs[place])
    colours, forecasts = colours_of(sweep.parties), [sweep[place] for place in order]
    parties = seated(sweep)
    step = DODGE * min([b - a for a, b in pairwise(sorted(set(xs)))], default=1.0) / len(parties) if len(parties) <= MOST_INTERVALS else 0.0
    lines = [
        Line(
            names[party],
            in_line(colours[party]),
            [xs[place] + step * (number - (len(parties) - 1) / 2) for place in order],
            [float(forecast.quantile(party, 0.5)) for forecast in forecasts],
            *zip(*(forecast.interval(party) for forecast in forecasts), strict=True),
        )
        for number, party in enumerate(parties)
    ]
    aside = step * len(parties) / 2 or 0.02 * (max(xs) - min(xs)) or 1.0
    sheet, axes = draw_lines(said, lines, (min(xs) - aside, max(xs) + aside))
    axes.set_xticks(xs, [as_shown(value) for value in sweep.values])
    return sheet


draw = picture(say_exact, paint_exact, take_exact)
draw_forecast = picture(say_forecast, paint_forecast)
