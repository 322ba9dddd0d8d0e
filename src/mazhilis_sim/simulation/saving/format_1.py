"""Format 1 of saved forecasts; what is damaged in one is named by its key."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import DataWarning, MazhilisError, SimulationError, warn
from mazhilis_sim.kernels.cpu.tally import EVENTS
from mazhilis_sim.kernels.steps.random_words import VERSION, hashes_of
from mazhilis_sim.legislation.system import ElectoralLaw, Fallback
from mazhilis_sim.simulation.distribution import TIERS, SeatDistribution, join_spans
from mazhilis_sim.simulation.models import MODELS, Centre, Districts
from mazhilis_sim.simulation.question import FORMAT, Question
from mazhilis_sim.simulation.sample import SAMPLE_SIZE, Sample
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes
from mazhilis_sim.writing import path_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
        made,
        read_districts(saved["districts"]),
        Districts(**saved["district_model"]),
        tuples(saved["coalitions"]),
    )


def read_districts(saved: Mapping[str, Any] | None) -> DistrictVotes | None:
    """Read a baseline of districts back."""
    if saved is None:
        return None
    districts = tuple(
        District(**{**district, "candidates": tuple(Candidate(**c) for c in district["candidates"])}) for district in saved["districts"]
    )
    return DistrictVotes(districts, dict(saved["list_shares"]), saved["source"])


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


SPREAD = (*TIERS, "coalitions")
"""Tallies whose rows hold every draw once."""


def load_forecast(path: str | os.PathLike[str]) -> SeatDistribution:
    """Read a forecast that `SeatDistribution.save` wrote.

    Raises
    ------
    SimulationError
        When the file is missing, is no saved forecast, or is damaged; then the message names the key.

    Warns
    -----
    DataWarning
        When another version of the random stream drew it: its numbers stand, but `rerun` gives other draws.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> poll = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)
    >>> path = getfixture("tmp_path") / "run.json"
    >>> ms.simulate(ms.law("2026"), poll, n_draws=100, seed=1).save(path)
    >>> ms.load_forecast(path)
    SeatDistribution(law 2026, model total, 100 draws, seed 1, 2 parties)
    """
    saved = read_json(path)
    try:
        read = Reader(saved, read_question(saved["question"]), tuple(saved["parties"])).read()
    except MazhilisError as error:
        raise SimulationError(f"{path} is a saved forecast that cannot be read: {error}") from None
    except KeyError as error:
        raise SimulationError(f"{path} is a saved forecast that cannot be read: it has no key {error}") from None
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise SimulationError(f"{path} is a saved forecast that cannot be read: {type(error).__name__} {error}") from None
    if read.stream != VERSION:
        warn(
            f"{path} was drawn with version {read.stream} of the random stream, and this is version {VERSION}: its numbers stand, "
            "rerun() gives other draws of the same distribution",
            DataWarning,
        )
    return read


def check(holds: bool, key: str, rule: str, got: Any) -> None:
    """Raise an error that names a key of the file."""
    if not holds:
        raise SimulationError(f"{key} must {rule}, got {got!r}")


def whole(value: Any) -> bool:
    """Whether a value of JSON is a whole number of at least 0."""
    return type(value) is int and value >= 0


def numbers(value: Any, key: str, shape: tuple[int, ...], kind: Any = np.int64) -> NDArray[Any]:
    """Read whole numbers in their shape, which lists of nothing do not tell."""
    array = np.array(value, object)
    found = shape if 0 in shape and not array.size else array.shape
    check(found == shape, key, f"have the shape {shape}", found)
    wrong = next((number for number in array.flat if not whole(number)), None)
    check(wrong is None, key, "hold whole numbers of at least 0", wrong)
    return array.astype(kind).reshape(shape)


@dataclass(frozen=True)
class Reader:
    """Reads what belongs to a question."""

    saved: dict[str, Any]
    question: Question
    parties: tuple[str, ...]

    def read(self) -> SeatDistribution:
        """Return the forecast, or raise for the first key that cannot be."""
        saved, lists = self.saved, self.question.centre.parties
        check(self.parties[: len(lists)] == lists, "parties", f"begin with the lists {lists}", self.parties)
        check(whole(saved["stream"]), "stream", "be a whole number of at least 0", saved["stream"])
        check(isinstance(saved["version"], str), "version", 'be a version of the library, such as "0.1.0"', saved["version"])
        check(saved["seed"] is not None, "seed", "be a whole number in [0, 2**64)", None)
        spans, seed = self.spans(), reading.seed(saved["seed"], SimulationError)
        n = sum(stop - start for start, stop in spans)
        return SeatDistribution(
            self.question,
            self.parties,
            seed,
            spans,
            self.tallies(n),
            self.sample(n, spans, seed),
            self.point(),
            saved.get("run", {}),
            saved["stream"],
            saved["version"],
        )

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Read the draws covered."""
        spans = self.saved["spans"]
        check(isinstance(spans, list) and len(spans) > 0, "spans", "name at least one span of draws, such as [[0, 1000]]", spans)
        for span in spans:
            fits = isinstance(span, list) and len(span) == 2 and all(map(whole, span)) and span[0] < span[1]
            check(fits, "spans", "hold first draws and one past the last, such as [0, 1000]", span)
        return join_spans([(start, stop) for start, stop in spans])

    def tallies(self, n: int) -> dict[str, NDArray[np.int64]]:
        """Read the tallies; every draw is in each histogram once, and no event is in more draws than there are."""
        law, lists, columns = self.question.law, len(self.question.centre.parties), len(self.parties)
        district_seats = law.district_seats if self.question.districts else 0
        elected = law.list_seats + district_seats
        shapes = {
            "entries": (lists,),
            "admitted": (lists,),
            "events": (len(EVENTS) + (law.method != "hare"),),
            "list": (lists, law.list_seats + 1),
            "district": (columns, district_seats + 1),
            "total": (columns, elected + 1),
            "coalitions": (len(self.question.coalitions), elected + 1),
        }
        read = {name: numbers(self.saved["tallies"][name], f"tallies.{name}", shape) for name, shape in shapes.items()}
        for name in SPREAD:
            for row in read[name].sum(axis=1).tolist():
                check(row == n, f"tallies.{name}", f"sum to the number of draws, {n}, in every row", row)
        for name in ("entries", "admitted", "events"):
            most = read[name][: EVENTS.index("district_tie")] if name == "events" else read[name]
            check(int(most.max()) <= n, f"tallies.{name}", f"be at most the number of draws, {n}", int(most.max()))
        return read

    def sample(self, n: int, spans: Sequence[tuple[int, int]], seed: int) -> Sample:
        """Read the kept chambers: of different draws, each within the spans and with the hash by which it was kept."""
        sample, kept = self.saved["sample"], min(n, SAMPLE_SIZE)
        key, draw = (numbers(sample[name], f"sample.{name}", (kept,), np.uint64) for name in ("key", "draw"))
        covered = np.logical_or.reduce([(draw >= np.uint64(start)) & (draw < np.uint64(stop)) for start, stop in spans])
        check(bool(covered.all()) and len(np.unique(draw)) == kept, "sample.draw", "hold different draws of the spans", "others")
        if self.saved["stream"] == VERSION:
            check(np.array_equal(key, hashes_of(draw, seed)), "sample.key", "hold the hash of each draw kept", "others")
        lists = numbers(sample["lists"], "sample.lists", (kept, len(self.question.centre.parties)))
        return Sample(key, draw, lists, numbers(sample["districts"], "sample.districts", (kept, len(self.parties))))

    def point(self) -> dict[str, dict[str, int]]:
        """Read the count of the centre."""
        point: dict[str, dict[str, int]] = self.saved["point"]
        for tier in TIERS:
            seats = point.get(tier) if isinstance(point, dict) else None
            known = isinstance(seats, dict) and set(seats) <= set(self.parties) and all(map(whole, seats.values()))
            check(known, f"point.{tier}", "hold seats by party", seats)
        return point
