"""What an election is: validated, frozen, in the order of registration.

Nothing here counts. The ids ``against_all`` and ``invalid`` are reserved: they may stand in a mapping of votes, and they
are never a list.
"""
from __future__ import annotations

import datetime
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mazhilis_sim import regions as regional
from mazhilis_sim.errors import VotesError, nearest
from mazhilis_sim.regions import AGAINST_ALL as AGAINST_ALL
from mazhilis_sim.regions import INVALID as INVALID
from mazhilis_sim.regions import Region as Region

INDEPENDENTS = "independents"
ASSEMBLY = "assembly_of_people"
UNDECIDED, OTHER = "undecided", "other"
RESERVED = (AGAINST_ALL, INVALID)
NO_LISTS = {
    INDEPENDENTS: "reserved for candidates in districts",
    ASSEMBLY: "reserved for appointed members",
    UNDECIDED: "reserved for voters without a choice",
    OTHER: "reserved for lists lumped together, which cannot be counted as one,",
}
"""Ids that no list may have, and what they stand for."""


def whole_votes(value: object, what: str) -> int:
    """Read one number of votes, exactly.

    Raises
    ------
    VotesError
        For anything but a non-negative whole number; floats and strings are refused, even whole ones.
    """
    if isinstance(value, bool):
        raise VotesError(f"{what} must be a whole number of votes, got {value!r}")
    try:
        votes = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        hint = f"; write {int(value)}" if isinstance(value, float) and value.is_integer() else ""
        raise VotesError(f"{what} must be a whole number of votes (an int), got {value!r}{hint}") from None
    if votes < 0:
        raise VotesError(f"{what} must not be negative, got {votes}")
    return votes


def as_mapping(votes: Any, what: str) -> dict[str, Any]:
    """Read a mapping of ids; a data-frame column with an index of ids will do."""
    if not isinstance(votes, Mapping) and not hasattr(votes, "items"):
        raise VotesError(f'{what} must be a mapping such as {{"amanat": 3431510}}, got {type(votes).__name__}')
    pairs = list(votes.items())
    for party, _ in pairs:
        if not isinstance(party, str) or not party.strip():
            raise VotesError(f"{what}: an id must be a non-empty string, got {party!r}")
    if len(dict(pairs)) < len(pairs):
        raise VotesError(f"{what} names a party twice")
    return dict(pairs)


def members(given: Any, kind: type, what: str) -> tuple[Any, ...]:
    """Read a collection, a generator too, whose members are all of one kind."""
    must = f"{what} must be a sequence of {kind.__name__}"
    if isinstance(given, kind) or not isinstance(given, Iterable):
        raise VotesError(f"{must}, got {type(given).__name__}{'; write it in a list' if isinstance(given, kind) else ''}")
    found = tuple(given)
    for member in found:
        if not isinstance(member, kind):
            raise VotesError(f"{must}, got {type(member).__name__} in it")
    return found


