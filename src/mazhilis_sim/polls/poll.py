"""One poll as published: checked, with margin, size and undecided voters resolved.

A poll's shares are of its whole sample. What the models use is ``Poll.q``: shares of those who named a list or against
all, summing to 1, and ``Poll.n_eff``: the size of a simple random sample with the same sampling error.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any

from mazhilis_sim import reading
from mazhilis_sim.errors import PollError, PollWarning, shorten, warn
from mazhilis_sim.languages import _, number
from mazhilis_sim.names.reserved import UNDECIDED
from mazhilis_sim.polls import sizes
from mazhilis_sim.polls.days import day_doubts, days_between
from mazhilis_sim.polls.places import DISTRICT_POLL, place_of, read_kind
from mazhilis_sim.polls.shares import LARGEST_POWER, OTHER_LISTS, SHORTFALLS, lists_of, share_table, split_shares, with_undecided
from mazhilis_sim.reading import NOT_GIVEN, Count, Day, Share
from mazhilis_sim.showing import Drawn, Sheet, Shown
from mazhilis_sim.tables import percent

DAYS = ("start", "date", "election_date")


@dataclass(frozen=True, repr=False)
class Poll(Shown, Drawn):
    """One published poll.

    Parameters
    ----------
    shares : mapping of str to float or str
        Share of the whole sample by party, in the order of registration: fractions in [0, 1] or ``"41%"``. May hold
        ``against_all`` and ``other``, which stay in the base, and ``undecided`` and ``invalid``, which are removed. Names of
        parties on record and words such as "Don't know" are read as ids, and that is said.
    margin : float or str, optional
        Printed margin of error: half-width at a share of one half, as a share (``0.03`` or ``"3%"``).
    sample_size : int, optional
        Respondents asked.
    undecided : float or str, optional
        Share of undecided voters, if not in ``shares``.
    pollster, kind : str
    start, date : datetime.date or str, optional
        First and last day of fieldwork.
    election_date : datetime.date or str, optional
        Day of the election that it asks about.
    confidence : float
        Level of the printed margin.
    design_effect : float
        Variance of this design over that of a simple random sample.
    kappa : float, optional
        None removes undecided voters proportionally. A number lets them split as Dirichlet(kappa q), which leaves the
        shares and reduces the size: 1/n_tot = 1/n + u^2 / (kappa + 1).
    other_lists : str
        What becomes of ``other``, the share of lists that are not named: ``"base"`` keeps it, without seats; ``"remove"`` takes
        it out like undecided voters.
    effective_size : float, optional
        ``n_eff`` itself, where it is known; then neither margin nor size decides it.
    undecided_power : float
        Undecided voters u go to the lists as ``a_i + u a_i^g / sum a^g``, a the shares of the others: 1, in proportion; less favours
        the small lists, 0 shares them out equally. Against all and other lists take part as lists do.
    shortfall : str
        What becomes of what the shares lack to 100 %: ``"scaled"`` says so and scales them; ``"undecided"`` reads it as undecided
        voters, who were part of the sample and tell nothing of it.
    district : int, optional
        Number of the one district that it asked in; its kind is ``"district_poll"``, and its shares are of candidates, of the
        largest alone where the others are not published. A forecast with districts uses the newest of each district.
    region : str
        Id of the one region that it asked in; its kind is ``"region_poll"``. It is kept beside the polls of the nation.

    Raises
    ------
    PollError
        When the poll cannot be used.

    Warns
    -----
    PollWarning
        When it can be used but contradicts itself or prints neither size nor margin.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.62, "b": 0.21, "c": 0.06}, margin=0.03, undecided=0.11)
    >>> round(poll.n_eff), round(poll.q["a"], 4)
    (1067, 0.6966)
    """

    picture = "judging.polls:draw_polls"

    shares: dict[str, float]
    _: KW_ONLY
    margin: float | None = None
    sample_size: int | None = None
    undecided: float = NOT_GIVEN
    pollster: str = ""
    start: datetime.date | None = None
    date: datetime.date | None = None
    election_date: datetime.date | None = None
    kind: str = "poll"
    confidence: float = 0.95
    design_effect: float = 1.0
    kappa: float | None = None
    effective_size: float | None = None
    note: str = ""
    where: str = ""
    other_lists: str = "base"
    undecided_power: float = 1.0
    shortfall: str = "scaled"
    district: int | None = None
    region: str = ""
    removed: dict[str, float] = field(init=False, default_factory=dict)
    doubts: tuple[str, ...] = field(init=False, default=())

    if TYPE_CHECKING:  # what may be given; the fields hold what was read

        def __init__(
            self,
            shares: Mapping[str, Share],
            *,
            margin: Share | None = None,
            sample_size: Count | None = None,
            undecided: Share | None = None,
            pollster: str = "",
            start: Day | None = None,
            date: Day | None = None,
            election_date: Day | None = None,
            kind: str = "poll",
            confidence: Share = 0.95,
            design_effect: Share = 1.0,
            kappa: Share | None = None,
            effective_size: Share | None = None,
            note: str = "",
            where: str = "",
            other_lists: str = "base",
            undecided_power: Share = 1.0,
            shortfall: str = "scaled",
            district: Count | None = None,
            region: str = "",
        ) -> None: ...

    def __post_init__(self) -> None:
        read_labels(self)
        read_figures(self)
        self.check()
        object.__setattr__(self, "doubts", tuple(self.find_doubts()))
        for doubt in self.doubts:
            warn(f"{self.label}: {doubt}", PollWarning)

    def check(self) -> None:
        """Refuse numbers and days that no poll can have together."""
        if not self.n_eff >= 1:
            left = "leave the size of at least one decided voter"
            what = "size, undecided voters, design effect and kappa"
            raise PollError(field=what, must=left, got=self.n_eff, shown=f"{self.n_eff:.3g}", where=self.label)
        if self.start and self.date and self.start > self.date:
            reversed_ = f"dates are reversed: fieldwork starts on {self.start} and ends on {self.date}"
            remedy = "start must not be after date"
            raise PollError(reversed_, field="start", must="not be after date", got=self.start, remedy=remedy, where=self.label)
        refuse_after(self, self.election_date)

    def find_doubts(self) -> Iterator[str]:
        """Say what in this poll contradicts itself or is left out."""
        total = math.fsum((*self.shares.values(), *self.removed.values()))
        largest_alone = self.kind == DISTRICT_POLL and total < 1  # what is missing is for others there, or undecided
        if abs(total - 1) > 0.005 + 1e-9 and not largest_alone:
            with_removed = " (undecided included)" if self.removed else ""
            made = "what is missing is read as undecided" if self.lacking else "they are scaled to 100 %"
            yield f"shares{with_removed} sum to {100 * total:.1f} %, not 100 %; {made}"
        size, margin = self.sample_size, self.margin
        if size and margin and margin < sizes.printed_as(self.half_width(size), margin) - 1e-9:
            contradiction = f"a margin of {100 * margin:g} % needs a sample of {self.simple_size(margin):,.0f}, got {size:,}"
            used = "the size" if self.effective_size is None else "effective_size"
            yield f"{contradiction}; {used} is used, but the model margin takes a lone poll's margin as printed"
        if not size and not margin and self.effective_size is None:
            yield f"neither sample size nor margin is printed; n = {sizes.DEFAULT_SIZE:,} is assumed"
        yield from day_doubts({name: getattr(self, name) for name in DAYS}, datetime.date.today())

    def _sheet(self) -> Sheet:
        """Return the shares as a page of a notebook."""
        known = (
            f"n {number(self.sample_size)}" if self.sample_size else "",
            _("margin {share}").format(share=percent(self.margin)) if self.margin else "",
            _("kind {kind}").format(kind=self.kind) if self.kind else "",
        )
        return Sheet(self.label, [share_table(self.shares)], [", ".join(part for part in known if part), *self.doubts])

    @property
    def label(self) -> str:
        """How messages name this poll."""
        named = (shorten(self.pollster), str(self.date or ""), place_of(self.district, self.region))
        name = f"poll {' '.join(part for part in named if part)}".strip()
        return f"{self.where}: {name}" if self.where else name

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the lists, in the order of registration."""
        return lists_of(self.shares)

    @property
    def q(self) -> dict[str, float]:
        """Shares of those who named a list, other lists among them, or against all, undecided voters shared out; they sum to 1."""
        total, open_ = math.fsum(self.shares.values()), self.undecided + self.lacking
        if self.undecided_power == 1 or not open_:
            return {party: share / total for party, share in self.shares.items()}
        return with_undecided(self.shares, open_, self.undecided_power)

    @property
    def lacking(self) -> float:
        """What the shares lack to 100 %, where it is read as undecided voters."""
        said = math.fsum((*self.shares.values(), *self.removed.values()))
        return max(0.0, 1 - said) if self.shortfall == "undecided" else 0.0

    @property
    def n_eff(self) -> float:
        """Size of a simple random sample of decided voters with the same sampling error."""
        if self.effective_size is not None:
            return self.effective_size
        size = self.sample_size or (math.inf if self.margin else sizes.DEFAULT_SIZE)
        by_size = size * (1 - math.fsum(self.removed.values()) - self.lacking) / self.design_effect
        size_left = min(by_size, self.simple_size(self.margin) if self.margin else math.inf)
        if self.kappa is None or not size_left:
            return size_left
        return sizes.with_undecided_split(size_left, self.undecided + self.lacking, self.kappa)

    @property
    def error_margin(self) -> float:
        """The printed margin at 95 %, or the one that ``n_eff`` implies."""
        if self.margin:
            return self.margin * 1.96 / sizes.two_sided_quantile(self.confidence)
        return 0.98 / math.sqrt(self.n_eff)

    @property
    def days_to_election(self) -> float:
        """Days from the last day of fieldwork to the election; 0 where one of them is unknown."""
        return days_between(self.date, self.election_date)

    @property
    def squared_weights(self) -> float:
        """Sum of the squared weights of the polls in it, as of a `Pool`: one poll, so 1."""
        return 1.0

    @property
    def members(self) -> tuple[str, ...]:
        """Labels of the polls in it, as of a `Pool`: its own."""
        return (self.label,)

    def half_width(self, size: float) -> float:
        """Return the margin of error of a simple random sample at a share of one half."""
        return sizes.half_width(reading.positive(size, "size", PollError, infinite=True), self.confidence)

    def simple_size(self, margin: float) -> float:
        """Return the size of the simple random sample that a margin implies."""
        return sizes.simple_size(reading.positive(margin, "margin", PollError), self.confidence)


