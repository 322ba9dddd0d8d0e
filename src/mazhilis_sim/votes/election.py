"""One election: list vote, regions and districts; and what it becomes when something changes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from mazhilis_sim import reading
from mazhilis_sim.errors import DataWarning, VotesError, show, warn
from mazhilis_sim.languages import _, number
from mazhilis_sim.names.labels import match
from mazhilis_sim.names.parties import Names
from mazhilis_sim.names.reserved import AGAINST_ALL, OTHER, RESERVED
from mazhilis_sim.reading import NOT_GIVEN, Count, Day, Share
from mazhilis_sim.showing import DrawnInKinds, Sheet, Shown
from mazhilis_sim.tables import Column, Table, percent
from mazhilis_sim.votes import lists, moving
from mazhilis_sim.votes.ballot import ListVotes, lists_in
from mazhilis_sim.votes.district import DistrictVotes, standing_for
from mazhilis_sim.votes.region import Region
from mazhilis_sim.votes.scaling import read_swing, swung

Kind = TypeVar("Kind")


@dataclass(frozen=True, kw_only=True, repr=False)
class Election(Shown, DrawnInKinds):
    """One election: the list vote, its regions and its districts, where they are known.

    Parameters
    ----------
    list_votes : mapping of str to int, or ListVotes
        Votes by list in the order of registration; may hold ``against_all``, ``invalid`` and ``other``.
    against_all, other, invalid, registered, ballots : int, optional
        Votes against all and for lists that are not named (default 0), invalid ballots, registered voters, ballots cast; None
        where unknown.
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

    kinds = MappingProxyType({"map": "regions", "lists": "regions:draw_lists"})
    drawn_as = ({"kind": "map"}, {"kind": "lists"})
    shows = ("name", "date", "law", "list_votes", "against_all", "other", "invalid", "registered", "ballots", "regions", "districts")

    list_votes: dict[str, int]
    against_all: int = NOT_GIVEN
    invalid: int | None = None
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
    other: int = NOT_GIVEN

    if TYPE_CHECKING:  # what may be given; the fields hold what was read

        def __init__(
            self,
            *,
            list_votes: Mapping[str, Count] | ListVotes,
            against_all: Count | None = None,
            invalid: Count | None = None,
            registered: Count | None = None,
            ballots: Count | None = None,
            name: str = "",
            date: Day | None = None,
            law: str = "",
            regions: Mapping[str, Region] = ...,
            districts: DistrictVotes | None = None,
            party_names: Mapping[str, str] = ...,
            official_seats: Mapping[str, Mapping[str, Count]] = ...,
            source: str = "",
            other: Count | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        put = object.__setattr__.__get__(self)
        read = ListVotes(self.list_votes, self.against_all, self.invalid, self.other)
        put("list_votes", read.votes)
        for name in RESERVED:
            put(name, getattr(read, name))
        for name in ("registered", "ballots"):
            put(name, reading.maybe(reading.whole, getattr(self, name), name, VotesError))
        for name in ("name", "law", "source"):
            put(name, reading.text(getattr(self, name), name, VotesError))
        put("date", reading.date(self.date, "date", VotesError))
        put("regions", moving.read_regions(self.regions))
        put("districts", reading.maybe(reading.instance, self.districts, DistrictVotes, "districts", VotesError))
        put("party_names", by_list(read_party_names(self.party_names, VotesError), self.parties))
        put("official_seats", read_official_seats(self.official_seats, self.parties))

    @property
    def votes(self) -> ListVotes:
        """The list vote, as counted."""
        return ListVotes(self.list_votes, self.against_all, self.invalid, self.other)

    def _sheet(self) -> Sheet:
        """Return the list vote as a page of a notebook."""
        names, votes, base = Names(self.party_names), self.votes.counted, self.votes.base()
        columns = [
            Column(_("list"), [names[party] for party in votes], left=True),
            Column(_("votes"), [number(count) for count in votes.values()]),
            Column(_("share"), [percent(Fraction(count, base), 2) if base else "" for count in votes.values()]),
        ]
        said = {"invalid": _("invalid: {n}"), "registered": _("registered: {n}"), "ballots": _("ballots: {n}")}
        notes = [words.format(n=number(count)) for name, words in said.items() if (count := getattr(self, name)) is not None]
        title = _("Election {election}").format(election=self.name or self.date or "").strip()
        return Sheet(title, [Table(columns)], notes)

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the lists in the order of registration."""
        return tuple(self.list_votes)

    def party_name(self, party: str) -> str:
        """Return the name to show for an id; the id itself where none is known."""
        named = reading.name(party, "party", VotesError)
        return self.party_names.get(match(named, tuple(self.party_names)) or named, party)

    # -- what if: changed elections, by region where regions are known -----------------------------------------------

    @classmethod
    def from_regions(cls, regions: Iterable[Region], **known: Any) -> Election:
        """Add regions up to an election; ``known`` are further fields, such as name and law."""
        by_id = moving.by_id(regions)
        if not by_id:
            raise VotesError(field="regions", got=regions, must="be at least one region", shown="none")
        return cls(**{**moving.sums_of(by_id.values()), **known, "regions": by_id})

    def with_turnout(self, turnout: Mapping[str, Share]) -> Election:
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
        return self.moved(moving.at_turnouts(self.regions, turnout))

    def with_swing(self, swing: Mapping[str, Share]) -> Election:
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
        read = read_swing(swing)
        if self.regions:
            return self.moved({id_: region.swung(read) for id_, region in self.regions.items()})
        counts = swung(self.votes.counted, read, f"election {self.name}".strip())
        return self.changed(list_votes=lists_in(counts), against_all=counts.get(AGAINST_ALL, 0), other=counts.get(OTHER, 0))

    def with_regions(self, *regions: Region) -> Election:
        """Return this election with some regions replaced, such as by `Region.of_shares`; the nation moves with them."""
        return self.moved(moving.replaced(self.regions, regions))

    def with_result(self, region: str, result: Mapping[str, Count | Share]) -> Election:
        """Return this election with another result of some parties in one region; the nation moves with it.

        Parameters
        ----------
        region : str
        result : mapping of str to int, or of str to float or str
            Votes, and all parties not named keep theirs; or, where one is not whole, shares of the region's valid vote, and those not
            named share the rest as they did. May hold ``against_all``.

        Raises
        ------
        VotesError
            For an unknown region or party (with the nearest id), or shares of more than 1.

        Warns
        -----
        DataWarning
            Where the region has more ballots than registered voters then.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> e = ms.load_election(2023)
        >>> e.with_result("astana", {"baytaq": 50_000}).list_votes["baytaq"] - e.list_votes["baytaq"]
        44863
        """
        asked = reading.name(region, "region", VotesError)
        known = moving.regions_on_record(self.regions, {asked: result})
        id_ = tuple(known)[reading.position(asked, known, "region", VotesError)]
        was = self.regions[id_]
        counts = {**was.list_votes, AGAINST_ALL: was.against_all, **({OTHER: was.other} if was.other else {})}
        now = was.with_counts(lists.given_result(counts, result, was.place))
        now = with_ballots(now, now.valid - was.valid)
        if now.registered and (now.turnout or 0) > 1:
            warn(f"{now.place}: {now.ballots:,} ballots are more than its {now.registered:,} registered voters", DataWarning)
        return self.moved({**self.regions, id_: now})

    def merge(self, parties: Iterable[str], into: str) -> Election:
        """Return this election with some lists as one, in the place of the first; their candidates in districts stand for it.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> ms.load_election(2023).merge(["qhp", "jsdp"], "left").list_votes["left"]
        763978
        """
        given = reading.items(parties, "parties", VotesError, like='["qhp", "jsdp"]')
        known = tuple(dict.fromkeys(lists.read_list(party, self.parties) for party in given))
        if len(known) < 2:
            raise VotesError(field="parties", got=parties, must="be at least two lists of the ballot")
        id_ = lists.read_new(into, [party for party in self.parties if party not in known])
        names = {party: name for party, name in self.party_names.items() if party not in known or party == id_}
        districts = self.districts and standing_for(self.districts, dict.fromkeys(known, id_))
        return self._relisted(lambda counts: lists.merged(counts, known, id_), party_names=names, districts=districts)

    def split(self, party: str, parts: Mapping[str, Share]) -> Election:
        """Return this election with a list in several, in its place; shares of its votes sum to 1.

        Its candidates in districts stand for the first of them.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> e = ms.load_election(2023).split("qhp", {"old": 0.6, "new": 0.4})
        >>> e.list_votes["old"], e.list_votes["new"]
        (259752, 173168)
        """
        id_ = lists.read_list(party, self.parties)
        given = reading.mapping(parts, "parts", VotesError, like='{"qhp": 0.6, "jsdp": 0.4}')
        others = [other for other in self.parties if other != id_]
        reading.once(given, "list", VotesError)
        shares = lists.summing({lists.read_new(name, others): share for name, share in given.items()}, "parts", whole=True)
        districts = self.districts and standing_for(self.districts, {id_: next(iter(shares))})
        return self._relisted(lambda counts: lists.split(counts, id_, shares), districts=districts)

    def without(self, party: str, to: Mapping[str, Share] | None = None) -> Election:
        """Return this election without a list.

        Parameters
        ----------
        party : str
        to : mapping of str to float or str, optional
            Where its votes go, as shares of them: ``{"auyl": 0.5}``; may hold ``against_all``. The rest stays at home.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> e = ms.load_election(2023)
        >>> e.without("baytaq", to={"auyl": 0.5}).list_votes["auyl"] - e.list_votes["auyl"]
        73216
        """
        id_ = lists.read_list(party, self.parties)
        others = [other for other in self.parties if other != id_]
        shares = lists.read_shares({} if to is None else to, "to", [*others, *lists.TAKERS])
        return self._relisted(lambda counts: lists.without(counts, id_, shares))

    def with_strategic_votes(self, threshold: Share, share: Share, to: Mapping[str, Share] | None = None) -> Election:
        """Return this election after voters of lists below a threshold went to lists that reach it.

        Parameters
        ----------
        threshold : float or str
            Of the valid vote of the nation, such as ``"5%"``.
        share : float or str
            How many of those voters go.
        to : mapping of str to float or str, optional
            To whom they go, as shares of them that sum to 1; in proportion to the votes of all that reach the threshold unless given.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> e = ms.load_election(2023).with_strategic_votes("5%", 0.5)
        >>> e.list_votes["baytaq"]
        73215
        """
        needed = reading.share(threshold, "threshold", VotesError, ends="[)") * self.votes.base()
        passed = [party for party, votes in self.list_votes.items() if votes >= needed]
        if not passed:
            raise VotesError(field="threshold", got=threshold, must="be reached by a list")
        going = reading.share(share, "share", VotesError)
        takers = None if to is None else lists.read_shares(to, "to", passed, whole=True)
        return self._relisted(lambda counts: lists.flowed(counts, lists.strategic(passed, self.parties, counts, going, takers)))

    def _relisted(self, change: Callable[[Mapping[str, int]], Mapping[str, int]], **changes: Any) -> Election:
        """Return this election with its votes changed by one function, in the nation and in every region; stayed at home is no ballot."""
        counts = change(self.votes.counted)
        gone = sum(counts.values()) - sum(self.votes.counted.values())
        regions = {id_: with_ballots(new := r.with_counts(change(r.counted)), new.valid - r.valid) for id_, r in self.regions.items()}
        beside = {AGAINST_ALL: counts.get(AGAINST_ALL, 0), OTHER: counts.get(OTHER, 0)}
        ballots = None if self.ballots is None else self.ballots + gone
        return self.changed(list_votes=lists_in(counts), **beside, ballots=ballots, regions=regions, **changes)

    def moved(self, regions: Mapping[str, Region]) -> Election:
        """Return this election with other regions: the nation's numbers move by what theirs move together."""
        read = moving.read_regions(regions)
        nation = moving.Sums(
            list_votes=self.list_votes,
            against_all=self.against_all,
            other=self.other,
            invalid=self.invalid,
            registered=self.registered,
            ballots=self.ballots,
        )
        return self.changed(regions=read, **moving.moved_by(nation, self.regions.values(), read.values()))

    def changed(self, **changes: Any) -> Election:
        """Return this election changed and named so; it has no official result any more."""
        name = f"{self.name.removesuffix(' (changed)')} (changed)".strip()
        return replace(self, name=name, official_seats={}, **changes)


def with_ballots(region: Region, more: int) -> Region:
    """Return a region with so many ballots more, where they are known."""
    return replace(region, ballots=region.ballots + more) if region.ballots is not None else region


def read_party_names(names: Any, error: reading.Raised) -> dict[str, str]:
    """Read names to show, by id."""
    given = reading.mapping(names, "party_names", error, like='{"amanat": "Amanat"}')
    return {party: reading.text(name, f"name of {show(party)}", error) for party, name in given.items()}


def read_official_seats(seats: Any, parties: Sequence[str]) -> dict[str, dict[str, int]]:
    """Read published seats by tier and party."""
    tiers = reading.mapping(seats, "official_seats", VotesError, like='{"list": {"amanat": 40}}')
    read = {tier: reading.counts(won, f"official seats of tier {show(tier)}", VotesError, of="seats") for tier, won in tiers.items()}
    return {tier: by_list(won, parties) for tier, won in read.items()}


def by_list(values: Mapping[str, Kind], parties: Sequence[str]) -> dict[str, Kind]:
    """Return values by the ids of the lists, whatever spelling of them stands there; other ids stay."""
    return {match(party, parties) or party: value for party, value in values.items()}
