"""Format 1 of saved forecasts, written and read: plain JSON, of which every key is checked when it is read."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast, get_type_hints

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import SimulationError, show
from mazhilis_sim.kernels.steps.random_words import VERSION, hashes_of
from mazhilis_sim.legislation.methods import OF_THE_LAW, entry
from mazhilis_sim.legislation.system import ElectoralLaw, Fallback
from mazhilis_sim.names.reserved import OTHER
from mazhilis_sim.simulation.distribution.sample import SAMPLE_SIZE, Sample
from mazhilis_sim.simulation.distribution.seats import Run, SeatDistribution
from mazhilis_sim.simulation.models import MODELS, Centre, Districts, ListModel
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.simulation.saving.own_parts import SavedModel, SavedRule
from mazhilis_sim.simulation.tallies import TIERS, Spans, Tallies, check_tallies, draws_in, join_spans, tally_shapes
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes

if TYPE_CHECKING:
    from numpy.typing import NDArray

# -- writing -----------------------------------------------------------------------------------------------------------


def to_dict(result: SeatDistribution) -> dict[str, Any]:
    """Return a result, ready for JSON."""
    sample = result.sample
    arrays = {"draw": sample.draw, "key": sample.key, "lists": sample.lists, "districts": sample.districts}
    return {
        "version": result.version,
        "stream": result.stream,
        "question": question_to_dict(result.question),
        "parties": list(result.parties),
        "seed": result.seed,
        "n_draws": result.n_draws,
        "spans": plain(result.spans),
        "summary": result.summary(),
        "point": result.point,
        "tallies": {name: counts.tolist() for name, counts in result.tallies.items()},
        "sample": {name: array.tolist() for name, array in arrays.items()},
    }


def question_to_dict(question: Question) -> dict[str, Any]:
    """Return a question, ready for JSON."""
    return {
        "law": law_to_dict(question.law),
        "centre": centre_to_dict(question.centre),
        "model": model_to_dict(question.model),
        "districts": plain(question.districts),
        "district_model": plain(question.district_model),
        "coalitions": plain(question.coalitions),
    }


def centre_to_dict(centre: Centre) -> dict[str, Any]:
    """Return a centre, ready for JSON; what gets no seat is said where it is more than against all."""
    fields: dict[str, Any] = plain(centre)
    return fields if OTHER in centre.seatless else {name: value for name, value in fields.items() if name != "seatless"}


def law_to_dict(law: ElectoralLaw) -> dict[str, Any]:
    """Return a law, ready for JSON; of a user's method the name alone."""
    fields: dict[str, Any] = plain(law)
    return fields if isinstance(law.method, str) else {**fields, "method": plain(SavedRule.of(law.method))}


def model_to_dict(model: ListModel) -> dict[str, Any]:
    """Return a model, ready for JSON: its parameters, or of a user's the name alone."""
    built_in = type(model) in MODELS.values()
    return {"name": model.name, **plain(model if built_in else SavedModel.of(model))}


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


# -- reading -----------------------------------------------------------------------------------------------------------


def read(saved: dict[str, Any]) -> SeatDistribution:
    """Read what `to_dict` returned; raise for the first key that cannot be."""
    return Reader(saved, read_question(saved["question"]), tuple(saved["parties"])).read()


def tuples(value: Any) -> Any:
    """Turn JSON's lists back into tuples, all the way down."""
    return tuple(tuples(item) for item in value) if isinstance(value, list) else value


def read_question(saved: Mapping[str, Any]) -> Question:
    """Read a question back from `question_to_dict`."""
    centre = dict(saved["centre"])
    centre["n_eff"] = float("inf") if centre["n_eff"] is None else centre["n_eff"]
    return Question(
        read_law(saved["law"]),
        Centre(**{key: tuples(value) for key, value in centre.items()}),
        read_model(saved["model"]),
        read_districts(saved["districts"]),
        Districts(**saved["district_model"]),
        tuples(saved["coalitions"]),
    )


def read_law(saved: Mapping[str, Any]) -> ElectoralLaw:
    """Read a law back; of a user's method the name is left."""
    law = {key: tuples(value) for key, value in saved.items()}
    law["fallback"] = Fallback(**law["fallback"]) if law["fallback"] else None
    law["method"] = SavedRule(**law["method"]) if isinstance(law["method"], dict) else law["method"]
    return ElectoralLaw(**law)


def read_model(saved: Mapping[str, Any]) -> ListModel:
    """Read a model back; of a user's the name is left."""
    parameters = {key: tuples(value) for key, value in saved.items()}
    if "own" in parameters:
        return SavedModel(**parameters)
    name = parameters.pop("name")
    check(name in MODELS, "model.name", f"be one of {', '.join(MODELS)}", name)
    made: ListModel = MODELS[name](**parameters)
    return made


def read_districts(saved: Mapping[str, Any] | None) -> DistrictVotes | None:
    """Read a baseline of districts back."""
    if saved is None:
        return None
    districts = tuple(
        District(**{**district, "candidates": tuple(Candidate(**c) for c in district["candidates"])}) for district in saved["districts"]
    )
    return DistrictVotes(districts, dict(saved["list_shares"]), saved["source"])


