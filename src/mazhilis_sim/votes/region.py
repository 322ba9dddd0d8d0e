"""Regions: how they voted, and what the nation's vote becomes when some of them vote otherwise. Whole votes throughout.

A scenario changes regions and leaves the others as they were; the nation's numbers then move by what its regions move
together. Rounding keeps sums: votes are shared out by the largest remainder, the earlier category first where remainders
are equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mazhilis_sim.errors import LawError, VotesError, nearest
from mazhilis_sim.names.reserved import AGAINST_ALL, INVALID
from mazhilis_sim.reading import as_fraction

NEAR_ONE = Fraction(1, 200)


@dataclass(frozen=True, slots=True)
class Region:
    """The list vote of one region.

    Parameters
    ----------
    id, name : str
    list_votes : dict of str to int
        Votes by list, in the order of registration.
    against_all : int
    invalid, registered, ballots : int, optional
        Invalid ballots, registered voters, ballots cast; None where unknown.
    """

    id: str
    name: str
    list_votes: dict[str, int]
    against_all: int = 0
    invalid: int | None = None
    registered: int | None = None
    ballots: int | None = None

    @property
    def valid(self) -> int:
        """Valid list votes, against all included."""
        return sum(self.list_votes.values()) + self.against_all

    @property
    def turnout(self) -> float | None:
        """Ballots cast over registered voters; None where one of them is unknown."""
        return self.ballots / self.registered if self.ballots is not None and self.registered else None

    @property
    def counted(self) -> dict[str, int]:
        """Valid votes by list, then against all where there were any."""
        return {**self.list_votes, **({AGAINST_ALL: self.against_all} if self.against_all else {})}

    @classmethod
    def of_shares(cls, id: str, shares: Mapping[str, Any], *, registered: int, turnout: Any, invalid: Any = 0, name: str = "") -> Region:
        """Make a region's vote of shares, registered voters and turnout.

        Parameters
        ----------
        id : str
        shares : mapping of str to float or str
            Shares of the valid vote, in the order of registration; may hold ``against_all``. They sum to 1, or nearly
            (within 0.5 points), and are then scaled to 1.
        registered : int
        turnout : float or str
            Share of the registered voters who cast a ballot, such as ``0.6`` or ``"60%"``.
        invalid : float or str
            Share of the ballots that are invalid.
        name : str

        Raises
        ------
        VotesError
            When a number cannot be.

        Examples
        --------
        >>> Region.of_shares("north", {"a": "60%", "b": "40%"}, registered=1000, turnout="50%").list_votes
        {'a': 300, 'b': 200}
        """
        where = f"region {id!r}"
        wanted = {party: read_share(share, f"{where}, share of {party!r}") for party, share in shares.items()}
        if abs(sum(wanted.values(), Fraction(0)) - 1) > NEAR_ONE:
            raise VotesError(f"{where}: shares must sum to 1, got {float(sum(wanted.values())):.4g}")
        ballots = round(read_turnout(turnout, where) * read_registered(registered, where))
        spoilt = round(ballots * read_share(invalid, f"{where}, invalid"))
        return cls(id, name or id, {}, 0, spoilt, registered, ballots).with_counts(share_out(ballots - spoilt, wanted))

    def with_counts(self, counts: Mapping[str, int]) -> Region:
        """Return this region with other valid votes, against all among them."""
        return replace(self, list_votes={p: n for p, n in counts.items() if p != AGAINST_ALL}, against_all=counts.get(AGAINST_ALL, 0))

    def at_turnout(self, turnout: Any) -> Region:
        """Return this region with another turnout, and the shares of its ballots as they were."""
        where = f"region {self.id!r}"
        if self.registered is None or not self.ballots:
            raise VotesError(f"{where} has no registered voters and ballots on record, which a turnout needs; write Region.of_shares(...)")
        ballots = round(read_turnout(turnout, where) * self.registered)
        counts = share_out(ballots, {**self.counted, INVALID: self.invalid or 0})
        invalid = counts.pop(INVALID)
        return replace(self.with_counts(counts), ballots=ballots, invalid=invalid if self.invalid is not None else None)

    def swung(self, swing: Mapping[str, Fraction]) -> Region:
        """Return this region after a swing, its valid votes as many as before."""
        return self.with_counts(swung(self.counted, swing, f"region {self.id!r}"))


# -- numbers -----------------------------------------------------------------------------------------------------------


def read_number(value: object, what: str) -> Fraction:
    """Read a number exactly."""
    try:
        return as_fraction(value, what)
    except LawError:
        raise VotesError(f'{what} must be a number such as 0.6 or "60%", got {value!r}') from None


def read_share(value: object, what: str) -> Fraction:
    """Read a share in [0, 1]."""
    share = read_number(value, what)
    if not 0 <= share <= 1:
        raise VotesError(f'{what} must lie in [0, 1], such as 0.6 or "60%", got {value!r}')
    return share


def read_turnout(value: object, where: str) -> Fraction:
    """Read a turnout, which is above 0: somebody votes."""
    turnout = read_share(value, f"{where}, turnout")
    if not turnout:
        raise VotesError(f"{where}: turnout must be above 0, got {value!r}")
    return turnout


def read_registered(value: object, where: str) -> int:
    """Check a number of registered voters."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise VotesError(f"{where}: registered must be a whole number of at least 1, got {value!r}")
    return value


