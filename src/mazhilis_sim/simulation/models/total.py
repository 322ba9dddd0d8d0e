"""The model `Total`: sampling error, and what polls get wrong beyond it. Formulas: docs/explanation/models.md."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, unknown
from mazhilis_sim.kernels import parameters
from mazhilis_sim.kernels.steps.elementary import log
from mazhilis_sim.names.labels import match
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.reading import NOT_GIVEN
from mazhilis_sim.simulation.models.base import Parameters
from mazhilis_sim.simulation.models.centre import WIDEST_LOG, Centre
from mazhilis_sim.simulation.models.leaning import Leaning
from mazhilis_sim.simulation.models.own import Own, OwnShares
from mazhilis_sim.simulation.models.parts import keep, packed
from mazhilis_sim.simulation.models.presets import DEFAULT, PRESETS

WIDEST = 600.0  # log shares are drawn between minus this and this, far beyond where one has votes beside another
LEAST_SPREAD = 1e-9  # stands for no spread, where it is divided by
MOST_DF_BESIDE_LEAN = 100
LEAST_DF = 2.1  # below, a draw in thousands holds most of the variance, and simulation says little about it
SILENT = 60.0  # how far below another log share one has no vote, whatever the number of votes
MIDDLE_SIZE, SMALLEST_SIZE = 0.1, 0.005
"""The share at which the factor of size is 1, and the one below which it grows no further: nothing smaller was measured."""
TERMS = ("sigma_bias", "sigma_house", "tau")
"""The terms of `Total` that its sigma replaces."""


@dataclass(frozen=True, slots=True)
class Total:
    """Log-normal shares with sampling and nonsampling error: the default.

    y_i = log q_i - v_i (1 - 2 q_i) / 2 + sqrt(v_i) z_i with v_i = 1 / (n_eff q_i) + sigma^2 (q_i / 10 %)^(-2 size); shares are
    softmax(y). sigma^2 = sigma_bias^2 + sigma_house^2 sum(w^2) + tau^2 days. The factor of size grows no further below 0.5 %.

    Parameters
    ----------
    sigma : float, optional
        Standard deviation of the log shares beyond sampling; replaces the shared, house and drift terms together, so that
        none of them can be given beside it.
    sigma_bias : float, optional
        Error shared by all polls of an election, on the log scale; pooling never shrinks it.
    sigma_house : float, optional
        Error of one institute, on the log scale.
    tau : float, optional
        Drift per square root of a day until the election, on the log scale.
    bias : mapping of str to float, optional
        Known shift of log shares by party.
    df : float, optional
        Degrees of freedom, at least 2.1, of a multivariate Student t in place of the normal z: all errors of a draw are divided
        by one random number, so that a bad year is bad for every list. Sigma stays the standard deviation: 4 leaves 95 %
        intervals of log shares about as they are, and makes what lies outside them reach further. ``"normal"`` is the normal.
    size : float, optional
        Power by which errors beyond sampling grow for small lists: 0 leaves them the same for all.
    lean : float
        Standard deviation of a common tilt lambda (log q_i - mean): polls that over- or understate all large lists together. 0
        unless given. A tilt runs in NumPy, several times as slow; degrees of freedom beside it are whole.
    preset : str
        Name of the set that gives what is not given: ``"kazakhstan"`` (the default: 0.25, 0.25, a drift of 0.026, 8 degrees of
        freedom), ``"2025"`` (the default until then: no drift, normal tails), ``"mature"`` or ``"exit_poll"``.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.models.Total()
    Total(sigma_bias=0.25, sigma_house=0.25, tau=0.026, df=8.0)
    >>> ms.models.Total(preset="2025")
    Total(sigma_bias=0.25, sigma_house=0.25, tau=0.0)
    >>> ms.models.Total(preset="mature", tau=0)
    Total(sigma_bias=0.14, sigma_house=0.11, tau=0.0, df=8.0, size=0.36)
    """

    name: ClassVar[str] = "total"
    sampling_only: ClassVar[bool] = False
    sigma: float | None = None
    sigma_bias: float = NOT_GIVEN
    sigma_house: float = NOT_GIVEN
    tau: float = NOT_GIVEN
    bias: tuple[tuple[str, float], ...] = ()
    df: float | str | None = None
    size: float = NOT_GIVEN
    lean: float = 0.0
    preset: str = field(default=DEFAULT, compare=False)

    def __post_init__(self) -> None:
        preset = PRESETS[reading.choice(self.preset, "preset", PRESETS, SimulationError)]
        for term in TERMS:
            keep(self, term, read_least_zero(self, term, getattr(preset, term)))
        keep(self, "size", read_least_zero(self, "size", preset.size))
        if self.sigma is not None:
            keep(self, "sigma", read_least_zero(self, "sigma", 0.0))
            self.refuse_terms()
        keep(self, "df", read_df(preset.df if self.df is None else self.df))
        keep(self, "bias", read_bias(self.bias))
        keep(self, "lean", read_least_zero(self, "lean", 0.0))
        if self.lean and not (self.is_normal or (float(self.df or 0).is_integer() and float(self.df or 0) <= MOST_DF_BESIDE_LEAN)):
            must = f"be a whole number up to {MOST_DF_BESIDE_LEAN} beside lean"
            raise SimulationError(field="df", got=self.df, must=must, remedy='write such as 5, or "normal"')

    def refuse_terms(self) -> None:
        """Refuse terms that sigma would replace without a word."""
        for name in TERMS:
            if getattr(self, name) != getattr(PRESETS[self.preset], name):
                both = f"sigma={self.sigma:g} and {name}={getattr(self, name):g}"
                said = f"sigma replaces {', '.join(TERMS)} together, got {both}"
                raise SimulationError(
                    said, field=name, got=getattr(self, name), must="be left out beside sigma", remedy="give either sigma or the terms"
                )

    @classmethod
    def mature(cls) -> Total:
        """Return the preset for a mature polling market."""
        return cls(preset="mature")

    @classmethod
    def exit_poll(cls) -> Total:
        """Return the preset for an exit poll."""
        return cls(preset="exit_poll")

    @property
    def is_normal(self) -> bool:
        """Whether the tails are normal."""
        return self.df == math.inf

    def variance(self, centre: Centre) -> float:
        """Return sigma^2, the variance of log shares beyond sampling: of a list at 10 %, where size matters."""
        if self.sigma is not None:
            return self.sigma * self.sigma
        return self.sigma_bias**2 + self.sigma_house**2 * centre.squared_weights + self.tau**2 * centre.days

    def scaled(self, factor: float) -> Total:
        """Return the same with all errors beyond sampling so many times as large.

        Examples
        --------
        >>> import mazhilis_sim as ms
        >>> ms.models.Total().scaled(2), ms.models.Total(sigma=0.3).scaled(0.5)
        (Total(sigma_bias=0.5, sigma_house=0.5, tau=0.052, df=8.0), Total(sigma=0.15, df=8.0))
        """
        times = reading.real(factor, "factor", SimulationError, least=0)
        kept = {**{name: getattr(self, name) for name in ("bias", "df", "size")}, "lean": self.lean * times}
        if self.sigma is not None:
            return Total(sigma=self.sigma * times, **kept)
        return Total(**{term: getattr(self, term) * times for term in TERMS}, **kept)

    def pack(self, centre: Centre) -> Parameters | OwnShares:
        """Pack the model around a centre for the kernels."""
        ids = centre.categories if centre.has_against_all else (*centre.categories, AGAINST_ALL)
        for party, _ in self.bias:
            if match(party, ids) is None:
                raise unknown(SimulationError, "party", party, ids, problem=f"bias names {party!r}, which is not polled")
        shifts = {match(party, ids): shift for party, shift in self.bias}
        beyond = self.variance(centre)
        if beyond > WIDEST:
            raise out_of_range(0.0, math.sqrt(beyond))
        location, scale = [], []
        for party, q, log_q in zip(ids, centre.shares, logs_of(centre.shares), strict=False):
            variance = 1 / (centre.n_eff * q) + beyond * size_factor(q, self.size) if q > 0 else 0.0
            shift = shifts.get(party, 0.0)
            location.append(log_q - variance * (1 - 2 * q) / 2 + shift if q > 0 else parameters.ABSENT)
            scale.append(math.sqrt(variance))
        location, scale = within_range(location, scale)
        if self.lean:
            return self.leaning(location, scale).pack(centre)
        shares = packed(parameters.Lognormal, location, scale, centre)
        return shares if self.is_normal else parameters.Student(**shares._asdict(), df=float(self.df or 0), most=widest_factor(shares))

    def leaning(self, location: list[float], scale: list[float]) -> Own:
        """Return the model with its tilt, in NumPy."""
        tilted = Leaning(tuple(location), tuple(scale), self.lean, 0 if self.is_normal else int(float(self.df or 0)))
        return Own(tilted, normals=tilted.normals, name=self.name)

    def __repr__(self) -> str:
        """Show the parameters that are in use."""
        spread = TERMS if self.sigma is None else ("sigma",)
        more = {"bias": bool(self.bias), "df": not self.is_normal, "size": self.size > 0, "lean": self.lean > 0}
        shown = [*spread, *(name for name, used in more.items() if used)]
        return f"Total({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def logs_of(shares: Sequence[float]) -> list[float]:
    """Return the logarithms of shares, 0 for a share of 0; at once, since one by one takes longer than all else that is packed."""
    found: list[float] = log(np.array([share if share > 0 else 1.0 for share in shares])).tolist()
    return found


def read_least_zero(model: Any, name: str, otherwise: float) -> float:
    """Read a parameter that is no less than 0; what is not given is the preset's."""
    value = getattr(model, name)
    return otherwise if value is None else reading.real(value, name, SimulationError, least=0, most=WIDEST_LOG)


