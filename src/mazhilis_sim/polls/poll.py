"""Polls as published: checked, with margin, size and undecided voters resolved, and pooled.

A poll's shares are of its whole sample. What the models use is ``Poll.q``: shares of those who named a list or against
all, summing to 1, and ``Poll.n_eff``: the size of a simple random sample with the same sampling error.
"""

from __future__ import annotations

import datetime
import math
import numbers
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from statistics import NormalDist
from typing import Any

from mazhilis_sim.errors import MazhilisError, PollError, PollWarning, nearest, warn
from mazhilis_sim.names.reserved import AGAINST_ALL, ASSEMBLY, INDEPENDENTS, INVALID, NO_LISTS, OTHER, UNDECIDED
from mazhilis_sim.reading import as_fraction

REMOVED = (UNDECIDED, OTHER, INVALID)
"""Ids whose share is taken out before the rest is scaled to 1."""
DEFAULT_SIZE = 1600
LARGEST_SIZE = 10**12
KINDS = ("poll", "exit_poll", "independent_poll", "bot", "debate_poll")


def read_share(value: object, what: str) -> float:
    """Read a share in [0, 1] such as ``0.41`` or ``"41%"``.

    Raises
    ------
    PollError
        For anything else; a bare 41 is answered with the two ways to write it.
    """
    try:
        share = as_fraction(value, what)
    except MazhilisError:
        raise PollError(f'{what} must be a share such as 0.41 or "41%", got {value!r}') from None
    if not 0 <= share <= 1:
        hint = f'; write {float(share) / 100:g} or "{value}%"' if 1 < share <= 100 and "%" not in str(value) else ""
        raise PollError(f"{what} must lie in [0, 1], got {value!r}{hint}")
    return float(share)


def two_sided_quantile(confidence: float) -> float:
    """Return the normal quantile of a two-sided level; 1.96 at 95 %, as the institutes print it."""
    return 1.96 if confidence == 0.95 else NormalDist().inv_cdf(0.5 + confidence / 2)


def read_date(value: object, what: str) -> datetime.date | None:
    """Read a date or its ISO form; empty stays None."""
    if is_empty(value):
        return None
    if isinstance(value, datetime.datetime) and value == value:  # the missing time of data frames is none, and equals nothing
        return value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(value.strip() if isinstance(value, str) else "")
    except ValueError:
        raise PollError(f'{what} must be a date such as "2023-03-10", got {value!r}') from None


def is_empty(value: object) -> bool:
    """Tell whether nothing is given: None, or an empty cell."""
    return value is None or (isinstance(value, str) and value == "")


