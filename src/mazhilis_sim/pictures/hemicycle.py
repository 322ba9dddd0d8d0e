"""The chamber as a hemicycle: a dot for each seat, the parties side by side, appointed members apart; of a count, or of a forecast."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matplotlib.patches import Circle

from mazhilis_sim.counting.result import Allocation, Chamber
from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, law_called
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import ASSEMBLY
from mazhilis_sim.pictures.marks import INK
from mazhilis_sim.pictures.sheets.letters import fit, inches, spread
from mazhilis_sim.pictures.sheets.sheet import SIDE, Said, Sheet, picture
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.distribution.summary import grounds, source
from mazhilis_sim.tables import list_names

WIDTH, RADIUS, INNER = 11.5, 2.5, 0.38
"""Inches of the sheet and of the outermost row; radius of the innermost row, as a share of it."""
DOT, LARGEST = 0.42, 0.12
"""Radius of a dot, as a share of how far dots are apart; how far they are apart at most for it."""
LABEL, LABEL_GAP, SPOT = 9.0, 0.19, 0.06
FADED = 0.35
"""How much is left of the colour of a seat that is not sure; the paper shows through."""
MANY = 12
"""Parties beyond which every second one stands at the other side, so that labels find room."""
MOST_DOTS = 1_000
"""A larger chamber is drawn by as many dots, each for several seats."""


@dataclass(frozen=True)
class Block:
    """The seats of one party, beside each other.

    Parameters
    ----------
    name, colour : str
    seats : int
    sure : int
        Seats that are drawn full; the others are faded.
    label : str
        Seats as they are written.
    """

    name: str
    colour: str
    seats: int
    sure: int
    label: str


def blocks(
    seats: Mapping[str, int], names: Names, low: Mapping[str, int] | None = None, labels: Mapping[str, str] | None = None
) -> list[Block]:
    """Return the elected parties with seats from left to right, the largest first; of many, the smallest in the middle."""
    colours, sure = colours_of(seats), seats if low is None else low
    ranked = sorted((party for party in seats if seats[party] and party != ASSEMBLY), key=lambda party: -seats[party])
    ranked = [*ranked[::2], *ranked[1::2][::-1]] if len(ranked) > MANY else ranked
    return [
        Block(names[party], colours[party], seats[party], min(sure[party], seats[party]), (labels or {}).get(party, str(seats[party])))
        for party in ranked
    ]


# -- where the seats stand ---------------------------------------------------------------------------------------------


def places(seats: int) -> tuple[list[tuple[float, float]], float]:
    """Return (angle, radius) of each dot from left to right, in shares of the outermost row, and how far dots are apart."""
    rows = next(rows for rows in range(1, seats + 1) if sum(room_in(rows)) >= seats)
    radii = radii_of(rows)
    ends = [round(seats * sum(radii[: row + 1]) / sum(radii)) for row in range(rows)]
    in_row = [end - begin for begin, end in zip([0, *ends], ends, strict=False)]
    found = [(angle, radius) for number, radius in zip(in_row, radii, strict=True) for angle in angles(number)]
    return sorted(found, key=lambda place: (-place[0], place[1])), min(1 - INNER, (1 - INNER) / rows, math.pi * INNER)


def radii_of(rows: int) -> list[float]:
    """Return the radii of so many rows."""
    return [1 - (1 - INNER) * row / rows for row in range(rows)][::-1]


def room_in(rows: int) -> list[int]:
    """Return how many dots each of so many rows has room for, as far apart as the rows are."""
    return [int(math.pi * radius * rows / (1 - INNER)) for radius in radii_of(rows)]


def angles(number: int) -> Iterator[float]:
    """Yield the angles of dots in one row, from left to right."""
    return (math.pi * (1 - (place + 0.5) / number) for place in range(number))


# -- drawing -----------------------------------------------------------------------------------------------------------


def draw_blocks(said: Said, found: list[Block], vacant: int, appointed: int, middle: tuple[str, str], names: Names) -> Sheet:
    """Draw parties as blocks of dots with their labels at both sides, and appointed members below."""
    below = 0.5 if appointed else 0.15
    sheet = Sheet(WIDTH, max(RADIUS + 0.35, LABEL_GAP * (len(found) // 2 + 3 if len(found) > MANY else len(found))) + below, said)
    floor = sheet.floor + below
    total = sum(block.seats for block in found) + vacant
    dots, apart = places(min(total, MOST_DOTS)) if total else ([], 1.0)
    by_block = dict.fromkeys(range(len(found)), 0.0)
    size = DOT * RADIUS * min(apart, LARGEST)
    owners = owners_of(found, vacant, len(dots))
    for (angle, radius), (place, sure) in zip(dots, owners, strict=True):
        colour = found[place].colour if place < len(found) else "white"
        draw_dot(sheet, WIDTH / 2 + RADIUS * radius * math.cos(angle), floor + RADIUS * radius * math.sin(angle), size, colour, sure)
    for place in by_block:
        by_block[place] = middle_of([angle for (angle, _), (owner, _) in zip(dots, owners, strict=True) if owner == place])
    sheet.write(middle[0], WIDTH / 2, floor + 0.42, 20, ha="center", weight="bold")
    sheet.write(middle[1], WIDTH / 2, floor + 0.14, 9, ha="center")
    label_blocks(sheet, found, [by_block[place] for place in range(len(found))], floor)
    if appointed:
        draw_appointed(sheet, appointed, names)
    return sheet


def middle_of(angles: list[float]) -> float:
    """Return the middle of a block; a party too small for a dot of its own stands at the right."""
    return (min(angles) + max(angles)) / 2 if angles else 0.0


def owners_of(found: list[Block], vacant: int, dots: int) -> list[tuple[int, bool]]:
    """Return for each dot whose seat it is, and whether it is sure; vacant seats come last."""
    seats = [(place, number < block.sure) for place, block in enumerate(found) for number in range(block.seats)]
    seats += [(len(found), True)] * vacant
    return [seats[int((dot + 0.5) * len(seats) / dots)] for dot in range(dots)]


def draw_dot(sheet: Sheet, x: float, y: float, size: float, colour: str, sure: bool) -> None:
    """Draw one seat."""
    face, edge = (colour, INK) if sure else ((colour, FADED), colour)
    sheet.put(Circle((x, y), size, facecolor=face, edgecolor=edge, linewidth=0.3 if sure else 0.7))


def label_blocks(sheet: Sheet, found: list[Block], at: list[float], floor: float) -> None:
    """Write each party beside its seats, at the side on which they stand, with a line to them."""
    for side in (-1, 1):
        mine = [place for place in range(len(at)) if stands_left(place, at) == (side < 0)]
        wanted = [floor + RADIUS * math.sin(at[place]) for place in mine]
        heights = spread(wanted, LABEL_GAP, floor + 0.05, sheet.top - 0.1)
        for place, y in zip(mine, heights, strict=True):
            label_block(sheet, found[place], at[place], y, side, floor)


def stands_left(place: int, at: list[float]) -> bool:
    """Tell on which side a label stands: that of its seats; of many, half of them on each."""
    return place < (len(at) + 1) // 2 if len(at) > MANY else at[place] > math.pi / 2


def label_block(sheet: Sheet, block: Block, angle: float, y: float, side: int, floor: float) -> None:
    """Write one label: a spot of the colour, the name, the seats."""
    edge = WIDTH / 2 + side * (RADIUS + 0.4)
    outer = 1.05 * RADIUS
    sheet.line([WIDTH / 2 + outer * math.cos(angle), WIDTH / 2 + side * (RADIUS + 0.25), edge], [floor + outer * math.sin(angle), y, y])
    draw_dot(sheet, edge + side * 0.08, y, SPOT, block.colour, True)
    room = WIDTH / 2 - RADIUS - 0.4 - 0.2 - SIDE
    words = f"  {block.label}" if side > 0 else f"{block.label}  "
    name = fit(block.name, LABEL, room - inches(words, LABEL) - 0.05)
    text = f"{name}{words}" if side > 0 else f"{words}{name}"
    sheet.write(text, edge + side * 0.2, y, LABEL, ha="left" if side > 0 else "right")


def draw_appointed(sheet: Sheet, appointed: int, names: Names) -> None:
    """Draw those who are appointed in a row of their own below."""
    colour, y = colours_of([ASSEMBLY])[ASSEMBLY], sheet.floor + 0.15
    shown = min(appointed, 30)
    for place in range(shown):
        draw_dot(sheet, WIDTH / 2 - 0.16 * place - 0.1, y, SPOT, colour, True)
    sheet.write(_("{who}, appointed  {n}").format(who=names[ASSEMBLY], n=appointed), WIDTH / 2 + 0.1, y, LABEL)


# -- of a count --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seats:
    """The seats of a chamber as they were told, or those of the lists alone.

    Parameters
    ----------
    law : ElectoralLaw
    seats : dict of str to int
    """

    law: ElectoralLaw
    seats: Mapping[str, int]


def say_chamber(chamber: Chamber | Seats, names: Names) -> Said:
    """Say who has a majority."""
    seats = {party: won for party, won in chamber.seats.items() if party != ASSEMBLY}
    law = chamber.law
    party = max(seats, key=lambda each: seats[each])
    held = counted("{held} of {n} seat", "{held} of {n} seats", law.total_seats, held=number(seats[party]))
    title = (
        _("{party} has a majority: {held}") if seats[party] >= law.majority else _("Nobody has a majority; {party} has {held}")
    ).format(party=names[party], held=held)
    out = [names[each] for each, won in seats.items() if not won]
    notes = [_("Without a seat: {parties}").format(parties=list_names(out)) if out else "", *notes_of(law.total_seats)]
    under = _("Seats by law {law}; a majority is {majority}").format(law=law_called(law), majority=law.majority)
    return Said(title, under, notes, listed(chamber.seats, names))


def notes_of(seats: int) -> list[str]:
    """Say how many seats a dot stands for, where it is not one."""
    return [_("A dot stands for {n} seats").format(n=number(seats / MOST_DOTS, ".1f"))] if seats > MOST_DOTS else []


def listed(seats: Mapping[str, int], names: Names) -> str:
    """List the seats."""
    return ", ".join(f"{names[party]} {won}" for party, won in seats.items() if won)


def paint_chamber(chamber: Chamber | Seats, names: Names, said: Said) -> Sheet:
    """Draw the seats of a count."""
    law, appointed = chamber.law, chamber.seats.get(ASSEMBLY, 0)
    found = blocks(chamber.seats, names)
    vacant = law.total_seats - appointed - sum(block.seats for block in found)
    return draw_blocks(said, found, vacant, appointed, (str(law.total_seats), _("seats")), names)


# -- of a forecast -----------------------------------------------------------------------------------------------------


def say_forecast(forecast: SeatDistribution, names: Names) -> Said:
    """Say how many seats the largest party gets."""
    law, seats = forecast.law, elected(forecast)
    party = max(seats, key=lambda each: seats[each])
    low, high = forecast.interval(party, 0.9, tier_of(forecast))
    said = several(
        "{party} gets {low} to {high} of {n} seat in nine of ten simulated elections",
        "{party} gets {low} to {high} of {n} seats in nine of ten simulated elections",
        law.total_seats,
    )
    title = said.format(party=names[party], low=low, high=high, n=number(law.total_seats))
    under = _(
        "Seats where the polled shares are counted as they are, from which medians may differ, and 90 % intervals: "
        "faded seats are lost at the lower end; a majority is {majority}"
    ).format(majority=law.majority)
    rows = "; ".join(f"{names[each]} {labels_of(forecast)[each]}" for each in seats)
    few = [names[each] for each, won in seats.items() if not won and forecast.interval(each, 0.9, tier_of(forecast))[1]]
    upper = _("With seats at the upper end of the interval alone: {parties}")
    notes = [upper.format(parties=list_names(few)) if few else "", *grounds(forecast.question)]
    return Said(title, under, [*notes, source(forecast.n_draws, forecast.seed, forecast.version), *notes_of(law.total_seats)], rows)


def tier_of(forecast: SeatDistribution) -> str:
    """Return the tier that holds all elected seats that are simulated."""
    return "total" if forecast.question.districts is not None else "list"


def elected(forecast: SeatDistribution) -> dict[str, int]:
    """Return the seats where the polled shares themselves are counted."""
    counted = forecast.point[tier_of(forecast)]
    return {party: counted.get(party, 0) for party in forecast.parties}


def labels_of(forecast: SeatDistribution) -> dict[str, str]:
    """Write the seats of each party and their interval."""
    ends = {party: forecast.interval(party, 0.9, tier_of(forecast)) for party in forecast.parties}
    return {party: f"{won} ({ends[party][0]}–{ends[party][1]})" for party, won in elected(forecast).items()}


def paint_forecast(forecast: SeatDistribution, names: Names, said: Said) -> Sheet:
    """Draw the seats where the polled shares are counted; those that a party has at the lower end of its interval are full."""
    law, seats = forecast.law, elected(forecast)
    low = {party: forecast.interval(party, 0.9, tier_of(forecast))[0] for party in seats}
    simulated = law.list_seats + (law.district_seats if tier_of(forecast) == "total" else 0)
    vacant = simulated - sum(seats.values())
    found = blocks(seats, names, low, labels_of(forecast))
    return draw_blocks(said, found, vacant, law.appointed_seats, (str(simulated), _("elected seats")), names)


def say_lists(allocation: Allocation, names: Names) -> Said:
    """Say who has most of the list seats."""
    party = max(allocation.seats, key=lambda each: allocation.seats[each])
    of = counted("{n} list seat", "{n} list seats", allocation.law.list_seats)
    title = _("{party} has {seats} of {all_seats}").format(party=names[party], seats=allocation.seats[party], all_seats=of)
    out = [names[each] for each, won in allocation.seats.items() if not won]
    notes = [_("Without a seat: {parties}").format(parties=list_names(out)) if out else "", *notes_of(allocation.law.list_seats)]
    return Said(title, _("List seats by law {law}").format(law=law_called(allocation.law)), notes, listed(allocation.seats, names))


def paint_lists(allocation: Allocation, names: Names, said: Said) -> Sheet:
    """Draw the list seats of a count."""
    seats = allocation.law.list_seats
    vacant = seats - sum(allocation.seats.values())
    return draw_blocks(said, blocks(allocation.seats, names), vacant, 0, (str(seats), _("list seats")), names)


draw = picture(say_chamber, paint_chamber)
draw_lists = picture(say_lists, paint_lists)
draw_forecast = picture(say_forecast, paint_forecast)
