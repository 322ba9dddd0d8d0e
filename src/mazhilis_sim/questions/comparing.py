"""One election under several laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.counting.chamber import elect
from mazhilis_sim.errors import AllocationError, LawError, Remedy
from mazhilis_sim.languages import _, counted, number
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import ASSEMBLY
from mazhilis_sim.questions.asking import LONGEST_LABEL, laws_as_data, names_for, read_election, read_laws, spoken
from mazhilis_sim.questions.indices import Indices, indices_of
from mazhilis_sim.showing import Answer, Drawn, for_json
from mazhilis_sim.tables import Column, Table, percent, short_percent, without_gaps
from mazhilis_sim.votes.election import Election

MEASURED = ("gallagher", "loosemore_hanby", "enp_votes", "enp_seats", "wasted_share", "bias")
"""Indices beside the seats."""


@dataclass(frozen=True, repr=False)
class UnderLaw(Answer):
    """What one law makes of an election.

    Parameters
    ----------
    label : str
        What the law is called in the table.
    law : ElectoralLaw
    seats : dict of str to int
        All seats by party, those of districts and appointed ones too; empty where the law defines no result.
    list_seats, district_seats : dict of str to int
    indices : Indices or None
        Of the elected seats.
    reason : str
        Why there is no result.
    """

    kind = "under a law"
    shows = ("label", "seats", "reason")

    label: str
    law: ElectoralLaw
    seats: dict[str, int]
    list_seats: dict[str, int]
    district_seats: dict[str, int]
    indices: Indices | None
    reason: str = ""

    @property
    def title(self) -> str:
        """Name the law."""
        return _("Seats under law {law}").format(law=self.called)

    @property
    def called(self) -> str:
        """What the law is called in the language spoken."""
        return spoken(self.label, self.law)

    def rows(self) -> list[dict[str, Any]]:
        """Return a row a party: all its seats, those on its list and those of districts."""
        return [
            {"party": party, "seats": won, "list_seats": self.list_seats.get(party, 0), "district_seats": self.district_seats.get(party, 0)}
            for party, won in self.seats.items()
        ]

    def tables(self) -> list[Table]:
        """Return the seats by party."""
        names = Names()
        return [
            Table(
                [
                    Column(_("party"), [names[party] for party in self.seats], left=True),
                    Column(_("seats"), [*map(str, self.seats.values())]),
                ]
            )
        ]

    def notes(self) -> list[str]:
        """Say why there is no result."""
        return [self.reason] if self.reason else []


@dataclass(frozen=True, repr=False)
class Comparison(Answer, Drawn):
    """One election under several laws.

    ``c["2026"]`` is what one of them makes of it; `seats` holds all, by law and party.

    Parameters
    ----------
    election : Election
    by_law : dict of str to UnderLaw
    """

    kind = "compare"
    picture = "questions.laws"
    shows = ("election", "seats")

    election: Election
    by_law: dict[str, UnderLaw]

    @property
    def seats(self) -> dict[str, dict[str, int]]:
        """All seats by law and party; nothing where a law defines no result."""
        return {label: found.seats for label, found in self.by_law.items()}

    def __getitem__(self, law: Any) -> UnderLaw:
        label = str(law) if isinstance(law, int) else law
        known = tuple(self.by_law)
        return self.by_law[known[reading.position(label, known, "law", LawError)]]

    @property
    def parties(self) -> tuple[str, ...]:
        """Whoever has a list or a seat: lists first, in the order of registration."""
        return tuple(dict.fromkeys((*self.election.parties, *(party for seats in self.seats.values() for party in seats))))

    @property
    def title(self) -> str:
        """What was asked."""
        laws = counted("{n} law", "{n} laws", len(self.by_law))
        return without_gaps(_("Election {election} under {laws}").format(election=self.election.name, laws=laws))

    def _asked(self) -> dict[str, Any]:
        """Return what was asked beside the rows."""
        return {"election": self.election.name}

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each law: seats by party, then the indices."""
        return [self._row(found) for found in self.by_law.values()]

    def _row(self, found: UnderLaw) -> dict[str, Any]:
        """Return the row of one law."""
        seats = {party: found.seats.get(party, 0) if found.seats else None for party in self.parties}
        measured = {name: getattr(found.indices, name) if found.indices else None for name in MEASURED}
        return {"law": found.label, "total_seats": found.law.total_seats, "majority": found.law.majority, **seats, **measured}

    def tables(self) -> list[Table]:
        """Return the seats, a column for each law, and the indices, a row for each."""
        names = names_for(self.election)
        parties = sorted(self.parties, key=lambda party: -self.election.list_votes.get(party, -1))
        columns = [
            Column(
                found.called,
                [str(found.seats.get(p, 0)) if found.seats else "?" for p in parties] + [str(found.law.total_seats)],
                longest=LONGEST_LABEL,
            )
            for found in self.by_law.values()
        ]
        rows = Column(_("party"), [*(names.get(party, party) for party in parties), _("all")], left=True)
        return [Table([rows, *columns]), self._index_table()]

    def _index_table(self) -> Table:
        """Return what the laws differ in, and how far each is from the votes."""
        found = list(self.by_law.values())

        def cells(write: Any) -> list[str]:
            return [write(each.indices) if each.indices else "?" for each in found]

        return Table(
            [
                Column(_("law"), [each.called for each in found], left=True, longest=LONGEST_LABEL),
                Column(_("threshold"), [short_percent(each.law.threshold) for each in found]),
                Column(_("majority"), [str(each.law.majority) for each in found]),
                Column("Gallagher", cells(lambda each: percent(each.gallagher, 2))),
                Column(_("wasted"), cells(lambda each: percent(each.wasted_share, 2))),
                Column(_("parties by seats"), cells(lambda each: number(float(each.enp_seats), ".2f"))),
            ]
        )

    def notes(self) -> list[str]:
        """Say which laws define no result, and why."""
        return [f"{found.called}: {found.reason}" for found in self.by_law.values() if found.reason]

    def to_dict(self) -> dict[str, Any]:
        """Return everything, ready for JSON, each law with what is changed in it."""
        return super().to_dict() | {"laws": for_json(laws_as_data({label: found.law for label, found in self.by_law.items()}))}


