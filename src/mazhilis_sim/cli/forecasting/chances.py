"""Chances that are asked for: in words, ``--chance 'auyl+aq_jol>=30 given jsdp>0'``, and of the likeliest chambers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import FileError, SimulationError, shorten
from mazhilis_sim.languages import _
from mazhilis_sim.questions.conditions import Condition, condition_in
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.distribution.user_events import Chambers
from mazhilis_sim.tables import chance, rough_chance

if TYPE_CHECKING:
    from mazhilis_sim.names.parties import Names
    from mazhilis_sim.simulation.distribution import SeatDistribution

OPTION = "--chance"


@dataclass(frozen=True)
class Asked:
    """What is asked: a condition on seats, among all draws or among those in which another holds."""

    words: str
    event: Condition
    given: Condition | None

    def of(self, result: SeatDistribution) -> Probability:
        """Ask a forecast: the chambers that are kept, or every draw where the condition holds in none of them."""
        with self.named():
            if self.given is None or result.p(self.given).successes:
                return result.p(self.event, given=self.given)
            return result.p(self.event, given=self.given, draws="all")

    def check(self, parties: tuple[str, ...]) -> None:
        """Refuse a party that can get no seat: ask of a chamber without members."""
        empty = Chambers(parties, np.zeros((1, len(parties)), dtype=np.int64))
        with self.named():
            for condition in (self.event, self.given):
                if condition is not None:
                    condition(empty)

    @contextmanager
    def named(self) -> Iterator[None]:
        """Say of an error what was asked."""
        try:
            yield
        except SimulationError as error:
            raise error.at(shorten(f"{OPTION} {self.words}")) from None


def read_chances(words: Iterable[str]) -> list[Asked]:
    """Read what is asked."""
    return [read_chance(each) for each in words]


def read_chance(words: str) -> Asked:
    """Read a condition, and one behind ``given``."""
    event, *given = re.split(r"\bgiven\b", words)
    if len(given) > 1:
        raise FileError(field=OPTION, got=words, must="hold one given at most, such as 'auyl>aq_jol given jsdp>0'")
    return Asked(" ".join(words.split()), condition_in(event, OPTION), condition_in(given[0], OPTION) if given else None)


def as_data(found: Iterable[tuple[str, Probability]]) -> dict[str, Any]:
    """Return what was asked and found as part of a report; nothing where nothing was asked."""
    told = [{"asked": words, "chance": p.value, "se": p.se, "successes": p.successes, "draws": p.draws} for words, p in found]
    return {"chances": told} if told else {}


def saved_chances(report: dict[str, Any]) -> Iterator[tuple[str, Probability]]:
    """Yield what a saved report was asked, and found."""
    for saved in reading.items(report.get("chances", ()), "report.chances", SimulationError, like="[]"):
        row = reading.mapping(saved, "one of report.chances", SimulationError, like='{"asked": "jsdp>0", "successes": 1, "draws": 10}')
        yield (
            reading.text(row.get("asked"), "report.chances.asked", SimulationError),
            Probability(row.get("successes", 0), row.get("draws", 0)),
        )


def likeliest_as_data(result: SeatDistribution, asked: int | None, saved: Any = ()) -> dict[str, Any]:
    """Return the chambers that came most often as part of a report: as many as are asked for, or as were saved; nothing where none are."""
    n = asked or len(reading.items(saved, "report.likeliest", SimulationError, like="[]"))
    return {"likeliest": result.likeliest(n).to_dict()["rows"]} if n else {}


def likeliest_in_lines(result: SeatDistribution, n: int, names: Names) -> Iterator[tuple[str, str]]:
    """Yield a line of the screen for each of the likeliest chambers, the largest party first."""
    found = result.likeliest(n) if n else None
    for p, seats in zip(found.chances, found.seats.tolist(), strict=True) if found else ():
        won = sorted(((each, party) for each, party in zip(seats, result.parties, strict=True) if each), key=lambda pair: -pair[0])
        yield _("likeliest"), f"{chance(p)}: {', '.join(f'{names[party]} {each}' for each, party in won)}"


def in_lines(found: Iterable[tuple[str, Probability]]) -> list[tuple[str, str]]:
    """Return a line of the screen for each."""
    return [(_("chance"), f"{rough_chance(p)}: {words}") for words, p in found]
