"""Scenarios as the command line says them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mazhilis_sim.cli.shell.collecting import Collected, say_doubts
from mazhilis_sim.errors import FileError, VotesError, shorten
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.votes.election import Election

Change = Callable[[Election, ElectoralLaw, str, str], Election]


def changed_as(election: Election, law: ElectoralLaw, asked: Mapping[str, tuple[str, ...]]) -> tuple[Election, str]:
    """Return an election after the changes, in the order in which the options are listed, and what was changed; say what is doubtful."""
    said: list[str] = []
    with Collected() as warned:
        for option, words in asked.items():
            for word in words:
                election = one_change(option, word, election, law)
                said.append(f"{option} {word}")
    say_doubts(warned.doubts)
    if not said:
        raise FileError("nothing is changed", field="scenario", must="change something", remedy="write such as --turnout almaty_city=60%")
    return election, ", ".join(said)


def one_change(option: str, word: str, election: Election, law: ElectoralLaw) -> Election:
    """Return an election after one change; what is wrong with it names the option."""
    name, sign, rest = (part.strip() for part in word.partition("="))
    if not name or (option in WITH_A_SIGN and not (sign and rest)):
        raise malformed(option, word)
    try:
        return CHANGES[option](election, law, name, rest)
    except VotesError as error:
        raise error.at(shorten(f"--{option} {word}")) from None


def malformed(option: str, word: str) -> FileError:
    """Build the error for a change that is none."""
    return FileError(field=f"--{option}", got=word, must=f"be such as {LIKE[option]}")


def with_result(election: Election, _law: ElectoralLaw, place: str, value: str) -> Election:
    """Give a party another result in a region."""
    region, sign, party = place.partition(":")
    if not sign:
        raise malformed("result", f"{place}={value}")
    return election.with_result(region.strip(), {party.strip(): value})


def shares_in(option: str, words: str) -> dict[str, str]:
    """Read parties and shares: ``old:60%+new:40%``."""
    pairs = [tuple(part.strip() for part in word.partition(":")) for word in words.split("+")]
    if not all(party and share for party, _, share in pairs):
        raise malformed(option, words)
    return {party: share for party, _, share in pairs}


CHANGES: Mapping[str, Change] = {
    "turnout": lambda e, _law, region, share: e.with_turnout({region: share}),
    "swing": lambda e, _law, party, share: e.with_swing({party: share}),
    "result": with_result,
    "merge": lambda e, _law, name, lists: e.merge([party.strip() for party in lists.split("+")], name),
    "split": lambda e, _law, party, parts: e.split(party, shares_in("split", parts)),
    "without": lambda e, _law, party, to: e.without(party, shares_in("without", to) if to else None),
    "strategic": lambda e, law, share, _: e.with_strategic_votes(law.threshold, share),
}
LIKE = {
    "turnout": "almaty_city=60%",
    "swing": "amanat=-5%",
    "result": "astana:baytaq=50000",
    "merge": "left=qhp+jsdp",
    "split": "qhp=old:60%+new:40%",
    "without": "baytaq=auyl:50%",
    "strategic": "50%",
}
WITH_A_SIGN = ("turnout", "swing", "result", "merge", "split")
