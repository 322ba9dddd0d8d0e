"""Polls of unequal lists in one pool: closed forms, drawn polls, and planted faults that both must find."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest

import mazhilis_sim as ms
from mazhilis_sim.polls import pooling


def poll(name: str, shares: dict[str, float], size: float = 1000, **named: Any) -> ms.Poll:
    """Make a poll of decided voters of one day."""
    return ms.Poll(shares, effective_size=size, pollster=name, date="2023-03-01", **named)


def pooled(*polls: ms.Poll) -> ms.Pool:
    """Pool polls, whose warnings have tests of their own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ms.PollWarning)
        return ms.Polls(polls).pooled()


FEW = poll("x", {"a": 0.6, "b": 0.4})
MORE = poll("y", {"a": 0.5, "b": 0.3, "c": 0.2}, 3000)
RELATIVE = {"a": math.sqrt(0.6 * 0.5 / 0.8), "b": math.sqrt(0.4 * 0.3 / 0.8), "c": 0.2 / 0.8}


def test_a_list_is_pooled_over_the_polls_that_ask_about_it() -> None:
    few, more = poll("x", {"a": 0.6, "b": 0.4}), poll("y", {"a": 0.5, "b": 0.3, "c": 0.2})
    total = sum(RELATIVE.values())
    assert pooled(few, more).q == pytest.approx({party: share / total for party, share in RELATIVE.items()}, rel=1e-11)


def test_a_pool_speaks_for_the_list_that_the_fewest_speak_for() -> None:
    both = pooled(FEW, MORE)  # a and b: weights .4 and .6; c: the second alone
    assert 0.4**2 / 1000 + 0.6**2 / 3000 < 1 / 3000
    assert (both.n_eff, both.squared_weights) == (pytest.approx(3000), 1)


def test_a_poll_that_agrees_changes_no_share_of_what_it_does_not_ask() -> None:
    agreeing = poll("x", {"a": 0.5 / 0.8, "b": 0.3 / 0.8})
    assert pooled(agreeing, MORE).q == pytest.approx(MORE.q, rel=1e-11)


def test_unequal_lists_are_said_and_refused_where_whole_polls_are_to_be_pooled() -> None:
    polls = ms.Polls([FEW, MORE])
    with pytest.warns(
        ms.PollWarning, match="^unequal lists, each pooled over the polls that ask about it: poll x 2023-03-01 has no share of 'c'$"
    ):
        polls.pooled()
    with pytest.raises(
        ms.PollError, match="poll x 2023-03-01 has no share of 'c', which another poll has; leave one of them out, or write by="
    ):
        polls.pooled(by="poll")
    with pytest.raises(ms.PollError, match="by must be one of party, poll, got 'list'"):
        polls.pooled(by="list")


def test_equal_lists_are_pooled_alike_either_way() -> None:
    polls = ms.Polls([FEW, poll("y", {"a": 0.7, "b": 0.3})])
    assert polls.pooled(by="poll") == polls.pooled(by="party") == polls.pooled()


def test_unequal_polls_are_simulated_with_a_warning() -> None:
    law = ms.law("2021")
    with pytest.warns(ms.PollWarning, match="unequal lists"):
        run = ms.simulate(law, ms.Polls([FEW, MORE]), n_draws=1000, seed=1, threads=1)
    assert run.parties == ("a", "b", "c")


def test_lists_that_the_newest_poll_lacks_keep_their_place() -> None:
    old = ms.Poll({"a": 0.4, "new": 0.1, "b": 0.3, "c": 0.2}, sample_size=900, pollster="x", date="2023-02-01")
    assert pooled(old, poll("y", {"a": 0.5, "b": 0.3, "c": 0.2})).parties == ("a", "new", "b", "c")


def test_against_all_is_pooled_over_the_polls_that_ask_about_it() -> None:
    asked = poll("y", {"a": 0.54, "b": 0.36, "against_all": 0.1})
    assert pooled(poll("x", {"a": 0.6, "b": 0.4}), asked).q == pytest.approx(asked.q, rel=1e-11)


