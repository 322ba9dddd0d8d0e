"""What an engine is: whatever turns spans of draws into pieces that add up. Threads and executors are two; a user's is a third."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from mazhilis_sim.errors import MazhilisError, SimulationError, said_by
from mazhilis_sim.simulation.drawing.packing import PackedQuestion, pack
from mazhilis_sim.simulation.engines.pieces import Piece, add_up
from mazhilis_sim.simulation.engines.progress import Progress
from mazhilis_sim.simulation.engines.worker import BLOCK, Worker
from mazhilis_sim.simulation.models.own import OwnShares, function_name
from mazhilis_sim.simulation.question import Question
from mazhilis_sim.simulation.tally_shapes import Spans


@dataclass(frozen=True)
class Drawable:
    """A question that an engine can draw: small, frozen, and made to be pickled and sent to another process.

    Parameters
    ----------
    packed : PackedQuestion
        The question and the seed in numbers.
    """

    packed: PackedQuestion

    @classmethod
    def of(cls, question: Question, seed: int) -> Drawable:
        """Pack a question."""
        return cls(pack(question, seed))

    @cached_property
    def fingerprint(self) -> str:
        """What tells the question, the seed and the random stream from all others, made where pieces may be of others."""
        return self.packed.fingerprint

    def __getstate__(self) -> dict[str, Any]:
        """Send the fingerprint along: it is told once, where the question was asked."""
        return {**vars(self), "fingerprint": self.fingerprint}

    @property
    def seed(self) -> int:
        """The seed."""
        return self.packed.seed

    def piece(self, start: int, stop: int, block: int = BLOCK) -> Piece:
        """Simulate the draws [start, stop) here and now, in this thread, and return what they gave.

        Which draws stand in one piece, in what order pieces are made, and by whom, changes nothing in their sum.
        """
        start, stop, block = map(operator.index, (start, stop, block))  # whatever a user's engine cuts with
        worker = self.worker(min(block, stop - start))
        for first in range(start, stop, block):
            worker.add(first, min(block, stop - first))
        return Piece(self.fingerprint, ((start, stop),), worker.tallies())

    @property
    def at_once(self) -> int:
        """Draws that are run by one call, in which no Ctrl-C is heard."""
        return self.packed.at_once

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """The user's functions in the question, by name: all else is numbers."""
        own, rule = self.packed.shares, self.packed.rule
        found = {own.name: own.function} if isinstance(own, OwnShares) else {}
        return found if rule is None else {**found, function_name(rule): rule}

    def worker(self, draws: int = BLOCK) -> Worker:
        """Make room for one thread, as wide as so many draws need; more are drawn as well, and may take longer."""
        return Worker(self.packed, draws)


class Engine(Protocol):
    """What ``simulate(engine=...)`` takes."""

    def run(self, question: Drawable, spans: Spans, progress: Progress) -> Iterable[Piece]:
        """Return pieces that cover every draw of the spans once.

        Parameters
        ----------
        question : Drawable
            ``question.piece(start, stop)`` simulates the draws [start, stop).
        spans : tuple of (int, int)
            The draws that are wanted: first, and one past the last. A piece may hold any part of them.
        progress : callable
            To be told (done, of), in draws; it may be left alone.

        Returns
        -------
        iterable of Piece
            In any order; they are checked and added up as they come.
        """


@dataclass(frozen=True)
class Foreign:
    """A user's engine: what goes wrong in it is said in one line that names it."""

    engine: Engine

    def run(self, question: Drawable, spans: Spans, progress: Progress) -> Iterator[Piece]:
        """Yield the pieces of the user's engine, each checked."""
        name = type(self.engine).__name__
        try:
            found = self.engine.run(question, spans, progress)
            if not isinstance(found, Iterable):
                raise SimulationError(field=f"the engine {name}", got=found, must="return pieces")
            for piece in found:
                yield check_piece(piece, question, name)
        except MazhilisError:
            raise
        except Exception as error:
            said = f"the engine {name} raised {said_by(error)}"
            raise SimulationError(said, field="engine", got=self.engine, must="return pieces") from error


def read_engine(engine: Any) -> Foreign:
    """Read a user's engine."""
    try:
        fits = not isinstance(engine, type) and callable(engine.run)
    except Exception:  # whatever a stranger's object does
        fits = False
    if not fits:
        must, remedy = "be an object with run(question, spans, progress)", "let it return [question.piece(*span) for span in spans]"
        raise SimulationError(field="engine", got=engine, must=must, remedy=remedy)
    return Foreign(engine)


def run_engine(engine: Engine, question: Drawable, spans: Spans, progress: Progress) -> Piece:
    """Let an engine run, and add its pieces up to all draws that were wanted.

    Raises
    ------
    SimulationError
        For pieces that do not add up to the draws that were wanted.
    """
    merged: Piece | None = None
    for piece in engine.run(question, spans, progress):
        merged = piece if merged is None else add_up((merged, piece))
    covered = () if merged is None else merged.spans
    if merged is None or covered != spans:
        must = f"cover the draws {list(spans)}"
        raise SimulationError(field="the pieces of an engine", got=covered, must=must, shown=str(list(covered)) if covered else "no piece")
    return merged


def check_piece(piece: Any, question: Drawable, engine: str) -> Piece:
    """Return what an engine gave where it is a piece of the question that it was handed, or raise."""
    where = f"the engine {engine}"
    if not isinstance(piece, Piece):
        raise SimulationError(field="what it returns", got=piece, must="be pieces, made by question.piece(start, stop)", where=where)
    shapes = {name: counts.shape for name, counts in piece.tallies.items()}
    if piece.question != question.fingerprint or shapes != question.packed.shapes:
        must, shown = "be of the question that it was handed", "one of another question"
        raise SimulationError(field="a piece", got=piece.question, must=must, shown=shown, where=where)
    return piece.check(where)
