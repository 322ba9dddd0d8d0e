"""The picture of a change: seats before it and after it, of a scenario or of the least change that brings something about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mazhilis_sim.languages import _, counted
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.changing import Change
from mazhilis_sim.questions.solutions.solving import Solution

MOST_NAMED = 8
"""Changes that stand above the picture, the largest; all of them stand in it."""


@dataclass(frozen=True)
class BeforeAndAfter:
    """What is drawn of a change, whether it was just counted or saved.

    Parameters
    ----------
    title : str
    before, after : mapping of str to int
        Seats by party.
    """

    title: str
    before: Mapping[str, int]
    after: Mapping[str, int]


def take(found: Change | Solution | BeforeAndAfter) -> BeforeAndAfter:
    """Return what is drawn of a change."""
    if isinstance(found, BeforeAndAfter):
        return found
    return BeforeAndAfter(found.title, found.before, found.after if isinstance(found, Change) else found.seats)


def before_and_after(found: BeforeAndAfter) -> tuple[dict[str, int], dict[str, int]]:
    """Return the seats before and after, of those who have any."""
    before, after = found.before, found.after
    seated = [party for party in dict.fromkeys((*before, *after)) if before.get(party) or after.get(party)]
    return {party: before.get(party, 0) for party in seated}, {party: after.get(party, 0) for party in seated}


def say(found: BeforeAndAfter, names: Names) -> Said:
    """Say what was changed, and what follows."""
    before, after = before_and_after(found)
    moved = {party: after[party] - before[party] for party in before if after[party] != before[party]}
    largest = sorted(moved, key=lambda party: -abs(moved[party]))[:MOST_NAMED]
    said = ", ".join(f"{names[party]} {moved[party]:+}" for party in moved if party in largest)
    said += counted(", {n} more", ", {n} more", len(moved) - len(largest)) if len(moved) > len(largest) else ""
    under = _("Seats before and after: {changes}").format(changes=said or _("no seat changes"))
    notes = [] if any(after.values()) else [_("After the change the law defines no result")]
    return Said(found.title, under, notes, "; ".join(f"{names[party]} {before[party]}, {after[party]}" for party in before))


def paint(found: BeforeAndAfter, names: Names, said: Said) -> Sheet:
    """Draw a row for each party, both chambers on one scale."""
    before, after = before_and_after(found)
    parties = sorted(before, key=lambda party: -max(before[party], after[party]))
    most = max([*before.values(), *after.values()], default=0)
    changes = [after[party] - before[party] for party in parties]
    panels = [
        Panel(_("before"), [before[party] for party in parties], [str(before[party]) for party in parties], most),
        Panel(
            _("then"),
            [after[party] for party in parties],
            [f"{after[party]}{f'  ({by:+})' if by else ''}" for party, by in zip(parties, changes, strict=True)],
            most,
        ),
    ]
    colours = colours_of(dict.fromkeys((*found.before, *after)))
    return draw_bars(said, [names[party] for party in parties], [colours[party] for party in parties], panels)


draw = picture(say, paint, take)
