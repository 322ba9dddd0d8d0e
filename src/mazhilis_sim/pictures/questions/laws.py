"""The picture of a comparison: one election under several laws, a panel for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mazhilis_sim.languages import _, counted, number
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import ASSEMBLY
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.comparing import Comparison


@dataclass(frozen=True)
class OneLaw:
    """What one law makes of the votes.

    Parameters
    ----------
    called : str
        The law, in the language spoken.
    total_seats : int
    seats : mapping of str to int
        Empty where it defines no result.
    reason : str
        Why there is none.
    """

    called: str
    total_seats: int
    seats: Mapping[str, int]
    reason: str = ""


@dataclass(frozen=True)
class Laws:
    """What is drawn of a comparison, whether it was just made or saved.

    Parameters
    ----------
    laws : sequence of OneLaw
    parties : sequence of str
    election : str
    votes : mapping of str to int
        By list: those with most stand first.
    """

    laws: Sequence[OneLaw]
    parties: Sequence[str]
    election: str
    votes: Mapping[str, int]


def take(found: Comparison | Laws) -> Laws:
    """Return what is drawn of a comparison."""
    if isinstance(found, Laws):
        return found
    laws = [OneLaw(each.called, each.law.total_seats, each.seats, each.reason) for each in found.by_law.values()]
    return Laws(laws, found.parties, found.election.name, found.election.list_votes)


def say(comparison: Laws, names: Names) -> Said:
    """Say whose seats depend on the law most."""
    defined = [found for found in comparison.laws if found.seats]
    title = finding(comparison, names, defined) if defined else _("No law defines a result")
    reasons = [f"{found.called}: {found.reason}" for found in comparison.laws if found.reason]
    by_law = _("law {law}: {seats}")
    said = "; ".join(by_law.format(law=found.called, seats=listed(found, names)) for found in defined)
    under = _("All seats, election {election} counted by each law").format(election=comparison.election)
    return Said(title, " ".join(under.split()), reasons, said)


def finding(comparison: Laws, names: Names, defined: list[OneLaw]) -> str:
    """Name the party whose share of the chamber changes most, and the laws between which it does."""

    def share(found: OneLaw, party: str) -> float:
        return found.seats.get(party, 0) / found.total_seats

    def change(party: str) -> float:
        shares = [share(found, party) for found in defined]
        return max(shares) - min(shares)

    party = max((each for each in comparison.parties if each != ASSEMBLY), key=change)
    ranked = sorted(defined, key=lambda found: share(found, party))
    least, most = ranked[0], ranked[-1]
    if not change(party):
        same = _("Every law gives the same shares of seats, {party} {seats}")
        return same.format(party=names[party], seats=seats_of(most, party))
    said = _("{party} has {few} by law {least}, {many} by law {most}")
    ends = {"few": seats_of(least, party), "many": seats_of(most, party)}
    return said.format(party=names[party], least=least.called, most=most.called, **ends)


def seats_of(found: OneLaw, party: str) -> str:
    """Say a party's seats of all."""
    return counted("{held} of {n} seat", "{held} of {n} seats", found.total_seats, held=number(found.seats.get(party, 0)))


def listed(found: OneLaw, names: Names) -> str:
    """List the seats of one law."""
    return ", ".join(f"{names[party]} {won}" for party, won in found.seats.items() if won)


def paint(comparison: Laws, names: Names, said: Said) -> Sheet:
    """Draw a row for each party, those with most votes first; bars are shares of each chamber."""
    parties = sorted(comparison.parties, key=lambda party: -comparison.votes.get(party, -1))
    colours = colours_of(comparison.parties)
    panels = [panel(found, parties) for found in comparison.laws]
    return draw_bars(said, [names[party] for party in parties], [colours[party] for party in parties], panels)


def panel(found: OneLaw, parties: Sequence[str]) -> Panel:
    """Make the panel of one law."""
    head = counted("law {law}: {n} seat", "law {law}: {n} seats", found.total_seats, law=found.called)
    if not found.seats:
        return Panel(head, [None] * len(parties), ["?"] * len(parties), most=1.0)
    won = [found.seats.get(party, 0) for party in parties]
    return Panel(head, [each / found.total_seats for each in won], [str(each) for each in won])


draw = picture(say, paint, take)
