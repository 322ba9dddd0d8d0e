"""What can go wrong, and how it is said: what must hold, what came, what to write instead."""
from collections.abc import Iterable


class MazhilisError(ValueError):
    """Base of every error that this package raises on purpose."""


class LawError(MazhilisError):
    """A law that cannot be: an unknown preset, a number out of range, options that contradict each other."""


class VotesError(MazhilisError):
    """Votes that cannot be counted: negative, fractional, missing, doubled, or none at all."""


class PollError(MazhilisError):
    """A poll that cannot be used."""


class FileError(MazhilisError):
    """A file that cannot be read, or a cell in it that is not what it must be; the message names file, row and column."""


class AllocationError(MazhilisError):
    """Valid votes for which the law defines no result, such as an election in which no list passes.

    ``rows`` holds the rows without a result, where a rule of `mazhilis_sim.testing.rules` was asked for many elections.
    """

    rows: tuple[int, ...] = ()


class SimulationError(MazhilisError):
    """A simulation that cannot be run, merged, saved or read back."""


class MissingExtraError(MazhilisError, ImportError):
    """A feature whose optional dependency is not installed; the message names the extra."""


class DataWarning(UserWarning):
    """Input that can be used but should be doubted. Silence it, or turn it into an error, with ``warnings``."""


class PollWarning(DataWarning):
    """A poll that can be used but contradicts itself or leaves something out."""


def warn(message: str, category: type[DataWarning]) -> None:
    """Warn at the line that called this package, however deep inside the doubt is found.

    Python tells a warning once for each line, and ``warnings`` filters by module: both should mean the user's.
    """
    import sys
    import warnings

    level, frame = 1, sys._getframe()
    while frame.f_globals.get("__name__", "").partition(".")[0] == "mazhilis_sim" and frame.f_back:
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)


def nearest(word: object, known: Iterable[str], cutoff: float = 0.5) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest known word, or the whole list when none is near."""
    from difflib import get_close_matches

    names = sorted(known)
    close = get_close_matches(str(word).lower(), names, n=1, cutoff=cutoff)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(names)}"


def missing_extra(package: str, extra: str) -> MissingExtraError:
    """Build the error for an optional package that is not there."""
    return MissingExtraError(f'{package} is needed for this and is not installed; pip install "mazhilis-sim[{extra}]"')
