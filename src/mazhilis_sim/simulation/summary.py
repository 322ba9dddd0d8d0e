"""What a forecast rests on, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution


def grounds(result: SeatDistribution) -> list[str]:
    """Say what a forecast rests on: law, polls, model, districts."""
    question = result.question
    error = "sampling error only" if question.model.sampling_only else "sampling and nonsampling error"
    polls = [question.centre.polls] if question.centre.polls else []
    notes = [f"Law {result.law.name}", *polls, f"Model {question.model.name}: {error}"]
    if question.districts is not None:
        notes.append("No district polls exist: districts vary around the results that serve as their baseline")
    return notes


def source(result: SeatDistribution) -> str:
    """Say how a forecast can be made again."""
    return f"{result.n_draws:,} draws, seed {result.seed}. mazhilis_sim {result.version}"
