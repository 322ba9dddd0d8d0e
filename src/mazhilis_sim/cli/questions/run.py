"""What the commands of questions do: read, ask, save, print."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.cli.questions.answering import Where, answer
from mazhilis_sim.cli.questions.reading_words import laws_in
from mazhilis_sim.cli.shell.options import USUAL_SEED
from mazhilis_sim.questions.comparing import compare


def run_compare(*, source: str, laws: str, seed: int | None, **where: Any) -> None:
    """Compare laws."""
    place = Where(source, **where)
    answer(place, compare(laws_in(laws), place.election(), seed=USUAL_SEED if seed is None else seed))
