"""The catalogues: every text of the code in Kazakh and Russian, whole; names and numbers as each language writes them."""

from __future__ import annotations

import ast
import datetime
import json
from fractions import Fraction

import pytest

import catalogues
import mazhilis_sim as ms
from mazhilis_sim import languages
from mazhilis_sim.languages import number
from mazhilis_sim.names.parties import ON_RECORD, Names
from mazhilis_sim.names.record import party_names
from mazhilis_sim.tables import day, decimal, percent, short_percent

TRANSLATED = ("kk", "ru")


@pytest.fixture(scope="module")
def texts() -> set[str]:
    return {str(message.id) for message in catalogues.template() if message.id}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated_and_no_other(code: str, texts: set[str]) -> None:
    stored = catalogues.stored(code)
    assert {str(message.id) for message in stored if message.id} == texts
    assert catalogues.left(stored) == []
    assert stored.obsolete == {}


def test_no_text_is_marked_inside_another_where_python_3_11_does_not_show_it() -> None:
    assert [place for path in catalogues.SOURCE.rglob("*.py") for place in marked_inside(path.read_text(encoding="utf-8"))] == []
    assert marked_inside("""f"{n} {_('more')}" + _("more")""") == ["_('more')"]


def marked_inside(code: str) -> list[str]:
    """Return what is marked for translation inside an f-string."""
    strings = (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.JoinedStr))
    calls = (node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call))
    return [ast.unparse(call) for call in calls if called(call) in catalogues.KEYWORDS and isinstance(call.args[0], ast.Constant)]


def called(call: ast.Call) -> str:
    """Return the name of the function that is called."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


@pytest.mark.parametrize("code", TRANSLATED)
def test_what_programs_read_is_made_of_what_people_read(code: str) -> None:
    assert catalogues.strings(catalogues.compiled(code)) == catalogues.strings(catalogues.stored(code)) != {}


def test_a_text_without_translation_or_with_another_placeholder_is_seen() -> None:
    catalogue = catalogues.stored("ru")
    catalogue.add("a new text")
    catalogue.get("{n}, seed {seed}; everything else with --verbose").string = "{n}, {seeds}"
    assert [message.id for message in catalogues.left(catalogue)] == ["{n}, seed {seed}; everything else with --verbose", "a new text"]


def test_names_shown_are_on_record_in_their_language() -> None:
    known = {(name.name, name.language): name.party for name in party_names()}
    inside = {(name.name.partition("«")[2].partition("»")[0], name.language): name.party for name in party_names()}
    found = {**inside, **known}
    english = {name.name: name.party for name in party_names() if name.language == "en"}
    for shown, kazakh, russian in ON_RECORD:
        party = english[shown]
        assert (found[kazakh, "kk"], found[russian, "ru"]) == (party, party), shown


def test_names_are_those_of_the_language_and_a_users_own_stay() -> None:
    election = ms.load_election(2012)
    with ms.speaking("ru"):
        names = Names(election.party_names, {"jsdp": "Mine", "own": "Own"})
        assert [names[party] for party in ("amanat", "qhp", "jsdp", "own", "independents")] == [
            *("Нур Отан", "КНПК", "Mine", "Own", "Самовыдвиженцы")
        ]
        assert Names({"new": "New Party"})["new"] == "New Party"
    assert Names(election.party_names)["amanat"] == "Nur Otan"


def test_numbers_and_dates_are_written_as_the_language_writes_them() -> None:
    date, third = datetime.date(2023, 3, 19), Fraction(10_000, 3)
    found = {}
    for code in languages.LANGUAGES:
        with ms.speaking(code):
            found[code] = [number(1_234_567), number(0.5, ".2f"), decimal(third, 2), percent(0.125), short_percent(0.05), day(date)]
    assert found["en"] == ["1,234,567", "0.50", "3,333.33", "12.5 %", "5 %", "19 March 2023"]
    assert found["ru"] == ["1\xa0234\xa0567", "0,50", "3\xa0333,33", "12,5 %", "5 %", "19 марта 2023 г."]
    assert found["kk"] == ["1\xa0234\xa0567", "0,50", "3\xa0333,33", "12,5%", "5%", "2023 ж. 19 наурыз"]


@pytest.mark.parametrize(("n", "words"), [(1, "1 место"), (3, "3 места"), (11, "11 мест"), (21, "21 место"), (112, "112 мест")])
def test_nouns_follow_their_number(n: int, words: str) -> None:
    with ms.speaking("ru"):
        assert languages.counted("{n} seat", "{n} seats", n) == words


def test_what_is_for_programs_stays_english() -> None:
    election = ms.load_election(2023)
    answers = [
        ms.compare(["2021", "2026"], election),
        ms.sweep(ms.law("2023"), election, "threshold", ["5%", "7%"]),
        ms.solve_for(election, ms.law("2023"), "votes", party="baytaq", until=lambda seats: seats["baytaq"] > 0),
    ]
    english = [json.dumps(each.to_dict()) for each in answers]
    with ms.speaking("ru"):
        assert [json.dumps(each.to_dict()) for each in answers] == english
        assert "Выборы" in str(answers[0])


def test_another_language_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ms.MazhilisError, match=r"there is no language 'kz'"), ms.speaking("kz"):
        pass


def test_a_language_ends_with_its_block_even_after_an_error() -> None:
    with pytest.raises(RuntimeError), ms.speaking("ru"):
        assert languages.language() == "ru"
        raise RuntimeError
    assert languages.language() == "en"
