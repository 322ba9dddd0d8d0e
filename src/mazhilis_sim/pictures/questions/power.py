"""The picture of power: each party's share of the seats beside its share of the power."""

from __future__ import annotations

from fractions import Fraction

from mazhilis_sim.languages import _, number, several
from mazhilis_sim.names.colours import colours_of
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.questions.deciding.power import Power
from mazhilis_sim.tables import percent


def say(power: Power, names: Names) -> Said:
    """Say who decides alone, or whose power is furthest from the seats."""
    total = sum(power.seats.values())
    under = several(
        "Shares of the seats, and of the power by Banzhaf and by Shapley and Shubik; {majority} of {seats} seat decides",
        "Shares of the seats, and of the power by Banzhaf and by Shapley and Shubik; {majority} of {seats} seats decide",
        total,
    )
    under = under.format(majority=power.majority, seats=total)
    said = _("{party} {seats} of the seats, Banzhaf {power}")
    numbers = "; ".join(
        said.format(party=names[p], seats=percent(Fraction(power.seats[p], total)), power=percent(s.banzhaf))
        for p, s in power.by_party.items()
    )
    return Said(finding(power, names, total), under, notes(power), numbers)


def notes(power: Power) -> list[str]:
    """Say who is counted as one, and how sure the numbers are."""
    as_one = _("Independents are counted as one party") if power.seats.get(INDEPENDENTS, 0) > 1 else ""
    return [as_one, "" if power.exact else _("Sampled: {n} draws").format(n=number(power.samples))]


def finding(power: Power, names: Names, total: int) -> str:
    """Say what the picture shows."""
    if power.decisive:
        share = percent(Fraction(power.seats[power.decisive], total))
        return _("{party} decides alone, with {share} of the seats").format(party=names[power.decisive], share=share)
    party = max(power.by_party, key=lambda each: abs(float(power.by_party[each].banzhaf) - power.seats[each] / total))
    seats, held = Fraction(power.seats[party], total), power.by_party[party].banzhaf
    said = _("{party}: {seats} of the seats, {power} of the power")
    return said.format(party=names[party], seats=percent(seats), power=percent(held))


def paint(power: Power, names: Names, said: Said) -> Sheet:
    """Draw a row for each party, those with most seats first; all bars are on one scale."""
    total, parties = sum(power.seats.values()), sorted(power.seats, key=lambda party: -power.seats[party])
    columns: dict[str, list[Fraction | float]] = {
        _("seats"): [Fraction(power.seats[party], total) for party in parties],
        "Banzhaf": [power.by_party[party].banzhaf for party in parties],
        "Shapley-Shubik": [power.by_party[party].shapley_shubik for party in parties],
    }
    most = max(float(max(shares)) for shares in columns.values())
    panels = [Panel(head, [float(each) for each in shares], [percent(each) for each in shares], most) for head, shares in columns.items()]
    colours = colours_of(power.seats)
    return draw_bars(said, [names[party] for party in parties], [colours[party] for party in parties], panels)


draw = picture(say, paint)
