"""The picture of a law: the chamber by the ways in which its seats are filled."""

from __future__ import annotations

from mazhilis_sim.languages import _, counted
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, law_called
from mazhilis_sim.legislation.methods import method_title
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.hemicycle import Block, draw_blocks
from mazhilis_sim.pictures.marks import INTERVAL, RESULT
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.tables import short_percent


def say(law: ElectoralLaw, _names: Names) -> Said:
    """Say how large the chamber is and how high the threshold."""
    title = counted(
        "Law {name}: {n} seat, a threshold of {threshold}",
        "Law {name}: {n} seats, a threshold of {threshold}",
        law.total_seats,
        name=law_called(law),
        threshold=short_percent(law.threshold),
    )
    under = _("Seats by the way in which they are filled; a majority is {majority}; list seats by {method}").format(
        majority=law.majority, method=method_title(law.method)
    )
    numbers = _("{lists} on lists, {districts} in districts, {appointed} appointed").format(
        lists=law.list_seats, districts=law.district_seats, appointed=law.appointed_seats
    )
    return Said(title, under, [sentence(_(law.in_force))], numbers)


def sentence(text: str) -> str:
    """Begin a note as a sentence begins."""
    return text[:1].upper() + text[1:]


def paint(law: ElectoralLaw, names: Names, said: Said) -> Sheet:
    """Draw list seats and districts side by side, and appointed members below."""
    ways = ((_("lists"), INTERVAL, law.list_seats), (_("districts"), RESULT, law.district_seats))
    found = [Block(name, colour, seats, seats, str(seats)) for name, colour, seats in ways if seats]
    return draw_blocks(said, found, 0, law.appointed_seats, (str(law.total_seats), _("seats")), names)


draw = picture(say, paint)
