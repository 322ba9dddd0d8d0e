"""Words for what was saved: keys and values of JSON, which is English, as the reader's language has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from mazhilis_sim.languages import ENGLISH, _, language, marked, number
from mazhilis_sim.names.parties import Names
from mazhilis_sim.questions.indices import HEADS

TITLES = {
    "backtest": marked("Models of errors against elections"),
    "calibration": marked("How far polls miss"),
    "compare": marked("Laws compared"),
    "count": marked("Count"),
    "forecast-sweep": marked("A forecast along a number of the law"),
    "indices": marked("How far the seats are from the votes"),
    "laws": marked("Versions of the law"),
    "margins": marked("How close it was"),
    "paired": marked("The same voters by several laws"),
    "power": marked("Who decides"),
    "scenario": marked("Before a change and after it"),
    "score": marked("A forecast and its result"),
    "solve": marked("The least change"),
    "sweep": marked("Seats along a number of the law"),
    "verification": marked("A rule against axioms"),
}
"""By the kind of what was saved."""
KEYS = {
    **HEADS,
    "above": marked("above"),
    "admitted": marked("admitted"),
    "after": marked("after"),
    "before": marked("before"),
    "at": marked("at"),
    "axiom": marked("axiom"),
    "banzhaf": "Banzhaf",
    "base": marked("base"),
    "below": marked("below"),
    "breakpoints": marked("points at which seats change"),
    "caution": marked("caution"),
    "change": marked("change"),
    "complete": marked("tried to the end"),
    "counterexample": marked("counterexample"),
    "difference": marked("difference"),
    "difference_se": marked("s.e. of the difference"),
    "district": marked("district"),
    "districts": marked("districts"),
    "doubts": marked("doubtful"),
    "draws": marked("draws"),
    "election": marked("election"),
    "elections": marked("elections"),
    "examined": marked("examined"),
    "expected": marked("expected"),
    "fallback": marked("two-party rule"),
    "forecasts": marked("forecasts"),
    "high": marked("to"),
    "high_included": marked("upper end included"),
    "included": marked("belongs to what is"),
    "index": marked("index"),
    "intervals": marked("intervals"),
    "invalid": marked("invalid"),
    "kind": marked("kind"),
    "law": marked("law"),
    "left_out": marked("left out"),
    "levels": marked("levels"),
    "log_likelihood": marked("log likelihood"),
    "low": marked("from"),
    "low_included": marked("lower end included"),
    "majority": marked("majority"),
    "margin": marked("margin"),
    "mean": marked("mean seats"),
    "median": marked("median"),
    "misbehaviours": marked("misbehaviours"),
    "model": marked("model"),
    "n_draws": marked("draws"),
    "n_elections": marked("elections"),
    "n_polls": marked("polls"),
    "notes": marked("notes"),
    "official": marked("official result"),
    "other": marked("other lists"),
    "outcome": marked("verdict"),
    "p_enters": marked("enters"),
    "p_enters_difference": marked("difference of entering"),
    "p_enters_difference_se": marked("its s.e."),
    "p_majority": marked("majority"),
    "party": marked("party"),
    "passed": marked("passed"),
    "poll": marked("poll"),
    "polls": marked("polls"),
    "proved_up_to": marked("proved up to"),
    "quota": marked("quota"),
    "reason": marked("reason"),
    "related": marked("related election"),
    "remainders": marked("remainders"),
    "result": marked("result"),
    "rows": marked("numbers"),
    "rule": marked("rule"),
    "seats": marked("seats"),
    "seats_after": marked("seats after"),
    "seats_before": marked("seats before"),
    "second": marked("second"),
    "second_party": marked("party of the second"),
    "seed": marked("seed"),
    "separable": marked("told apart"),
    "shapley_shubik": "Shapley-Shubik",
    "sigma_bias": marked("shared by all polls"),
    "sigma_house": marked("an institute's own"),
    "single_poll": marked("one poll alone"),
    "standard_errors": marked("s.e."),
    "status": marked("verdict"),
    "swings": marked("coalitions that it decides"),
    "threshold": marked("threshold"),
    "ties": marked("ties"),
    "to_enter": marked("to the threshold"),
    "to_fall": marked("above the threshold"),
    "to_gain": marked("to gain"),
    "to_lose": marked("to lose"),
    "total_seats": marked("total seats"),
    "tried": marked("tried"),
    "value": marked("value"),
    "verdicts": marked("verdicts"),
    "votes": marked("votes"),
    "votes_after": marked("votes after"),
    "votes_before": marked("votes before"),
    "what": marked("what"),
    "words": marked("in words"),
    "winner": marked("winner"),
    "without_result": marked("without a result"),
}
"""Those that a reader meets; others, such as scores, are shown as they are called."""
WORDS = ("status", "outcome")
"""Keys whose values are words."""
FRACTION = re.compile(r"-?\d+/\d+")
SHORT = 12
"""Letters of a fraction that is shown as it is."""


def title_of(kind: str, saved: str, file: str = "") -> str:
    """Return the title that was saved, which is English, or say in the reader's language of what kind it is, and of which file."""
    if saved and language() == ENGLISH:
        return saved
    return ", ".join(filter(None, [_(TITLES[kind]) if kind in TITLES else kind.capitalize(), file]))


def words(key: str) -> str:
    """Write a key as words; one that is a party by its name."""
    return _(KEYS[key]) if KEYS.get(key) else party(key).replace("_", " ")


def party(key: str) -> str:
    """Write the id of a party as its name."""
    return names()[key]


def names() -> Names:
    """Return what to call parties, in the reader's language."""
    return known(language())


@cache
def known(_language: str) -> Names:
    """Return what to call parties, made once for a language."""
    return Names()


def text(value: Any, key: str = "") -> str:
    """Write a value that stands under a key."""
    if isinstance(value, list):
        return "; ".join(map(text, value)) or "–"
    if isinstance(value, Mapping):
        return "; ".join(f"{words(inner)} {text(item)}" for inner, item in value.items()) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return number(value)
    return "–" if value is None or value == "" else number(value, ".6g") if isinstance(value, float) else in_words(str(value), key)


def in_words(value: str, key: str) -> str:
    """Write a text: a party, an index or a verdict by its name, a long fraction as a decimal."""
    if key in ("party", "second_party"):
        return party(value)
    if key in ("index", "included", "what"):
        return words(value)
    if key in WORDS:
        return _(value)
    return number(float(Fraction(value)), ".6g") if FRACTION.fullmatch(value) and len(value) > SHORT else value
