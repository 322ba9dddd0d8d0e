"""The picture of margins: how many votes each list was from its next seat, from losing one, and from the threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from mazhilis_sim.languages import _, counted, marked, number
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.closeness.margin_tables import Margin
from mazhilis_sim.questions.closeness.margins import Margins
from mazhilis_sim.tables import short_percent

NONE = marked("none")
"""Written where no number of votes does it."""


@dataclass(frozen=True)
class Closeness:
    """What is drawn of margins, whether they were just found or saved.

    Parameters
    ----------
    by_party : mapping of str to Margin
    rival : str, optional
        From or to whom votes move.
    law : str
        What the law is called.
    threshold : Fraction
    """

    by_party: Mapping[str, Margin]
    rival: str | None
    law: str
    threshold: Fraction


def take(found: Margins | Closeness) -> Closeness:
    """Return what is drawn of margins."""
    if isinstance(found, Closeness):
        return found
    return Closeness(found.by_party, found.rival, found._law_label, found.allocation.law.threshold)


def say(margins: Closeness, names: Names) -> Said:
    """Say who was closest to another seat."""
    found = [(margin.to_gain, margin.party) for margin in margins.by_party.values() if margin.to_gain is not None]
    title = _("No list can gain a seat")
    if found:
        votes, party = min(found)
        title = counted(
            "{party} was closest to another seat: {n} vote short",
            "{party} was closest to another seat: {n} votes short",
            votes,
            party=names[party],
        )
    of = _("Votes, moved to and from {party}").format(party=names[margins.rival]) if margins.rival else _("Votes")
    under = _("{votes}, law {law}, threshold {share}; bars on a logarithmic scale")
    said = _("{party} {gain} to gain, {lose} to lose")
    found_of = margins.by_party.values()
    numbers = "; ".join(said.format(party=names[m.party], gain=written(m.to_gain), lose=written(m.to_lose)) for m in found_of)
    note = (
        _("The fewest votes that do it, those of all other lists unchanged but the one they move from or to")
        if margins.rival
        else _("The fewest votes that do it, those of all other lists unchanged")
    )
    return Said(title, under.format(votes=of, law=margins.law, share=short_percent(margins.threshold)), [note], numbers)


def paint(margins: Closeness, names: Names, said: Said) -> Sheet:
    """Draw a row for each list, the largest first."""
    rows = sorted(margins.by_party.values(), key=lambda margin: -margin.votes)
    colours = colours_of(margins.by_party)
    panels = [
        panel(_("to gain a seat"), [margin.to_gain for margin in rows]),
        panel(_("to lose a seat"), [margin.to_lose for margin in rows]),
        panel(_("from the threshold"), [from_threshold(margin) for margin in rows], [passes(margin) for margin in rows]),
    ]
    panels = panels if margins.threshold else panels[:2]
    return draw_bars(said, [names[margin.party] for margin in rows], [colours[margin.party] for margin in rows], panels)


def panel(head: str, votes: list[int | None], sides: list[str] | None = None) -> Panel:
    """Make a panel of numbers of votes."""
    texts = [f"{written(each)}{side}" for each, side in zip(votes, sides or [""] * len(votes), strict=True)]
    return Panel(head, votes, texts, powers=True)


def written(votes: int | None) -> str:
    """Write a number of votes."""
    return _(NONE) if votes is None else number(votes)


def from_threshold(margin: Margin) -> int | None:
    """Return the votes between a list and the threshold, on either side."""
    return margin.to_enter or margin.to_fall


def passes(margin: Margin) -> str:
    """Tell which side of the threshold a list is on, where there are two."""
    return "" if from_threshold(margin) is None else _(" short") if margin.to_enter else _(" above")


draw = picture(say, paint, take)
