"""The error model of the districts: national, regional and district components around a baseline."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.kernels.cpu import districts as kernel
from mazhilis_sim.kernels.parameters import ABSENT
from mazhilis_sim.kernels.steps.elementary import log
from mazhilis_sim.names.reserved import INDEPENDENTS
from mazhilis_sim.simulation.models.centre import WIDEST_LOG
from mazhilis_sim.simulation.models.parts import keep
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes

if TYPE_CHECKING:
    from mazhilis_sim.reading import Share

LEAST_SCALE = 1e-9  # stands for no noise, where the kernels divide by it
PRIORS = ("beta", "sigma_national", "sigma_regional", "sigma_district", "sigma_district_from_list")
NOISE = ("own", "national_loading", "regional_loading")


@dataclass(frozen=True, slots=True)
class Districts:
    """How a district's result departs from its baseline; priors, not estimates.

    eta = log b + beta (log x - log l) + N + R + D, and the most votes win: b the candidate's share at the baseline, x and
    l the list shares of the party in the draw and at the baseline's own election. Independents, and parties that are not
    polled, have beta = 0; each independent has components of their own. A district whose region is not given shares no
    regional component with another.

    Where a district was polled, a candidate's eta moves towards the log share in the poll by w = S^2 / (S^2 + v), as far as
    the poll is the more certain of both: S^2 is the variance of N + R + D, v = sigma_poll^2 + 1 / (n share) that of the poll.
    What is left is (1 - w) eta + w (log share + a + sqrt(v) e), of variance S^2 v / (S^2 + v): the posterior of a normal prior.
    A poll speaks of its candidates' ratios: the level a is the one at which they have together what the baseline gives them.

    Parameters
    ----------
    beta : float
        How far a party's candidates follow its list vote, on the log scale.
    sigma_national, sigma_regional, sigma_district : float
        Standard deviations of the components, on the log scale.
    sigma_district_from_list : float
        The district component where only the list vote is known.
    sigma_poll : float or None
        Standard deviation of what a poll of a district gets wrong beyond sampling error, on log shares; a prior, too: that of one
        poll of lists. None leaves polls of districts out.
    regional : mapping of str to float
        ``sigma_regional`` of some parties, where it is not that of all.
    """

    name: ClassVar[str] = "districts"
    beta: float = 0.5
    sigma_national: float = 0.25
    sigma_regional: float = 0.3
    sigma_district: float = 0.4
    sigma_district_from_list: float = 0.8
    sigma_poll: float | None = 0.35
    regional: tuple[tuple[str, float], ...] = ()

    if TYPE_CHECKING:  # what may be given; the fields hold what was read

        def __init__(
            self,
            beta: Share = 0.5,
            sigma_national: Share = 0.25,
            sigma_regional: Share = 0.3,
            sigma_district: Share = 0.4,
            sigma_district_from_list: Share = 0.8,
            sigma_poll: Share | None = 0.35,
            regional: Mapping[str, Share] | Sequence[tuple[str, Share]] = (),
        ) -> None: ...

    def __post_init__(self) -> None:
        for field in PRIORS:
            keep(self, field, read_prior(getattr(self, field), field))
        keep(self, "sigma_poll", reading.maybe(read_prior, self.sigma_poll, "sigma_poll"))
        keep(self, "regional", read_regional(self.regional))

    def own_variance(self, district: District) -> float:
        """Return the variance of what one candidate shares with nobody in a district."""
        return (self.sigma_district_from_list if district.from_list else self.sigma_district) ** 2

    def regional_of(self, party: str) -> float:
        """Return the standard deviation of a party's regional components."""
        return dict(self.regional).get(party, self.sigma_regional)

    def spread(self, district: District, party: str = INDEPENDENTS) -> float:
        """Return the standard deviation of all three components together."""
        return math.sqrt(self.sigma_national**2 + self.regional_of(party) ** 2 + self.own_variance(district))

    def poll_variance(self, district: District, candidate: Candidate) -> float:
        """Return the variance of a candidate's log share in the poll of the district; infinite where there is nothing to go by."""
        answers = district.answers
        if self.sigma_poll is None or not answers or candidate.name not in answers.shares:
            return math.inf
        return self.sigma_poll**2 + 1 / (answers.size * answers.share_of(candidate.name))

    def pack(self, votes: DistrictVotes | None, parties: Sequence[str], columns: Sequence[str]) -> kernel.Districts:
        """Pack the model around a baseline for the kernels; ``parties`` are polled, ``columns`` get the seats."""
        contested = tuple(district for district in votes or () if not district.vacant)
        if votes is None or not contested:
            return without_districts(len(parties))
        return Packer(self, contested, votes.list_shares, tuple(parties), tuple(columns)).pack()


def read_prior(value: Any, field: str) -> float:
    """Read a number of the model."""
    return reading.real(value, field, SimulationError, least=0, most=WIDEST_LOG)


def read_regional(value: Any) -> tuple[tuple[str, float], ...]:
    """Read numbers by party."""
    pairs = reading.mapping(dict(value) if isinstance(value, tuple) else value, "regional", SimulationError, like='{"auyl": 0.9}')
    return tuple((party, read_prior(sigma, f"regional of {party!r}")) for party, sigma in pairs.items())


def without_districts(k: int) -> kernel.Districts:
    """Return what a chamber of k lists alone packs."""
    none, table = np.zeros(0), np.zeros((0, kernel.NUMBERS))
    places, rivals, linked = table.astype(np.int64), none.astype(np.int64), np.zeros(k, np.int64)
    return kernel.Districts(np.zeros(1, np.int64), table, places, rivals, none, none, linked, 0, 0)