def check(holds: bool, key: str, rule: str, got: Any, shown: str = "") -> None:
    """Raise an error that names a key of the file."""
    if not holds:
        raise SimulationError(field=key, must=rule, got=got, shown=shown)


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
    most = next((number for number in array.flat if number > np.iinfo(kind).max), None)
    check(most is None, key, f"hold numbers of at most {np.iinfo(kind).max}", most)
    return array.astype(kind).reshape(shape)


@dataclass(frozen=True)
class Reader:
    """Reads what belongs to a question."""

    saved: dict[str, Any]
    question: Question
    parties: tuple[str, ...]

    def read(self) -> SeatDistribution:
        """Return the forecast, or raise for the first key that cannot be."""
        saved, known = self.saved, self.question.parties
        check(self.parties == known, "parties", f"be those of the question, {show(known)}", self.parties)
        check(whole(saved["stream"]), "stream", "be a whole number of at least 0", saved["stream"])
        check(isinstance(saved["version"], str), "version", 'be a version of the library, such as "0.1.0"', saved["version"])
        check(whole(saved["seed"]), "seed", "be a whole number in [0, 2**64)", saved["seed"])
        spans, seed = self.spans(), reading.seed(saved["seed"], SimulationError)
        return SeatDistribution(
            self.question,
            self.parties,
            seed,
            spans,
            self.tallies(draws_in(spans)),
            self.sample(spans, seed),
            self.point(),
            self.run(),
            saved["stream"],
            saved["version"],
        )

    def spans(self) -> Spans:
        """Read the draws covered."""
        spans = self.saved["spans"]
        check(isinstance(spans, list) and len(spans) > 0, "spans", "name at least one span of draws, such as [[0, 1000]]", spans)
        for span in spans:
            fits = isinstance(span, list) and len(span) == 2 and all(map(whole, span)) and span[0] < span[1]
            check(fits, "spans", "hold first draws and one past the last, such as [0, 1000]", span)
        return join_spans([(start, stop) for start, stop in spans])

    def tallies(self, n: int) -> Tallies:
        """Read the tallies, in the shapes that the question gives them, each of all draws."""
        law = self.question.law
        shapes = tally_shapes(
            lists=len(self.question.centre.parties),
            columns=len(self.parties),
            list_seats=law.list_seats,
            district_seats=self.question.district_seats,
            coalitions=len(self.question.coalitions),
            quota_may_fail=entry(law.method).name != OF_THE_LAW,
        )
        read = {name: numbers(self.saved["tallies"][name], f"tallies.{name}", shape) for name, shape in shapes.items()}
        check_tallies(read, n)
        return read

    def sample(self, spans: Sequence[tuple[int, int]], seed: int) -> Sample:
        """Read the kept chambers: of different draws, each within the spans and with the hash by which it was kept."""
        sample, kept = self.saved["sample"], min(draws_in(spans), SAMPLE_SIZE)
        key, draw = (numbers(sample[name], f"sample.{name}", (kept,), np.uint64) for name in ("key", "draw"))
        covered = np.logical_or.reduce([(draw >= np.uint64(start)) & (draw < np.uint64(stop)) for start, stop in spans])
        own = bool(covered.all()) and len(np.unique(draw)) == kept
        check(own, "sample.draw", "hold different draws of the spans", draw, "others")
        if self.saved["stream"] == VERSION:
            check(np.array_equal(key, hashes_of(draw, seed)), "sample.key", "hold the hash of each draw kept", key, "others")
        lists = numbers(sample["lists"], "sample.lists", (kept, len(self.question.centre.parties)))
        districts = numbers(sample["districts"], "sample.districts", (kept, len(self.parties)))
        list_seats, district_seats = {0, self.question.law.list_seats}, {self.question.district_seats}
        for name, seats, elected in (("lists", lists, list_seats), ("districts", districts, district_seats)):
            odd = next((total for total in seats.sum(axis=1).tolist() if total not in elected), None)
            check(odd is None, f"sample.{name}", f"hold chambers of {max(elected)} seats", odd)
        return Sample.of(key, draw, lists, districts)

    def point(self) -> dict[str, dict[str, int]]:
        """Read the count of the centre."""
        point: dict[str, dict[str, int]] = self.saved["point"]
        for tier in TIERS:
            seats = point.get(tier) if isinstance(point, dict) else None
            known = isinstance(seats, dict) and set(seats) <= set(self.parties) and all(map(whole, seats.values()))
            check(known, f"point.{tier}", "hold seats by party", seats)
        return point

    def run(self) -> Run:
        """Read how it was run, which a result of `to_dict` does not say."""
        run = self.saved.get("run", {})
        check(isinstance(run, dict), "run", "hold values by name", run)
        for name, kind in get_type_hints(Run).items():
            fits = name not in run or isinstance(run[name], (int, float) if kind is float else kind)
            check(fits, f"run.{name}", f"be of type {kind.__name__}", run.get(name))
        return cast(Run, {name: run[name] for name in get_type_hints(Run) if name in run})
