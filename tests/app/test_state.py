"""States of the explorer: what every way through link, TOML and command line keeps; what is wrong with them, and where that is said."""

from __future__ import annotations

import json
import re
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uploads import in_base64

import mazhilis_sim as ms
from mazhilis_sim.app import answers
from mazhilis_sim.app.answers import COARSE, SLICE, drawn, picture, slices
from mazhilis_sim.app.comparing import compared, compared_by_law, drawn_beside, have_the_same_voters, kept
from mazhilis_sim.app.documents import first_document, from_link, percentages, to_link, to_toml
from mazhilis_sim.app.opening import open_file, open_text
from mazhilis_sim.app.state import StateError, read_state, sentence
from mazhilis_sim.cli.forecasting.request import read_request
from mazhilis_sim.errors import FileError, MazhilisError
from mazhilis_sim.files import read_scenario

FEW = 2_000
SMALL = {
    "poll": {"shares": {"a": "60%", "b": "30%", "c": "4%"}, "undecided": "6%", "margin": "3%"},
    "law": {"name": "2026", "list_seats": 40},
    "model": {"name": "total", "sigma": 0.3},
    "districts": "none",
    "draws": FEW,
    "seed": 1,
}


def changed(**changes: Any) -> dict[str, Any]:
    """Return a small state with other values."""
    return {**SMALL, **changes}


def faults(document: Any) -> dict[str, str]:
    """Return what is wrong with a state, by the control beside which it is said."""
    with pytest.raises(StateError) as caught:
        read_state(document)
    return {fault.path: fault.said for fault in caught.value.faults}


