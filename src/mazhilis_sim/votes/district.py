"""Single-member districts and their candidates: validated and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, overload

from mazhilis_sim import reading
from mazhilis_sim.errors import DataWarning, VotesError, show, warn
from mazhilis_sim.names.entries import Entry, Ids, by_id
from mazhilis_sim.names.labels import OWN, PARTY, read_label
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.names.words import meaning_of, meanings_of
from mazhilis_sim.showing import Shown
from mazhilis_sim.votes.answers import Answers


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of a district; ``party`` is ``"independents"`` for one without a party.

    Raises
    ------
    VotesError
        For a name or a party that is none, and for votes that are no whole number.
    """

    name: str
    party: str
    votes: int

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "name", reading.name(self.name, "the name of a candidate", VotesError))
        where = f"candidate {show(self.name)}"
        put(self, "party", read_party(self.party, where))
        put(self, "votes", reading.whole(self.votes, "votes", VotesError, where=where))
        if meanings_of(self.name):
            said, remedy = f"{where} is none", "write against_all=... of the district, or leave it out"
            raise VotesError(said, field="name", got=self.name, must="be a candidate", remedy=remedy)


@dataclass(frozen=True, slots=True, repr=False)
class District(Shown):
    """The vote of one single-member district.

    Parameters
    ----------
    number : int
        The district's official number.
    candidates : tuple of Candidate
        The candidates whose votes are published.
    region : str
        Id of the region in which it lies; empty where it is not known.
    unnamed_candidates, unnamed_votes : int
        How many candidates stood whose votes are published only as a sum, and that sum (which may hold votes against
        all). They can never win as one block.
    against_all : int
        Votes against all, where they are published; no candidate, whatever their number.
    from_list : bool
        Whether the votes are only what the list vote suggests, not those of candidates.
    note : str
        What the source of this district contradicts.
    vacant : bool
        Whether nobody holds its seat, and nobody stands for it: the vote was void or put off. It has no candidates then, and
        its seat is counted and simulated as filled by no one.
    answers : Answers, optional
        What a poll of this district says of its candidates. `simulate` puts those of the polls here that it is given.

    Raises
    ------
    VotesError
        When there is no candidate, one stands twice, or the votes cannot be counted.
    """

    number: int
    candidates: tuple[Candidate, ...]
    region: str = ""
    unnamed_candidates: int = 0
    unnamed_votes: int = 0
    against_all: int = 0
    from_list: bool = False
    note: str = ""
    vacant: bool = False
    answers: Answers | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "number", reading.whole(self.number, "the number of a district", VotesError))
        where = f"district {show(self.number)}"
        put(self, "candidates", reading.members(self.candidates, Candidate, "candidates", VotesError, where=where))
        for name in ("unnamed_candidates", "unnamed_votes", "against_all"):
            put(self, name, reading.whole(getattr(self, name), name, VotesError, where=where))
        for name in ("region", "note"):
            put(self, name, reading.text(getattr(self, name), name, VotesError, where=where))
        for name in ("from_list", "vacant"):
            put(self, name, reading.flag(getattr(self, name), name, VotesError))
        put(self, "answers", reading.maybe(reading.instance, self.answers, Answers, "answers", VotesError))
        refuse_empty(self, where)
        refuse_strangers(self, where)

    @property
    def valid(self) -> int:
        """All valid votes of the district."""
        return sum(c.votes for c in self.candidates) + self.unnamed_votes + self.against_all


def read_party(value: Any, where: str) -> str:
    """Read the party of a candidate by any of its names; ``independents`` by any of its words."""
    party = reading.name(value, "party", VotesError, where=where)
    label = read_label(party, "votes")
    id_ = INDEPENDENTS if meaning_of(party) == INDEPENDENTS else label.id
    if id_ != INDEPENDENTS and label.kind not in (OWN, PARTY):
        raise label.refusal(VotesError, where)
    if id_ != party:
        warn(f"read as: {show(party)} as {id_}", DataWarning, is_note=True)
    return id_