@dataclass(frozen=True)
class Poll:
    """One published poll, or several pooled into one.

    Parameters
    ----------
    shares : mapping of str to float or str
        Share of the whole sample by party, in the order of registration: fractions in [0, 1] or ``"41%"``. May hold
        ``against_all``, which stays in the base, and ``undecided``, ``other`` and ``invalid``, which are removed.
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
    effective_size : float, optional
        ``n_eff`` itself, where it is known; then neither margin nor size decides it.

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

    shares: Any
    _: KW_ONLY
    margin: Any = None
    sample_size: Any = None
    undecided: Any = None
    pollster: str = ""
    start: Any = None
    date: Any = None
    election_date: Any = None
    kind: str = "poll"
    confidence: float = 0.95
    design_effect: float = 1.0
    kappa: float | None = None
    effective_size: float | None = None
    note: str = ""
    where: str = ""
    squared_weights: float = 1.0
    members: tuple[str, ...] = ()
    removed: dict[str, float] = field(init=False, default_factory=dict)
    doubts: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        put = object.__setattr__.__get__(self)
        for name in ("start", "date", "election_date"):
            put(name, read_date(getattr(self, name), f"{self.label}: {name}"))
        named, removed = split_shares(self.shares, self.undecided, self.label)
        put("shares", named)
        put("removed", removed)
        put("undecided", removed.get(UNDECIDED, 0.0))
        put("margin", read_margin(self.margin, self.label))
        put("sample_size", read_size(self.sample_size, self.label))
        self.check()
        put("doubts", () if self.members else tuple(self.find_doubts()))
        for doubt in self.doubts:
            warn(f"{self.label}: {doubt}", PollWarning)

    def check(self) -> None:
        """Refuse numbers that no poll can have."""
        if not (is_positive(self.confidence) and self.confidence < 1):
            raise PollError(f"{self.label}: confidence must lie in (0, 1), such as 0.95, got {self.confidence!r}")
        if not (is_positive(self.design_effect) and math.isfinite(self.design_effect)):
            raise PollError(f"{self.label}: design_effect must be positive, got {self.design_effect!r}")
        if self.kappa is not None and not is_positive(self.kappa):
            raise PollError(f"{self.label}: kappa must be positive, got {self.kappa!r}")
        if self.effective_size is not None and not is_positive(self.effective_size):
            raise PollError(f"{self.label}: effective_size must be positive, got {self.effective_size!r}")
        if not self.n_eff >= 1:
            said = "size, undecided voters, design effect and kappa must leave the size of at least one decided voter"
            raise PollError(f"{self.label}: {said}, got {self.n_eff:.3g}")
        if self.kind not in KINDS:
            raise PollError(f"{self.label}: there is no kind {self.kind!r}{nearest(self.kind, KINDS)}")
        if self.start and self.date and self.start > self.date:
            dates = f"fieldwork starts on {self.start} and ends on {self.date}"
            raise PollError(f"{self.label}: dates are reversed: {dates}; start must not be after date")
        if self.kind == "poll" and self.date and self.election_date and self.date > self.election_date:
            raise PollError(f"{self.label}: date must not be after the election of {self.election_date}, got {self.date}")

    def find_doubts(self) -> Iterator[str]:
        """Say what in this poll contradicts itself or is left out."""
        total = sum(self.shares.values()) + sum(self.removed.values())
        if abs(total - 1) > 0.005 + 1e-9:
            with_removed = " (undecided included)" if self.removed else ""
            yield f"shares{with_removed} sum to {100 * total:.1f} %, not 100 %; they are scaled to 100 %"
        size, margin = self.sample_size, self.margin
        if size and margin and margin < printed_as(self.half_width(size), margin) - 1e-9:
            contradiction = f"a margin of {100 * margin:g} % needs a sample of {self.simple_size(margin):,.0f}, got {size:,}"
            used = "the size" if self.effective_size is None else "effective_size"
            yield f"{contradiction}; {used} is used, but the model margin takes a lone poll's margin as printed"
        if not size and not margin and self.effective_size is None:
            yield f"neither sample size nor margin is printed; n = {DEFAULT_SIZE:,} is assumed"

    @property
    def label(self) -> str:
        """How messages name this poll."""
        name = f"poll {' '.join(str(part) for part in (self.pollster, self.date) if not is_empty(part))}".strip()
        return f"{self.where}: {name}" if self.where else name

    @property
    def parties(self) -> tuple[str, ...]:
        """Ids of the lists, in the order of registration."""
        return tuple(party for party in self.shares if party != AGAINST_ALL)

    @property
    def q(self) -> dict[str, float]:
        """Shares of those who named a list or against all; they sum to 1."""
        total = sum(self.shares.values())
        return {party: share / total for party, share in self.shares.items()}

    @property
    def n_eff(self) -> float:
        """Size of a simple random sample of decided voters with the same sampling error."""
        if self.effective_size is not None:
            return self.effective_size
        size = self.sample_size or (math.inf if self.margin else DEFAULT_SIZE)
        by_size = size * (1 - sum(self.removed.values())) / self.design_effect
        size_left: float = min(by_size, self.simple_size(self.margin) if self.margin else math.inf)
        if self.kappa is None:
            return size_left
        return float(1 / (1 / size_left + self.undecided**2 / (self.kappa + 1)))

    @property
    def error_margin(self) -> float:
        """The printed margin at 95 %, or the one that ``n_eff`` implies."""
        if self.margin and not self.members:
            return float(self.margin) * 1.96 / two_sided_quantile(self.confidence)
        return float(0.98 / math.sqrt(self.n_eff))

    @property
    def days_to_election(self) -> float:
        """Days from the last day of fieldwork to the election; 0 where one of them is unknown."""
        return (self.election_date - self.date).days if self.election_date and self.date else 0

    def half_width(self, size: float) -> float:
        """Margin of error of a simple random sample at a share of one half."""
        return two_sided_quantile(self.confidence) / (2 * math.sqrt(size))

    def simple_size(self, margin: float) -> float:
        """Size of the simple random sample that a margin implies."""
        return float(0.25 * (two_sided_quantile(self.confidence) / margin) ** 2)


def split_shares(shares: Any, undecided: Any, label: str) -> tuple[dict[str, float], dict[str, float]]:
    """Read the shares and take out those that are removed: (lists and against all, removed)."""
    if not isinstance(shares, Mapping) and not hasattr(shares, "items"):
        raise PollError(f'{label}: shares must be a mapping such as {{"amanat": 0.54}}, got {type(shares).__name__}')
    pairs = list(shares.items())
    for party, _ in pairs:
        if not isinstance(party, str) or not party.strip():
            raise PollError(f"{label}: an id must be a non-empty string, got {party!r}")
    given = dict(pairs)
    if len(given) < len(pairs):
        raise PollError(f"{label}: shares name a party twice")
    if undecided is not None and UNDECIDED in given:
        raise PollError(f"{label}: undecided stands in the shares and is given by name as well; write it once")
    if undecided is not None:
        given[UNDECIDED] = undecided
    for party in (INDEPENDENTS, ASSEMBLY):
        if party in given:
            raise PollError(f"{label}: {party!r} is {NO_LISTS[party]} and cannot be a list")
    read = {party: read_share(share, f"{label}: share of {party!r}") for party, share in given.items()}
    named = {party: share for party, share in read.items() if party not in REMOVED}
    if not any(share for party, share in named.items() if party != AGAINST_ALL):
        raise PollError(f"{label}: at least one list must have a share above 0, got {given or 'none'}")
    total = sum(named.values())
    if total > 1.02 + 1e-9:
        raise PollError(f"{label}: shares of lists and against all must not exceed 102 %, got {100 * total:.1f} %")
    removed = {party: share for party, share in read.items() if party in REMOVED}
    if sum(removed.values()) >= 1:
        raise PollError(f"{label}: undecided and other voters must be less than 100 %, got {100 * sum(removed.values()):.1f} %")
    return named, removed


def is_positive(value: object) -> bool:
    """Whether a value is a number above 0, infinity included."""
    return not isinstance(value, bool) and isinstance(value, numbers.Real) and float(value) > 0


def read_margin(value: Any, label: str) -> float | None:
    """Read a printed margin; a bare 3 is answered with how to write it."""
    if is_empty(value):
        return None
    margin = read_share(value, f"{label}: margin")
    if not 0 < margin < 0.5:
        raise PollError(f'{label}: margin must lie between 0 and 50 %, such as 0.03 or "3%", got {value!r}')
    return margin


def read_size(value: Any, label: str) -> int | None:
    """Read a sample size; a whole float, as data frames hold it, is one."""
    if is_empty(value):
        return None
    known: Any = 0 if isinstance(value, bool) or not isinstance(value, (int, float, numbers.Number)) else value
    if not known >= 1 or known == math.inf or known != int(known):
        raise PollError(f"{label}: sample_size must be a whole number of at least 1, got {value!r}")
    if known > LARGEST_SIZE:
        raise PollError(f"{label}: sample_size must be at most {LARGEST_SIZE:,}, got {value}")
    return int(known)


def printed_as(margin: float, printed: float) -> float:
    """Round a margin to the decimals that a printed one shows, in percent."""
    text = f"{100 * printed:.4f}".rstrip("0")
    decimals = len(text.partition(".")[2])
    return round(100 * margin, decimals) / 100