def read_df(value: Any) -> float:
    """Read degrees of freedom; infinity, or "normal", is the normal."""
    if (isinstance(value, str) and value == "normal") or (isinstance(value, float) and value == math.inf):
        return math.inf
    df = reading.real(value, "df", SimulationError)
    if df < LEAST_DF:
        must = f"be at least {LEAST_DF} degrees of freedom (4 is a heavy tail, 30 nearly none)"
        raise SimulationError(field="df", got=value, must=must, remedy='write "normal" for normal tails')
    return df


def size_factor(q: float, size: float) -> float:
    """Return what the variance beyond sampling is multiplied by for a list at q."""
    return (max(q, SMALLEST_SIZE) / MIDDLE_SIZE) ** (-2 * size) if size else 1.0


def read_bias(value: Any) -> tuple[tuple[str, float], ...]:
    """Read shifts of log shares by party: a mapping, or pairs."""
    like = '{"amanat": 0.1}'
    pairs = reading.mapping(value, "bias", SimulationError).items() if isinstance(value, Mapping) else value
    found = []
    for pair in reading.items(pairs, "bias", SimulationError, like=like):
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise SimulationError(field="bias", got=pair, must=f"be shifts by party such as {like}")
        party = reading.name(pair[0], "a party of bias", SimulationError)
        shift = reading.real(pair[1], f"bias of {party!r}", SimulationError, most=WIDEST_LOG)
        found.append((party, reading.real(shift, f"bias of {party!r}", SimulationError, least=-WIDEST_LOG)))
    return tuple(found)


