"""Pictures of whole chambers: two parties' seats together, how the seats of all move together, the likeliest chambers."""

from __future__ import annotations

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

from mazhilis_sim.languages import _, number
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import GREY, INTERVAL, RESULT
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.colours import faded, ink_on
from mazhilis_sim.pictures.sheets.letters import fit
from mazhilis_sim.pictures.sheets.sheet import SIDE, Said, Sheet, picture
from mazhilis_sim.simulation.distribution.joint import Correlation, Joint, Likeliest, of_draws
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.tables import chance

FEW, SMALL, LARGE = 14, 0.2, 0.42
"""Parties beyond which tiles are too small for numbers; inches of a tile."""
NAME, SIDE_OF_JOINT = 1.6, 5.0
SHADES = LinearSegmentedColormap.from_list("draws", [(*(0, 0.447, 0.698), 0.0), (*(0, 0.447, 0.698), 1.0)])
"""From the paper to a colour, so that it is read on any paper."""


# -- two parties -------------------------------------------------------------------------------------------------------


def say_joint(found: Joint, names: Names) -> Said:
    """Say which pair of seats came most often."""
    first, second, n = found.pairs()[0]
    one, other = (names[party] for party in found.parties)
    title = _("Most often {one} has {first} and {other} {second} seats: {chance}").format(
        one=one, first=first, other=other, second=second, chance=chance(Probability(n, found.draws))
    )
    under = _("The darker, the more of the draws gave both numbers of seats")
    return Said(title, under, [of_draws(found.draws, found.kept)], f"{one} {first}, {other} {second}")


def paint_joint(found: Joint, names: Names, said: Said) -> Sheet:
    """Draw the draws by the seats of both."""
    rows, columns = (np.flatnonzero(found.counts.any(axis=axis)) for axis in (1, 0))
    seen = found.counts[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    sheet = Sheet(7.0, SIDE_OF_JOINT, said)
    axes = sheet.chart(SIDE + 0.6, SIDE, 0.5)
    extent = (columns[0] - 0.5, columns[-1] + 0.5, rows[0] - 0.5, rows[-1] + 0.5)
    axes.imshow(seen, cmap=SHADES, aspect="auto", origin="lower", extent=extent, interpolation="nearest")
    axes.tick_params(labelsize=8, colors=GREY, length=3)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(8, integer=True))
    axes.set_xlabel(fit(names[found.parties[1]], 9, 4.0), fontsize=9, parse_math=False)
    axes.set_ylabel(fit(names[found.parties[0]], 9, 4.0), fontsize=9, parse_math=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return sheet


# -- correlations ------------------------------------------------------------------------------------------------------


def moving(found: Correlation) -> list[int]:
    """Return the places of the parties whose seats move."""
    return [place for place in range(len(found.parties)) if not np.isnan(found.values[place, place])]


def say_correlation(found: Correlation, names: Names) -> Said:
    """Say which two parties' seats move together or against each other most."""
    places = moving(found)
    pairs = [(a, b) for a in places for b in places if a < b]
    title = _("No two parties' seats move")
    if pairs:
        a, b = max(pairs, key=lambda pair: abs(found.values[pair]))
        title = _("{one} and {other}: seats correlate by {value}").format(
            one=names[found.parties[a]], other=names[found.parties[b]], value=number(found.values[a, b], "+.2f")
        )
    under = _("Correlations of seats: blue together, orange against each other")
    numbers = "; ".join(f"{names[found.parties[a]]}, {names[found.parties[b]]} {number(found.values[a, b], '+.2f')}" for a, b in pairs)
    return Said(title, under, found.notes(), numbers)


def paint_correlation(found: Correlation, names: Names, said: Said) -> Sheet:
    """Draw a tile for each two parties."""
    places = moving(found)
    side = LARGE if len(places) <= FEW else SMALL
    size = 8.0 if side == LARGE else 7.0
    left, head = SIDE + NAME + 0.1, 0.15
    sheet = Sheet(max(7.0, left + side * len(places) + NAME + SIDE), side * max(1, len(places)) + head, said)
    for row, i in enumerate(places):
        y = sheet.top - head - side * (row + 1)
        sheet.write(fit(names[found.parties[i]], size, NAME), left - 0.08, y + side / 2, size, ha="right")
        for column, j in enumerate(places[: row + 1]):
            draw_tile(sheet, left + side * column, y, side - 0.03, float(found.values[i, j]))
        sheet.write(fit(names[found.parties[i]], size, NAME), left + side * (row + 1) + 0.05, y + side / 2, size, color=GREY)
    return sheet


def draw_tile(sheet: Sheet, x: float, y: float, side: float, value: float) -> None:
    """Draw one correlation, and write it where there is room."""
    colour = faded(INTERVAL if value > 0 else RESULT, abs(value))
    sheet.box(x, y, side, side, colour)
    if side > SMALL:
        text = number(value, "+.1f" if abs(value) < 0.995 else "+.0f")
        sheet.write(text, x + side / 2, y + side / 2, 7, ha="center", color=ink_on(colour))


# -- the likeliest -----------------------------------------------------------------------------------------------------


def say_likeliest(found: Likeliest, names: Names) -> Said:
    """Say which chamber came most often."""
    title = _("The likeliest chamber: {chance} of the draws").format(chance=chance(found.chances[0]))
    return Said(title, _("Chambers that came most often, whole"), found.notes(), "; ".join(called(found, names)))


def called(found: Likeliest, names: Names) -> list[str]:
    """Write each chamber in a line: those with seats, the largest first."""
    chambers = [sorted(zip(found.parties, row, strict=True), key=lambda pair: -pair[1]) for row in found.seats.tolist()]
    return [", ".join(f"{names[party]} {won}" for party, won in chamber if won) for chamber in chambers]


def paint_likeliest(found: Likeliest, names: Names, said: Said) -> Sheet:
    """Draw a row for each chamber."""
    panel = Panel("", [p.value for p in found.chances], [chance(p) for p in found.chances])
    return draw_bars(said, called(found, names), [INTERVAL] * len(found.chances), [panel], names_to=6.0)


draw_joint = picture(say_joint, paint_joint)
draw_correlation = picture(say_correlation, paint_correlation)
draw_likeliest = picture(say_likeliest, paint_likeliest)
