"""The parties on record with all their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.errors import VotesError, shorten, show
from mazhilis_sim.languages import _, marked
from mazhilis_sim.names.record import PartyName, find_party, near, parties, party_names

FORMAT = "mazhilis_sim parties 1"
LANGUAGES = {"en": marked("English"), "kk": marked("Kazakh"), "ru": marked("Russian")}


def show_parties(name: str | None, targets: Targets) -> None:
    """Print the parties, or the one that has a name, or save them for other programs."""
    targets.check()
    asked = parties() if name is None else (known(name),)
    found = [entry for entry in party_names() if entry.party in asked]
    rows = [asdict(entry) for entry in found]
    written = targets.save({"format": FORMAT, "names": rows}, rows)
    if not targets.piped:
        print_parties(Screen(), found, written)


def known(name: str) -> str:
    """Return the party that has a name, or say which name is near."""
    party = find_party(name)
    if party is None:
        nearest = near(name)
        remedy = f"did you mean {show(nearest)}?" if nearest else f"known: {', '.join(parties())}"
        raise VotesError(f"no party on record is called {show(shorten(name))}", field="NAME", got=name, must="be on record", remedy=remedy)
    return party


def print_parties(screen: Screen, found: Sequence[PartyName], written: Sequence[tuple[str, str]]) -> None:
    """Print the names of each party by language, former ones apart."""
    screen.line(_("Parties on record"), "bold")
    for party, group in groupby(found, key=lambda entry: entry.party):
        screen.heading(party)
        screen.items(list(by_language(list(group))))
    screen.line()
    screen.paragraph(_("*: common elsewhere, and of the record only beside another list of it"))
    screen.items(list(written))


def by_language(names: Sequence[PartyName]) -> Iterator[tuple[str, str]]:
    """Yield the names of one party by language, those of former times at the end."""
    for language, head in LANGUAGES.items():
        today = [entry for entry in names if entry.language == language and entry.kind != "former"]
        yield from [(_(head), listed(today))] if today else []
    former = [entry for entry in names if entry.kind == "former"]
    yield from [(_("formerly"), listed(former))] if former else []


def listed(names: Iterable[PartyName]) -> str:
    """Write names one after another, those that are common elsewhere with a star."""
    return "; ".join(f"{entry.name}{'*' * entry.general}" for entry in names)