def refuse_empty(district: District, where: str) -> None:
    """Refuse a district in which nobody can be elected, or a candidate stands twice."""
    if district.vacant:
        refuse_filled(district, where)
        return
    if not district.candidates:
        remedy = "write vacant=True where nobody was elected"
        raise VotesError(field=where, must="have at least one candidate", got=(), remedy=remedy, shown="none")
    reading.once((candidate.name for candidate in district.candidates), "candidate", VotesError, where=where)
    if not district.valid:
        raise VotesError(field=where, must="hold at least one vote", got=0, shown="none")


def refuse_filled(district: District, where: str) -> None:
    """Refuse a vacant district in which somebody stands or has votes."""
    standing = len(district.candidates) + district.unnamed_candidates
    if standing or district.valid:
        must, shown = "have no candidates and no votes where it is vacant", f"{standing} and {district.valid:,}"
        raise VotesError(field=where, must=must, got=district.candidates, remedy="leave vacant out, or them", shown=shown)


def refuse_strangers(district: District, where: str) -> None:
    """Refuse answers about somebody who does not stand."""
    standing = {candidate.name for candidate in district.candidates}
    stranger = next((name for name in (district.answers.shares if district.answers else ()) if name not in standing), None)
    if stranger is not None:
        raise VotesError(field="answers", got=stranger, must="be about candidates of the district", where=where)


@dataclass(frozen=True, repr=False)
class DistrictVotes(Shown, Sequence[District]):
    """The districts of one election, with what links them to its list vote.

    Parameters
    ----------
    districts : tuple of District
    list_shares : dict of str to float
        Each party's share of the list vote at the same election, in [0, 1].
    source : str

    Raises
    ------
    VotesError
        When there is no district, one stands twice, or a share is none.
    """

    districts: tuple[District, ...]
    list_shares: dict[str, float] = field(default_factory=dict)
    source: str = ""
    read_as: str = field(init=False, default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "districts", reading.members(self.districts, District, "districts", VotesError))
        shares = reading.mapping(self.list_shares, "list_shares", VotesError, like='{"amanat": 0.54}')
        read = {party: reading.share(share, f"list share of {show(party)}", VotesError) for party, share in shares.items()}
        if not isinstance(self.list_shares, Ids):
            read = by_id([Entry(party, share) for party, share in read.items()], "poll", VotesError, where="list_shares")
        object.__setattr__(self, "list_shares", Ids({party: float(share) for party, share in read.items()}))
        object.__setattr__(self, "source", reading.text(self.source, "source", VotesError))
        if not self.districts:
            raise VotesError(field="districts", got=self.districts, must="be at least one district", shown="none")
        reading.once((district.number for district in self.districts), "district", VotesError)

    def __len__(self) -> int:
        return len(self.districts)

    def __iter__(self) -> Iterator[District]:
        return iter(self.districts)

    @overload
    def __getitem__(self, index: int) -> District: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[District, ...]: ...
    def __getitem__(self, index: int | slice) -> District | tuple[District, ...]:
        return self.districts[index]

    @property
    def vacant(self) -> tuple[int, ...]:
        """Numbers of the districts whose seat nobody holds."""
        return tuple(district.number for district in self.districts if district.vacant)

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the candidates' parties in order of appearance, independents excepted."""
        found = dict.fromkeys(c.party for d in self.districts for c in d.candidates)
        return tuple(party for party in found if party != INDEPENDENTS)


def standing_for(baseline: DistrictVotes, parties: Mapping[str, str]) -> DistrictVotes:
    """Return districts with candidates of some parties standing for others, whose list shares add up."""
    districts = tuple(replace(d, candidates=tuple(replace(c, party=parties.get(c.party, c.party)) for c in d.candidates)) for d in baseline)
    shares: dict[str, float] = {}
    for party, share in baseline.list_shares.items():
        name = parties.get(party, party)
        shares[name] = shares.get(name, 0.0) + share
    return replace(baseline, districts=districts, list_shares=Ids(shares))
