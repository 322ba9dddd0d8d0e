"""Laws side by side: each column is the count of that law alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

import mazhilis_sim as ms


def test_each_law_gives_what_it_gives_alone() -> None:
    election = ms.load_election(2021)
    laws = [ms.law("2021"), ms.law("2021-05"), ms.law("2026"), ms.law("2026").replace(method="dhondt")]
    compared = ms.compare(laws, election)
    assert list(compared.seats) == ["2021", "2021-05", "2026", "2026, dhondt"]
    assert list(compared.seats.values()) == [ms.elect(law, election).seats for law in laws]
    assert compared[2026].indices == ms.indices(election.votes, ms.elect(laws[2], election).seats)


def test_a_law_without_an_allocation_keeps_its_place_and_says_why() -> None:
    compared = ms.compare(["2026", ms.law("2026").replace(threshold="90%")], ms.load_election(2021))
    assert compared["2026, threshold 90 %"].seats == {}
    assert "no list reached the threshold of 90 %" in str(compared)
    assert compared.rows()[1]["amanat"] is None


def heads_of(compared: ms.Comparison) -> list[list[str]]:
    """What stands above the columns of seats, and beside the rows of indices."""
    seats, indices = compared.tables()
    return [[column.head for column in seats.columns[1:]], list(indices.columns[0].cells)]


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", ["2021", "2026, threshold 7 %, dhondt", "2026, 1,000 list seats, no two-party rule"]),
        ("kk", ["2021", "2026, межелі деңгей 7%, dhondt", "2026, тізім бойынша 1\xa0000 орын, екі партия ережесінсіз"]),
        ("ru", ["2021", "2026, порог 7 %, dhondt", "2026, 1\xa0000 мест по спискам, без правила двух партий"]),
    ],
)
def test_a_law_that_is_changed_is_called_by_what_is_changed(language: str, heads: list[str]) -> None:
    law = ms.law("2026")
    laws = ["2021", law.replace(threshold="7%", method="dhondt"), law.replace(list_seats=1000, fallback=None)]
    with ms.speaking(language):
        compared = ms.compare(laws, ms.load_election(2021))
        assert heads_of(compared) == [heads, heads]
        assert not compared.notes()
    assert list(compared.seats) == ["2021", "2026, threshold 7 %, dhondt", "2026, 1,000 list seats, no two-party rule"]


def test_what_is_changed_in_a_law_is_data() -> None:
    own = ms.ElectoralLaw(name="own", list_seats=98, threshold="3%", method=lambda votes, seats: [seats, *[0] * (len(votes) - 1)])
    laws = ["2026", ms.law("2023", district_seats=0, fallback=ms.Fallback("1/2", 5), ties="error"), own]
    first, second, third = ms.compare(laws, ms.load_election(2021)).to_dict()["laws"]
    assert first == {"law": "2026", "version": "2026", "changed": {}}
    assert second["version"] == "2023"
    assert second["changed"] == {"district_seats": 0, "fallback": {"weight": "1/2", "floor": 5}, "ties": "error"}
    assert (third["version"], third["changed"]["threshold"], third["changed"]["method"]) == (None, "3/100", "<lambda>")
    assert json.dumps(third)


def test_councils_of_two_sizes_are_two_laws() -> None:
    compared = ms.compare([ms.law("maslikhat", list_seats=n) for n in (17, 21)], ms.load_election(2021))
    assert list(compared.seats) == ["maslikhat, 17 list seats", "maslikhat, 21 list seats"]


def test_an_answer_is_a_frame_json_and_a_page() -> None:
    compared = ms.compare(["2021", "2026"], ms.load_election(2021))
    assert compared.to_frame().loc["2026", "amanat"] == 107
    assert compared.to_dict()["rows"][1]["amanat"] == 107
    assert "<table>" in compared._repr_html_()
    assert max(map(len, str(compared).splitlines())) <= 80


WRONG: dict[str, tuple[Any, str]] = {
    "none": ([], "laws must name at least one law"),
    "unknown": (["2021", "2026x"], "did you mean '2026'?"),
    "twice": (["2021", 2021], "each law must stand once"),
    "districts": (["2023"], "law 2023 fills 29 seats in districts"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_laws_that_cannot_be_compared_are_said_in_one_line(wrong: str) -> None:
    laws, said = WRONG[wrong]
    with pytest.raises(ms.LawError) as caught:
        ms.compare(laws, ms.load_election(2021))
    assert said in str(caught.value)


def test_no_question_about_one_election_loads_a_compiler() -> None:
    import subprocess
    import sys

    code = (
        "import sys, mazhilis_sim as ms\n"
        "e = ms.load_election(2023)\n"
        "ms.compare(['2023', '2026'], e), ms.sweep('2023', e, 'threshold'), ms.seat_margins('2023', e)\n"
        "c = ms.elect(ms.law('2023'), e)\n"
        "ms.indices(e.votes, c.seats), ms.power(c), ms.solve_for(e, '2023', 'votes', party='jsdp', until=lambda s: s['jsdp'] > 4)\n"
        "print([name for name in ('numpy', 'numba') if name in sys.modules])\n"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_what_one_law_makes_of_it_is_an_answer_of_its_own() -> None:
    one = ms.compare(["2023", "2026"], ms.load_election(2023))["2026"]
    assert [line.split() for line in str(one).splitlines() if line.startswith("Amanat")] == [["Amanat", str(one.seats["amanat"])]]
    assert [row["seats"] for row in one.to_dict()["rows"]] == list(one.seats.values())
