"""Joins polls of one's own to those on record, under the checks that those on record are held to."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from mazhilis_sim.errors import PollError, PollWarning, show, warn
from mazhilis_sim.names.entries import Ids
from mazhilis_sim.names.reserved import RESERVED
from mazhilis_sim.names.spelling import spelling
from mazhilis_sim.polls.collection import Polls, changed
from mazhilis_sim.polls.places import DISTRICT_POLL
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.polls.pooling import merged


def joined(record: Polls, own: Sequence[Poll], source: str = "") -> Polls:
    """Return a record with more polls in it; the record itself, and what it was read from, stay as they were."""
    for poll in own:
        refuse_other_election(record, poll)
    new = [poll for poll in own if not on_record(record, poll)]
    say_new_lists(record, new)
    order = merged([poll.parties for poll in reversed(record) if poll.kind != DISTRICT_POLL])
    polls = (*record, *(in_order(poll, order) for poll in new))
    return replace(record, polls=polls, source="; ".join(filter(None, (record.source, source))))


def refuse_other_election(record: Polls, poll: Poll) -> None:
    """Refuse a poll that asks about another election."""
    if poll.election_date and record.election_date and poll.election_date != record.election_date:
        raise PollError(
            field="election_date",
            got=poll.election_date,
            must=f"be {record.election_date}, the day of the election on record",
            remedy="leave it out, or add the poll to the record of its own election",
            where=poll.label,
            shown=str(poll.election_date),
        )


def identity(poll: Poll) -> Hashable:
    """Return what makes two polls the same one: institute, last day, kind, district and region."""
    return spelling(poll.pollster), poll.date, poll.kind, poll.district, spelling(poll.region)


def on_record(record: Polls, poll: Poll) -> bool:
    """Tell whether a poll is on record already, and say so; refuse one that has other numbers there."""
    twin = next((known for known in record if poll.pollster and poll.date and identity(known) == identity(poll)), None)
    if twin is None:
        return False
    refuse_other_shares(twin, poll)
    warn(f"{poll.label} is on record already, with the same shares; it is left out", PollWarning)
    return True


def refuse_other_shares(known: Poll, poll: Poll) -> None:
    """Refuse a poll whose shares are not those that it has on record."""
    answers = dict.fromkeys((*known.shares, *known.removed, *poll.shares, *poll.removed))
    party = next((party for party in answers if share_of(known, party) != share_of(poll, party)), None)
    if party is not None:
        both = f"{share_in_words(known, party)} for {party}, this one has {share_in_words(poll, party)}"
        raise PollError(
            f"another poll of this institute and day is on record, with {both}",
            field="shares",
            got=poll.shares,
            must="be those on record",
            remedy="remove it, or write another date or kind",
            where=poll.label,
        )


def share_of(poll: Poll, party: str) -> float | None:
    """Return a printed share; None where there is none."""
    return poll.shares.get(party, poll.removed.get(party))


def share_in_words(poll: Poll, party: str) -> str:
    """Say what a poll prints for a party."""
    share = share_of(poll, party)
    return "nothing" if share is None else f"{100 * share:g} %"


def say_new_lists(record: Polls, polls: Sequence[Poll]) -> None:
    """Say which lists the election on record does not have."""
    known = {*RESERVED, *record.party_names, *(party for poll in record for party in poll.parties)}
    unknown: dict[str, list[str]] = {}
    for poll in polls:
        for party in poll.parties if poll.kind != DISTRICT_POLL else ():
            if party not in known:
                unknown.setdefault(party, []).append(poll.label)
    if unknown:
        said = "; ".join(f"{show(party)} in {', '.join(labels)}" for party, labels in unknown.items())
        election = f"the election of {record.name}" if record.name else "the polls that they are added to"
        warn(f"no list of {election}: {said}", PollWarning)


def in_order(poll: Poll, order: Sequence[str]) -> Poll:
    """Return a poll with its lists in the order of registration, which decides ties; new ones follow."""
    if poll.kind == DISTRICT_POLL:
        return poll
    places = {party: place for place, party in enumerate(order)}
    lists = sorted(poll.parties, key=lambda party: places.get(party, len(places)))
    rest = [party for party in poll.shares if party not in lists]
    return changed(poll, "shares", Ids({party: poll.shares[party] for party in (*lists, *rest)}))
