"""What a result was made from: the question asked, and how to write it down and read it back."""
from __future__ import annotations

import dataclasses
import datetime
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.law import ElectoralLaw, Fallback
from mazhilis_sim.models import MODELS, Centre, Districts, ListModel
from mazhilis_sim.votes import Candidate, District, DistrictVotes

FORMAT = "mazhilis_sim forecast 1"


@dataclass(frozen=True)
class Question:
    """Everything that decides a draw, besides the seed and its number.

    Parameters
    ----------
    law : ElectoralLaw
    centre : Centre
    model : ListModel
    districts : DistrictVotes or None
    district_model : Districts
    coalitions : tuple of tuple of str
        Sets of parties whose seats together are tallied.
    """

    law: ElectoralLaw
    centre: Centre
    model: ListModel
    districts: DistrictVotes | None
    district_model: Districts
    coalitions: tuple[tuple[str, ...], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the question, ready for JSON."""
        return {
            "law": plain(self.law), "centre": plain(self.centre), "model": {"name": self.model.name, **plain(self.model)},
            "districts": plain(self.districts), "district_model": plain(self.district_model), "coalitions": plain(self.coalitions),
        }


def plain(value: Any) -> Any:
    """Turn frozen objects into what JSON can hold; fractions become strings, infinity becomes None."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if field.init}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, (Fraction, datetime.date)):
        return str(value)
    return None if value == float("inf") else value


def tuples(value: Any) -> Any:
    """Turn JSON's lists back into tuples, all the way down."""
    return tuple(tuples(item) for item in value) if isinstance(value, list) else value


def read_question(saved: Mapping[str, Any]) -> Question:
    """Read a question back from `Question.to_dict`."""
    law, centre = dict(saved["law"]), dict(saved["centre"])
    law["fallback"] = Fallback(**law["fallback"]) if law["fallback"] else None
    centre["n_eff"] = float("inf") if centre["n_eff"] is None else centre["n_eff"]
    parameters = {key: tuples(value) for key, value in saved["model"].items()}
    made = MODELS[parameters.pop("name")](**parameters)
    return Question(
        ElectoralLaw(**{key: tuples(value) for key, value in law.items()}),
        Centre(**{key: tuples(value) for key, value in centre.items()}),
        made, read_districts(saved["districts"]), Districts(**saved["district_model"]), tuples(saved["coalitions"]),
    )


def read_districts(saved: Mapping[str, Any] | None) -> DistrictVotes | None:
    """Read a baseline of districts back."""
    if saved is None:
        return None
    districts = tuple(
        District(**{**district, "candidates": tuple(Candidate(**c) for c in district["candidates"])})
        for district in saved["districts"]
    )
    return DistrictVotes(districts, dict(saved["list_shares"]), saved["source"])


def path_of(path: Any) -> Path:
    """Check the path of a file."""
    if not isinstance(path, (str, os.PathLike)):
        raise SimulationError(f'path must name a file, such as "run.json", got {path!r}')
    return Path(path)


def write_whole(path: str | os.PathLike[str], data: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there; nothing is left of a failed attempt."""
    place = path_of(path).resolve()
    content = data.encode() if isinstance(data, str) else data
    beside = ""
    try:
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix=f"{place.name}.", delete=False) as file:
            beside = file.name
            file.write(content)
        os.chmod(beside, 0o666 & ~current_umask())
        os.replace(beside, place)
    except BaseException as error:
        if beside:
            Path(beside).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise SimulationError(f"cannot write {path}: {error.strerror or error}") from None


def current_umask() -> int:
    """Return the process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def read_json(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Read a saved forecast's file."""
    place = path_of(path)
    try:
        saved = json.loads(place.read_text(encoding="utf-8"))
    except OSError as error:
        raise SimulationError(f"cannot read {path}: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise SimulationError(f"{path} is not a saved forecast: it is no JSON") from None
    if not isinstance(saved, dict) or saved.get("format") != FORMAT:
        raise SimulationError(f"{path} is not a saved forecast: its format must be {FORMAT!r}")
    return saved