def widest_factor(shares: Any) -> float:
    """Return the factor that errors may grow by in one draw: beyond it, hardly ever reached, one list has all votes anyway."""
    room = (WIDEST - np.abs(shares.location)) / (parameters.REACH * np.maximum(shares.scale, LEAST_SPREAD))
    return float(room[shares.scale > 0].min(initial=WIDEST))


def within_range(location: list[float], scale: list[float]) -> tuple[list[float], list[float]]:
    """Silence log shares that can have no vote in any draw, and refuse those that exp cannot tell apart."""
    sure = max(a - parameters.REACH * s for a, s in zip(location, scale, strict=True))
    heard = [a + parameters.REACH * s >= sure - SILENT for a, s in zip(location, scale, strict=True)]
    for a, s, on in zip(location, scale, heard, strict=True):
        if on and abs(a) + parameters.REACH * s > WIDEST:
            raise out_of_range(a, s)
    kept = [(a, s) if on else (parameters.ABSENT, 0.0) for a, s, on in zip(location, scale, heard, strict=True)]
    return [a for a, _ in kept], [s for _, s in kept]


def out_of_range(location: float, scale: float) -> SimulationError:
    """Build the error for log shares that floats cannot hold."""
    return SimulationError(
        f"log shares of {location:.4g} with a standard deviation of {scale:.4g} cannot be drawn; sigma, tau and bias are on the "
        "log scale, where 0.3 is much and 5 out of reason, and so is a sample of less than 1",
        field="sigma",
        got=scale,
        must="be such that log shares can be told apart",
    )