@dataclass(frozen=True, slots=True)
class ListVotes:
    """The list vote of one election.

    Parameters
    ----------
    votes : dict of str to int
        Votes by list, in the order of registration, which decides ties.
    against_all : int
        Valid votes for no list; they stay in the base.
    invalid : int or None
        Invalid ballots; never in the base unless the law counts all ballots cast.
    """

    votes: dict[str, int]
    against_all: int = 0
    invalid: int | None = None

    @classmethod
    def read(cls, votes: Any, against_all: Any = None, invalid: Any = None) -> ListVotes:
        """Check votes as users give them: reserved ids in the mapping or by name, not both."""
        given = as_mapping(votes, "votes")
        by_name = {AGAINST_ALL: against_all, INVALID: invalid}
        for name, value in by_name.items():
            if value is not None and name in given:
                raise VotesError(f"{name} stands in the mapping and is given by name as well; write it once")
        rest = {name: given.pop(name, by_name[name]) for name in RESERVED}
        for party in given:
            if party in NO_LISTS:
                raise VotesError(f"{party!r} is {NO_LISTS[party]} and cannot be a list")
        if not given:
            raise VotesError("votes must name at least one list, got none")
        counted = {party: whole_votes(value, f"votes of {party!r}") for party, value in given.items()}
        if not any(counted.values()):
            raise VotesError("votes must hold at least one vote for a list, got zero for all")
        return cls(
            counted,
            0 if rest[AGAINST_ALL] is None else whole_votes(rest[AGAINST_ALL], AGAINST_ALL),
            None if rest[INVALID] is None else whole_votes(rest[INVALID], INVALID),
        )

    def base(self, kind: str = "valid") -> int:
        """Return what percentages are taken of.

        Parameters
        ----------
        kind : {"valid", "parties", "cast"}
            Valid votes with against all (the law), votes for parties alone, or all ballots cast.
        """
        parties = sum(self.votes.values())
        if kind == "parties":
            return parties
        if kind == "cast" and self.invalid is None:
            raise VotesError('the base "cast" needs the number of invalid ballots; give invalid=...')
        return parties + self.against_all + (self.invalid or 0) * (kind == "cast")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One candidate of a district; ``party`` is ``"independents"`` for one without a party."""

    name: str
    party: str
    votes: int


@dataclass(frozen=True, slots=True)
class District:
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
    """

    number: int
    candidates: tuple[Candidate, ...]
    region: str = ""
    unnamed_candidates: int = 0
    unnamed_votes: int = 0
    against_all: int = 0
    from_list: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        what = f"district {self.number}"
        object.__setattr__(self, "candidates", members(self.candidates, Candidate, f"{what}, candidates"))
        if not self.candidates:
            raise VotesError(f"{what} must have at least one candidate, got none")
        for candidate in self.candidates:
            whole_votes(candidate.votes, f"{what}, votes of {candidate.name!r}")
            if candidate.party == ASSEMBLY:
                raise VotesError(f"{what}: {ASSEMBLY!r} is {NO_LISTS[ASSEMBLY]} and cannot be a party of candidates")
        names = [candidate.name for candidate in self.candidates]
        if len(set(names)) < len(names):
            raise VotesError(f"{what} names a candidate twice: {', '.join(sorted(n for n in names if names.count(n) > 1))}")
        for name in ("unnamed_candidates", "unnamed_votes", "against_all"):
            whole_votes(getattr(self, name), f"{what}, {name}")
        if not self.valid:
            raise VotesError(f"{what} must hold at least one vote, got none")

    @property
    def valid(self) -> int:
        """All valid votes of the district."""
        return sum(c.votes for c in self.candidates) + self.unnamed_votes + self.against_all


@dataclass(frozen=True)
class DistrictVotes(Sequence[District]):
    """The districts of one election, with what links them to its list vote.

    Parameters
    ----------
    districts : tuple of District
    list_shares : dict of str to float
        Each party's share of the list vote at the same election, in [0, 1].
    source : str
    """

    districts: tuple[District, ...]
    list_shares: dict[str, float] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "districts", members(self.districts, District, "districts"))
        numbers = [district.number for district in self.districts]
        doubled = sorted({n for n in numbers if numbers.count(n) > 1})
        if doubled:
            raise VotesError(f"each district must stand once, got district {doubled[0]} twice")
        if not numbers:
            raise VotesError("there must be at least one district, got none")

    def __len__(self) -> int:
        return len(self.districts)

    def __iter__(self) -> Iterator[District]:
        return iter(self.districts)

    def __getitem__(self, index: Any) -> Any:
        return self.districts[index]

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the candidates' parties in order of appearance, independents excepted."""
        found = dict.fromkeys(c.party for d in self.districts for c in d.candidates)
        return tuple(party for party in found if party != INDEPENDENTS)


