"""Error models of the list vote. Formulas and their sources: docs/explanation/models.md."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, unknown
from mazhilis_sim.kernels.cpu import draws
from mazhilis_sim.kernels.steps.elementary import log
from mazhilis_sim.names.labels import match
from mazhilis_sim.names.reserved import AGAINST_ALL
from mazhilis_sim.simulation.models.base import ListModel, Parameters
from mazhilis_sim.simulation.models.centre import WIDEST_LOG, Centre

WIDEST = 600.0  # log shares are drawn between minus this and this, far beyond where one has votes beside another
LEAST_SPREAD = 1e-9  # stands for no spread, where it is divided by
LEAST_DF = 2.1  # below, a draw in thousands holds most of the variance, and simulation says little about it
SILENT = 60.0  # how far below another log share one has no vote, whatever the number of votes


Packed = TypeVar("Packed", bound=Parameters)


def packed(kind: Callable[..., Packed], location: Any, scale: Any, centre: Centre) -> Packed:
    """Bring parameters into the kernels' form."""
    made: Packed = kind(np.array(location, float), np.array(scale, float), float(centre.votes), len(centre.shares))
    return made


def keep(model: Any, name: str, value: Any) -> None:
    """Store a checked parameter of a frozen model."""
    object.__setattr__(model, name, value)


@dataclass(frozen=True, slots=True)
class Margin:
    """Shares perturbed by the printed margin alone: max(0, q + s z), scaled to 1. Sampling error only.

    Parameters
    ----------
    shape : {"flat", "scaled"}
        Flat: s = m / 1.96 for every party. Scaled: s = (2 m / 1.96) sqrt(q (1 - q)).
    margin : float, optional
        Margin at 95 % as a share, instead of the poll's own. A centre without sampling error, an election, has none.
    """

    name: ClassVar[str] = "margin"
    sampling_only: ClassVar[bool] = True
    shape: str = "flat"
    margin: float | None = None

    def __post_init__(self) -> None:
        keep(self, "shape", reading.choice(self.shape, "the shape of a margin", ("flat", "scaled"), SimulationError))
        if self.margin is not None:
            margin = reading.real(self.margin, "margin", SimulationError, least=0)
            if margin >= 0.5:
                raise SimulationError(field="margin", got=self.margin, must="lie below 0.5", remedy='write 0.03 or "3%" for 3 %')
            keep(self, "margin", margin)

    def pack(self, centre: Centre) -> Parameters:
        """Pack the model around a centre for the kernels."""
        certain = math.isinf(centre.n_eff) and not centre.margin
        half = (centre.margin if self.margin is None or certain else self.margin) / 1.96
        flat = self.shape == "flat"
        scale = [half * (float(q > 0) if flat else 2 * math.sqrt(q * (1 - q))) for q in centre.shares]
        return packed(draws.Clipped, centre.shares, scale, centre)


@dataclass(frozen=True, slots=True)
class Multinomial:
    """Shares with the exact covariance (diag q - q q') / n_eff of a simple random sample. Sampling error only."""

    name: ClassVar[str] = "multinomial"
    sampling_only: ClassVar[bool] = True

    def pack(self, centre: Centre) -> Parameters:
        """Pack the model around a centre for the kernels."""
        return packed(draws.Multinomial, centre.shares, [math.sqrt(q / centre.n_eff) for q in centre.shares], centre)


@dataclass(frozen=True, slots=True)
class Dirichlet:
    """Dirichlet(n_eff q): mean q, Beta marginals, never negative. Sampling error only."""

    name: ClassVar[str] = "dirichlet"
    sampling_only: ClassVar[bool] = True

    def pack(self, centre: Centre) -> Parameters:
        """Pack the model around a centre for the kernels."""
        if math.isinf(centre.n_eff):
            return packed(draws.Fixed, centre.shares, centre.shares, centre)
        if not centre.n_eff >= 1:  # every gamma may then be too small for a float, and none the largest
            shown = f"{centre.n_eff:.3g}"
            raise SimulationError(field="the effective sample of a Dirichlet", got=centre.n_eff, must="be at least 1", shown=shown)
        return packed(draws.Gamma, [centre.n_eff * q for q in centre.shares], centre.shares, centre)


