"""How a question is read and its answer goes out: one way for all commands."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mazhilis_sim.cli.counting.count import district_part, named_election
from mazhilis_sim.cli.shell.collecting import say_doubts, say_notes
from mazhilis_sim.cli.shell.district_choice import check_agreement
from mazhilis_sim.cli.shell.law_choice import chosen_law
from mazhilis_sim.cli.shell.options import USUAL_SEED
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.showing import Answer, for_frame
from mazhilis_sim.votes.election import Election


@dataclass(frozen=True)
class Where:
    """Where a question comes from and its answer goes, in the words of the command line."""

    source: str
    against_all: int | None = None
    seed: int | None = None
    law: str | None = None
    list_seats: int | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    districts: str | None = None
    dialect: str | None = None
    sheet: str | None = None
    targets: Targets = field(default_factory=Targets)

    @property
    def lots(self) -> int:
        """The seed of lots."""
        return USUAL_SEED if self.seed is None else self.seed

    def asked(self) -> tuple[ElectoralLaw, Election]:
        """Return the law and the election, with the districts that go with both; what is left out is said."""
        check_agreement(self.districts, self.changes)
        election = self.election()
        law = chosen_law(self.law, self.list_seats, election.law, self.source, self.changes)
        law, votes, note = district_part(law, self.districts, election.districts, self.source)
        if note():
            say_notes([note()])
            law = law.replace(district_seats=0)
        return law, replace(election, districts=votes)

    def election(self) -> Election:
        """Look at the targets, then read the election; doubts about it are said."""
        self.targets.check([self.source, self.districts])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            election = named_election(self.source, self.against_all, (self.dialect, self.sheet))
        say_doubts(dict.fromkeys(str(warning.message) for warning in caught))
        return election


def answer(place: Where, found: Answer) -> None:
    """Save an answer where that is asked for, and print it where nothing else is."""
    written = place.targets.save(found.to_dict(), cells_of(found))
    if place.targets.piped:
        return
    screen = Screen()
    if found.title:
        screen.paragraph(found.title, "bold")
        screen.line()
    screen.tables(found.tables())
    if found.notes() or written:
        screen.line()
    for note in found.notes():
        screen.paragraph(note)
    screen.items(written)


def cells_of(found: Answer) -> list[dict[str, object]]:
    """Return the rows of an answer as cells of CSV: what holds several things has blanks between them."""
    return [{key: for_frame(value) for key, value in row.items()} for row in found.rows()]
