"""The report of a forecast: tables of seats, then chances and what the numbers rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mazhilis_sim.cli.forecasting.basis import Basis
from mazhilis_sim.cli.forecasting.grounds import RARE, chances, grounds
from mazhilis_sim.cli.shell.collecting import print_doubts
from mazhilis_sim.cli.shell.screen import Items, Screen
from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.names.parties import OF_NO_PARTY
from mazhilis_sim.tables import BLOCKS, Column, Table, per_cent, percent, rough_chance, short_percent, sparkline

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution

FEW = 6
"""Parties that are named although there is nothing to show of them."""
PICTURE_WIDTHS = (24, 16, 12)
"""Marks in the picture of a distribution, the widest that fits; none on the narrowest screens."""


def print_forecast(screen: Screen, basis: Basis, result: SeatDistribution, asked: Items, written: Items) -> None:
    """Print the whole report."""
    screen.paragraph(basis.title, "bold")
    SeatTables(screen, basis, result).print_all()
    screen.heading(_("Chances"))
    screen.items([*chances(basis, result), *asked])
    screen.heading(_("What this rests on"))
    screen.items([*grounds(basis, result), *written])
    print_doubts(screen, basis.doubts)


@dataclass(frozen=True)
class SeatTables:
    """The tables of one result: a table for each way to a seat, and one for all of them."""

    screen: Screen
    basis: Basis
    result: SeatDistribution

    @property
    def shares(self) -> dict[str, float]:
        """Polled shares of the base."""
        return dict(zip(self.result.lists, self.result.question.centre.shares, strict=False))

    @property
    def parties(self) -> list[str]:
        """Parties by polled share; those that are not polled keep their order at the end."""
        return sorted(self.result.parties, key=lambda party: -self.shares.get(party, 0.0))

    def print_all(self) -> None:
        """Print list, district and all seats."""
        self.print_lists()
        if self.result.question.districts is not None:
            self.print_districts()
            self.print_totals()
        self.screen.line()
        self.screen.paragraph(self.legend())

    def print_lists(self) -> None:
        """Print the list seats, and what stays in the base without a seat."""
        self.screen.heading(self.heading("list"))
        self.screen.tables(*self.list_layouts([party for party in self.parties if party in self.result.lists]))

    def print_districts(self) -> None:
        """Print the seats won in districts."""
        self.screen.heading(self.heading("district"))
        self.print_tier("district")

    def print_totals(self) -> None:
        """Print all seats."""
        self.screen.heading(self.heading("total"))
        self.print_tier("total")

    def heading(self, tier: str) -> str:
        """Say which seats a table is of."""
        law, centre = self.result.law, self.result.question.centre
        if tier == "district":
            return counted("{n} district, most votes wins", "{n} districts, most votes wins", law.district_seats)
        if tier == "total":
            said = several("The {n} seat, majority {majority}", "All {n} seats, majority {majority}", law.total_seats)
            return said.format(n=law.total_seats, majority=law.majority)
        seatless = "".join(f"; {percent(centre.share_by_id[id_])} {_(OF_NO_PARTY[id_])}" for id_ in centre.seatless)
        said = several("{n} list seat, threshold {share}", "{n} list seats, threshold {share}", law.list_seats)
        return said.format(n=number(law.list_seats), share=short_percent(law.threshold)) + seatless

    def print_tier(self, tier: str) -> None:
        """Print the seats of those who have a chance of any, and name the others."""
        self.screen.tables(*self.seat_layouts(self.with_seats(self.parties, tier), tier))
        if others := self.others(tier):
            self.screen.paragraph(others)

    def others(self, tier: str) -> str:
        """Name those of whom there is nothing to show."""
        rows = self.with_seats(self.parties, tier)
        without = [self.basis.names[party] for party in self.parties if party not in rows]
        who = ", ".join(without) if len(without) <= FEW else counted("{n} others", "{n} others", len(without))
        said = _("a seat in less than {share} of the draws: {who}")
        return said.format(share=short_percent(RARE), who=who) if without else ""

    def with_seats(self, parties: Sequence[str], tier: str) -> list[str]:
        """Choose the parties with a seat in more than rare draws, in the central count, or in fact."""

        def has_seats(party: str) -> bool:
            known = self.official(tier).get(party) or self.result.point[tier].get(party)
            return bool(known) or self.result.p_at_least(party, 1, tier).value >= RARE

        return [party for party in parties if has_seats(party)]

    def list_layouts(self, parties: Sequence[str]) -> Iterator[Sequence[Table]]:
        """Offer the lists' table whole, then in two parts."""
        for width in PICTURE_WIDTHS:
            yield [self.list_table(parties, width)]
        for layout in self.seat_layouts(self.with_seats(parties, "list"), "list"):
            yield [Table(self.entry_columns(parties)), *layout]

    def list_table(self, parties: Sequence[str], width: int) -> Table:
        """Return the lists' table with pictures of so many marks, or none."""
        return Table([*self.entry_columns(parties), *self.seat_columns(parties, "list", width)])

    def entry_columns(self, parties: Sequence[str]) -> list[Column]:
        """Name the lists, and show what they are polled at and whether they enter."""
        polled = Column(_("polled"), [percent(self.shares[party]) for party in parties])
        enters = Column(_("enters"), [rough_chance(self.result.p_enters(party)) for party in parties], style="bold")
        return [self.name_column(parties), polled, enters]

    def seat_layouts(self, parties: Sequence[str], tier: str) -> Iterator[Sequence[Table]]:
        """Offer a table of seats with wide, then with narrow pictures, then without."""
        for width in (*PICTURE_WIDTHS, 0):
            yield [Table([self.name_column(parties), *self.seat_columns(parties, tier, width)])]

    def name_column(self, parties: Sequence[str]) -> Column:
        """Name the rows."""
        return Column("", [self.basis.names[party] for party in parties], left=True)

    def seat_columns(self, parties: Sequence[str], tier: str, width: int, with_centre: bool = True) -> Iterator[Column]:
        """Show the seats of one tier."""
        result, official = self.result, self.official(tier)
        ends = [result.interval(party, 0.9, tier) for party in parties]
        yield Column(_("median"), [str(result.quantile(party, 0.5, tier)) for party in parties], style="bold")
        yield Column(per_cent("90"), [f"{low}–{high}" for low, high in ends])
        if width:
            head = _("distribution") if width in PICTURE_WIDTHS else _("draws")
            yield Column(head, [self.picture(party, tier, width).ljust(width) for party in parties], left=True, style="cyan")
        if with_centre:
            yield Column(_("centre"), [str(result.point[tier].get(party, 0)) for party in parties])
        if official:
            yield Column(_("result"), [str(official.get(party, "–")) for party in parties], style="bold")

    def picture(self, party: str, tier: str, width: int) -> str:
        """Draw the middle 98 % of a distribution."""
        low, high = self.result.interval(party, 0.98, tier)
        return sparkline(self.result.histogram(party, tier).tolist(), low, high, width, self.screen.shown(BLOCKS))

    def official(self, tier: str) -> dict[str, int]:
        """Return the official seats of a tier."""
        return self.basis.official.get(tier, {})

    def legend(self) -> str:
        """Explain the columns."""
        said = _(
            "enters: chance of reaching the threshold; distribution: how often each number of seats came, middle 98 % of the draws, "
            "each row on its own scale; centre: the count of the polled shares as they are"
        )
        return said + (_("; result: the official one") if self.basis.official else "")
