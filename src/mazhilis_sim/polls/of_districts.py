"""Polls of districts beside the baseline of the districts: whose answers they hold, and of which candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mazhilis_sim.errors import PollWarning, show, some, warn
from mazhilis_sim.names.record import find_party
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.names.spelling import spelling
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.polls.places import DISTRICT_POLL
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.votes.answers import FEWEST, Answers
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes

BRACKET = re.compile(r"\s*\(([^()]+)\)\s*$")
"""What may stand behind a candidate's name: the party."""


def with_answers(baseline: DistrictVotes, polls: Polls) -> DistrictVotes:
    """Return a baseline whose districts hold the answers of their newest poll; the baseline itself where none was polled.

    Warns
    -----
    PollWarning
        For polls of districts that the baseline does not have or that are vacant, and for candidates who are not in it.
    """
    newest = {poll.district: poll for poll in polls.of_kind(DISTRICT_POLL)}
    if not newest:
        return baseline
    open_ = {district.number for district in baseline if not district.vacant}
    if elsewhere := [poll.label for number, poll in newest.items() if number not in open_]:
        warn(f"not used, for the baseline has no such district that is contested: {some(elsewhere)}", PollWarning)
    return replace(baseline, districts=tuple(asked(d, newest[d.number]) if d.number in {*newest} & open_ else d for d in baseline))


def asked(district: District, poll: Poll) -> District:
    """Return a district with the answers of a poll; a candidate whom only the poll names is one of the unnamed.

    A poll of which one candidate alone is known says nothing of a ratio, and is left aside.
    """
    found, strangers = matched(district, poll)
    room = strangers[: district.unnamed_candidates]
    if left_out := strangers[len(room) :]:
        names = some([show(name) for name in left_out])
        warn(f"{poll.label}: not used, for the baseline of the district knows no such candidate: {names}", PollWarning)
    if len(found) + len(room) < FEWEST:
        return district
    for name in room:
        district = with_named(district, name)
        found[district.candidates[-1].name] = poll.shares[name]
    return replace(district, answers=Answers(found, poll.n_eff, poll.label.removeprefix("poll ")))


def matched(district: District, poll: Poll) -> tuple[dict[str, float], list[str]]:
    """Return the shares of the candidates of a baseline, and the names in the poll that are none of theirs."""
    known = {spelling(candidate.name): candidate.name for candidate in district.candidates}
    known |= alone_of_party(district)
    found: dict[str, float] = {}
    strangers = []
    for name in poll.parties:
        candidate = known.get(spelling(name)) or known.get(spelling(BRACKET.sub("", name)))
        if candidate is None:
            strangers.append(name)
        else:
            found[candidate] = found.get(candidate, 0.0) + poll.shares[name]
    return found, strangers


def alone_of_party(district: District) -> Mapping[str, str]:
    """Return the candidates who alone stand for a party, by the id of it, which a poll may name instead of them."""
    parties = [candidate.party for candidate in district.candidates]
    return {spelling(c.party): c.name for c in district.candidates if parties.count(c.party) == 1 and c.party != INDEPENDENTS}


def with_named(district: District, name: str) -> District:
    """Name one of the unnamed candidates, with their mean vote, which is never more than the runner-up's."""
    runner_up = sorted((c.votes for c in district.candidates), reverse=True)[:2][-1]
    votes = min(district.unnamed_votes // district.unnamed_candidates, runner_up)
    bracket = BRACKET.search(name)
    party = find_party(bracket[1]) if bracket else find_party(name)
    candidate = Candidate(BRACKET.sub("", name) if party and bracket else name, party or INDEPENDENTS, votes)
    return replace(
        district,
        candidates=(*district.candidates, candidate),
        unnamed_candidates=district.unnamed_candidates - 1,
        unnamed_votes=district.unnamed_votes - votes,
    )


def polled(baseline: DistrictVotes | None) -> Iterator[District]:
    """Yield the districts that hold the answers of a poll."""
    return (district for district in baseline or () if district.answers)
