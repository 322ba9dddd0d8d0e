"""A user's own parts as a saved result remembers them: by name, without what they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from mazhilis_sim import reading
from mazhilis_sim.errors import AllocationError, MazhilisError, SimulationError
from mazhilis_sim.simulation.models import Centre, Own
from mazhilis_sim.simulation.models.own import function_name


@dataclass(frozen=True, slots=True)
class SavedModel:
    """A user's error model.

    Parameters
    ----------
    name : str
    sampling_only : bool
    own : str
        Where its function, or its class, stood.
    shown : str
        How it was printed.
    """

    name: str
    sampling_only: bool
    own: str
    shown: str

    def __post_init__(self) -> None:
        for field in ("name", "own", "shown"):
            reading.name(getattr(self, field), f"model.{field}", SimulationError)
        reading.flag(self.sampling_only, "model.sampling_only", SimulationError)

    @classmethod
    def of(cls, model: Any) -> SavedModel:
        """Remember a model; one that was remembered before stays as it is."""
        if isinstance(model, SavedModel):
            return model
        own = function_name(model.function) if isinstance(model, Own) else function_name(type(model))
        shown = repr(model)
        return cls(str(model.name), bool(model.sampling_only), own, own if " at 0x" in shown else shown)

    def pack(self, _centre: Centre) -> NoReturn:
        """Say that the function is needed again."""
        raise SimulationError(
            f"the model {self.name} is a function of yours, {self.own}, of which a saved result keeps the name alone",
            field="model",
            got=self.own,
            must="be given again",
            remedy="write f.rerun(model=...) with it",
        )

    def __repr__(self) -> str:
        return self.shown


class RuleNotKeptError(AllocationError):
    """A rule is needed that a saved result has no more than the name of, whatever the draw."""

    def at(self, _where: str, _leaf: type[MazhilisError] | None = None) -> MazhilisError:
        """Return the error itself."""
        return self


@dataclass(frozen=True, slots=True)
class SavedRule:
    """A user's rule of seats; ``own`` is where it stood."""

    own: str

    def __post_init__(self) -> None:
        reading.name(self.own, "law.method.own", SimulationError)

    @classmethod
    def of(cls, rule: Any) -> SavedRule:
        """Remember a rule; one that was remembered before stays as it is."""
        return rule if isinstance(rule, SavedRule) else cls(function_name(rule))

    @property
    def __name__(self) -> str:
        return self.own.rpartition(".")[2]

    def __call__(self, _votes: Sequence[int], _seats: int) -> NoReturn:
        """Say that the function is needed again."""
        raise RuleNotKeptError(
            f"the method {self.own} is a function of yours, of which a saved result keeps the name alone",
            field="method",
            got=self.own,
            must="be given again",
            remedy="write f.rerun(law=f.law.replace(method=...)) with it",
        )