def read_labels(poll: Poll) -> None:
    """Read what a poll is called, and its days, which messages name from then on."""
    put, days = object.__setattr__.__get__(poll), {name: getattr(poll, name) for name in DAYS}
    put("date", None)
    put("district", reading.maybe(reading.whole, poll.district, "district", PollError, least=1, where="poll"))
    for name in ("where", "pollster", "note", "region"):
        put(name, reading.text(getattr(poll, name), name, PollError, where="poll"))
    for name in ("date", *DAYS):
        put(name, reading.date(days[name], name, PollError, where=poll.label))
    put("kind", read_kind(poll.kind, poll.district, poll.region, poll.label))


def read_figures(poll: Poll) -> None:
    """Read a poll's shares, sizes and margins."""
    put, where = object.__setattr__.__get__(poll), poll.label
    put("other_lists", reading.choice(poll.other_lists, "other_lists", OTHER_LISTS, PollError, where=where))
    put("shortfall", reading.choice(poll.shortfall, "shortfall", SHORTFALLS, PollError, where=where))
    put("undecided_power", reading.real(poll.undecided_power, "undecided_power", PollError, least=0, most=LARGEST_POWER))
    named, removed = split_shares(poll.shares, poll.undecided, poll.other_lists, where, of_candidates=poll.kind == DISTRICT_POLL)
    put("shares", named)
    put("removed", removed)
    put("undecided", removed.get(UNDECIDED, 0.0))
    put("margin", reading.maybe(read_margin, poll.margin, where))
    put("sample_size", reading.maybe(read_sample_size, poll.sample_size, where))
    put("confidence", reading.level(poll.confidence, PollError, "confidence", where=where))
    put("design_effect", reading.positive(poll.design_effect, "design_effect", PollError, where=where))
    for name in ("kappa", "effective_size"):
        put(name, reading.maybe(reading.positive, getattr(poll, name), name, PollError, infinite=True, where=where))


def read_margin(value: Any, where: str) -> float:
    """Read a printed margin; a bare 3 is answered with how to write it."""
    margin = reading.share(value, "margin", PollError, where=where)
    if not 0 < float(margin) < 0.5:
        raise PollError(field="margin", got=value, must='lie between 0 and 50 %, such as 0.03 or "3%"', where=where)
    return float(margin)


def read_sample_size(value: Any, where: str) -> int:
    """Read a number of people asked."""
    return reading.whole(value, "sample_size", PollError, least=1, most=sizes.LARGEST_SIZE, where=where)


def refuse_after(poll: Poll, election: datetime.date | None) -> None:
    """Refuse a poll before an election that was taken after it."""
    if poll.kind in ("poll", DISTRICT_POLL) and poll.date and election and poll.date > election:
        raise PollError(
            field="date", got=poll.date, must=f"not be after the election of {election}", shown=str(poll.date), where=poll.label
        )
