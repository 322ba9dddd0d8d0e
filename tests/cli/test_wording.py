"""Errors in the words of whoever shows them: options of the program, columns of a table, keys of a scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

import mazhilis_sim as ms
from mazhilis_sim.cli.shell.wording import in_options, setting
from mazhilis_sim.errors import FileError, LawChange, LawError, MazhilisError, Remedy, SimulationError
from mazhilis_sim.files import read_scenario
from mazhilis_sim.files.scenario_keys import Place, keys_by_row

LAW = """polls = 2023
[law]
name = "2023"
threshold = 7  # per cent
fallback = {weight = 0.7, floor = -1}
[model]
name = "total"
bias = {amanat = 1}
"""


# -- the program -------------------------------------------------------------------------------------------------------


def test_advice_to_change_the_law_is_an_option() -> None:
    error = ms.AllocationError("no list reached 5 %", remedy=LawChange("no_list_passes", ("top_two", "all"), after="or more votes"))
    assert str(error) == 'no list reached 5 %; choose law.replace(no_list_passes="top_two") or "all" or more votes'
    assert in_options(error) == "no list reached 5 %; choose --set no_list_passes=top_two or --set no_list_passes=all or more votes"


def test_advice_of_python_is_written_as_text() -> None:
    error = LawError(field="threshold", got=7, must="lie in [0, 1)", remedy=Remedy('write "7%" or Fraction(7, 100)', 'write "7%"'))
    assert in_options(error) == 'threshold must lie in [0, 1), got 7; write "7%"'


def test_an_argument_is_called_as_its_option_is_but_not_where_a_file_brought_it() -> None:
    error = SimulationError(field="n_draws", got=0, must="be a whole number of at least 1")
    assert in_options(error) == "--draws must be a whole number of at least 1, got 0"
    assert in_options(error.at("s.toml, row 2")) == "s.toml, row 2: n_draws must be a whole number of at least 1, got 0"


def test_no_more_of_a_setting_is_shown_than_of_a_value() -> None:
    assert setting("threshold", "7%") == "--set threshold=7%"
    assert len(setting("threshold", "7" * 500)) == 60


# -- files -------------------------------------------------------------------------------------------------------------


def test_a_file_says_what_to_write_in_a_file() -> None:
    error = FileError(field="share", got="41", must="lie in [0, 1]", remedy=Remedy("write 0.41", "write 41%"), where="t.csv, row 2")
    assert str(error) == "t.csv, row 2: share must lie in [0, 1], got '41'; write 41%"


# -- keys of a scenario ------------------------------------------------------------------------------------------------


def place(key: str) -> Place:
    return Place("s.toml", LAW, key)


def test_each_key_stands_in_one_row_with_the_name_of_its_table() -> None:
    rows = keys_by_row(LAW)
    assert rows[0] == {"polls"}
    assert rows[1] == {"law"}
    assert rows[3] == {"law.threshold"}
    assert rows[4] == {"law.fallback", "law.fallback.weight", "law.fallback.floor"}
    assert rows[6] == {"model.name"}


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("threshold", "s.toml, row 4, key law.threshold"),
        ("fallback floor", "s.toml, row 5, key law.fallback.floor"),
        ("fallback.floor", "s.toml, row 5, key law.fallback.floor"),
        ("fallback", "s.toml, row 5, key law.fallback"),
        ("list_seats", "s.toml, row 2, key law"),
        ("", "s.toml, row 2, key law"),
        ("floor of the fallback", "s.toml, row 2, key law"),
    ],
)
def test_an_error_stands_at_the_key_that_its_field_names(field: str, said: str) -> None:
    value = {"name": "2023", "threshold": 7, "fallback": {"weight": 0.7, "floor": -1}}
    error = place("law").error(MazhilisError(field=field, got=7, must="be right"), value)
    assert isinstance(error, FileError)
    assert error.where == said
    assert str(error).startswith(f"{said}: ")


def test_two_rows_that_may_be_meant_are_no_row() -> None:
    twice = Place("s.toml", "[law]\nseed = 1\n[law]\nseed = 2\n", "law.seed")
    assert str(twice) == "s.toml, key law.seed"


def test_a_scenario_says_how_to_change_its_law() -> None:
    error = LawError("no list passed", remedy=LawChange("no_list_passes", ("top_two", "all")))
    assert str(place("law").error(error, None)) == (
        's.toml, row 2, key law: no list passed; choose no_list_passes = "top_two" or "all" in the table law'
    )


@pytest.mark.parametrize("word", ["threshold", "name", "law"])
def test_what_came_may_hold_the_name_of_a_key(word: str, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(f'polls = 2023\n[law]\nname = "2023"\nthreshold = "7%"\nties = "{word}"\n')
    with pytest.raises(FileError, match=r"row 5, key law\.ties: ") as caught:
        read_scenario(path)
    assert f"got '{word}'" in str(caught.value)
