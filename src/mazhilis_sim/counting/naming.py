"""From the numbers of a kernel's lane to a named `Allocation`, or to an error that names the lists."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mazhilis_sim.counting.lots import drawing_of_lots
from mazhilis_sim.counting.refusals import Tie, compete, floor_too_many, no_list_passes, second_place_shared, too_many
from mazhilis_sim.counting.result import Allocation, Quotients, fill_seats
from mazhilis_sim.kernels.cpu import lanes, methods
from mazhilis_sim.kernels.steps import flags, law
from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.votes.ballot import ListVotes

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass
class Naming:
    """Names what the kernel counted in its first lane."""

    law: ElectoralLaw
    ballot: ListVotes
    base: int
    lanes: lanes.Lanes

    def __post_init__(self) -> None:
        self.flags = int(self.lanes.flags[0])
        self.admitted = tuple(p for p, on in zip(self.ballot.votes, self.lanes.admitted[:, 0], strict=True) if on)
        self.votes = {p: self.ballot.votes[p] for p in self.admitted}
        self.won, self.certain = self.of_list(self.lanes.seats), self.of_list(self.lanes.whole)
        self.fallback = bool(self.flags & flags.FALLBACK)
        self.method = None if self.fallback else methods.METHODS[self.law.method]

    def of_list(self, lane: NDArray[Any]) -> dict[str, int]:
        """Return a number of each list."""
        return {p: int(lane[i, 0]) for i, p in enumerate(self.ballot.votes)}

    def allocation(self, limits: dict[str, int] | None, seed: int, row: int, where: str) -> Allocation:
        """Return the result, or raise for one that the law, or the user's choice, does not define."""
        law, second, tie = self.law, self.second_tie(), self.tie()
        self.refuse(second, tie, where)
        drawn = tie is not None and law.ties == "lots"
        if tie and drawn:
            self.draw_lots(tie, drawing_of_lots(self.admitted, seed, row))
        ties = [group for group in (second, tie) if group]
        seats, vacant = fill_seats(self.won, limits)
        groups, shared = tuple(group for group, _ in ties), tuple(n for _, n in ties)
        return Allocation(
            law,
            self.ballot,
            self.base,
            self.admitted,
            self.fallback,
            self.quota,
            *self.parts(),
            seats,
            groups,
            shared,
            vacant,
            self.quotients(),
            seed if drawn else None,
        )

    def refuse(self, second: Tie | None, tie: Tie | None, where: str) -> None:
        """Raise an error for a result that the law, or the user's choice, does not define."""
        law = self.law
        if self.flags & flags.NO_LIST and law.no_list_passes == "error":
            raise no_list_passes(law, where)
        if second and law.second_place_tie == "error":
            raise second_place_shared(second[0], self.votes[next(p for p in second[0] if p in self.votes)], where)
        if self.flags & flags.EXCESS and law.floor_excess == "error":
            raise floor_too_many(law, self.certain[next(p for p in self.admitted if p != self.second_list())], where)
        if self.flags & flags.OVER_QUOTA:
            raise too_many(law, self.quota, sum(int(v / self.quota) for v in self.votes.values()), where)
        if tie and law.ties == "error":
            raise compete("quotients" if isinstance(self.method, methods.Divisor) else "remainders", *tie, where)

    def draw_lots(self, tie: Tie, order: tuple[str, ...]) -> None:
        """Give the seats of a tie to those whose lots are drawn first."""
        group, at_cut = tie
        chosen = [p for p in order if p in group][:at_cut]
        self.won.update({p: self.certain[p] + (p in chosen) for p in group})

    @property
    def quota(self) -> Fraction:
        """What one seat costs."""
        total, house = int(self.lanes.total[0]), self.law.list_seats
        if not isinstance(self.method, methods.Quota):
            return Fraction(total, house)
        quota = Fraction(total, house + self.method.more)
        return Fraction(int(quota) + 1) if self.method.rounded else quota

    def parts(self) -> tuple[dict[str, int], dict[str, Fraction]]:
        """Return whole parts and remainders of votes / quota; those of a divisor rule are none."""
        if isinstance(self.method, methods.Divisor):
            return {}, {}
        weights = {self.second_list(): self.law.fallback.weight} if self.fallback and self.law.fallback else {}
        share = {p: v / self.quota * weights.get(p, 1) for p, v in self.votes.items()}
        whole = {p: int(s) for p, s in share.items()}
        return whole, {p: s - whole[p] for p, s in share.items()}

    def quotients(self) -> dict[str, Quotients]:
        """Return votes / divisor of the last seat and of the next, by the signposts of the kernel."""
        if not isinstance(self.method, methods.Divisor):
            return {}
        return {p: (self.quotient(v, self.won[p] - 1), self.quotient(v, self.won[p])) for p, v in self.votes.items()}

    def quotient(self, votes: int, seats: int) -> Fraction | None:
        """Return votes / divisor of a list that has so many seats, squared where the rule takes squares."""
        num, den = (int(n) for n in law.signpost(self.method, seats)) if seats >= 0 else (0, 1)
        power = 2 if methods.squares(self.method) else 1
        return Fraction(votes**power * den, num) if num else None

    def second_list(self) -> str:
        """Return the one of the two lists that did not reach the threshold."""
        return next(p for p, v in self.votes.items() if v < self.law.threshold * self.base)

    def second_tie(self) -> Tie | None:
        """Name the lists that share the second place."""
        if not self.flags & flags.SECOND_TIE:
            return None
        votes, everyone = min(self.votes.values()), self.ballot.votes
        leader = max(everyone, key=lambda p: everyone[p])
        return tuple(p for p, v in everyone.items() if v == votes and p != leader), 1

    def tie(self) -> Tie | None:
        """Name the lists whose claims to the last seats are equal, and how many seats they share."""
        if not self.flags & flags.TIE:
            return None
        shift = int(law.order_bits(len(self.ballot.votes)))
        cut = int(self.lanes.served[0]) >> shift
        group = tuple(p for row, p in enumerate(self.admitted) if int(self.lanes.key[row, 0]) >> shift == cut)
        return group, sum(self.won[p] - self.certain[p] for p in group)


def refused(law: ElectoralLaw) -> int:
    """Return the flags of results that the law, or the user's choice, does not define."""
    wanted = {
        flags.NO_LIST: law.no_list_passes,
        flags.SECOND_TIE: law.second_place_tie,
        flags.EXCESS: law.floor_excess,
        flags.TIE: law.ties,
        flags.OVER_QUOTA: "error",
    }
    return sum(flag for flag, choice in wanted.items() if choice == "error")
