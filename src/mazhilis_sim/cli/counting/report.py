"""The report of a count: votes and seats beside the official ones, what decided, and the protocol."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain

from mazhilis_sim.cli.counting.count import Counted
from mazhilis_sim.cli.shell.law_words import describe_law
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.counting.protocol import INDENT, RULE, Part, excess_lines, last_seat_lines, parts_of, parts_of_chamber, tie_lines
from mazhilis_sim.languages import _, marked, number, several
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import AGAINST_ALL, OTHER
from mazhilis_sim.tables import Column, Table, decimal, percent, short_percent

HEADS = {"list": marked("list"), "district": marked("district"), "total": marked("all")}
"""The ways to a seat, and the heads of their columns."""


def print_count(screen: Screen, counted: Counted, explain: bool, written: Sequence[tuple[str, str]] = ()) -> None:
    """Print the table, what decided, and the protocol where it is asked for."""
    screen.paragraph(counted.title, "bold")
    screen.line()
    screen.tables(*CountTable(counted).layouts())
    screen.line()
    screen.items([*decisions(counted), *written])
    if explain:
        screen.line()
        print_protocol(screen, counted)


@dataclass(frozen=True)
class CountTable:
    """The rows and columns of one count."""

    counted: Counted

    @cached_property
    def rows(self) -> list[str]:
        """Parties by votes; those without lists after them, other lists and against all at the end."""
        votes = self.counted.election.list_votes
        parties = dict.fromkeys((*votes, *(party for tier in HEADS for party in self.counted.seats(tier))))
        ordered = sorted(parties, key=lambda party: -votes.get(party, -1))
        return [*ordered, *(id_ for id_ in (OTHER, AGAINST_ALL) if getattr(self.counted.election, id_))]

    def layouts(self) -> Iterator[Sequence[Table]]:
        """Offer one table, then votes and seats apart, then each way to a seat by itself."""
        names = Names(self.counted.election.party_names)
        rows = Column("", [*(names[party] for party in self.rows), _("all")], left=True)
        votes, tiers = list(self.vote_columns()), list(self.seats_by_tier())
        yield [Table([rows, *votes, *chain(*tiers)])]
        yield [Table([rows, *votes]), Table([rows, *chain(*tiers)])]
        yield [Table([rows, *votes]), *(Table([rows, *columns]) for columns in tiers)]

    def vote_columns(self) -> Iterator[Column]:
        """Show votes and shares of the base."""
        ballot, base = self.counted.election.votes, self.counted.allocation.base
        votes = ballot.counted
        cells = [votes.get(party) for party in self.rows]
        yield Column(_("votes"), ["" if n is None else number(n) for n in cells] + [number(sum(votes.values()))])
        yield Column(_("share"), ["" if n is None else percent(Fraction(n, base), 2) for n in cells] + [""])

    def seats_by_tier(self) -> Iterator[list[Column]]:
        """Show the seats of each tier, the official ones beside them."""
        for tier, head in HEADS.items():
            seats, official = self.counted.seats(tier), self.counted.official.get(tier, {})
            if any(seats.values()) and (tier != "total" or seats != self.counted.seats("list")):
                beside = [Column(_("result"), self.cells(official))] if official else []
                yield [Column(_(head), self.cells(seats), style="bold"), *beside]

    def cells(self, seats: Mapping[str, int]) -> list[str]:
        """Write one column of seats and its sum."""
        return [*("" if seats.get(party) is None else str(seats[party]) for party in self.rows), str(sum(seats.values()))]


def decisions(counted: Counted) -> Iterator[tuple[str, str]]:
    """Say what decided the seats, and whether they are the official ones."""
    a = counted.allocation.named(Names(counted.election.party_names).by_id)
    yield _("law"), describe_law(a.law)
    needed = int(-(-(a.law.threshold * a.base) // 1))
    threshold = several("{share} of {base} = {votes} vote", "{share} of {base} = {votes} votes", needed)
    yield _("threshold"), threshold.format(share=short_percent(a.law.threshold), base=number(a.base), votes=number(needed))
    if a.quotients:
        yield _("quotients"), last_seat_lines(a)[0].strip()
    else:
        yield _("quota"), _("{votes} votes for a seat").format(votes=decimal(a.quota, 4))
    if a.fallback:
        yield _("two-party rule"), _("applied: one list alone passed")
        yield from ((_("two-party rule"), line.strip()) for line in excess_lines(a))
    yield from ((_("tie"), line.strip()) for line in tie_lines(a))
    if counted.official:
        yield _("result"), agreement(counted)
    yield from ((_("note"), note) for note in counted.notes)


def agreement(counted: Counted) -> str:
    """Say whether the count and the official result are the same."""
    names = Names(counted.election.party_names)
    said = _("{party} {seats} {tier} (announced {official})")
    apart = [
        said.format(party=names[party], seats=seats, tier=_(HEADS[tier]), official=official[party])
        for tier, official in counted.official.items()
        if tier in HEADS
        for party, seats in counted.seats(tier).items()
        if party in official and official[party] != seats
    ]
    if apart:
        return _("the count differs: {seats}").format(seats=", ".join(apart))
    return _("official; every seat is counted as announced")


def print_protocol(screen: Screen, counted: Counted) -> None:
    """Print the protocol, its sentences and tables in the room that there is."""
    for part in protocol_of(counted):
        for line in lines_of(screen, part):
            screen.line(line)


def protocol_of(counted: Counted) -> Iterator[Part]:
    """Return the protocol with the names of the election."""
    allocation = counted.allocation.named(Names(counted.election.party_names).by_id)
    return parts_of_chamber(replace(counted.chamber, allocation=allocation)) if counted.chamber else parts_of(allocation)


def lines_of(screen: Screen, part: Part) -> list[str]:
    """Return a line or a table of the protocol in the room that there is."""
    if not isinstance(part, str):
        return screen.plain(part, INDENT)
    lines = screen.wrapped(part, INDENT)
    return lines[:1] if part.startswith(RULE) else lines