def read_swing(swing: Any) -> dict[str, Fraction]:
    """Read changes of shares, in [-1, 1]."""
    if not isinstance(swing, Mapping) or not swing:
        raise VotesError(f'a swing must be a mapping of changes of shares, such as {{"amanat": -0.05}}, got {swing!r}')
    read = {party: read_number(change, f"swing of {party!r}") for party, change in swing.items()}
    for party, change in read.items():
        if not -1 <= change <= 1:
            raise VotesError(f"swing of {party!r} must lie in [-1, 1], such as -0.05 for five points less, got {swing[party]!r}")
    return read


def share_out(total: int, weights: Mapping[str, int | Fraction]) -> dict[str, int]:
    """Share a whole number out in proportion to weights, by the largest remainder.

    Examples
    --------
    >>> share_out(10, {"a": 1, "b": 1, "c": 1})
    {'a': 4, 'b': 3, 'c': 3}
    """
    quota = Fraction(total) / sum(weights.values())
    exact = {name: quota * weight for name, weight in weights.items()}
    whole = {name: int(value) for name, value in exact.items()}
    order = sorted(exact, key=lambda name: whole[name] - exact[name])
    for name in order[: total - sum(whole.values())]:
        whole[name] += 1
    return whole


def swung(counts: Mapping[str, int], swing: Mapping[str, Fraction], where: str) -> dict[str, int]:
    """Change the shares of some by so many points; the others give or take in proportion to their votes."""
    for party in swing:
        if party not in counts:
            raise VotesError(f"{where} has no votes for {party!r}{nearest(party, counts)}")
    total = sum(counts.values())
    moved = {party: Fraction(counts[party], total) + change for party, change in swing.items()}
    left, others = 1 - sum(moved.values(), Fraction(0)), total - sum(counts[party] for party in swing)
    for party, share in moved.items():
        if share < 0:
            had = f"{100 * counts[party] / total:.2f} %"
            raise VotesError(f"{where}: a swing of {100 * float(swing[party]):+g} points takes more from {party!r} than it has, {had}")
    if left < 0 or (left > 0 and not others):
        together = f"the named shares sum to {100 * float(1 - left):g} %"
        raise VotesError(f"{where}: after the swing {together}, and the others cannot make up for it")
    return share_out(total, {party: moved.get(party, left * n / others if others else Fraction(0)) for party, n in counts.items()})


# -- several regions ---------------------------------------------------------------------------------------------------


def known_region(id: str, regions: Mapping[str, Region]) -> Region:
    """Return a region by id, or raise an error with the nearest id."""
    if not regions:
        raise VotesError("this election has no regions on record")
    if id not in regions:
        raise VotesError(f"there is no region {id!r}{nearest(id, regions)}")
    return regions[id]


def at_turnouts(regions: Mapping[str, Region], turnout: Any) -> dict[str, Region]:
    """Return all regions, some of them with another turnout."""
    if not isinstance(turnout, Mapping):
        raise VotesError(f'turnout must be a mapping by region, such as {{"almaty_city": 0.60}}, got {turnout!r}')
    changed = {id_: known_region(id_, regions).at_turnout(share) for id_, share in turnout.items()}
    return {**regions, **changed}


def replaced(regions: Mapping[str, Region], others: Iterable[Region]) -> dict[str, Region]:
    """Return all regions, some of them replaced by others with the same id."""
    changed = {known_region(region.id, regions).id: region for region in others}
    return {**regions, **changed}


def add_up(regions: Iterable[Region]) -> dict[str, Any]:
    """Add regions up: votes by list in the order of their appearance, and what all of them know."""
    parts = list(regions)
    lists = dict.fromkeys(party for region in parts for party in region.list_votes)
    sums: dict[str, Any] = {"list_votes": {party: sum(region.list_votes.get(party, 0) for region in parts) for party in lists}}
    for name in (AGAINST_ALL, INVALID, "registered", "ballots"):
        numbers = [getattr(region, name) for region in parts]
        sums[name] = None if None in numbers else sum(numbers)
    return sums


def moved_by(nation: Mapping[str, Any], before: Iterable[Region], after: Iterable[Region]) -> dict[str, Any]:
    """Move a nation's numbers by what its regions move together; what a nation or a region does not know stays None."""
    was, is_ = add_up(before), add_up(after)
    votes = {party: n + is_["list_votes"].get(party, 0) - was["list_votes"].get(party, 0) for party, n in nation["list_votes"].items()}
    numbers = {
        name: None if None in (nation[name], was[name], is_[name]) else nation[name] + is_[name] - was[name]
        for name in (AGAINST_ALL, INVALID, "registered", "ballots")
    }
    return {"list_votes": votes, **numbers}
