"""Why a forecast says what it says: the numbers in its words are those of the forecast, and what moves it moves it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from test_whole_chambers import LAW, POLL, run

import mazhilis_sim as ms
from mazhilis_sim.cli import app
from mazhilis_sim.errors import SimulationError


def test_its_numbers_are_those_of_the_forecast() -> None:
    f = run()
    found = f.why("c")
    begins = f"c: {f.mean('c'):.1f} seats on average, {f.quantile('c', 0.5)} in the median draw, {f.point['total']['c']} where"
    assert found.sentences[0].startswith(begins)
    assert found.of == "p_enters"
    sizes = [abs(effect.by.value) for effect in found.effects]
    assert sizes == sorted(sizes, reverse=True)
    by = {effect.change: effect.by for effect in found.effects}
    higher = ms.simulate(LAW.replace(threshold=LAW.threshold + type(LAW.threshold)(1, 100)), POLL, n_draws=12_000, seed=1)
    assert by["the threshold a point higher"].value == pytest.approx(higher.p_enters("c").value - f.p_enters("c").value)
    assert by["its polled share a point higher"].value > 0 > by["its polled share a point lower"].value
    assert all(effect.by.paired for effect in found.effects)
    assert max(map(len, str(found).splitlines())) <= 80


def test_a_list_that_always_enters_is_told_by_its_seats() -> None:
    found = run().why("a")
    assert found.of == "mean"
    assert "seats" in found.sentences[-1]
    assert any("enters moves it most" in sentence for sentence in found.sentences)


def test_each_poll_of_a_pool_is_left_out() -> None:
    polls = ms.Polls([POLL, ms.Poll({"a": 0.5, "b": 0.2, "c": 0.1, "d": 0.05, "against_all": 0.15}, sample_size=900, pollster="X")])
    found = ms.simulate(LAW, polls, n_draws=5_000, seed=1).why("c")
    without = {effect.change: effect.by.value for effect in found.effects if effect.change.startswith("without ")}
    assert len(without) == 2
    alone = [ms.simulate(LAW, poll, n_draws=5_000, seed=1).p_enters("c").value for poll in polls]
    both = ms.simulate(LAW, polls, n_draws=5_000, seed=1).p_enters("c").value
    assert sorted(without.values()) == pytest.approx(sorted(p - both for p in alone), abs=0.02)


def test_a_saved_forecast_of_an_own_model_says_what_it_can(tmp_path: Any) -> None:
    f = ms.simulate(LAW, POLL, model=ms.models.Own(lambda z, q: np.log(q)[:, None] + 0.1 * z), n_draws=500, seed=1)
    f.save(tmp_path / "run.json")
    found = ms.load_forecast(tmp_path / "run.json").why("a")
    assert found.effects == ()
    assert "cannot be tried" in found.sentences[-1]


def test_another_party_is_one_line() -> None:
    with pytest.raises(SimulationError, match="there is no party 'cc'"):
        run().why("cc")


def test_the_command_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        app.main(["forecast", "2023", "--law", "2026", "--draws", "5000", "--why", "JSDP"])
    said = capsys.readouterr().out
    assert end.value.code in (0, None)
    assert "Why" in said
    assert "JSDP: " in said