@st.composite
def states(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a state as the controls make it."""
    ids = draw(
        st.lists(st.sampled_from(["amanat", "auyl", "jsdp", "Жаңа тізім", "x y", "against_all"]), min_size=2, max_size=6, unique=True)
    )
    parts = draw(st.lists(st.integers(1, 100), min_size=len(ids), max_size=len(ids)))
    undecided = draw(st.integers(0, 30))
    shares = percentages([part / sum(parts) * (1 - undecided / 100) for part in parts] + [undecided / 100])
    law = draw(st.sampled_from(["2007", "2021-05", "2023", "2026"]))
    changes = draw(
        st.fixed_dictionaries(
            {}, optional={"threshold": st.sampled_from(["0%", "3%", "7.5%"]), "method": st.sampled_from(["dhondt", "droop"])}
        )
    )
    model = draw(st.sampled_from([{"name": "total", "sigma": 0.2}, {"name": "mature"}, {"name": "dirichlet"}]))
    turnout = draw(st.dictionaries(st.sampled_from(["astana", "almaty_city"]), st.sampled_from(["30%", "61.5%"])))
    districts = "2023" if law == "2023" and draw(st.booleans()) else "none"
    poll = {"shares": dict(zip(ids, shares, strict=False)), "undecided": shares[-1], "margin": draw(st.sampled_from(["1.5%", "3%"]))}
    return {
        "poll": poll,
        "law": {"name": law, **changes},
        "model": model,
        "districts": districts,
        "turnout": turnout,
        "draws": FEW,
        "seed": draw(st.integers(0, 2**64 - 1)),
    }


# -- the same on every way ---------------------------------------------------------------------------------------------


@given(states().filter(lambda state: any(id_ != "against_all" for id_ in state["poll"]["shares"])))
@settings(max_examples=25)
def test_link_toml_and_command_line_give_the_question_of_the_state(tmp_path_factory: pytest.TempPathFactory, state: dict[str, Any]) -> None:
    assert from_link(to_link(state)) == (state, [])
    path = tmp_path_factory.mktemp("state") / "scenario.toml"
    path.write_text(to_toml(state), encoding="utf-8")
    asked, request = read_state(state), by_the_command_line(path)
    again = ms.simulation.question.ask(
        request.law, request.polls, request.arguments["model"], request.districts, request.arguments["district_model"]
    )
    assert again == asked.question
    assert (request.arguments["n_draws"], request.arguments["seed"]) == (asked.draws, asked.seed)


def by_the_command_line(path: Path) -> Any:
    """Read a scenario as ``mazhilis-sim forecast`` does."""
    nothing = dict.fromkeys(
        ("law", "list_seats", "districts", "dialect", "sheet", "sample_size", "model", "preset", "draws", "seed", "votes", "threads")
    )
    return read_request(str(path), changes={}, added=(), coalitions=(), **nothing)


def test_the_first_state_is_the_pool_of_the_record() -> None:
    state, said = first_document()
    with pytest.warns(ms.PollWarning):
        pool = ms.load_polls(2023).pooled()
    asked = read_state(state)
    assert said
    assert asked.question.centre.share_by_id == pytest.approx(pool.q, abs=1e-4)
    assert asked.question.centre.n_eff == pytest.approx(pool.n_eff, rel=0.001)
    usual = ms.models.Total().variance(ms.simulate(ms.law("2026"), pool, n_draws=1, seed=1).question.centre)
    assert asked.question.model.variance(asked.question.centre) == pytest.approx(usual, rel=0.005)


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=40))
def test_percentages_sum_to_a_hundred_and_are_near(parts: list[float]) -> None:
    shares = [part / sum(parts) for part in parts]
    written = [float(text.removesuffix("%")) for text in percentages(shares)]
    assert round(sum(written), 6) == 100
    assert all(abs(text - 100 * share) <= 0.01 + 1e-9 for text, share in zip(written, shares, strict=True))


# -- simulated in slices -----------------------------------------------------------------------------------------------


def test_slices_end_as_one_run_of_all_draws() -> None:
    asked = read_state(changed(draws=COARSE + SLICE + 5))
    found = list(slices(asked, drawn))
    assert [sliced.found.n_draws for sliced in found] == [COARSE, COARSE + SLICE, COARSE + SLICE + 5]
    assert [sliced.whole for sliced in found] == [False, False, True]
    assert found[-1].found == drawn(asked, 0, asked.draws)


def test_a_picture_holds_the_numbers_of_the_forecast() -> None:
    asked = read_state(changed(coalitions=[["b", "c"]]))
    forecast = drawn(asked, 0, FEW)
    shown = json.loads(json.dumps(picture(forecast)))
    first = shown["parties"][0]
    assert (first["id"], first["point"], first["list"]) == ("a", forecast.point["total"]["a"], forecast.point["list"]["a"])
    assert [first["low"], first["high"]] == list(forecast.interval("a", 0.9))
    assert first["enters"]["value"] == forecast.p_enters("a").value
    assert sum(first["histogram"]["shares"]) == pytest.approx(1, abs=0.02)
    assert shown["coalitions"][0]["majority"]["value"] == forecast.p_majority(["b", "c"]).value
    assert shown["nobody"]["value"] == pytest.approx(1 - sum(forecast.p_majority(party).value for party in "abc"))
    assert shown["law"]["majority"] == 21


LAWS = [{"name": "2026", "list_seats": 40, "threshold": share} for share in ("5%", "3%")]


def test_differences_by_law_are_those_of_paired_laws_in_every_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "COARSE", 700)
    old, new = (read_state(changed(law=law, coalitions=[["b", "c"]] if law == LAWS[1] else [])) for law in LAWS)
    beside = list(slices(new, partial(drawn_beside, old)))[-1].found
    found = compared_by_law(beside)
    paired = ms.simulate_paired([old.question.law, new.question.law], old.polls, model=old.question.model, n_draws=FEW, seed=1)
    assert have_the_same_voters(new, old)
    assert beside.now == drawn(new, 0, FEW)
    assert (found["common"], found["draws"]) == ("voters", FEW)
    for row in found["parties"]:
        difference = paired.difference(row["id"])
        assert row["seats"] == pytest.approx(difference.mean)
        assert (row["more"], row["fewer"], row["se"]) == (difference.p_more().value, difference.p_fewer().value, difference.se)
    assert found["parties"][2]["more"] > 0.1


def test_a_law_with_districts_and_one_without_count_the_same_voters() -> None:
    poll = {"shares": {"amanat": "60%", "auyl": "30%", "jsdp": "10%"}, "margin": "3%"}
    old, new = (read_state(changed(poll=poll, law={"name": name}, districts=at)) for name, at in (("2023", "2023"), ("2026", "none")))
    for now, pinned in ((new, old), (old, new)):
        beside = drawn_beside(pinned, now, 0, FEW)
        assert have_the_same_voters(now, pinned)
        assert (beside.now, beside.paired.first) == (drawn(now, 0, FEW), drawn(pinned, 0, FEW))
    rows = {row["id"]: row for row in compared_by_law(drawn_beside(old, new, 0, FEW))["parties"]}
    assert rows["independents"]["before"] == -rows["independents"]["seats"] > 5


OTHERS = {
    "poll": {"shares": {"a": "50%", "b": "40%", "c": "4%"}, "undecided": "6%", "margin": "3%"},
    "model": {"name": "total", "sigma": 0.1},
    "turnout": {"astana": "20%"},
    "seed": 2,
    "draws": FEW + 1,
}


@pytest.mark.parametrize("key", OTHERS)
def test_what_changes_the_voters_is_no_change_of_the_law_alone(key: str) -> None:
    poll = {"shares": {"amanat": "60%", "auyl": "40%"}, "margin": "3%"}
    same = changed(poll=poll, law=LAWS[0])
    assert have_the_same_voters(read_state({**same, "law": LAWS[1]}), read_state(same))
    assert not have_the_same_voters(read_state({**same, "law": LAWS[1], key: OTHERS[key]}), read_state(same))


def test_other_voters_are_compared_in_the_kept_draws() -> None:
    now, pinned = (drawn(read_state(changed(model={"name": "total", "sigma": sigma})), 0, FEW) for sigma in (0.3, 0.1))
    found = compared(now, pinned)
    assert (found["common"], found["kept"]) == ("numbers", len(now.sample))
    assert found["parties"][2]["fewer"] == pytest.approx((kept(now, "c") < kept(pinned, "c")).mean())
    assert found["parties"][0]["se"] < now.se("a")


def test_other_seeds_are_not_paired() -> None:
    first, second = (drawn(read_state(changed(seed=seed)), 0, FEW) for seed in (1, 2))
    found = compared(first, second)
    assert found["common"] == "nothing"
    assert "more" not in found["parties"][0]
    assert found["parties"][0]["se"] == pytest.approx(first.se("a") * 2**0.5, rel=0.1)


def test_a_party_that_one_state_does_not_know_has_no_seats_there() -> None:
    without = {"shares": {"a": "66%", "b": "34%"}, "margin": "3%"}
    now, pinned = (drawn(read_state(changed(poll=poll)), 0, FEW) for poll in (SMALL["poll"], without))
    assert {row["id"]: row["before"] for row in compared(now, pinned)["parties"]}["c"] == 0


# -- what is wrong, and where ------------------------------------------------------------------------------------------

WRONG = {
    "law.threshold": changed(law={"name": "2026", "threshold": "abc%"}),
    "law.list_seats": changed(law={"name": "2026", "list_seats": "many"}),
    "law.method": changed(law={"name": "2026", "method": "best"}),
    "poll.shares.b": changed(poll={"shares": {"a": "60%", "b": "x%"}, "margin": "3%"}),
    "poll.margin": changed(poll={"shares": {"a": "60%", "b": "40%"}, "margin": "90%"}),
    "poll.undecided": changed(poll={"shares": {"a": "60%", "b": "40%"}, "undecided": "?"}),
    "model.sigma": changed(model={"name": "total", "sigma": "wide"}),
    "turnout.astana": changed(turnout={"astana": "160%"}),
    "districts": changed(districts="/etc/passwd"),
    "draws": changed(draws=0),
    "poll": {key: value for key, value in SMALL.items() if key != "poll"},
    "law": {key: value for key, value in SMALL.items() if key != "law"},
    "polls": changed(polls="/etc/passwd"),
    "": [],
}


@pytest.mark.parametrize("path", WRONG)
def test_what_is_wrong_is_said_beside_its_control(path: str) -> None:
    said = faults(WRONG[path])
    assert list(said) == [path]
    assert said[path]
    assert "\n" not in said[path]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert set(faults(changed(law={"name": "2026", "threshold": "x"}, seed=-1))) == {"law.threshold", "seed"}


def test_districts_that_a_law_has_not_are_refused_as_on_the_command_line() -> None:
    assert list(faults(changed(districts="2023"))) == ["districts"]


# -- what comes from elsewhere -----------------------------------------------------------------------------------------


def test_a_file_of_polls_is_read_as_the_library_reads_it(tmp_path: Path) -> None:
    rows = "pollster,date,sample_size,party,share\nN,2026-08-01,1000,a,55%\nN,2026-08-01,1000,b,35%\nN,2026-08-01,1000,undecided,10%\n"
    state, said = open_file("my polls.csv", in_base64(rows), SMALL)
    (tmp_path / "polls.csv").write_text(rows, encoding="utf-8")
    poll = ms.read_polls(tmp_path / "polls.csv")[0]
    assert state["law"] == SMALL["law"]
    assert state["poll"] == {"shares": {"a": "55%", "b": "35%"}, "undecided": "10%", "margin": f"{98 / poll.n_eff**0.5:.4g}%"}
    assert said == []


def test_lists_without_candidates_leave_the_districts_out() -> None:
    state = changed(districts="2023", law={"name": "2023"})
    assert open_text("Amanat 60\nNew 40", state)[0]["districts"] == "2023"
    assert open_text("North 60\nSouth 40", state)[0]["districts"] == "none"


def test_a_scenario_comes_back_as_it_went() -> None:
    assert open_file("scenario.toml", in_base64(to_toml(SMALL)), {})[0] == SMALL


def test_a_scenario_of_a_year_brings_its_polls_and_what_it_changes() -> None:
    state, _ = open_file("s.toml", in_base64('polls = 2023\nseed = 7\n[law]\nname = "2023"\nthreshold = "7%"\n'), {})
    assert (state["seed"], state["law"], state["districts"]) == (7, {"name": "2023", "threshold": "7%"}, "2023")
    assert state["poll"] == first_document()[0]["poll"]


TYPED = (
    "Amanat 53,9 %\nAuyl: 20\nDon't know 26.1",
    "Amanat\t53.9\nAuyl;20\nundecided = 26.1%",
    "53,9% Amanat\n20 Auyl\n26.1 undecided",
    "Amanat 53,9%, Auyl 20%, Undecided 26,1%.",
    "Amanat 53,9 % and Auyl 20 %. Undecided 26,1 %.",
    "Аманат 53,9 %, Ауыл 20 % и не определились 26,1 %",
    "Аманат 53,9%, Ауыл 20%, және шешім қабылдамағандар 26,1%",
    "Amanat (53.9%); Auyl (20%); undecided (26.1%)",
    "- Аманат — 53,9 %\n- Ауыл – 20 %,\n\n- затруднились ответить — 26,1 %",
    "1. Amanat 53.9\n2) Auyl 20\n3. undecided 26.1",
    "Party | Share\nAmanat | 53.9 |\nAuyl | 20 |\nundecided | 26.1 |",
    "Партия  доля\n«Аманат» 53,9\n«Ауыл» 20\nне определились 26,1",
)
"""One poll in ways in which people write it."""


@pytest.mark.parametrize("typed", TYPED)
def test_a_typed_poll_is_read_however_it_is_written(typed: str) -> None:
    state, _ = open_text(typed, SMALL)
    assert state["poll"]["shares"] == {"amanat": "53.9%", "auyl": "20%"}
    assert state["poll"]["undecided"] == "26.1%"


FOREIGN = {
    "no ending": ("polls", "x"),
    "no table": ("polls.csv", "nothing here"),
    "no TOML": ("scenario.toml", "= ="),
    "a file beside": ("scenario.toml", 'polls = "/etc/passwd"\n'),
    "an unknown key": ("scenario.toml", "polls = 2023\nrun = 1\n"),
    "a key of one's own": ("scenario.toml", '[poll]\nshares = {a = "x"}\n'),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_file_that_cannot_be_used_is_named_and_its_folder_is_not(kind: str) -> None:
    name, text = FOREIGN[kind]
    with pytest.raises(MazhilisError, match=name) as caught:
        open_file(name, in_base64(text), SMALL)
    assert "tmp" not in str(caught.value)


@pytest.mark.parametrize("name", ["../../x.csv", "C:\\x\\x.csv", "/etc/x.csv"])
def test_a_name_with_folders_is_a_name_alone(name: str) -> None:
    with pytest.raises(MazhilisError, match=r"^x\.csv"):
        open_file(name, in_base64("nothing here"), SMALL)


@pytest.mark.parametrize("about", ["± 2,5 %", "+/- 2.5", "Margin ±2.5 %.", "Margin of error: 2.5%", "Погрешность 2,5", "Қателік 2,5 %"])
def test_a_margin_typed_beside_the_answers_is_that_of_the_poll(about: str) -> None:
    state, said = open_text(f"Amanat 60\nAuyl 40\n{about}", SMALL)
    assert (state["poll"]["shares"], state["poll"]["margin"]) == ({"amanat": "60%", "auyl": "40%"}, "2.5%")
    assert not any("margin" in words for words in said)


@pytest.mark.parametrize("about", ["n = 400", "Sample size: 400", "Выборка 400"])
def test_a_sample_size_typed_beside_the_answers_makes_the_margin(about: str) -> None:
    state, _ = open_text(f"{about}\nAmanat 60\nAuyl 40", SMALL)
    assert state["poll"]["margin"] == "4.9%"  # 98 / 20


SIZES = (
    "n = 1,200",
    "n 1,200",
    "N=1200.",
    "n = 1.200",
    "n = 1'200",
    "1,200 people asked",
    "1,200 people were asked",
    "sample size: 1,200",
    "Sample of 1,200 people",
    "people asked: 1,200",
    "- 1 200 respondents",
    "n = 1 200",
    "n = 1\u00a0200",
    "опрошено 1 200",
    "Опрошено 1\u2009200 человек",
    "Выборка — 1\u202f200 чел.",
    "1 200 респондентов",
    "1 200 адам сұралды",
    "Іріктеме көлемі: 1 200",
)
"""So many people asked, as it is written."""


@pytest.mark.parametrize("about", SIZES)
def test_a_sample_size_is_read_however_it_is_written(about: str) -> None:
    state, said = open_text(f"Amanat 60\nAuyl 40\n{about}", SMALL)
    assert (state["poll"]["shares"], state["poll"]["margin"]) == ({"amanat": "60%", "auyl": "40%"}, "2.829%")  # 98 / sqrt(1200)
    assert not any("sample size" in words for words in said)


@pytest.mark.parametrize(
    "about", ["Опрошено 1 200 человек, погрешность 4 %", "n = 1,200, ± 4 %", "1,200 people asked, margin of error: 4%"]
)
def test_a_size_and_a_margin_stand_in_one_line(about: str) -> None:
    state, _ = open_text(f"Amanat 60\nAuyl 40\n{about}", SMALL)
    assert (state["poll"]["shares"], state["poll"]["margin"]) == ({"amanat": "60%", "auyl": "40%"}, "4%")


@pytest.mark.parametrize("about", ["n = 12,00", "n = 0", "n = 1,200.5", "sample size: 1,2", "1,20 people asked", f"n = {10**13}"])
def test_a_size_that_cannot_be_read_is_told_with_its_line_in_words_of_the_page(about: str) -> None:
    with pytest.raises(MazhilisError) as caught:
        open_text(f"Amanat 60\n\nAuyl 40\n\n{about}", SMALL)
    assert sentence(caught.value) == f"line 5 must hold the number of people asked, such as: n = 1 200, got '{about}'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1 must hold a name and a share"),
        ("Amanat", "line 1 must hold a name and a share, such as: Amanat 53.9, got 'Amanat'"),
        ("Amanat 50\nwho?", "line 2 must hold a name and a share, such as: Amanat 53.9, got 'who?'"),
        ("Amanat 5x", "line 1 must hold"),
        ("Amanat -5\nAuyl 60", "line 1 must hold"),
        ("Amanat 52-54", "line 1 must hold"),
        ("± 3 %", "line 1 must hold"),
        ("\nAmanat 50\nAuyl 150", "line 3 must hold a share of at most 100 %, got 'Auyl 150'"),
        ("Amanat 50\n\nAmanat 20", "line 3: 'Amanat' stands twice, in lines 1 and 3"),
        ("Amanat 50, Amanat 20", "line 1: 'Amanat' stands twice, in line 1; remove"),
        ("Amanat 50\nAuyl 1.2.3", "line 2: share must"),
        ("Amanat 3\nAuyl 2", "shares must sum to 50 % at least"),
    ],
)
def test_what_is_wrong_with_a_typed_poll_is_said_of_its_lines(text: str, said: str) -> None:
    with pytest.raises(MazhilisError) as caught:
        open_text(text, SMALL)
    assert sentence(caught.value).startswith(said)
    assert "row" not in str(caught.value)


def test_what_is_doubtful_about_a_typed_poll_names_no_file() -> None:
    _, said = open_text("Amanat 60\nAuyl 30", SMALL)
    assert len(said) == 2
    assert not any(words.startswith(("poll", "row")) or ".csv" in words for words in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A 10\nB 20\nC 30\nTotal 60\nD 30", "line 4, Total, is the sum of lines 1 to 3 and"),
        ("A 60\n\nTotal 60\nB 40", "line 3, Total, is the sum of line 1 and"),
        ("A 10\nB 20\nOther 5\n\nC 15\nTotal 45\nD 50", "line 6, Total, is the sum of lines 1, 2, 5 and"),
        ("A 10, B 20, C 30\nD 30, Total 90, E 10", "line 2, Total, is the sum of lines 1 to 2 and"),
        ("A 10, B 20, C 30, Total 60, D 40", "line 1, Total, is the sum of line 1 and"),
    ],
    ids=["rows in a row", "one row", "rows apart", "two lines", "one line"],
)
def test_what_is_said_of_a_total_that_was_typed_names_its_lines(text: str, said: str) -> None:
    first, *_ = open_text(text, SMALL)[1]
    assert first.startswith(said)
    assert "row" not in first


def test_how_many_more_lines_a_total_sums_is_no_line() -> None:
    lists = "\n".join(f"{one}{other}list 1" for one in "abcd" for other in "efghijklmno")
    first, *_ = open_text(f"Other 7\n{lists}\nTotal 44\nLast 49", SMALL)[1]
    assert re.match(r"line 46, Total, is the sum of lines 2 to 45 and", first)
    first, *_ = open_text(f"First 1\nOther 7\n{lists}\nTotal 45\nLast 47", SMALL)[1]
    assert re.match(r"line 47, Total, is the sum of lines 1, 3, 4, [\d, ]*, 41 and 5 more and", first)


def test_how_names_were_read_is_no_doubt() -> None:
    _, said = open_text("Аманат 60\nAuyl 40\n± 3 %", SMALL)
    assert said == []
    _, said = open_text("Amannat 60\nAuyl 40\n± 3 %", SMALL)
    assert said == ["'Amannat' is nearly 'Amanat'; write that if it is meant"]


def test_a_link_brings_the_doubts_of_its_poll_along() -> None:
    assert from_link(to_link(SMALL, ["nobody knows"])) == (SMALL, ["nobody knows"])
    assert from_link(to_link({**SMALL, "said": 7})) == from_link(to_link({**SMALL, "said": [{}]})) == (SMALL, [])


@pytest.mark.parametrize("link", ["", "#", "%%%", to_link(SMALL)[:-5], to_link(SMALL)[5:], "#AAAA", to_link({"x": "y" * 1_000_000}), "é"])
def test_a_link_that_is_not_whole_is_refused(link: str) -> None:
    with pytest.raises(FileError, match="link"):
        from_link(link)


def test_a_scenario_that_holds_its_poll_and_turnouts_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text(to_toml(changed(turnout={"astana": "60%"})), encoding="utf-8")
    scenario = read_scenario(path)
    assert scenario.poll is not None
    assert scenario.poll.shares == {"a": 0.6, "b": 0.3, "c": 0.04}
    assert scenario.turnout == {"astana": "60%"}
    assert tomllib.loads(path.read_text(encoding="utf-8"))["poll"]["undecided"] == "6%"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[poll]\nshares = {a = "x"}\n', "key poll"),
        ("poll = 3\n", "key poll"),
        ('polls = 2023\n[poll]\nshares = {a = "60%", b = "40%"}\n', "either polls or poll"),
        ('polls = 2023\n[turnout]\nastana = "160%"\n', "key turnout"),
        ("polls = 2023\nturnout = 3\n", "key turnout"),
        ("seed = 1\n", "there must be a key 'polls'"),
    ],
)
def test_a_scenario_whose_poll_or_turnouts_cannot_be_used_is_refused(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError, match=where):
        read_scenario(path)
