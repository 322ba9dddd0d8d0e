"""What no argument should be, and what a public call may make of it: an own error in one line, or a right answer."""

from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

import mazhilis_sim as ms
from mazhilis_sim.testing.sandbox.clock import TimeUp, clock

LONGEST = 700
"""Characters of a message: all that is known of a name may be listed, no value is."""


class Refuses:
    """Raises whatever is done with it, as an object of another library may."""

    def fail(self, *_: Any) -> Any:
        raise RuntimeError("no")

    __index__ = __int__ = __float__ = __iter__ = __len__ = __bool__ = __str__ = __repr__ = __getitem__ = __hash__ = __eq__ = fail  # type: ignore[assignment]
    __lt__ = __gt__ = __le__ = __ge__ = __add__ = __mul__ = __truediv__ = __array__ = __fspath__ = fail


class RefusesToIterate:
    """Begins like a collection."""

    def __iter__(self) -> Iterator[Any]:
        yield "a"
        raise RuntimeError("no more")


class IntThatIsNone(int):
    """An int whose words fail."""

    def __repr__(self) -> str:
        raise RuntimeError("no")

    __str__ = __format__ = __repr__  # type: ignore[assignment]


class Mapping:
    """Looks like a mapping, and is none."""

    def items(self) -> Any:
        raise RuntimeError("no items")


def endless() -> Iterator[int]:
    """Count on; whoever asks for more than two million numbers would ask for ever."""
    yield from range(2_000_000)
    raise RuntimeError("asked on and on")


def own_list() -> list[Any]:
    """Return a list that holds itself."""
    found: list[Any] = []
    found.append(found)
    return found


HOSTILE: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "-inf": lambda: float("-inf"),
    "-1": lambda: -1,
    "0": lambda: 0,
    "-0.0": lambda: -0.0,
    "2**70": lambda: 2**70,
    "10**5000": lambda: 10**5000,
    "1e6": lambda: 1e6,
    "1.5": lambda: 1.5,
    "1e300": lambda: 1e300,
    "5e-324": lambda: 5e-324,
    "empty text": lambda: "",
    "blank": lambda: " \n",
    "a word": lambda: "abracadabra",
    "90%": lambda: "90%",
    "1,000,000": lambda: "1,000,000",
    "Arabic digits": lambda: "٣",
    "a null": lambda: "a\0b",
    "lines": lambda: "a\nb\nc",
    "a million letters": lambda: "x" * 10**6,
    "a million digits": lambda: "9" * 10**6,
    "a long ending": lambda: "run." + "e" * 100,
    "1e999999999": lambda: "1e999999999",
    "bytes": lambda: b"x",
    "True": lambda: True,
    "np.True_": lambda: np.True_,
    "np.uint8": lambda: np.uint8(255),
    "np.nan": lambda: np.float32("nan"),
    "np.array(3)": lambda: np.array(3),
    "np.array(object)": lambda: np.array(None, dtype=object),
    "an array": lambda: np.arange(6.0).reshape(2, 3),
    "an empty array": lambda: np.array([]),
    "datetime64": lambda: np.datetime64("NaT", "s"),
    "Decimal": lambda: Decimal("0.10"),
    "Decimal nan": lambda: Decimal("sNaN"),
    "Decimal large": lambda: Decimal("1e999999"),
    "Fraction": lambda: Fraction(1, 3),
    "complex": lambda: 1 + 2j,
    "[]": list,
    "()": lambda: (),
    "{}": dict,
    "a set": lambda: {"a"},
    '{"": 1}': lambda: {"": 1},
    "{1: 2}": lambda: {1: 2},
    "{a: {}}": lambda: {"a": {}},
    "[None]": lambda: [None],
    "['a', 'a']": lambda: ["a", "a"],
    "[[1], [2, 3]]": lambda: [[1], [2, 3]],
    "a list in itself": own_list,
    "a data frame": lambda: pd.DataFrame({"party": ["a", "b"] * 40, "votes": range(80)}),
    "a series": lambda: pd.Series({"a": 0.5, "b": None}),
    "NaT": lambda: pd.NaT,
    "NA": lambda: pd.NA,
    "a date": lambda: datetime.date(2023, 3, 19),
    "a time": lambda: datetime.datetime(2023, 3, 19, tzinfo=datetime.UTC),
    "a generator": lambda: (x for x in ("a", 1, None)),
    "endless": endless,
    "a lambda": lambda: lambda *_: None,
    "a class": lambda: int,
    "a module": lambda: ms,
    "object()": object,
    "refuses": Refuses,
    "refuses to iterate": RefusesToIterate,
    "no words": lambda: IntThatIsNone(7),
    "no items": Mapping,
}
"""Each is made anew for every call: a generator is used up, and a callee may change what it got."""


class FindingError(Exception):
    """Says what a call made of a hostile value, where it is neither an own error in a line nor a right answer."""


def judge(call: Callable[..., Any], arguments: dict[str, Any], gives: type | tuple[type, ...], seconds: float) -> str:
    """Return ``"refused"`` or ``"answered"``; raise a `FindingError` for anything else."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            with clock(seconds) as limited:
                answer = limited.call(lambda: call(**arguments))
            outcome = "answered"
        except ms.MazhilisError as error:
            check_error(error)
            outcome = "refused"
        except TimeUp:
            raise FindingError(f"hangs for {seconds:g} seconds") from None
        except BaseException as error:
            raise FindingError(f"raises {type(error).__name__}: {said(error)}") from error
    for warning in heard:
        if not issubclass(warning.category, ms.DataWarning):
            raise FindingError(f"warns with {warning.category.__name__}: {str(warning.message)[:100]}")
        check_line(str(warning.message), "warning")
    if outcome == "answered" and not isinstance(answer, gives):
        raise FindingError(f"returns {type(answer).__name__}, not {gives}")
    return outcome


def said(error: BaseException) -> str:
    """Return the beginning of what an error says."""
    try:
        return " ".join(str(error).split())[:100]
    except Exception as worse:
        return f"a message that raises {type(worse).__name__}"


def check_error(error: ms.MazhilisError) -> None:
    """Raise a `FindingError` for an error that is more than a line, shows too much of a value, or lacks a part."""
    try:
        sentence = str(error)
    except Exception as worse:
        raise FindingError(f"raises an error whose message raises {type(worse).__name__}") from worse
    check_line(sentence, "message")
    if not error.field or not error.must:
        raise FindingError(f"carries field={error.field!r} and must={error.must!r}: {sentence[:150]}")
    if len(error.shown) > 60:
        raise FindingError(f"shows {len(error.shown)} characters of the value: {error.shown[:150]}")


def check_line(text: str, what: str) -> None:
    """Raise a `FindingError` for a text of more than a line, of more than can be read, or with more than 60 characters of a value."""
    if not text or len(text.splitlines()) != 1:
        raise FindingError(f"{what} of {len(text.splitlines())} lines: {text[:150]!r}")
    if len(text) > LONGEST:
        raise FindingError(f"{what} of {len(text)} characters: {text[:150]!r}")
    if re.search(r"x{61}|9{61}|0{61}", text) or re.search("party +votes", text):
        raise FindingError(f"{what} shows the whole value: {text[:150]!r}")
