"""Polls as published: what is read, resolved, doubted and refused; and how several are pooled."""

from __future__ import annotations

import dataclasses
import datetime
import math
import warnings
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

import mazhilis_sim as ms
from mazhilis_sim.polls.sizes import two_sided_quantile
from mazhilis_sim.simulation.models.centre import read_centre
from on_record import quiet_polls

NAN = float("nan")
TWO = {"a": 0.6, "b": 0.4}


def doubtful(*arguments: Any, **named: Any) -> ms.Poll:
    """Make a poll whose warnings are not what a test is about."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        return ms.Poll(*arguments, **named)


# -- shares ----------------------------------------------------------------------------------------------------------


def test_shares_are_those_of_the_decided_and_sum_to_one() -> None:
    poll = ms.Poll({"a": 0.62, "b": 0.21, "c": 0.06}, margin=0.03, undecided=0.11)
    assert poll.q == pytest.approx({"a": 0.62 / 0.89, "b": 0.21 / 0.89, "c": 0.06 / 0.89}, rel=1e-15)
    assert math.isclose(sum(poll.q.values()), 1)
    assert (poll.undecided, poll.removed) == (0.11, {"undecided": 0.11})


def test_undecided_and_invalid_are_removed_and_against_all_and_other_lists_stay() -> None:
    shares = {"a": 0.5, "against_all": 0.1, "undecided": 0.2, "other": 0.15, "invalid": 0.05}
    poll = ms.Poll(shares, sample_size=1000)
    assert poll.parties == ("a",)
    assert poll.q == pytest.approx({"a": 0.5 / 0.75, "against_all": 0.1 / 0.75, "other": 0.15 / 0.75}, rel=1e-15)
    assert poll.n_eff == pytest.approx(750)
    removed = ms.Poll(shares, sample_size=1000, other_lists="remove")
    assert removed.q == {"a": 0.5 / 0.6, "against_all": 0.1 / 0.6}
    assert removed.n_eff == pytest.approx(600)
    assert removed.removed == {"undecided": 0.2, "other": 0.15, "invalid": 0.05}


@pytest.mark.parametrize(
    "shares",
    [
        {"a": "60%", "b": "40 %"},
        {"a": "0.6", "b": ".4"},
        {"a": Fraction(3, 5), "b": "2/5"},
        pd.Series(TWO),
        {"a": np.float32(0.6), "b": np.float64(0.4)},
        {"a": "60%", "b": 0.4},
    ],
    ids=str,
)
def test_a_share_may_be_written_in_any_exact_form(shares: Any) -> None:
    assert ms.Poll(shares, sample_size=1000).shares == TWO


def test_the_parties_stand_in_the_order_of_the_mapping() -> None:
    poll = ms.Poll({"z": 0.3, "against_all": 0.1, "a": 0.6}, sample_size=1000)
    assert poll.parties == ("z", "a")


BAD_SHARES = [
    ({}, "at least one list must have a share above 0, got none"),
    ({"against_all": 1}, "at least one list must have a share above 0"),
    ({"a": 0, "b": 0.0}, "at least one list must have a share above 0"),
    ({"a": 41}, r'share of \'a\' must lie in \[0, 1\], got 41; write 41 % as "41%" or Fraction\(41, 100\)'),
    ({"a": "41"}, r'share of \'a\' must lie in \[0, 1\], got \'41\'; write 41 % as "41%" or Fraction\(41, 100\)'),
    ({"a": -0.1}, r"share of 'a' must lie in \[0, 1\], got -0\.1"),
    ({"a": NAN}, "share of 'a' must be a share such as 0.41 or \"41%\", got nan"),
    ({"a": float("inf")}, "share of 'a' must be a share such as"),
    ({"a": None}, "share of 'a' must be a share such as .*, got None"),
    ({"a": True}, "share of 'a' must be a share such as .*, got True"),
    ({"a": "many"}, "share of 'a' must be a share such as .*, got 'many'"),
    ({"a": 0.6, "b": 0.43}, "shares of lists and against all must not exceed 102 %, got 103.0 %"),
    ({"a": 0.6, "against_all": 0.43}, "shares of lists and against all must not exceed 102 %, got 103.0 %"),
    ({"a": 0.01, "undecided": 0.5, "invalid": 0.5}, "undecided and other voters must be less than 100 %, got 100.0 %"),
    ({"a": 0.6, "assembly_of_people": 0.4}, "'assembly_of_people' stands for appointed members and cannot be a list"),
    ({"a": 0.6, "independents": 0.4}, "'independents' stands for candidates in districts and cannot be a list"),
    ({1: 0.6, "b": 0.4}, "shares: an id must be a non-empty string, got 1"),
    ({" ": 0.6, "b": 0.4}, "shares: an id must be a non-empty string, got ' '"),
    (pd.Series([0.6, 0.2, 0.2], index=["a", "b", "b"]), "shares holds a name twice"),
    ([("a", 0.6)], r'shares must be a mapping such as \{"amanat": 0.54\}, got \[\(\'a\', 0\.6\)\]'),
    (None, "shares must be a mapping .*, got None"),
]


@pytest.mark.parametrize(("shares", "said"), BAD_SHARES)
def test_shares_that_cannot_be_say_why_and_name_the_poll(shares: Any, said: str) -> None:
    with pytest.raises(ms.PollError, match=rf"^polls\.csv, row 4: poll PORI 2023-01-28: {said}"):
        ms.Poll(shares, sample_size=1000, pollster="PORI", date="2023-01-28", where="polls.csv, row 4")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"margin": 0}, r'margin must lie between 0 and 50 %, such as 0.03 or "3%", got 0'),
        ({"margin": "0%"}, r"margin must lie between 0 and 50 %"),
        ({"margin": 0.5}, r"margin must lie between 0 and 50 %"),
        ({"margin": 3}, r'margin must lie in \[0, 1\], got 3; write 3 % as "3%"'),
        ({"margin": -0.03}, r"margin must lie in \[0, 1\], got -0\.03"),
        ({"margin": NAN}, "margin must be a share such as"),
        ({"margin": "three"}, "margin must be a share such as"),
        ({"sample_size": 0}, "sample_size must be a whole number between 1 and 1,000,000,000,000, got 0"),
        ({"sample_size": -5}, "sample_size must be a whole number between 1 and 1,000,000,000,000, got -5"),
        ({"sample_size": 10.5}, r"sample_size must be a whole number between 1 and 1,000,000,000,000, got 10\.5"),
        ({"sample_size": NAN}, "sample_size must be a whole number between 1 and 1,000,000,000,000, got nan"),
        ({"sample_size": float("inf")}, "sample_size must be a whole number between 1 and 1,000,000,000,000, got inf"),
        ({"sample_size": "1,000"}, "sample_size must be a whole number between 1 and 1,000,000,000,000, got '1,000'; write 1000"),
        ({"sample_size": 2**70}, "sample_size must be a whole number between 1 and 1,000,000,000,000, got 1180591620717411303424"),
        ({"sample_size": True}, "sample_size must be a whole number between 1 and 1,000,000,000,000, got True"),
        ({"undecided": -0.1}, r"share of 'undecided' must lie in \[0, 1\], got -0\.1"),
        ({"undecided": 7.6}, r"share of 'undecided' must lie in \[0, 1\], got 7\.6; write 7\.6 % as \"7\.6%\" or 0\.076"),
        ({"undecided": 1}, "undecided and other voters must be less than 100 %"),
        ({"confidence": 95}, r"confidence must lie in \(0, 1\), got 95; write 0\.9"),
        ({"confidence": 0}, r"confidence must lie in \(0, 1\)"),
        ({"confidence": "high"}, r"confidence must lie in \(0, 1\), got 'high'"),
        ({"confidence": Fraction(10**30 - 1, 10**30)}, r"confidence must lie in \(0, 1\)"),
        ({"confidence": NAN}, r"confidence must lie in \(0, 1\)"),
        ({"design_effect": 0}, "design_effect must be a number above 0, got 0"),
        ({"design_effect": float("inf")}, "design_effect must be a number above 0, got inf"),
        ({"design_effect": "two"}, "design_effect must be a number above 0, got 'two'"),
        ({"kappa": 0}, "kappa must be a number above 0, got 0"),
        ({"kappa": NAN}, "kappa must be a number above 0, got nan"),
        ({"effective_size": -1}, "effective_size must be a number above 0, got -1"),
        ({"effective_size": "big"}, "effective_size must be a number above 0, got 'big'"),
        ({"kind": "exitpoll"}, "kind must be one of poll, .*, got 'exitpoll'; did you mean 'exit_poll'"),
        ({"date": "2023-02-30"}, "date must be a date such as \"2023-03-10\", got '2023-02-30'"),
        ({"date": "10.03.2023"}, "date must be a date such as"),
        ({"start": "2023-03-02", "date": "2023-03-01"}, "dates are reversed: fieldwork starts on 2023-03-02 and ends on 2023-03-01"),
        ({"date": "2023-03-20", "election_date": "2023-03-19"}, "date must not be after the election of 2023-03-19, got 2023-03-20"),
    ],
)
def test_a_poll_that_cannot_be_used_says_why(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.PollError, match=said):
        ms.Poll(TWO, **arguments)


def test_undecided_stand_in_the_shares_or_are_given_by_name_not_both() -> None:
    assert ms.Poll({"a": 0.6, "undecided": 0.4}, sample_size=9) == ms.Poll({"a": 0.6}, undecided="40%", sample_size=9)
    with pytest.raises(ms.PollError, match="undecided stands in the shares and is given by name as well; write it once"):
        ms.Poll({"a": 0.6, "undecided": 0.4}, undecided=0.4)


def test_an_exit_poll_may_be_published_after_the_vote() -> None:
    poll = ms.Poll(TWO, sample_size=100, kind="exit_poll", date="2023-03-20", election_date="2023-03-19")
    assert poll.days_to_election == -1


def test_dates_may_be_dates_or_their_iso_form() -> None:
    day = datetime.date(2023, 3, 10)
    for date in (day, "2023-03-10", " 2023-03-10 ", datetime.datetime(2023, 3, 10, 12)):
        poll = ms.Poll(TWO, sample_size=100, date=date, election_date="2023-03-19")
        assert (poll.date, poll.days_to_election) == (day, 9)
    assert ms.Poll(TWO, sample_size=100, date="").days_to_election == 0


def test_a_poll_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ms.Poll(TWO, sample_size=100).margin = 0.1  # type: ignore[misc]


# -- sizes and margins: models.md, "From a poll to q and n" -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "n_eff"),
    [
        ({"margin": 0.03}, 0.25 * (1.96 / 0.03) ** 2),
        ({"margin": "3%", "confidence": 0.99}, 0.25 * (2.5758293035489004 / 0.03) ** 2),
        ({"sample_size": 1000}, 1000),
        ({"sample_size": 1000, "undecided": 0.2, "shares": {"a": 0.5, "b": 0.3}}, 800),
        ({"sample_size": 1000, "design_effect": 1.5}, 1000 / 1.5),
        ({"sample_size": 2000, "margin": 0.03}, 0.25 * (1.96 / 0.03) ** 2),  # the smaller of the two
        ({"sample_size": 1000, "margin": 0.031}, 0.25 * (1.96 / 0.031) ** 2),
        ({"sample_size": 900, "margin": 0.0327}, 0.25 * (1.96 / 0.0327) ** 2),
        ({"sample_size": 1000, "kappa": 10, "undecided": 0.2, "shares": {"a": 0.5, "b": 0.3}}, 1 / (1 / 800 + 0.2**2 / 11)),
        ({"sample_size": 1000, "effective_size": 321.5}, 321.5),
        ({"sample_size": "1_000", "design_effect": "2"}, 500),
        ({"sample_size": 1e3}, 1000),
        ({"margin": "3%", "confidence": "99 %"}, 0.25 * (2.5758293035489004 / 0.03) ** 2),
        ({"margin": 1e-200, "kappa": 1}, math.inf),
    ],
)
def test_effective_sizes(arguments: dict[str, Any], n_eff: float) -> None:
    assert ms.Poll(**{"shares": TWO, **arguments}).n_eff == pytest.approx(n_eff, rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "margin"),
    [
        ({"margin": 0.03, "sample_size": 5000}, 0.03),  # the printed one
        ({"margin": 0.03, "confidence": 0.99}, 0.03 * 1.96 / 2.5758293035489004),
        ({"sample_size": 1600}, 0.98 / 40),
        ({"sample_size": 2000, "undecided": 0.2, "shares": {"a": 0.5, "b": 0.3}}, 0.98 / 40),
    ],
)
def test_margins_at_95_percent(arguments: dict[str, Any], margin: float) -> None:
    assert ms.Poll(**{"shares": TWO, **arguments}).error_margin == pytest.approx(margin, rel=1e-12)


def test_95_percent_is_1_96_as_the_institutes_print_it() -> None:
    assert two_sided_quantile(0.95) == 1.96
    assert two_sided_quantile(0.9) == pytest.approx(1.6448536269514722)
    assert two_sided_quantile(math.nextafter(1, 0)) == pytest.approx(8.2, abs=0.1)


def test_neither_size_nor_margin_is_1600_said_aloud() -> None:
    with pytest.warns(ms.PollWarning, match="neither sample size nor margin is printed; n = 1,600 is assumed"):
        poll = ms.Poll({"a": 0.5, "b": 0.4, "undecided": 0.1})
    assert poll.n_eff == pytest.approx(1600 * 0.9)


# -- doubts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            {"sample_size": 2000, "margin": 0.011},
            "a margin of 1.1 % needs a sample of 7,937, got 2,000; the size is used, "
            "but the model margin takes a lone poll's margin as printed",
        ),
        ({"sample_size": 700, "margin": 0.03}, "a margin of 3 % needs a sample of 1,067, got 700"),
        ({"sample_size": 1000, "shares": {"a": 0.6, "b": 0.38}}, "shares sum to 98.0 %, not 100 %; they are scaled to 100 %"),
        ({"sample_size": 1000, "shares": {"a": 0.6, "b": 0.42}}, "shares sum to 102.0 %, not 100 %"),
        (
            {"sample_size": 1000, "shares": {"a": 0.6, "b": 0.4}, "undecided": 0.08},
            r"shares \(undecided included\) sum to 108.0 %, not 100 %",
        ),
        ({"sample_size": 1000, "shares": {"a": 0.6, "b": 0.4051}}, r"shares sum to 100.5 %, not 100 %"),
    ],
)
def test_a_doubtful_poll_is_a_warning_that_names_the_row(arguments: dict[str, Any], said: str) -> None:
    with pytest.warns(ms.PollWarning, match=rf"^file\.csv, row 7: poll PORI: {said}") as caught:
        poll = ms.Poll(**{"shares": TWO, **arguments}, pollster="PORI", where="file.csv, row 7")
    assert len(caught) == len(poll.doubts) == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"date": "9999-03-10"}, "doubtful date 9999-03-10: it lies more than ten years ahead"),
        ({"date": "1023-03-10"}, "doubtful date 1023-03-10: it lies before 1930"),
        ({"date": "2023-03-10", "start": "2021-03-01"}, "doubtful start 2021-03-01: fieldwork until 2023-03-10"),
        ({"date": "2023-03-10", "election_date": "2203-03-19"}, "doubtful election_date 2203-03-19: it lies more than ten years after"),
        ({"date": "2023-05-10", "election_date": "2023-03-19", "kind": "exit_poll"}, "doubtful date 2023-05-10: it lies more than a month"),
    ],
)
def test_days_that_are_hardly_meant_are_doubted(days: dict[str, Any], said: str) -> None:
    with pytest.warns(ms.PollWarning, match=f"^poll [0-9-]+: {said}"):
        poll = ms.Poll(TWO, sample_size=1000, **days)
    assert len(poll.doubts) == 1


@pytest.mark.parametrize(
    "days",
    [
        {"date": "1935-10-20"},
        {"date": "2023-03-10", "start": "2022-03-10"},
        {"date": "2023-03-10", "election_date": "2028-03-19"},
        {"date": "2023-03-19", "election_date": "2023-03-19", "kind": "exit_poll"},
    ],
)
def test_days_that_may_be_meant_are_not_doubted(days: dict[str, Any]) -> None:
    assert ms.Poll(TWO, sample_size=1000, **days).doubts == ()


def test_a_poll_of_another_age_leaves_the_shares_of_the_others_in_the_pool() -> None:
    with pytest.warns(ms.PollWarning, match="more than ten years ahead"):
        far = ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000, pollster="B", date="9999-01-03")
    own = ms.Poll({"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=1000, pollster="A", date="2026-01-02")
    with pytest.warns(ms.PollWarning, match="unequal lists"):
        pooled = ms.Polls((own, far)).pooled()
    assert pooled.q["c"] > 0.1


@pytest.mark.parametrize(
    "arguments",
    [
        {"sample_size": 1200, "margin": 0.028},  # 2.829 % prints as 2.8
        {"sample_size": 8000, "margin": 0.011},  # 1.096 % prints as 1.1
        {"sample_size": 1000, "margin": 0.031},
        {"sample_size": 1000, "margin": 0.03},  # 3.099 % prints as 3
        {"sample_size": 1600, "margin": 0.03},  # a design effect is no contradiction
        {"sample_size": 1000, "shares": {"a": 0.6, "b": 0.405}},
        {"sample_size": 1000, "shares": {"a": 0.6, "b": 0.395}},
        {"margin": 0.03},
        {"effective_size": 500.0},
    ],
)
def test_a_sound_poll_warns_of_nothing(arguments: dict[str, Any]) -> None:
    assert ms.Poll(**{"shares": TWO, **arguments}).doubts == ()


def test_what_a_contradiction_says_of_the_models_is_true() -> None:
    narrow, plain = doubtful(TWO, sample_size=2000, margin=0.011), ms.Poll(TWO, sample_size=1000, pollster="other")
    lone, pooled = read_centre(narrow), read_centre(ms.Polls([narrow, plain]))  # type: ignore[arg-type]
    assert (lone.n_eff, lone.margin) == (2000, 0.011)
    assert pooled.margin == pytest.approx(0.98 / math.sqrt(pooled.n_eff))
    assert ms.models.Margin().pack(lone).scale[0] == pytest.approx(0.011 / 1.96)
    assert ms.models.Margin().pack(pooled).scale[0] == pytest.approx(0.5 / math.sqrt(pooled.n_eff))


def test_a_given_effective_size_is_what_is_used() -> None:
    poll = doubtful(TWO, sample_size=2000, margin=0.011, effective_size=500.0)
    assert poll.n_eff == 500
    assert "; effective_size is used, but" in poll.doubts[0]


# The printed numbers: n = 2,000 prints 1.1 %, and 107.6 % with the undecided; the February poll of 1,600 sums to 97.4 %.
DOUBTFUL_2023 = {
    ("Strategy", "2023-02-27"): ("97.4 %",),
    ("Public Opinion Research Institute", "2023-03-10"): ("107.6 %", "needs a sample of 7,937, got 2,000"),
}


def test_the_doubtful_polls_on_record_and_no_others_are_doubted() -> None:
    polls = quiet_polls(2023).of_kind("poll")
    assert {(p.pollster, str(p.date)) for p in polls if p.doubts} == DOUBTFUL_2023.keys()
    for poll in polls:
        expected = DOUBTFUL_2023.get((poll.pollster, str(poll.date)), ())
        assert len(poll.doubts) == len(expected)
        assert all(part in doubt for part, doubt in zip(expected, poll.doubts, strict=True))


def test_the_polls_of_2021_print_neither_size_nor_margin() -> None:
    for poll in quiet_polls(2021).of_kind("poll"):
        assert any("neither sample size nor margin" in doubt for doubt in poll.doubts)
        assert poll.n_eff == 1600


def test_effective_sizes_of_polls_of_2023() -> None:
    sizes = {f"{poll.pollster}, {poll.date}": round(poll.n_eff, 1) for poll in quiet_polls(2023).of_kind("poll")}
    assert sizes.items() >= {
        ("Public Opinion Research Institute, 2023-01-28", 926.4),  # 1200 x .772
        ("Democratic Institute, 2023-02-18", 6896.0),  # 8000 x .862
        ("Strategy, 2023-02-27", 1067.1),  # 3.0 %
        ("Public Opinion Research Institute, 2023-03-10", 1848.0),  # 2000 x .924
    }


def test_a_warning_can_be_silenced_or_turned_into_an_error() -> None:
    with pytest.raises(ms.PollWarning, match="sum to 90.0 %"):
        ms.Poll({"a": 0.5, "b": 0.4}, sample_size=1000)
    assert doubtful({"a": 0.5, "b": 0.4}, sample_size=1000).q == {"a": 0.5 / 0.9, "b": 0.4 / 0.9}
    assert issubclass(ms.PollWarning, ms.DataWarning)


# -- collections -----------------------------------------------------------------------------------------------------


def dated(day: int, pollster: str = "", **more: Any) -> ms.Poll:
    return ms.Poll(**{"shares": TWO, "sample_size": 1000, "date": datetime.date(2023, 3, day), "pollster": pollster, **more})


def test_polls_stand_oldest_first() -> None:
    polls = ms.Polls([dated(9), dated(3), ms.Poll(TWO, sample_size=1000), dated(5)])  # type: ignore[arg-type]
    assert [p.date and p.date.day for p in polls] == [None, 3, 5, 9]
    assert (len(polls), polls[-1].date.day, len(polls[1:])) == (4, 9, 3)  # type: ignore[union-attr]
    assert isinstance(polls[1:], ms.Polls)


def test_the_final_poll_is_the_newest_of_its_kind() -> None:
    polls = ms.Polls((dated(9, kind="exit_poll"), dated(5, "x"), dated(3)))
    assert polls.final().pollster == "x"
    assert [p.kind for p in polls.exit_polls()] == ["exit_poll"]


def test_the_newest_of_each_institute() -> None:
    polls = ms.Polls((dated(1, "x"), dated(2, "y"), dated(3, "x"), dated(9, "x", kind="exit_poll"), dated(4), dated(5)))
    newest = [(p.pollster, p.date.day) for p in polls.newest_of_each()]
    assert newest == [("y", 2), ("x", 3), ("", 4), ("", 5)]


def test_polls_since_a_day() -> None:
    polls = ms.Polls((dated(1), dated(2), dated(3)))
    assert [p.date.day for p in polls.since("2023-03-02")] == [2, 3]
    with pytest.raises(ms.PollError, match="since must be a date"):
        polls.since("March")
    with pytest.raises(ms.PollError, match="since must be a date"):
        polls.since("")


def test_a_kind_that_no_poll_has() -> None:
    with pytest.raises(ms.PollError, match="kind must be one of .*, got 'exit'"):
        ms.Polls((dated(1),)).of_kind("exit")


@pytest.mark.parametrize("use", ["final", "pooled"])
def test_there_must_be_a_poll_to_use(use: str) -> None:
    with pytest.raises(ms.PollError, match='there is no poll of kind "poll" to'):
        getattr(ms.Polls((dated(1, kind="bot"),)), use)()


def test_polls_are_a_sequence_of_polls() -> None:
    with pytest.raises(ms.PollError, match="polls must be a sequence of Poll, got int in it"):
        ms.Polls((dated(1), 3))  # type: ignore[arg-type]


# -- pooling ---------------------------------------------------------------------------------------------------------


def test_pooling_by_hand() -> None:
    old = dated(1, "x", shares={"a": 0.5, "b": 0.3, "c": 0.2}, sample_size=1000)
    new = dated(15, "y", shares={"a": 0.6, "b": 0.3, "c": 0.1}, sample_size=3000)
    pooled = ms.Polls((new, old)).pooled()
    # weights 1000 / 2 (a half-life of 14 days) and 1500 (the cap): 1/4 and 3/4
    means = {"a": 0.5**0.25 * 0.6**0.75, "b": 0.3, "c": 0.2**0.25 * 0.1**0.75}
    assert pooled.q == pytest.approx({p: mean / sum(means.values()) for p, mean in means.items()}, rel=1e-11)
    assert pooled.n_eff == pytest.approx(1 / (0.25**2 / 1000 + 0.75**2 / 3000)) == pytest.approx(4000)
    assert pooled.squared_weights == pytest.approx(0.625)
    assert pooled.error_margin == pytest.approx(0.98 / math.sqrt(4000))
    assert (pooled.start, pooled.date, pooled.parties) == (old.date, new.date, ("a", "b", "c"))
    assert pooled.members == ("poll x 2023-03-01", "poll y 2023-03-15")


def test_a_single_poll_is_pooled_as_it_is_its_printed_margin_too() -> None:
    poll = dated(1, "x", margin=0.04, start="2023-02-20", election_date="2023-03-19")
    pooled = ms.Polls((poll, dated(2, kind="bot"))).pooled()
    for name in ("q", "n_eff", "error_margin", "squared_weights", "members", "parties", "start", "date", "days_to_election"):
        assert getattr(pooled, name) == getattr(poll, name), name
    assert (pooled.error_margin, pooled.squared_weights, pooled.members) == (0.04, 1, ("poll x 2023-03-01",))


def test_a_pool_is_a_centre_and_shows_what_it_holds() -> None:
    polls = ms.Polls((dated(1, "x"), dated(1, "y")))
    pooled = polls.pooled()
    assert isinstance(pooled, ms.Pool)
    assert read_centre(pooled) == read_centre(polls)
    assert "Pool(q={'a': 0.6, 'b': 0.4}, n_eff=2000, error_margin=0.0219135, squared_weights=0.5" in repr(pooled)
    assert ms.Pool(q={"a": "60%", "b": 0.4}, n_eff="1000").error_margin == pytest.approx(0.98 / math.sqrt(1000))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"q": {"a": 0.5}}, r"q must hold shares of lists that sum to 1, got 0\.5"),
        ({"q": {"against_all": 1}}, "q must hold shares of lists that sum to 1"),
        ({"q": {"a": 0.9, "undecided": 0.1}}, "'undecided' has no share of q; leave it out"),
        ({"n_eff": 0}, "n_eff must be a number above 0, got 0"),
        ({"error_margin": -1}, "error_margin must be a number of at least 0, got -1"),
        ({"squared_weights": 0}, r"squared_weights must lie in \(0, 1\], got 0"),
        ({"members": "poll x"}, "members must be a sequence of str, got str; write it in a list"),
        ({"date": "March"}, "date must be a date such as"),
    ],
)
def test_a_pool_that_cannot_be(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ms.PollError, match=f"^{said}"):
        ms.Pool(**{"q": TWO, "n_eff": 1000, **arguments})


def test_polls_without_any_sampling_error_are_pooled_without() -> None:
    polls = ms.Polls([ms.Poll(TWO, effective_size=math.inf, pollster=name) for name in "xy"])
    assert (polls.pooled().n_eff, polls.pooled().error_margin) == (math.inf, 0)


def test_pooling_takes_the_order_of_the_newest_poll() -> None:
    old, new = dated(1, "x", shares={"b": 0.3, "a": 0.7}), dated(2, "y", shares={"a": 0.6, "b": 0.4})
    assert ms.Polls((old, new)).pooled().parties == ("a", "b")


def test_polls_of_one_size_and_day_weigh_equally() -> None:
    pooled = ms.Polls(tuple(dated(1, name) for name in "wxyz")).pooled()
    assert pooled.squared_weights == pytest.approx(1 / 4)
    assert pooled.n_eff == pytest.approx(4000)
    assert pooled.q == pytest.approx(TWO)


def test_the_pool_of_2023() -> None:
    pooled = quiet_polls(2023).pooled()
    polls = list({poll.pollster: poll for poll in quiet_polls(2023) if poll.kind == "poll"}.values())
    newest = max(poll.date for poll in polls)
    raw = [0.5 ** ((newest - poll.date).days / 14) * min(poll.n_eff, 1500) for poll in polls]
    weights = [w / sum(raw) for w in raw]
    assert pooled.n_eff == pytest.approx(1 / sum(w * w / p.n_eff for w, p in zip(weights, polls, strict=True)))
    logs = {party: sum(w * math.log(p.q[party]) for w, p in zip(weights, polls, strict=True)) for party in pooled.q}
    total = sum(map(math.exp, logs.values()))
    assert pooled.q == pytest.approx({party: math.exp(log) / total for party, log in logs.items()}, rel=1e-10)


def test_polls_may_come_from_a_generator_and_are_no_bare_poll() -> None:
    poll = ms.Poll(TWO, sample_size=100)
    assert len(ms.Polls(p for p in [poll, poll])) == 2
    with pytest.raises(ms.PollError, match=r"must be a sequence of Poll, got Poll; write it in a list"):
        ms.Polls(poll)
    with pytest.raises(ms.PollError, match="must be a sequence of Poll, got int"):
        ms.Polls(5)


def test_polls_without_a_common_list_cannot_be_pooled() -> None:
    apart = [ms.Poll({"a": a, "b": 1 - a}, sample_size=100, pollster=str(a)) for a in (1, 0)]
    with pytest.raises(ms.PollError, match="no list has a share above 0 in every poll: poll 1; poll 0"):
        ms.Polls(apart).pooled()


def test_the_day_of_the_election_reaches_every_poll() -> None:
    given = [ms.Poll(TWO, sample_size=100, pollster=str(day), date=f"2026-08-{day:02}") for day in (1, 10)]
    polls = ms.Polls(given, election_date="2026-08-23")
    assert polls.election_date == datetime.date(2026, 8, 23)
    assert [poll.days_to_election for poll in polls] == [22, 13]
    assert polls.final().days_to_election == polls[:][1].days_to_election == 13
    older = 0.5 ** (9 / 14)  # the weight of the one that is nine days older
    assert polls.pooled().days_to_election == pytest.approx(13 + 9 * older / (1 + older))
    assert polls[:1].pooled().days_to_election == 22
    assert given[0].election_date is None
    own = ms.Poll(TWO, sample_size=100, date="2026-08-01", election_date="2026-08-02")
    assert ms.Polls([own], election_date="2026-08-23")[0] is own
    with pytest.raises(ms.PollError, match="election_date must be a date"):
        ms.Polls(given, election_date=20260823)


@pytest.mark.parametrize("bad", [20230310, pd.NaT, pd.NA, 1.5])
def test_what_is_no_date_and_no_size(bad: Any) -> None:
    with pytest.raises(ms.PollError, match="date must be a date such as"):
        ms.Poll(TWO, sample_size=100, date=bad)


def test_a_missing_size_of_a_data_frame_is_refused() -> None:
    with pytest.raises(ms.PollError, match="sample_size must be a whole number between 1 and 1,000,000,000,000, got <NA>"):
        ms.Poll(TWO, sample_size=pd.NA)
    with pytest.raises(ms.PollError, match="margin must be a share"):
        ms.Poll(TWO, margin=pd.NA)
