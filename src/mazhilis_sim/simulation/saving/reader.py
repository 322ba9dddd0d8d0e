"""What a saved forecast says, read back: every key is checked, since anybody can write such a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_type_hints

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import MazhilisError, SimulationError, said_by, show
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, Fallback
from mazhilis_sim.legislation.methods import OF_THE_LAW, entry
from mazhilis_sim.simulation.bounds import MOST_DRAWS
from mazhilis_sim.simulation.distribution.kept import SAMPLE_SIZE, hashes_of
from mazhilis_sim.simulation.distribution.sample import Sample
from mazhilis_sim.simulation.distribution.seats import Run, SeatDistribution
from mazhilis_sim.simulation.models import MODELS, Centre, Districts, ListModel, Total
from mazhilis_sim.simulation.models.presets import FIRST
from mazhilis_sim.simulation.question import Question, check_size, read_coalitions
from mazhilis_sim.simulation.saving.own_parts import SavedModel, SavedRule
from mazhilis_sim.simulation.tally_shapes import TIERS, Spans, Tallies, check_tallies, draws_in, join_spans, tally_shapes
from mazhilis_sim.votes.answers import Answers
from mazhilis_sim.votes.district import Candidate, District, DistrictVotes

if TYPE_CHECKING:
    from numpy.typing import NDArray

Made = TypeVar("Made")


def read_content(saved: dict[str, Any]) -> SeatDistribution:
    """Read what `to_dict` of `writer` returned; raise for the first key that cannot be."""
    parties = saved["parties"]
    check(isinstance(parties, list), "parties", "be a list of names", parties)
    return Reader(saved, read_question(group(saved, "question")), tuple(parties)).read()


def group(saved: dict[str, Any], key: str, where: str = "") -> dict[str, Any]:
    """Return what a key holds: values by name."""
    found: dict[str, Any] = saved[key]
    check(isinstance(found, dict), f"{where}{key}", "hold values by name", found)
    return found


def tuples(value: Any) -> Any:
    """Turn JSON's lists back into tuples, all the way down."""
    return tuple(tuples(item) for item in value) if isinstance(value, list) else value


def made(kind: Callable[..., Made], saved: Any, key: str) -> Made:
    """Make a frozen object of its fields; a field that it does not have is named."""
    check(isinstance(saved, dict), key, "hold values by name", saved)
    known = [field.name for field in dataclasses.fields(cast(Any, kind)) if field.init]
    other = next((name for name in saved if name not in known), None)
    check(other is None, key, f"hold {', '.join(known)} alone", other)
    try:
        return kind(**{name: tuples(value) for name, value in saved.items()})
    except MazhilisError as error:
        raise error.at(key) from None
    except TypeError as error:  # a field is missing
        raise SimulationError(said_by(error), field=key, must="be whole", where=key) from None


def read_question(saved: dict[str, Any]) -> Question:
    """Read a question back from `question_to_dict`."""
    centre, where = group(saved, "centre", "question."), "question.districts"
    question = Question(
        read_law(group(saved, "law", "question.")),
        made(Centre, {**centre, "n_eff": float("inf") if centre["n_eff"] is None else centre["n_eff"]}, "question.centre"),
        read_model(group(saved, "model", "question.")),
        None if saved["districts"] is None else read_districts(group(saved, "districts", "question."), where),
        made(Districts, saved["district_model"], "question.district_model"),
    )
    check_size(question.law, question.centre)
    coalitions = saved["coalitions"]
    check(isinstance(coalitions, list), "question.coalitions", "be lists of parties", coalitions)
    return replace(question, coalitions=read_coalitions(coalitions, question.parties))


def read_law(saved: dict[str, Any]) -> ElectoralLaw:
    """Read a law back; of a user's method the name is left."""
    law, key = dict(saved), "question.law"
    law["fallback"] = None if law["fallback"] is None else made(Fallback, law["fallback"], f"{key}.fallback")
    law["method"] = made(SavedRule, law["method"], f"{key}.method") if isinstance(law["method"], dict) else law["method"]
    return made(ElectoralLaw, law, key)


def read_model(saved: dict[str, Any]) -> ListModel:
    """Read a model back; of a user's the name is left."""
    if "own" in saved:
        return made(SavedModel, saved, "question.model")
    name = saved["name"]
    check(isinstance(name, str) and name in MODELS, "question.model.name", f"be one of {', '.join(MODELS)}", name)
    before_presets = {"preset": FIRST} if name == Total.name else {}
    model: ListModel = made(MODELS[name], before_presets | {key: value for key, value in saved.items() if key != "name"}, "question.model")
    return model


def read_districts(saved: dict[str, Any], key: str) -> DistrictVotes:
    """Read a baseline of districts back."""
    found = saved["districts"]
    check(isinstance(found, list), f"{key}.districts", "be a list of districts", found)
    districts = tuple(read_district(district, f"{key}.districts[{place}]") for place, district in enumerate(found))
    shares = group(saved, "list_shares", f"{key}.")
    return made(DistrictVotes, {**saved, "districts": districts, "list_shares": shares}, key)


def read_district(saved: Any, key: str) -> District:
    """Read one district back."""
    check(isinstance(saved, dict), key, "hold values by name", saved)
    found = saved["candidates"]
    check(isinstance(found, list), f"{key}.candidates", "be a list of candidates", found)
    candidates = tuple(made(Candidate, each, f"{key}.candidates[{place}]") for place, each in enumerate(found))
    answers = made(Answers, saved["answers"], f"{key}.answers") if saved.get("answers") else None
    return made(District, {**saved, "candidates": candidates, "answers": answers}, key)


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
            partial(dict, self.point()),
            self.run(),
            saved["stream"],
            saved["version"],
        )

    def spans(self) -> Spans:
        """Read the draws covered."""
        spans = self.saved["spans"]
        check(isinstance(spans, list) and len(spans) > 0, "spans", "name at least one span of draws, such as [[0, 1000]]", spans)
        for span in spans:
            fits = isinstance(span, list) and len(span) == 2 and all(map(whole, span)) and span[0] < span[1] <= MOST_DRAWS
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
        point: dict[str, dict[str, int]] = group(self.saved, "point")
        check(set(point) <= set(TIERS), "point", f"hold {', '.join(TIERS)} alone", point)
        for tier in TIERS:
            seats, columns = point.get(tier), self.question.centre.parties if tier == "list" else self.parties
            known = isinstance(seats, dict) and set(seats) == set(columns) and all(map(whole, seats.values()))
            check(known, f"point.{tier}", "hold seats by party", seats)
        return point

    def run(self) -> Run:
        """Read how it was run, which a result of `to_dict` does not say."""
        run, kinds = group({"run": {}, **self.saved}, "run"), get_type_hints(Run)
        check(set(run) <= set(kinds), "run", f"hold {', '.join(kinds)} alone", next((name for name in run if name not in kinds), None))
        for name, value in run.items():
            kind = kinds[name]
            fits = type(value) is kind or (kind is float and type(value) is int)
            check(fits, f"run.{name}", f"be of type {kind.__name__}", value)
            check(kind is str or 0 <= value < float("inf"), f"run.{name}", "be a number of at least 0", value)
        return cast(Run, run)
