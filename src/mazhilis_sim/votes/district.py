"""Single-member districts and their candidates: validated and frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhilis_sim.errors import VotesError
from mazhilis_sim.names.reserved import ASSEMBLY, INDEPENDENTS, NO_LISTS
from mazhilis_sim.votes.ballot import members, whole_votes


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