def test_nobody_in_one_poll_is_half_a_person_and_nobody_anywhere_nobody() -> None:
    some, none = poll("x", {"a": 0.6, "b": 0.4, "c": 0}), poll("y", {"a": 1, "b": 0, "c": 0}, 500)
    weights = 1000 / 1500, 500 / 1500
    means = {"a": 0.6 ** weights[0], "b": 0.4 ** weights[0] * (0.5 / 500) ** weights[1], "c": 0.0}
    assert pooled(some, none).q == pytest.approx({p: mean / sum(means.values()) for p, mean in means.items()}, rel=1e-11)


def test_a_poll_without_any_error_says_for_certain_that_nobody_does() -> None:
    some, none = (poll(name, {"a": 1 - b, "b": b}, math.inf) for name, b in (("x", 0.4), ("y", 0.0)))
    assert pooled(some, none).q == {"a": 1.0, "b": 0.0}


def test_other_lists_are_those_of_the_polls_that_ask_about_every_list() -> None:
    every = poll("y", {"a": 0.5, "b": 0.3, "c": 0.15, "other": 0.05})
    assert pooled(poll("x", {"a": 0.5, "b": 0.3, "other": 0.2}), every).q == pytest.approx(every.q, rel=1e-11)


def test_other_lists_are_taken_out_where_no_poll_asks_about_every_list() -> None:
    one, two = poll("x", {"a": 0.5, "b": 0.3, "other": 0.2}), poll("y", {"a": 0.5, "c": 0.3, "other": 0.2})
    said = "^other lists are taken out of the pool, since no poll asks about every list: poll x 2023-03-01; poll y 2023-03-01$"
    with pytest.warns(ms.PollWarning, match="unequal lists"), pytest.warns(ms.PollWarning, match=said):
        both = ms.Polls([one, two]).pooled()
    assert both.q == pytest.approx({"a": 1 / 2.2, "b": 0.6 / 2.2, "c": 0.6 / 2.2}, rel=1e-11)
    assert both.n_eff == pytest.approx(800)


# -- drawn polls, and planted faults ---------------------------------------------------------------------------------

TRUE = {"a": 0.5, "b": 0.25, "c": 0.15, "d": 0.1}
ASKED = (("a", "b"), ("a", "b", "c"), ("a", "b", "c", "d"), ("a", "b", "d"))
"""What each of four institutes asks about; whoever would name another list is not counted."""
SIZE, REPEATS = 40_000, 150


def drawn_pools() -> Any:
    """Pool drawn polls many times; shares by repetition and list."""
    rng = np.random.default_rng(7)
    found = []
    for _ in range(REPEATS):
        polls = []
        for number, asked in enumerate(ASKED):
            chances = np.array([TRUE[party] for party in asked])
            counts = rng.multinomial(SIZE, chances / chances.sum())
            polls.append(poll(str(number), {p: int(n) / SIZE for p, n in zip(asked, counts, strict=True)}, SIZE))
        q = pooled(*polls).q
        found.append([q[party] for party in TRUE])
    return np.array(found)


def furthest(found: Any) -> float:
    """Return how many standard errors the means lie from the truth, at most; a log share of n is low by 1 / 2 n q."""
    away = np.abs(found.mean(axis=0) - list(TRUE.values())) - 1 / SIZE
    return float((away / (found.std(axis=0) / math.sqrt(REPEATS))).max())


def test_drawn_polls_of_unequal_lists_find_the_truth() -> None:
    assert furthest(drawn_pools()) < 5


def test_polls_left_on_their_own_bases_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "on_common_scale", lambda row, _: row)
    assert furthest(drawn_pools()) > 50


def test_weights_of_polls_that_do_not_ask_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pooling, "weights_of", lambda _, rows, raw: [weight / sum(raw) for weight in raw[: len(rows)]])
    assert furthest(drawn_pools()) > 50
