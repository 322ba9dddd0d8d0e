"""``mazhilis-sim score``: a forecast that was saved before an election, and its result."""

from __future__ import annotations

from pathlib import Path

from mazhilis_sim.cli.shell.collecting import Collected, say_doubts
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.sources import check_file, is_year, say_reading
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.data import load_election
from mazhilis_sim.files.votes import read_votes
from mazhilis_sim.languages import _
from mazhilis_sim.simulation.saving import load_forecast
from mazhilis_sim.votes.election import Election

FORMAT = "mazhilis_sim score 1"


def run_score(*, path: str, result: str, targets: Targets) -> None:
    """Read the forecast and the result, score, save and print."""
    from mazhilis_sim.judging.scored import in_words, score

    targets.check([path, result])
    with Collected() as said:
        forecast, held = load_forecast(path), read_result(result)
    with explained():
        found = score(forecast, held)
    saved = found.to_dict()
    written = targets.save({"format": FORMAT, **saved}, found.rows())
    if not targets.piped:
        screen = Screen()
        screen.line(_("{file} against {election}").format(file=Path(path).name, election=found.election), "bold")
        screen.line()
        screen.items([*in_words(found), *written])
    say_doubts((*said.doubts, *said.notes))


def read_result(word: str) -> Election:
    """Load the result of a year, or read a file of votes."""
    if is_year(word):
        return load_election(word)
    check_file(word, "votes")
    votes = read_votes(word)
    say_reading(word, votes.read_as)
    return Election(list_votes=votes, name=Path(word).stem)
