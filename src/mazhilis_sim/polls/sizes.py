"""Sizes of samples and margins of error: what one says of the other."""

from __future__ import annotations

import math
from statistics import NormalDist

DEFAULT_SIZE = 1600
"""Assumed where a poll prints neither size nor margin."""
LARGEST_SIZE = 10**12
"""Nobody asks more."""
NEAREST_TO_ONE = 1 - 2**-53
"""The largest float below 1: the quantile of 1 is infinite."""


def two_sided_quantile(confidence: float) -> float:
    """Return the normal quantile of a two-sided level; 1.96 at 95 %, as the institutes print it."""
    return 1.96 if confidence == 0.95 else NormalDist().inv_cdf(min(0.5 + confidence / 2, NEAREST_TO_ONE))


def half_width(size: float, confidence: float) -> float:
    """Return the margin of error of a simple random sample at a share of one half."""
    return two_sided_quantile(confidence) / (2 * math.sqrt(size))


def simple_size(margin: float, confidence: float) -> float:
    """Return the size of the simple random sample that a margin implies."""
    ratio = two_sided_quantile(confidence) / margin
    return 0.25 * (ratio * ratio)


def with_undecided_split(size: float, undecided: float, kappa: float) -> float:
    """Return the size left where undecided voters split as Dirichlet(kappa q): 1/n_tot = 1/n + u^2 / (kappa + 1)."""
    spread = 1 / size + undecided**2 / (kappa + 1)
    return 1 / spread if spread else math.inf


def printed_as(margin: float, printed: float) -> float:
    """Round a margin to the decimals that a printed one shows, in percent."""
    text = f"{100 * printed:.4f}".rstrip("0")
    decimals = len(text.partition(".")[2])
    return round(100 * margin, decimals) / 100