@dataclass(frozen=True, slots=True)
class Total:
    """Log-normal shares with sampling and nonsampling error: the default.

    y_i = log q_i - v_i (1 - 2 q_i) / 2 + sqrt(v_i) z_i with v_i = 1 / (n_eff q_i) + sigma^2; shares are softmax(y).
    sigma^2 = sigma_bias^2 + sigma_house^2 sum(w^2) + tau^2 days.

    Parameters
    ----------
    sigma : float, optional
        Standard deviation of the log shares beyond sampling; replaces the shared, house and drift terms together, so that
        none of them can be given beside it.
    sigma_bias : float
        Error shared by all polls of an election, on the log scale; pooling never shrinks it.
    sigma_house : float
        Error of one institute, on the log scale.
    tau : float
        Drift per square root of a day until the election, on the log scale.
    bias : mapping of str to float, optional
        Known shift of log shares by party.
    df : float, optional
        Degrees of freedom, at least 2.1, of a multivariate Student t in place of the normal z: all errors of a draw are divided
        by one random number, so that a bad year is bad for every list. Sigma stays the standard deviation: 4 leaves 95 %
        intervals of log shares about as they are, and makes what lies outside them reach further. None is the normal.
    """

    name: ClassVar[str] = "total"
    sampling_only: ClassVar[bool] = False
    sigma: float | None = None
    sigma_bias: float = 0.25
    sigma_house: float = 0.25
    tau: float = 0.0
    bias: tuple[tuple[str, float], ...] = ()
    df: float | None = None

    def __post_init__(self) -> None:
        for field in ("sigma_bias", "sigma_house", "tau"):
            keep(self, field, reading.real(getattr(self, field), field, SimulationError, least=0, most=WIDEST_LOG))
        if self.sigma is not None:
            keep(self, "sigma", reading.real(self.sigma, "sigma", SimulationError, least=0, most=WIDEST_LOG))
            self.refuse_terms()
        if self.df is not None:
            df = reading.real(self.df, "df", SimulationError)
            if df < LEAST_DF:
                must = f"be at least {LEAST_DF} degrees of freedom (4 is a heavy tail, 30 nearly none)"
                raise SimulationError(field="df", got=self.df, must=must, remedy="leave it out for normal tails")
            keep(self, "df", df)
        keep(self, "bias", read_bias(self.bias))

    def refuse_terms(self) -> None:
        """Refuse terms that sigma would replace without a word."""
        for name, default in TERMS.items():
            if getattr(self, name) != default:
                both = f"sigma={self.sigma:g} and {name}={getattr(self, name):g}"
                said = f"sigma replaces {', '.join(TERMS)} together, got {both}"
                raise SimulationError(
                    said, field=name, got=getattr(self, name), must="be left out beside sigma", remedy="give either sigma or the terms"
                )

    @classmethod
    def mature(cls) -> Total:
        """Return the model for a mature polling market: sigma = 0.10."""
        return cls(**PRESETS["mature"])

    @classmethod
    def exit_poll(cls) -> Total:
        """Return the model for an exit poll: sigma = 0.07."""
        return cls(**PRESETS["exit_poll"])

    def variance(self, centre: Centre) -> float:
        """Return sigma^2, the variance of log shares beyond sampling."""
        if self.sigma is not None:
            return self.sigma * self.sigma
        return self.sigma_bias**2 + self.sigma_house**2 * centre.squared_weights + self.tau**2 * centre.days

    def pack(self, centre: Centre) -> Parameters:
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
            variance = 1 / (centre.n_eff * q) + beyond if q > 0 else 0.0
            shift = shifts.get(party, 0.0)
            location.append(log_q - variance * (1 - 2 * q) / 2 + shift if q > 0 else draws.ABSENT)
            scale.append(math.sqrt(variance))
        shares = packed(draws.Lognormal, *within_range(location, scale), centre)
        return shares if self.df is None else draws.Student(**shares._asdict(), df=float(self.df), most=widest_factor(shares))

    def __repr__(self) -> str:
        """Show the parameters that are in use."""
        spread = ("sigma_bias", "sigma_house", "tau") if self.sigma is None else ("sigma",)
        shown = [*spread, *(name for name in ("bias", "df") if getattr(self, name))]
        return f"Total({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def logs_of(shares: Sequence[float]) -> list[float]:
    """Return the logarithms of shares, 0 for a share of 0; at once, since one by one takes longer than all else that is packed."""
    found: list[float] = log(np.array([share if share > 0 else 1.0 for share in shares])).tolist()
    return found


