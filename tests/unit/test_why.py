"""Why a forecast says what it says: the numbers in its words are those of the forecast, and what moves it moves it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from test_whole_chambers import LAW, POLL, run

import mazhilis_sim as ms
from mazhilis_sim.cli import app
from mazhilis_sim.errors import SimulationError
from mazhilis_sim.questions.why import why_again


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


def test_it_is_told_in_any_language_and_saved_in_english() -> None:
    found = run().why("c")
    english = found.to_dict()
    with ms.speaking("ru"):
        assert found.to_dict() == english == run().why("c").to_dict()
        assert found.sentences[0].startswith("c: в среднем ")
        assert "порог на пункт выше" in str(found)
    assert "the threshold a point higher" in str(found)


def test_what_was_saved_is_told_again() -> None:
    f = run()
    found = f.why("c")
    again = why_again(f, json.loads(json.dumps(found.to_dict())))
    assert str(again) == str(found)
    assert again.to_dict() == found.to_dict()


WRONG = {
    "no mapping": ([], "report.why must be a mapping"),
    "no party": ({"party": "x"}, "there is no party 'x'"),
    "another measure": ({"party": "c", "of": "median"}, "report.why.of must be"),
    "no list": ({"party": "c", "of": "mean", "effects": 1}, "report.why.effects must be"),
    "no words": ({"party": "c", "of": "mean", "effects": [{"change": 1}]}, "report.why.effects.change must be"),
    "no number": ({"party": "c", "of": "mean", "effects": [{"change": "x", "difference": "y"}]}, "report.why.effects.difference must be"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_reasons_that_were_forged_are_one_line(wrong: str) -> None:
    saved, said = WRONG[wrong]
    with pytest.raises(SimulationError) as caught:
        why_again(run(), saved)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_how_far_it_is_grows_to_the_end() -> None:
    steps: list[tuple[int, int]] = []
    found = run().why("c", progress=lambda done, total: steps.append((done, total)))
    totals = {total for _, total in steps}
    assert totals == {12_000 * (len(found.effects) + 1)}
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)
    assert steps[-1][0] == steps[-1][1]


def test_a_tiny_list_is_not_told_of_a_threshold_that_parts_nothing() -> None:
    tiny = ms.Poll({"a": 0.6, "b": 0.397, "c": 0.003}, sample_size=2000)
    said = str(ms.simulate(LAW, tiny, n_draws=2_000, seed=1).why("c"))
    assert "the threshold hardly parts its draws" in " ".join(said.split())
    assert "-0.00" not in said
    assert "moves it most of all lists" not in said


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


def test_show_says_again_why_and_of_another_party(tmp_path: Any) -> None:
    saved, again = str(tmp_path / "run.json"), str(tmp_path / "again.json")
    done = CliRunner().invoke(
        app, ["forecast", "2023", "--law", "2026", "--draws", "2000", "--why", "JSDP", "--json", saved, "--lang", "kk"]
    )
    assert done.exit_code == 0, done.stderr
    english = json.loads(Path(saved).read_text(encoding="utf-8"))["report"]["why"]
    assert english["sentences"][0].startswith("JSDP: ")
    shown = CliRunner().invoke(app, ["show", saved])
    assert all(sentence in " ".join(shown.stdout.split()) for sentence in english["sentences"])
    assert "without poll Strategy 2023-02-27" in " ".join(shown.stdout.split())
    in_russian = " ".join(CliRunner().invoke(app, ["show", saved, "--lang", "ru"]).stdout.split())
    assert "Почему: ОСДП" in in_russian
    assert "без опроса Strategy 2023-02-27" in in_russian
    other = CliRunner().invoke(app, ["show", saved, "--why", "auyl", "--json", again])
    assert "Why Auyl" in other.stdout
    assert json.loads(Path(again).read_text(encoding="utf-8"))["report"]["why"]["party"] == "auyl"
