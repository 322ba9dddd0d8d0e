"""A district whose seat nobody holds: counted, simulated, read, saved and said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms

CANDIDATES = (ms.Candidate("Aina", "a", 60), ms.Candidate("Berik", "b", 40), ms.Candidate("Dana", "independents", 30))
CONTESTED = ms.District(1, CANDIDATES, "north")
VACANT = ms.District(2, (), "north", vacant=True)
BASELINE = ms.DistrictVotes((CONTESTED, VACANT), {"a": 0.6, "b": 0.4})
LAW = ms.law("2023").replace(list_seats=10, district_seats=2)
ELECTION = ms.Election(list_votes={"a": 600, "b": 400}, districts=BASELINE)
POLL = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000)


def simulated(law: ms.ElectoralLaw, districts: ms.DistrictVotes) -> ms.SeatDistribution:
    return ms.simulate(law, POLL, districts=districts, n_draws=2000, seed=3, threads=1)


def test_a_vacant_seat_is_counted_as_filled_by_nobody_and_said() -> None:
    chamber = ms.elect(LAW, ELECTION)
    assert (chamber.winners, chamber.vacant_districts) == ({1: "Aina"}, (2,))
    assert chamber.district_seats == {"a": 1, "b": 0, "independents": 0}
    assert sum(chamber.seats.values()) == LAW.total_seats - 1
    assert str(chamber).splitlines()[-1].strip() == "vacant: district 2"
    assert chamber.explain().splitlines()[-1].strip() == "vacant: district 2"


def test_a_chamber_without_a_vacant_district_says_nothing_of_one() -> None:
    full = ms.elect(LAW.replace(district_seats=1), ms.Election(list_votes={"a": 600, "b": 400}, districts=ms.DistrictVotes((CONTESTED,))))
    assert full.vacant_districts == ()
    assert "vacant" not in str(full) + full.explain()


def test_a_vacant_district_is_simulated_as_if_it_were_not_there() -> None:
    with_it = simulated(LAW, BASELINE)
    without = simulated(LAW.replace(district_seats=1), ms.DistrictVotes((CONTESTED,), BASELINE.list_shares))
    assert np.array_equal(with_it.draws(2000), without.draws(2000))
    assert set(with_it.draws(2000).sum(axis=1)) == {11}
    assert 0 < with_it.histogram("a", tier="district")[1] < 2000
    assert "Vacant and won by nobody: district 2" in str(with_it)
    assert "Vacant" not in str(without)


def test_the_majority_stays_one_of_the_whole_chamber() -> None:
    assert simulated(LAW, BASELINE).law.majority == 12 // 2 + 1


def test_all_districts_may_be_vacant() -> None:
    vacant = ms.DistrictVotes(tuple(ms.District(number, (), vacant=True) for number in (1, 2)))
    run = simulated(LAW, vacant)
    assert set(run.draws(2000).sum(axis=1)) == {10}
    assert "Vacant and won by nobody: districts 1, 2" in str(run)
    assert ms.elect(LAW, ms.Election(list_votes={"a": 600, "b": 400}, districts=vacant)).winners == {}


def test_a_saved_forecast_keeps_the_vacant_district(tmp_path: Path) -> None:
    run = simulated(LAW, BASELINE)
    run.save(tmp_path / "f.json")
    again = ms.load_forecast(tmp_path / "f.json")
    assert again.question.districts == BASELINE
    assert np.array_equal(again.rerun().draws(2000), run.draws(2000))


@pytest.mark.parametrize("row", ["2,vacant,,", "2,Vacant,,0", "2,Вакантно,,", "2,Бос,,"])
def test_a_vacant_district_is_read_from_a_file(row: str, tmp_path: Path) -> None:
    path = tmp_path / "districts.csv"
    path.write_text(f"district,candidate,party,votes\n1,Aina,a,60\n1,Berik,b,40\n{row}\n", encoding="utf-8")
    read = ms.read_districts(str(path))
    assert (read.vacant, [district.number for district in read]) == ((2,), [1, 2])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["2,vacant,,5"], "row 3, column votes: votes must be empty in a district that is vacant, got '5'"),
        (["2,vacant,,", "2,Dana,a,5"], "row 4, column candidate: candidate must not stand in a district that is vacant, got 'Dana'"),
    ],
)
def test_a_vacant_district_with_votes_is_refused_by_row(rows: list[str], said: str, tmp_path: Path) -> None:
    path = tmp_path / "districts.csv"
    path.write_text("\n".join(["district,candidate,party,votes", "1,Aina,a,60", *rows]))
    with pytest.raises(ms.FileError, match=said):
        ms.read_districts(str(path))


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"candidates": CANDIDATES}, "district 2 must have no candidates and no votes where it is vacant, got 3 and 130"),
        ({"unnamed_candidates": 2}, "must have no candidates and no votes where it is vacant, got 2 and 0"),
        ({"against_all": 1}, "must have no candidates and no votes where it is vacant, got 0 and 1"),
        ({"vacant": 1}, "vacant must be"),
        ({"vacant": False}, "district 2 must have at least one candidate, got none; write vacant=True where nobody was elected"),
    ],
)
def test_a_vacant_district_that_cannot_be(named: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.VotesError, match=said):
        ms.District(**{"number": 2, "candidates": (), "vacant": True} | named)
