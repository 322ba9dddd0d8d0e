"""What can go wrong, as data and as a sentence made of them: what must hold, what came, what to write instead."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_SHOWN = 60
"""Characters of a value that a message shows."""
MOST_NAMES = 40
"""Names that it lists."""
LONGEST_SAID = 150
"""Characters that it shows of what a stranger's error says."""
NOTHING: Any = type("Nothing", (), {"__repr__": lambda _self: "nothing"})()
"""Stands for no value at all, where None may be one."""


# -- what to write instead ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to write instead, where Python and plain text (a file, the command line) write it differently.

    Parameters
    ----------
    python, text : str
        Each begins with a verb: ``write "5%" or Fraction(5, 100)``, ``write 5%``.
    """

    python: str
    text: str

    def __str__(self) -> str:
        return self.python


@dataclass(frozen=True, slots=True)
class LawChange:
    """Advice to change one field of the law; whoever shows it writes it in the words of Python, of a file or of the command line.

    Parameters
    ----------
    field : str
    values : tuple of str or int
        What the field may be set to, the first advice first.
    verb : str
    after : str
        What else can be done, such as ``or another method``.
    """

    field: str
    values: tuple[str | int, ...]
    verb: str = "choose"
    after: str = ""

    def __str__(self) -> str:
        first, *others = ('"' + value + '"' if isinstance(value, str) else str(value) for value in self.values)
        return " ".join([self.verb, f"law.replace({self.field}={first})", *(f"or {other}" for other in others), self.after]).rstrip()

    @property
    def text(self) -> str:
        """The advice as it stands in plain text, where nobody knows who reads it: field and values."""
        settings = " or ".join(f"{self.field}={value}" for value in self.values)
        return f"{self.verb} {settings} {self.after}".rstrip()


def in_text(remedy: str | Remedy | LawChange) -> str:
    """Write advice as it stands in plain text, where that differs from Python."""
    return remedy if isinstance(remedy, str) else remedy.text


# -- errors ------------------------------------------------------------------------------------------------------------


class MazhilisError(ValueError):
    """Base of every error that this package raises on purpose; its sentence is made of what it carries.

    ``where: field must ..., got ...; remedy``, or ``where: problem; remedy``, always in one line.

    Parameters
    ----------
    problem : str
        What is wrong, where "field must ..., got ..." does not say it.
    field : str
        Name of the argument, field, key or thing that is wrong.
    got : object
        What came; a message shows at most 60 characters of it.
    must : str
        What must hold, in words that follow "must".
    remedy : str, Remedy or LawChange
        What to write instead, in words that begin with a verb; ``did you mean ...?`` for a near name.
    where : str
        The place: a file with row and column, a poll, a row of an array.
    shown : str
        How what came is shown, where its repr says too little or too much; cut at 60 characters, too.
    """

    def __init__(
        self,
        problem: str = "",
        *,
        field: str = "",
        got: Any = NOTHING,
        must: str = "",
        remedy: str | Remedy | LawChange = "",
        where: str = "",
        shown: str = "",
    ) -> None:
        super().__init__(problem)
        self.problem, self.field, self.got, self.must = problem, field, got, must
        self.remedy, self.where = remedy, where
        self.shown = shorten(shown) or ("" if got is NOTHING else show(got))

    def sentence(self, remedy: str, field: str = "") -> str:
        """Return what is wrong in one line, with advice in the words of whoever shows it, who may call the field otherwise."""
        came = f", got {self.shown}" if self.shown else ""
        body = self.problem or f"{field or self.field} must {self.must}{came}"
        return plain_line(f"{self.where and self.where + ': '}{body}{remedy and '; ' + remedy}")

    def __str__(self) -> str:
        return self.sentence(str(self.remedy))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    @property
    def in_plain_words(self) -> str:
        """The sentence for whoever reads it, who may write Python or options: in a table, in a file."""
        return self.sentence(in_text(self.remedy))

    def at(self, where: str, leaf: type[MazhilisError] | None = None) -> MazhilisError:
        """Return the same error, found at a place; a place that it names already stands behind it.

        Where the place is what is wrong, such as a key of a scenario, ``leaf`` says of which kind the error is there.
        """
        place = f"{where}: {self.where}" if self.where else where
        parts = {name: getattr(self, name) for name in ("field", "got", "must", "remedy", "shown")}
        moved = (leaf or type(self))(self.problem, where=place, **parts)
        vars(moved).update({name: value for name, value in vars(self).items() if name not in vars(moved)})
        return moved

    def __reduce__(self) -> tuple[Any, ...]:
        """Let the error be sent to another process; what came is sent as it is shown."""
        return type(self), self.args, {**vars(self), "got": self.shown}


class LawError(MazhilisError):
    """A law that cannot be: an unknown preset, a number out of range, options that contradict each other."""


class VotesError(MazhilisError):
    """Votes that cannot be counted: negative, fractional, missing, doubled, or none at all."""


class PollError(MazhilisError):
    """A poll that cannot be used."""


class FileError(MazhilisError):
    """A file that cannot be read, or a cell in it that is not what it must be; the message names file, row and column.

    What to write instead is said as it stands in a file.
    """

    def __str__(self) -> str:
        return self.in_plain_words


class AllocationError(MazhilisError):
    """Valid votes for which the law defines no result, such as an election in which no list passes.

    ``rows`` holds the rows without a result, where a rule of `mazhilis_sim.testing.rules` was asked for many elections.
    """

    rows: tuple[int, ...] = ()


class SimulationError(MazhilisError):
    """A simulation that cannot be run, merged, saved or read back."""


class MissingExtraError(MazhilisError, ImportError):
    """A feature whose optional dependency is not installed; the message names the extra."""


def missing_extra(package: str, extra: str) -> MissingExtraError:
    """Build the error for an optional package that is not there."""
    return MissingExtraError(
        f"{package} is needed for this and is not installed",
        field=package,
        must="be installed",
        remedy=f'pip install "mazhilis-sim[{extra}]"',
    )


def unknown(
    error: type[MazhilisError], field: str, got: object, known: Iterable[str], *, where: str = "", problem: str = "", near: str = ""
) -> MazhilisError:
    """Build the error for a name that is not known, with the nearest one, which the caller may know better, or all of them."""
    names = tuple(known)
    return error(
        problem or f"there is no {field} {show(got)}",
        field=field,
        got=got,
        must=f"be one of {some(names)}" if names else "be known",
        remedy=f"did you mean {near!r}?" if near else suggestion(got, names) if names else "",
        where=where,
    )


# -- what is shown of a value ------------------------------------------------------------------------------------------

SHORT = reprlib.Repr()
SHORT.maxstring = SHORT.maxother = SHORT.maxlong = LONGEST_SHOWN
SHORT.maxlist = SHORT.maxtuple = SHORT.maxdict = SHORT.maxset = SHORT.maxfrozenset = 4
SHORT.maxlevel = 2


def show(value: object) -> str:
    """Return what a message shows of a value: one line of at most 60 characters, whatever the value is and does.

    Of arrays and data frames it says the kind and the shape.

    Examples
    --------
    >>> len(show("x" * 100)), show(10**5000), show("90%")
    (60, 'an int of about 5001 digits', "'90%'")
    """
    try:
        text = shape_of(value) or size_of(value) or SHORT.repr(value)
    except Exception:  # a repr may do anything
        text = f"an object of type {type(value).__name__}"
    return shorten(" ".join(text.split()))


def said_by(error: BaseException) -> str:
    """Return the kind of a stranger's error and what it says, in one line of at most 150 characters.

    Examples
    --------
    >>> said_by(ZeroDivisionError("division by zero")), said_by(KeyboardInterrupt())
    ('ZeroDivisionError: division by zero', 'KeyboardInterrupt')
    """
    kind = type(error).__name__
    try:
        text = " ".join(f"{kind}: {error}".split())
    except Exception:  # an error may say anything, or fail to
        text = kind
    return shorten(text.removesuffix(":"), LONGEST_SAID)


def plain_line(text: str) -> str:
    r"""Return a text in one line, with what a terminal would not print but obey written out.

    Examples
    --------
    >>> print(plain_line("a\nname in \x1b[31mred"))
    a name in \x1b[31mred
    """
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def shorten(text: str, longest: int = LONGEST_SHOWN) -> str:
    """Cut a text at so many characters."""
    return text if len(text) <= longest else text[: longest - 3] + "..."


def shape_of(value: object) -> str:
    """Say the kind and shape of an array or a data frame; nothing for other things, single numbers among them."""
    shape = getattr(value, "shape", None)
    return f"{type(value).__name__} of shape {shape}" if isinstance(shape, tuple) and shape else ""


def size_of(value: object) -> str:
    """Say how long an integer is that Python would not write out; nothing for other things."""
    if not isinstance(value, int) or value.bit_length() < 4 * LONGEST_SHOWN:
        return ""
    return f"an int of about {int(value.bit_length() * 0.30103) + 1} digits"


def suggestion(word: object, known: Iterable[str], cutoff: float = 0.5) -> str:
    """Return ``did you mean 'x'?`` for the nearest known word, or the whole list when none is near."""
    from difflib import get_close_matches

    names = sorted(set(known))
    asked = word.lower() if isinstance(word, str) else show(word)
    close = get_close_matches(asked[:LONGEST_SHOWN], names, n=1, cutoff=cutoff)
    return f"did you mean {shorten(close[0])!r}?" if close else f"known: {some(names)}"


def some(names: Sequence[str]) -> str:
    """List names, of many the first, each cut where it is absurd."""
    more = f" and {len(names) - MOST_NAMES:,} more" if len(names) > MOST_NAMES else ""
    return ", ".join(map(shorten, names[:MOST_NAMES])) + more


# -- warnings ----------------------------------------------------------------------------------------------------------


class DataWarning(UserWarning):
    """Input that can be used but should be doubted. Silence it, or turn it into an error, with ``warnings``.

    Attributes
    ----------
    is_note : bool
        Whether it says only how labels were read, with nothing to doubt in it.
    """

    is_note = False


class PollWarning(DataWarning):
    """A poll that can be used but contradicts itself or leaves something out."""


def warn(message: str, category: type[DataWarning], is_note: bool = False) -> None:
    """Warn at the line that called this package, however deep inside the doubt is found.

    Python tells a warning once for each line, and ``warnings`` filters by module: both should mean the user's.
    """
    import sys
    import warnings

    level, frame = 1, sys._getframe()
    while frame.f_globals.get("__name__", "").partition(".")[0] == "mazhilis_sim" and frame.f_back:
        level, frame = level + 1, frame.f_back
    warning = category(message)
    warning.is_note = is_note
    warnings.warn(warning, stacklevel=level)
