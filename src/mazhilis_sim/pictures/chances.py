"""Pictures of chances of a forecast: which lists enter, and which parties have a majority, alone or together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from mazhilis_sim.languages import _, counted, several
from mazhilis_sim.legislation.electoral_law import law_called
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import INTERVAL
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.letters import LONGEST, fit, inches
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.deciding.power_indices import minimal_winning
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.distribution.summary import grounds, source
from mazhilis_sim.tables import rough_chance, short_percent

DOUBT = 0.05
"""A chance further than this from 0 and 1 is in doubt."""
FEW = 3
"""Parties that a title names."""
WIDEST, SIZE = 4.6, 10.0
"""Inches of a coalition's name, and its letters."""
MOST_COALITIONS = 12
"""Rows of coalitions that were not asked for."""
Chances = dict[tuple[str, ...], Probability]


def say_entry(forecast: SeatDistribution, names: Names) -> Said:
    """Say which list's entry is in most doubt."""
    found, law = entry(forecast), forecast.law
    (party,), p = min(found.items(), key=lambda item: abs(item[1].value - 0.5))
    if DOUBT < p.value < 1 - DOUBT:
        title = _("{party} enters in {chance} of the simulated elections").format(party=names[party], chance=rough_chance(p))
    else:
        surely = sum(each.value > 0.5 for each in found.values())
        lists = counted("{n} list", "{n} lists", len(found))
        said = several(
            "{n} of {lists} enters, and hardly anything is in doubt", "{n} of {lists} enter, and hardly anything is in doubt", surely
        )
        title = said.format(n=surely, lists=lists)
    under = _("Chance of reaching the threshold of {threshold}, law {law}")
    return said_of(forecast, names, title, under.format(threshold=short_percent(law.threshold), law=law_called(law)), found)


def say_coalitions(forecast: SeatDistribution, names: Names) -> Said:
    """Say who most likely has a majority with fewest parties."""
    found, law = coalitions(forecast), forecast.law
    parties, p = max(
        found.items(), key=lambda item: (item[1].value > 1 - DOUBT, -len(item[0]) if item[1].value > 1 - DOUBT else item[1].value)
    )
    said = _("{parties}: a majority in {chance} of the simulated elections")
    title = said.format(parties=together(parties, names), chance=rough_chance(p))
    under = several(
        "Chance of at least {majority} of {seats} seat together, law {law}",
        "Chance of at least {majority} of {seats} seats together, law {law}",
        law.total_seats,
    )
    said = under.format(majority=law.majority, seats=law.total_seats, law=law_called(law))
    return said_of(forecast, names, title, said, found)


def together(parties: tuple[str, ...], names: Names) -> str:
    """Name a coalition in a title."""
    if len(parties) <= FEW:
        return names.join(parties)
    return counted("{party} and {n} others", "{party} and {n} others", len(parties) - 1, party=names[parties[0]])


def in_row(parties: tuple[str, ...], names: Names) -> str:
    """Name a coalition beside its bar, each member cut to its part of the room."""
    if inches(names.join(parties)[:LONGEST], SIZE) <= WIDEST:
        return names.join(parties)
    each = WIDEST / len(parties) - inches(" + ", SIZE)
    return " + ".join(fit(names[party], SIZE, each) for party in parties)


def said_of(forecast: SeatDistribution, names: Names, title: str, under: str, found: Chances) -> Said:
    """Put what it rests on and the numbers beside a finding."""
    numbers = "; ".join(f"{names.join(parties)} {rough_chance(p)}" for parties, p in found.items())
    return Said(title, under, [*grounds(forecast.question), source(forecast.n_draws, forecast.seed, forecast.version)], numbers)


def entry(forecast: SeatDistribution) -> Chances:
    """Return each list's chance of entering, the likeliest first."""
    found = {(party,): forecast.p_enters(party) for party in forecast.lists}
    return dict(sorted(found.items(), key=lambda item: -item[1].value))


def coalitions(forecast: SeatDistribution) -> Chances:
    """Return the chances of a majority: of parties alone, and of coalitions that were asked for, or that win in the central count."""
    seats = {party: won for party, won in forecast.point["total"].items() if won}
    asked: Sequence[tuple[str, ...]] = [tuple(each) for each in forecast.question.coalitions]
    winning = asked or list(islice(minimal_winning(seats, forecast.law.majority), MOST_COALITIONS))
    alone = [(party,) for party in forecast.parties if forecast.p_majority(party).value]
    found = dict.fromkeys([*alone, *winning]) or dict.fromkeys([(max(seats, key=lambda party: seats[party], default=forecast.parties[0]),)])
    chances = {parties: forecast.p_majority(parties if len(parties) > 1 else parties[0]) for parties in found}
    return dict(sorted(chances.items(), key=lambda item: -item[1].value))


def painter(find: Callable[[SeatDistribution], Chances]) -> Callable[[SeatDistribution, Names, Said], Sheet]:
    """Make what draws a row for each chance."""

    def paint(forecast: SeatDistribution, names: Names, said: Said) -> Sheet:
        found, colours = find(forecast), colours_of(forecast.parties)
        rows = [colours[parties[0]] if len(parties) == 1 else INTERVAL for parties in found]
        panel = Panel("", [p.value for p in found.values()], [rough_chance(p) for p in found.values()], most=1.0)
        return draw_bars(said, [in_row(parties, names) for parties in found], rows, [panel], widest=4.0, names_to=WIDEST + 0.1)

    return paint


draw_entry = picture(say_entry, painter(entry))
draw_coalitions = picture(say_coalitions, painter(coalitions))