TERMS: Mapping[str, float] = MappingProxyType({"sigma_bias": 0.25, "sigma_house": 0.25, "tau": 0.0})
"""The terms of `Total` that its sigma replaces, with their defaults."""


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
    room = (WIDEST - np.abs(shares.location)) / (draws.REACH * np.maximum(shares.scale, LEAST_SPREAD))
    return float(room[shares.scale > 0].min(initial=WIDEST))


def within_range(location: list[float], scale: list[float]) -> tuple[list[float], list[float]]:
    """Silence log shares that can have no vote in any draw, and refuse those that exp cannot tell apart."""
    sure = max(a - draws.REACH * s for a, s in zip(location, scale, strict=True))
    heard = [a + draws.REACH * s >= sure - SILENT for a, s in zip(location, scale, strict=True)]
    for a, s, on in zip(location, scale, heard, strict=True):
        if on and abs(a) + draws.REACH * s > WIDEST:
            raise out_of_range(a, s)
    kept = [(a, s) if on else (draws.ABSENT, 0.0) for a, s, on in zip(location, scale, heard, strict=True)]
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


MODELS: Mapping[str, type[Any]] = MappingProxyType({cls.name: cls for cls in (Margin, Multinomial, Dirichlet, Total)})
PRESETS: Mapping[str, dict[str, Any]] = MappingProxyType({"mature": {"sigma": 0.10}, "exit_poll": {"sigma": 0.07}})
"""Parameters of `Total` that have a name: a mature polling market, and polls at the exit."""


def model(name: str | ListModel, **parameters: Any) -> ListModel:
    """Return an error model by name, or that of a preset, with parameters; a model is returned as it is.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> ms.models.model("total", sigma=0.3), ms.models.model("exit_poll")
    (Total(sigma=0.3), Total(sigma=0.07))
    """
    if not isinstance(name, str):
        return checked_model(name)
    kind = model_kind(name)
    if kind is None:
        raise unknown(SimulationError, "model", name, [*MODELS, *PRESETS])
    known = [field.name for field in dataclasses.fields(kind)]
    for parameter in parameters:
        if parameter not in known:
            said = f"the model {name} has no parameter {parameter!r}"
            raise unknown(SimulationError, "parameter", parameter, known, problem=said)
    made: ListModel = kind(**{**PRESETS.get(name, {}), **parameters})
    return made


def checked_model(value: Any) -> ListModel:
    """Return what offers all that a model must, or raise; see `ListModel`."""
    try:
        offers = isinstance(value.name, str) and isinstance(value.sampling_only, bool) and callable(value.pack)
    except Exception:  # whatever a stranger's object does
        offers = False
    if isinstance(value, type) or not offers:
        must = f"be one of {', '.join(MODELS)} or a model such as Total(sigma=0.3)"
        raise SimulationError(field="model", got=value, must=must)
    model: ListModel = value
    return model


def model_kind(name: str) -> type[Any] | None:
    """Return the class of a model or preset; None where there is none of that name."""
    return Total if name in PRESETS else MODELS.get(name)
