"""The likelihood of the error of polls beyond sampling, given polls and results.

For each poll p of an election and each category i (list, or against all) that was both polled and counted, let
d_pi = log(q_pi / x_i), the poll's share over the result's. The model `Total` says

    d_pi = c_p + b_i + h_fi + s_pi,   b_i ~ N(0, sigma_bias^2),   h_fi ~ N(0, sigma_house^2),   s_pi ~ N(0, 1 / (n_p q_pi)),

with b shared by all polls of the election and h by all polls of one institute f. The level c_p says nothing, since shares
sum to 1; it is integrated out under a flat prior, which leaves the likelihood of the log ratios between the categories.
Derivation: docs/explanation/models.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mazhilis_sim.errors import PollError, shorten
from mazhilis_sim.polls.poll import Poll
from mazhilis_sim.votes.election import Election

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LARGEST = 3.0
"""Log shares off by this much: a party polled at a twentieth of its share. No larger sigma is looked for."""
LEAST = 1e-12
"""Stands for no sampling error, so that no covariance is singular."""
GRID = 9
ZOOMS = 8
HALF_CHI_SQUARED_95 = 1.9207294103470516
"""Half the 95 % quantile of chi squared with one degree of freedom: the drop that bounds a profile-likelihood interval."""
NAMES = ("sigma_bias", "sigma_house")


# -- the record --------------------------------------------------------------------------------------------------------


class Block(NamedTuple):
    """The categories of one election that the same polls (P of them) asked about: k rows."""

    polls: NDArray[np.int64]
    error: Floats
    sampling: Floats


@dataclass(frozen=True)
class Misses:
    """By how much the polls of one election missed, on the log scale."""

    election: str
    polls: tuple[str, ...]
    institutes: int
    same_institute: Floats
    blocks: tuple[Block, ...]
    left_out: tuple[str, ...]


def misses_of(polls: Iterable[Poll], election: Election) -> Misses:
    """Measure the polls of one election against its result."""
    used = tuple(polls)
    result = counted_shares(election)
    common = [id_ for id_ in result if sum(poll.q.get(id_, 0) > 0 for poll in used) and result[id_] > 0]
    named = dict.fromkeys(id_ for poll in used for id_ in poll.q)
    for poll in used:
        if sum(poll.q.get(id_, 0) > 0 for id_ in common) < 2:
            must = f"have shares above 0 of at least two lists of {election.name or 'the election'}"
            raise PollError(field=poll.label, must=must, got=poll.q, shown=shorten(", ".join(poll.q)))
    houses = [poll.pollster or f"poll {number}" for number, poll in enumerate(used)]
    return Misses(
        election.name,
        tuple(poll.label for poll in used),
        len(set(houses)),
        np.array([[a == b for b in houses] for a in houses], float),
        tuple(asked_together(used, result, common)),
        tuple(id_ for id_ in dict.fromkeys([*named, *result]) if id_ not in common),
    )


def counted_shares(election: Election) -> dict[str, float]:
    """Return what was counted: shares of the base by list, and of against all where there were any."""
    base = election.votes.base()
    return {id_: votes / base for id_, votes in election.votes.counted.items()}


def asked_together(polls: Sequence[Poll], result: dict[str, float], common: Sequence[str]) -> Iterable[Block]:
    """Put the categories that the same polls asked about together."""
    asked: dict[tuple[int, ...], list[str]] = {}
    for id_ in common:
        asked.setdefault(tuple(i for i, poll in enumerate(polls) if poll.q.get(id_, 0) > 0), []).append(id_)
    for who, ids in asked.items():
        shares = np.array([[polls[i].q[id_] for i in who] for id_ in ids])
        sizes = np.array([polls[i].n_eff for i in who])
        truth = np.array([result[id_] for id_ in ids])
        yield Block(np.array(who), np.log(shares / truth[:, None]), np.maximum(1 / (shares * sizes), LEAST))


# -- the likelihood ----------------------------------------------------------------------------------------------------


def log_likelihood(record: Iterable[Misses], sigma_bias: float, sigma_house: float) -> float:
    """Return the log likelihood of two sigmas, up to a constant that depends on the record alone."""
    return log_likelihoods(record, [(sigma_bias, sigma_house)])[0]


def log_likelihoods(record: Iterable[Misses], pairs: Sequence[tuple[float, float]]) -> list[float]:
    """Return the log likelihoods of many pairs of sigmas: the small matrices of all of them are inverted together."""
    variances = np.array(pairs).T ** 2
    found: list[float] = sum((election_likelihoods(misses, *variances) for misses in record), np.zeros(len(pairs))).tolist()
    return found


def election_likelihoods(misses: Misses, bias: Floats, house: Floats) -> Floats:
    """Return one election's part for G pairs of variances: categories are independent given the polls' levels, which are integrated out."""
    number = len(misses.same_institute)
    shared = bias[:, None, None] + house[:, None, None] * misses.same_institute
    precision, pull, value = np.zeros((len(bias), number, number)), np.zeros((len(bias), number)), np.zeros(len(bias))
    for block in misses.blocks:
        rows, columns = np.ix_(block.polls, block.polls)
        covariance = shared[:, rows, columns][:, None] + block.sampling[:, :, None] * np.eye(len(block.polls))
        inverse = np.linalg.inv(covariance)
        weighted = np.einsum("gkij,kj->gki", inverse, block.error)
        precision[:, rows, columns] += inverse.sum(axis=1)
        pull[:, block.polls] += weighted.sum(axis=1)
        value -= 0.5 * (np.linalg.slogdet(covariance)[1].sum(axis=1) + (weighted * block.error).reshape(len(bias), -1).sum(axis=1))
    levels = [one @ other for one, other in zip(pull, np.linalg.solve(precision, pull[:, :, None])[:, :, 0], strict=True)]
    found: Floats = value + 0.5 * (np.array(levels) - np.linalg.slogdet(precision)[1])
    return found


class Peak(NamedTuple):
    """The largest log likelihood, and where it is."""

    value: float
    sigma_bias: float
    sigma_house: float


Span = tuple[float, float]


@dataclass(frozen=True)
class SigmaSearch:
    """Looks for the most likely sigmas of a record; ``limits`` bound (sigma_bias, sigma_house)."""

    record: tuple[Misses, ...]
    limits: tuple[Span, Span]

    def peak(self, bias: Span, house: Span) -> Peak:
        """Find the maximum in a rectangle: a grid, laid ever finer around its best point."""
        best, spans = Peak(-math.inf, bias[0], house[0]), (bias, house)
        for _ in range(ZOOMS):
            pairs = list(product(*(np.unique(np.linspace(low, high, GRID)).tolist() for low, high in spans)))
            best = max(best, max(Peak(value, *pair) for value, pair in zip(log_likelihoods(self.record, pairs), pairs, strict=True)))
            spans = around(best.sigma_bias, spans[0], bias), around(best.sigma_house, spans[1], house)
        return best

    def profile(self, name: str, sigma: float) -> float:
        """Return the largest log likelihood with one sigma held."""
        held = (sigma, sigma)
        return self.peak(*((held, self.limits[1]) if name == NAMES[0] else (self.limits[0], held))).value

    def interval(self, name: str, top: Peak) -> Span:
        """Return the sigmas whose profile lies within 1.92 of the maximum: a 95 % interval."""
        floor = top.value - HALF_CHI_SQUARED_95
        low, high = (self.crossing(name, getattr(top, name), end, floor) for end in self.limits[NAMES.index(name)])
        return low, math.inf if high == LARGEST else high

    def crossing(self, name: str, inside: float, outside: float, floor: float) -> float:
        """Find by bisection where a profile falls below a floor; the end itself where it never does."""
        if self.profile(name, outside) >= floor:
            return outside
        while abs(outside - inside) > 5e-4:
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if self.profile(name, middle) >= floor else (inside, middle)
        return inside

    def standard_errors(self, top: Peak) -> tuple[float, float] | None:
        """Return what the curvature at the maximum gives; None where a sigma is 0, where it says nothing."""
        step = 1e-3
        if min(top.sigma_bias, top.sigma_house) < 2 * step:
            return None
        value = {
            (i, j): log_likelihood(self.record, top.sigma_bias + i * step, top.sigma_house + j * step)
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
        }
        bb = value[1, 0] - 2 * value[0, 0] + value[-1, 0]
        hh = value[0, 1] - 2 * value[0, 0] + value[0, -1]
        bh = (value[1, 1] - value[1, -1] - value[-1, 1] + value[-1, -1]) / 4
        variances = np.diag(np.linalg.inv(-np.array([[bb, bh], [bh, hh]]) / step**2))
        return None if min(variances) <= 0 else (math.sqrt(variances[0]), math.sqrt(variances[1]))


def around(middle: float, span: Span, limits: Span) -> Span:
    """Return a third of a span around a point, within limits."""
    reach = (span[1] - span[0]) / 6
    return max(limits[0], middle - reach), min(limits[1], middle + reach)
