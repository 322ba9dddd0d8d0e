"""The search for elections that break an axiom: all small ones, random ones, and those where a seat changes hands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from random import Random
from typing import TypeAlias

from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.testing.axioms.definition import Axiom, Drawn, Outcome, Question, Trial, Votes, Watcher
from mazhilis_sim.testing.sandbox.answers import Misbehaviour
from mazhilis_sim.testing.sandbox.sandbox import FATAL, Sandbox
from mazhilis_sim.testing.search.breach import ANY, CLEAN, FEW_VOTES, SCALED, TIED, Breach, Inquiry, plain_flaw
from mazhilis_sim.testing.search.elections import Box, draws, small
from mazhilis_sim.testing.search.shrinking import Instance, changed_at, shrink

MILLION = 10**6
EXCUSED_BY = {"tie": TIED, "scale": SCALED}
DEEPER = (Box(3, 24, 8), Box(4, 16, 6))
"""Where to look for a plain counterexample, votes descending, when the small elections gave one with a blemish."""
AT_ONCE = 64
"""So many elections are prepared at once."""
NEIGHBOURS = 4
"""So many elections beside each random one, for axioms that compare any two."""
Watchers: TypeAlias = dict[str, Watcher]


class Search:
    """Looks for breaches of axioms by the rule in a sandbox, under laws."""

    def __init__(self, sandbox: Sandbox, axioms: Iterable[Axiom], laws: tuple[ElectoralLaw, ...]) -> None:
        self.sandbox, self.laws = sandbox, laws
        self.inquiries = [Inquiry(axiom) for axiom in axioms]
        self.exhausted = False
        self.near: dict[tuple[int, Votes, int], list[Question]] = {}  # put together ahead, and not asked for yet

    @property
    def open(self) -> list[Inquiry]:
        """The axioms without a clean counterexample."""
        return [inquiry for inquiry in self.inquiries if inquiry.above]

    @property
    def broken(self) -> list[Inquiry]:
        """The axioms with a counterexample."""
        return [inquiry for inquiry in self.inquiries if inquiry.breach]

    def outcome(self, votes: Votes, seats: int) -> Outcome | None:
        """Count an election."""
        result = self.sandbox.count(votes, seats)
        return None if result is None else Outcome(votes, seats, result, tuple(range(len(votes))))

    def others(self, axiom: Axiom, base: Outcome, watchers: Watchers, above: int) -> Iterator[Outcome]:
        """Yield the elections to hold against one, counted.

        A watcher remembers few outcomes. Once it has led to a counterexample with a blemish, another one is shown only
        what can lead to a better.
        """
        if axiom.watcher is not None:
            if above == ANY or self.flaw(base) < above:
                yield from watchers.setdefault(f"{axiom.name} below {above}", axiom.watcher()).partners(base)
        elif axiom.related is None:
            yield base
        else:
            near = self.near.pop((id(axiom), base.votes, base.seats), None)
            for votes, seats, parties in axiom.related(base) if near is None else near:
                result = self.sandbox.count(votes, seats)
                if result is not None:
                    yield Outcome(votes, seats, result, parties)

    def doubt(self, outcome: Outcome) -> int:
        """Return ``TIED`` or ``SCALED`` where that is so: what one vote on top of a million times the votes does."""
        near = a_vote_beside(outcome.votes)
        self.sandbox.ahead((votes, outcome.seats) for votes in near)
        first = self.sandbox.count(near[0], outcome.seats)
        if any(self.sandbox.count(votes, outcome.seats) != first for votes in near[1:]):
            return TIED
        return CLEAN if first == outcome.result else SCALED

    def excused(self, axiom: Axiom, outcome: Outcome) -> bool:
        """Tell whether the axiom passes this election over."""
        return bool(axiom.excuses) and self.doubt(outcome) in [EXCUSED_BY[each] for each in axiom.excuses]

    def first(self, axiom: Axiom, base: Outcome, others: Iterable[Outcome], above: int = ANY) -> Breach | None:
        """Return the first breach whose blemish is below ``above``."""
        for other in others:
            why = axiom.breach(Trial(base.votes, base.seats, base.result, other, self.laws))
            pair = (base,) if other is base else (base, other)
            if not why or max(map(plain_flaw, pair)) >= above:
                continue
            if self.excused(axiom, base):
                return None
            blemish = max(map(self.flaw, pair))
            if blemish < above and not self.excused(axiom, other):
                return Breach(base, other, why, blemish)
        return None

    def flaw(self, outcome: Outcome) -> int:
        """Return the blemish of an election as one of a counterexample."""
        plain = plain_flaw(outcome)
        return plain if plain == FEW_VOTES else max(plain, self.doubt(outcome))

    def look(self, votes: Votes, seats: int, watchers: Watchers, inquiries: Sequence[Inquiry]) -> Iterator[Inquiry]:
        """Hold one election against some axioms; yield those for which it is news."""
        base = self.outcome(votes, seats)
        if base is None:
            return
        for inquiry in inquiries:
            inquiry.examined += 1
            inquiry.tried += 1
            others = self.others(inquiry.axiom, base, watchers, inquiry.above)
            if inquiry.takes(self.first(inquiry.axiom, base, others, inquiry.above)):
                yield inquiry

    def prepare(self, ballots: Iterable[Votes], seats: int, inquiries: Sequence[Inquiry]) -> None:
        """Ask for some elections, and for what will be held against them, at once where that takes less time."""
        self.near.clear()
        if self.sandbox.asks_ahead:
            bases = [base for votes in ballots if (base := self.outcome(votes, seats))]
            self.sandbox.ahead(chain.from_iterable(self.wanted(base, inquiries) for base in bases))

    def wanted(self, base: Outcome, inquiries: Sequence[Inquiry]) -> Iterator[Drawn]:
        """Yield the elections that will be asked for beside one, and remember them until then."""
        for inquiry in inquiries:
            axiom = inquiry.axiom
            if axiom.related and not axiom.watcher:
                self.near[id(axiom), base.votes, base.seats] = related = list(axiom.related(base))
                yield from ((votes, seats) for votes, seats, _ in related)
        if any(inquiry.axiom.watcher and inquiry.above != ANY for inquiry in inquiries):
            yield from ((votes, base.seats) for votes in a_vote_beside(base.votes))

    def exhaust(self, box: Box) -> None:
        """Try every small election, the smallest first."""
        for seats, ballots in small(box):
            self.sandbox.prefetch(ballots, seats)
            watchers: Watchers = {}
            for number, votes in enumerate(ballots):
                if number % AT_ONCE == 0:
                    self.prepare(ballots[number : number + AT_ONCE], seats, self.open)
                self.settle(each for each in self.look(votes, seats, watchers, self.open) if each.axiom.watcher)
                if self.sandbox.spent:
                    return
        self.exhausted = all(mine >= usual for mine, usual in zip(box, Box(), strict=True))
        for inquiry in self.inquiries:
            inquiry.box = box if inquiry.examined else None
            inquiry.examined = 0

    def deepen(self, inquiries: Sequence[Inquiry], *, polish: bool) -> None:
        """Look for plainer or smaller counterexamples to what is broken: among all small elections, if need be, and a little beyond."""
        for inquiry in inquiries:
            inquiry.polishing = polish
        near = () if self.exhausted else small(Box())
        for seats, ballots in chain(near, *(small(box, descending=True) for box in DEEPER)):
            watchers: Watchers = {}
            for number, votes in enumerate(ballots):
                wanted = [each for each in inquiries if each.above]
                if not wanted or self.sandbox.spent:
                    return
                if number % AT_ONCE == 0:
                    self.sandbox.prefetch(ballots[number : number + AT_ONCE], seats)
                    self.prepare(ballots[number : number + AT_ONCE], seats, wanted)
                self.settle(self.look(votes, seats, watchers, wanted))

    def reduce(self, inquiry: Inquiry) -> None:
        """Shrink the counterexample."""
        breach, axiom = inquiry.breach, inquiry.axiom
        if breach:
            ballots = (breach.base.votes, breach.other.votes) if axiom.watcher is not None else (breach.base.votes,)
            inquiry.breach = shrink(
                Instance(ballots, breach.base.seats), breach, lambda case: self.retry(axiom, case), lambda found: found.size
            )

    def retry(self, axiom: Axiom, case: Instance) -> Breach | None:
        """Return how a shrunk case breaks the axiom."""
        outcomes = [] if self.sandbox.spent else [self.outcome(votes, case.seats) for votes in case.ballots]
        counted = [outcome for outcome in outcomes if outcome]
        if not counted or len(counted) < len(outcomes):
            return None
        base, *rest = counted
        return self.first(axiom, base, rest if axiom.watcher is not None else self.others(axiom, base, {}, ANY))

    def scatter(self, rng: Random, elections: Iterable[Drawn], inquiries: Sequence[Inquiry]) -> None:
        """Try elections, each with a few neighbours for the axioms that compare any two."""
        for votes, seats in elections:
            watchers: Watchers = {}
            near = [neighbour(rng, votes) for _ in range(NEIGHBOURS)]
            self.sandbox.ahead((each, seats) for each in (votes, *near))
            self.settle(self.look(votes, seats, watchers, [i for i in inquiries if i.above]))
            for changed in near:
                pairs = [i for i in inquiries if i.above and i.axiom.watcher is not None]
                self.settle(self.look(changed, seats, watchers, pairs) if pairs else ())
            if self.sandbox.spent:
                return

    def settle(self, news: Iterable[Inquiry]) -> None:
        """Shrink each new counterexample."""
        for inquiry in news:
            self.reduce(inquiry)

    def edges(self, elections: Iterable[Drawn], rng: Random) -> Iterator[Drawn]:
        """Yield, for each election, the two a vote apart between which a party's growth moves a seat."""
        for votes, seats in elections:
            if self.sandbox.spent:
                return
            party = rng.randrange(len(votes))
            low, high = votes, changed_at(votes, party, 2 * votes[party] + 1)
            first = self.sandbox.count(low, seats)
            if first is None or self.sandbox.count(high, seats) in (None, first):
                continue
            while high[party] - low[party] > 1 and not self.sandbox.spent:
                middle = changed_at(votes, party, (low[party] + high[party]) // 2)
                if self.sandbox.count(middle, seats) == first:
                    low = middle
                else:
                    high = middle
            yield low, seats
            yield high, seats

    def reduce_mishaps(self) -> None:
        """Shrink what the rule did instead of returning seats; not what takes long, nor what does not repeat."""
        mishaps = self.sandbox.mishaps
        for kind in sorted(set(mishaps) - {*FATAL, "inconsistent"}):
            worst = mishaps[kind]
            mishaps[kind] = shrink(Instance((worst.votes,), worst.seats), worst, partial(self.again, kind), lambda found: found.size)

    def again(self, kind: str, case: Instance) -> Misbehaviour | None:
        """Return a mishap of the same kind with a smaller election."""
        found = None if self.sandbox.spent else self.sandbox.attempt(case.ballots[0], case.seats)
        return found if found and found.kind == kind else None

    def roam(self, seed: int, many: int) -> None:
        """Try random elections, those at the edge of a seat, and for each axiom those that put it in danger."""
        rng = Random(f"{seed} random")
        self.scatter(rng, draws(rng, self.laws, many), self.inquiries)
        rng = Random(f"{seed} edges")
        self.scatter(rng, self.edges(draws(rng, self.laws, many // 4), rng), self.inquiries)
        for inquiry in self.open:
            hunt, rng = inquiry.axiom.hunt, Random(f"{seed} {inquiry.axiom.name}")
            if hunt is not None:
                found = (hunt(rng) for _ in range(many // 2))
                self.scatter(rng, ((tuple(votes), seats) for votes, seats in found), [inquiry])


def a_vote_beside(votes: Votes) -> list[Votes]:
    """Return the elections of a million times the votes with one vote more or less for one party."""
    scaled = tuple(MILLION * each for each in votes)
    moved = ((party, each + step) for party, each in enumerate(scaled) for step in (1, -1) if each + step > 0)
    return [changed_at(scaled, party, each) for party, each in moved]


def neighbour(rng: Random, votes: Votes) -> Votes:
    """Draw an election beside another: every party's votes moved a little, or much."""
    reach = rng.choice((2, 5, 20, 100))
    moved = tuple(max(0, v + rng.randint(-(v // reach) - 1, v // reach + 1)) for v in votes)
    return moved if any(moved) else votes