def compare(laws: Any, election: Any, *, against_all: Any = None, invalid: Any = None, seed: int | None = None) -> Comparison:
    """Count one election under several laws.

    Parameters
    ----------
    laws : sequence of str, int or ElectoralLaw
        Names or years of `laws`, or changed laws such as ``ms.law("2023").replace(threshold="7%")``.
    election : Election, ListVotes or mapping of str to int
        Votes alone where no law has districts.
    against_all, invalid : int, optional
        Beside a mapping of votes.
    seed : int, optional
        For lots, where a law draws them.

    Returns
    -------
    Comparison

    Raises
    ------
    LawError
        For an unknown law, one that stands twice, or one with districts that the election lacks.
    VotesError
        When the votes cannot be counted.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> c = ms.compare(["2021", "2021-05", "2026"], ms.load_election(2021))
    >>> {label: seats["auyl"] for label, seats in c.seats.items()}
    {'2021': 0, '2021-05': 6, '2026': 8}
    """
    asked = read_election(election, against_all, invalid)
    return Comparison(asked, {label: under(label, law, asked, seed) for label, law in read_laws(laws).items()})


def under(label: str, law: ElectoralLaw, election: Election, seed: int | None) -> UnderLaw:
    """Count an election under one law; where it defines no result, say why."""
    try:
        chamber = elect(law, election, seed=seed)
    except AllocationError as error:
        return UnderLaw(label, law, {}, {}, {}, None, error.in_plain_words)
    except LawError as error:
        alone = Remedy(
            "write law.replace(district_seats=0) for its list seats alone", f"write {law.name}:district_seats=0 for its list seats alone"
        )
        raise LawError(error.problem, field=error.field, got=error.got, must=error.must, remedy=alone, shown=error.shown) from None
    measured = indices_of(election.votes, elected(chamber.seats))
    return UnderLaw(label, law, chamber.seats, chamber.list_seats, chamber.district_seats, measured)


def elected(seats: Mapping[str, int]) -> dict[str, int]:
    """Return the seats that voters fill."""
    return {party: won for party, won in seats.items() if party != ASSEMBLY}