@dataclass(frozen=True, kw_only=True)
class Election:
    """One election: the list vote, its regions and its districts, where they are known.

    Parameters
    ----------
    list_votes : mapping of str to int
        Votes by list in the order of registration; may hold ``against_all`` and ``invalid``.
    against_all, invalid, registered, ballots : int, optional
        Votes against all (default 0), invalid ballots, registered voters, ballots cast; None where unknown.
    name : str
        Such as the year.
    date : datetime.date, optional
    law : str
        Name of the law in force, where known.
    regions : dict of str to Region
    districts : DistrictVotes, optional
    party_names : dict of str to str
        Names to show, by id.
    official_seats : dict of str to dict of str to int
        The published seats by tier (``"list"``, ``"district"``), where known.
    source : str

    Raises
    ------
    VotesError
        When the votes cannot be counted.
    """

    list_votes: Any
    against_all: Any = None
    invalid: Any = None
    registered: int | None = None
    ballots: int | None = None
    name: str = ""
    date: datetime.date | None = None
    law: str = ""
    regions: dict[str, Region] = field(default_factory=dict)
    districts: DistrictVotes | None = None
    party_names: dict[str, str] = field(default_factory=dict)
    official_seats: dict[str, dict[str, int]] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        read = ListVotes.read(self.list_votes, self.against_all, self.invalid)
        for name, value in (("list_votes", read.votes), ("against_all", read.against_all), ("invalid", read.invalid)):
            object.__setattr__(self, name, value)

    @property
    def votes(self) -> ListVotes:
        """The list vote, as counted."""
        return ListVotes(self.list_votes, self.against_all, self.invalid)

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the lists in the order of registration."""
        return tuple(self.list_votes)

    def party_name(self, party: str) -> str:
        """Return the name to show for an id; the id itself where none is known."""
        return self.party_names.get(party, party)

    # -- what if: changed elections, by region where regions are known -----------------------------------------------

    @classmethod
    def from_regions(cls, regions: Iterable[Region], **known: Any) -> Election:
        """Add regions up to an election; ``known`` are further fields, such as name and law."""
        by_id = {region.id: region for region in regions}
        if not by_id:
            raise VotesError("there must be at least one region, got none")
        return cls(**{**regional.add_up(by_id.values()), **known, "regions": by_id})

    def with_turnout(self, turnout: Mapping[str, Any]) -> Election:
        """Return this election with another turnout in some regions: they are re-weighted, their shares kept.

        Parameters
        ----------
        turnout : mapping of str to float or str
            Ballots over registered voters by region, such as ``{"almaty_city": 0.60}``. All numbers of such a region, its
            invalid ballots too, are scaled to registered voters x turnout; the other regions stay as they were. Districts
            stay as they were as well: they are the baseline of a simulation, which moves them with the list vote.

        Raises
        ------
        VotesError
            For an unknown region (with the nearest id), one whose registered voters are not on record (all of 2021), or
            a turnout outside (0, 1].

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> e = ms.load_election(2023)
        >>> e.with_turnout({"almaty_city": 0.60}).votes.base() - e.votes.base()
        395262
        """
        return self.moved(regional.at_turnouts(self.regions, turnout))

    def with_swing(self, swing: Mapping[str, Any]) -> Election:
        """Return this election after a uniform swing, in every region where regions are known.

        Parameters
        ----------
        swing : mapping of str to float or str
            Change of a party's share of the valid vote, as a share: ``{"amanat": -0.05}`` takes five points from it in
            each region. The parties not named (and against all) take or give them in proportion to their votes there.

        Raises
        ------
        VotesError
            For an unknown party (with the nearest id), or where more is taken than there is, naming the region.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> e = ms.load_election(2023).with_swing({"amanat": -0.05})
        >>> round(e.list_votes["amanat"] / e.votes.base(), 4)
        0.489
        """
        read = regional.read_swing(swing)
        if self.regions:
            return self.moved({id_: region.swung(read) for id_, region in self.regions.items()})
        nation = Region("", "", self.list_votes, self.against_all).counted
        counts = regional.swung(nation, read, f"election {self.name}".strip())
        return self.changed(list_votes=counts, against_all=counts.pop(AGAINST_ALL, 0))

    def with_regions(self, *regions: Region) -> Election:
        """Return this election with some regions replaced, such as by `Region.of_shares`; the nation moves with them."""
        return self.moved(regional.replaced(self.regions, regions))

    def moved(self, regions: dict[str, Region]) -> Election:
        """Return this election with other regions: the nation's numbers move by what theirs move together."""
        nation = {name: getattr(self, name) for name in ("list_votes", AGAINST_ALL, INVALID, "registered", "ballots")}
        return self.changed(regions=regions, **regional.moved_by(nation, self.regions.values(), regions.values()))

    def changed(self, **changes: Any) -> Election:
        """Return this election changed and named so; it has no official result any more."""
        name = f"{self.name.removesuffix(' (changed)')} (changed)".strip()
        return replace(self, name=name, official_seats={}, **changes)


def known_party(party: str, parties: Sequence[str], error: type[Exception] = VotesError) -> int:
    """Return the position of a party, or raise an error with the nearest id."""
    if party not in parties:
        raise error(f"there is no party {party!r}{nearest(party, parties)}")
    return list(parties).index(party)


def read_candidates(candidates: Any, parties: Sequence[str]) -> dict[str, int] | None:
    """Read how many candidates each list has; a list not named has enough."""
    if candidates is None:
        return None
    limits = as_mapping(candidates, "candidates")
    for party in limits:
        known_party(party, parties)
    return {party: whole_votes(n, f"candidates of {party!r}") for party, n in limits.items()}