def without_noise(packed: kernel.Districts) -> kernel.Districts:
    """Return packed districts that move as the lists do, and no further."""
    numbers = packed.numbers.copy()
    numbers[:, [kernel.Candidate._fields.index(name) for name in NOISE]] = 0
    return packed._replace(numbers=numbers, rival_scale=np.full_like(packed.rival_scale, LEAST_SCALE))


@dataclass(frozen=True)
class Packer:
    """Finds out which components candidates share; what only one of them has is merged into their own noise."""

    model: Districts
    districts: tuple[District, ...]
    list_shares: dict[str, float]
    parties: tuple[str, ...]
    columns: tuple[str, ...]

    def pack(self) -> kernel.Districts:
        """Return the packed districts."""
        shared = self.shared_components()
        standing = [(d, c) for d in self.districts for c in d.candidates]
        rows = [self.row(d, c, shared, len(shared) + number) for number, (d, c) in enumerate(standing)]
        rivals = [self.rivals(d) for d in self.districts]
        linked = np.zeros(len(self.parties), np.int64)
        linked[[row.follows for row in rows if row.beta]] = 1
        independents = self.columns.index(INDEPENDENTS) if INDEPENDENTS in self.columns else 0
        return kernel.Districts(
            first=np.cumsum([0, *(len(d.candidates) for d in self.districts)]).astype(np.int64),
            numbers=np.array([row[: kernel.NUMBERS] for row in rows], float).reshape(-1, kernel.NUMBERS),
            places=np.array([row[kernel.NUMBERS :] for row in rows], np.int64).reshape(-1, kernel.NUMBERS),
            rivals=np.array([m for m, _ in rivals], np.int64),
            rival_location=np.array([b for _, b in rivals], float),
            rival_scale=np.array([max(self.model.spread(d), LEAST_SCALE) for d in self.districts], float),
            linked=linked,
            slots=len(shared) + len(rows),
            independents=independents,
        )

    def shared_components(self) -> dict[tuple[str, ...], int]:
        """Number the national and regional components that more than one candidate shares; no name of a region is no region."""
        party_candidates = [(c.party, d.region) for d in self.districts for c in d.candidates if c.party != INDEPENDENTS]
        national = Counter((party,) for party, _ in party_candidates)
        regional = Counter(named for named in party_candidates if named[1])
        names: list[tuple[str, ...]] = [name for counts in (national, regional) for name, n in counts.items() if n > 1]
        return {name: number for number, name in enumerate(names)}

    def row(self, district: District, candidate: Candidate, shared: dict[tuple[str, ...], int], noise: int) -> kernel.Candidate:
        """Describe one candidate, whose own random number stands in the row ``noise``."""
        model, party = self.model, candidate.party
        national, regional = shared.get((party,)), shared.get((party, district.region))
        own = model.own_variance(district)
        own += model.sigma_national**2 * (national is None) + model.regional_of(party) ** 2 * (regional is None)
        follows, beta, link = self.link(party)
        location = log_or_absent(candidate.votes / district.valid) - link
        weight, observed, error = self.in_poll(district, candidate)
        kept = 1 - weight
        return kernel.Candidate(
            kept * location + weight * observed,
            math.sqrt(kept**2 * own + error),
            kept * beta,
            0.0 if national is None else kept * model.sigma_national,
            0.0 if regional is None else kept * model.regional_of(party),
            self.columns.index(party),
            noise,
            follows,
            national or 0,
            regional or 0,
        )

    def in_poll(self, district: District, candidate: Candidate) -> tuple[float, float, float]:
        """Return the weight of the poll, the log share in it on the level of the baseline, and the variance that it brings."""
        weight, answers = self.weight(district, candidate), district.answers
        if not weight or not answers:
            return 0.0, 0.0, 0.0
        polled = [c for c in district.candidates if self.weight(district, c)]
        doubts = [self.model.spread(district, c.party) ** 2 + self.model.poll_variance(district, c) for c in polled]
        gaps = [float(log(c.votes / district.valid) - log(answers.share_of(c.name))) for c in polled]
        level = math.fsum(gap / doubt for gap, doubt in zip(gaps, doubts, strict=True)) / math.fsum(1 / doubt for doubt in doubts)
        error = weight**2 * self.model.poll_variance(district, candidate)
        return weight, float(log(answers.share_of(candidate.name))) + level, error

    def weight(self, district: District, candidate: Candidate) -> float:
        """Return how much the poll of a district counts beside the baseline; 0 where a candidate has no share in one of them."""
        doubt = self.model.poll_variance(district, candidate)
        before = self.model.spread(district, candidate.party) ** 2
        return before / (before + doubt) if candidate.votes and before and doubt < math.inf else 0.0

    def link(self, party: str) -> tuple[int, float, float]:
        """Return the list that a candidate follows, beta (0 where there is none), and beta log l."""
        before = self.list_shares.get(party, 0.0)
        if party not in self.parties or before <= 0:
            return 0, 0.0, 0.0
        return self.parties.index(party), self.model.beta, self.model.beta * log(before)

    @staticmethod
    def rivals(district: District) -> tuple[int, float]:
        """Split the unpublished votes evenly, none above the runner-up: (candidates, log share of each)."""
        if not district.unnamed_candidates or not district.unnamed_votes:
            return 0, ABSENT
        runner_up = sorted((c.votes for c in district.candidates), reverse=True)[:2][-1]
        each = min(district.unnamed_votes / district.unnamed_candidates, runner_up)
        return district.unnamed_candidates, log_or_absent(each / district.valid)


def log_or_absent(share: Any) -> float:
    """Return the log of a share; very low where it is zero."""
    return float(log(share)) if share > 0 else ABSENT
