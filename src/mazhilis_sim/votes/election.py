"""One election: list vote, regions and districts; and what it becomes when something changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mazhilis_sim.errors import VotesError
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID
from mazhilis_sim.votes import region
from mazhilis_sim.votes.ballot import ListVotes
from mazhilis_sim.votes.district import DistrictVotes
from mazhilis_sim.votes.region import Region


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
        return cls(**{**region.add_up(by_id.values()), **known, "regions": by_id})

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
        return self.moved(region.at_turnouts(self.regions, turnout))

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
        read = region.read_swing(swing)
        if self.regions:
            return self.moved({id_: region.swung(read) for id_, region in self.regions.items()})
        nation = Region("", "", self.list_votes, self.against_all).counted
        counts = region.swung(nation, read, f"election {self.name}".strip())
        return self.changed(list_votes=counts, against_all=counts.pop(AGAINST_ALL, 0))

    def with_regions(self, *regions: Region) -> Election:
        """Return this election with some regions replaced, such as by `Region.of_shares`; the nation moves with them."""
        return self.moved(region.replaced(self.regions, regions))

    def moved(self, regions: dict[str, Region]) -> Election:
        """Return this election with other regions: the nation's numbers move by what theirs move together."""
        nation = {name: getattr(self, name) for name in ("list_votes", AGAINST_ALL, INVALID, "registered", "ballots")}
        return self.changed(regions=regions, **region.moved_by(nation, self.regions.values(), regions.values()))

    def changed(self, **changes: Any) -> Election:
        """Return this election changed and named so; it has no official result any more."""
        name = f"{self.name.removesuffix(' (changed)')} (changed)".strip()
        return replace(self, name=name, official_seats={}, **changes)
