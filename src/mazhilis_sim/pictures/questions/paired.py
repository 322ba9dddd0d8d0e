"""Pictures of the same voters by several laws: mean seats by each, and how often one law gives a party more than another."""

from __future__ import annotations

from matplotlib.ticker import FuncFormatter, MaxNLocator

from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import GREY, GRID
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import SIDE, Said, Sheet, picture
from mazhilis_sim.questions.paired import Paired, SeatDifference
from mazhilis_sim.tables import chance, per_cent

HEIGHT = 3.0
"""Inches of a histogram."""


def say(found: Paired, names: Names) -> Said:
    """Say whose seats depend on the law most."""
    old, new = found.laws[0], found.laws[-1]
    changes = {party: found.difference(party, new) for party in found.parties}
    party = max(changes, key=lambda each: abs(changes[each].mean))
    title = _("{party}: {seats} seats on average by law {new} beside law {old}").format(
        party=names[party], seats=number(changes[party].mean, "+.1f"), new=found.called[new], old=found.called[old]
    )
    under = several("Mean seats by {n} law, the same voters", "Mean seats by {n} laws, the same voters", len(found)).format(n=len(found))
    draws = counted("{n} draw, seed {seed}", "{n} draws, seed {seed}", found.n_draws, seed=found.seed)
    notes = [_("{draws}; after ± the standard error").format(draws=draws)]
    numbers = "; ".join(f"{names[each]} {number(change.mean, '+.2f')}" for each, change in changes.items())
    return Said(title, under, notes, numbers)


def paint(found: Paired, names: Names, said: Said) -> Sheet:
    """Draw a row for each party and a panel for each law, all on one scale."""
    first, colours = found.first, colours_of(found.parties)
    parties = sorted(found.parties, key=lambda party: -(first.mean(party) if party in first.parties else 0.0))
    means = {law: [found[law].mean(party) if party in found[law].parties else 0.0 for party in parties] for law in found.laws}
    most = max(max(values) for values in means.values())
    panels = [
        Panel(_("law {law}").format(law=found.called[law]), values, [written(found, law, party) for party in parties], most)
        for law, values in means.items()
    ]
    return draw_bars(said, [names[party] for party in parties], [colours[party] for party in parties], panels)


def written(found: Paired, law: str, party: str) -> str:
    """Write mean seats, and how many more they are than by the first law."""
    row = found.row(party, law)
    more, se = row["difference"], row["difference_se"]
    if more is None:
        return number(row["mean"], ".1f")
    beside = f"{number(more, '+.2f')} ± {number(se, '.1g')}" if more or se else number(0)
    return f"{number(row['mean'], '.1f')}  ({beside})"


# -- one party ---------------------------------------------------------------------------------------------------------


def say_difference(found: SeatDifference, names: Names) -> Said:
    """Say how often a party has more seats by the new law."""
    old, new = found.laws
    title = _("{party} has more seats by law {new} than by law {old} in {chance} of the draws").format(
        party=names[found.party], new=new, old=old, chance=chance(found.p_more())
    )
    under = _("Draws by the difference of seats; {mean} on average").format(
        mean=f"{number(found.mean, '+.2f')} ± {number(found.se, '.1g')}"
    )
    numbers = "; ".join(f"{row['seats']:+d}: {number(row['draws'])}" for row in found.rows())
    return Said(title, under, [counted("{n} draw", "{n} draws", found.draws)], numbers)


def paint_difference(found: SeatDifference, _names: Names, said: Said) -> Sheet:
    """Draw a bar for each difference that came."""
    sheet, rows = Sheet(7.0, HEIGHT, said), found.rows()
    axes = sheet.chart(SIDE + 0.3, SIDE, 0.35)
    seats = [row["seats"] for row in rows]
    axes.bar(seats, [100 * row["draws"] / found.draws for row in rows], width=0.9, color=colours_of([found.party])[found.party])
    axes.set_xlim(min(-1, *seats) - 0.6, max(1, *seats) + 0.6)
    axes.tick_params(labelsize=8, colors=GREY, length=3)
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda x, _: per_cent(number(x, "g"))))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    return sheet


draw = picture(say, paint)
draw_difference = picture(say_difference, paint_difference)
