"""A rule of a user's own: how it is asked, and what its answer must be."""

from __future__ import annotations

import importlib
import operator
from collections.abc import Callable, Sequence
from typing import Any

from mazhilis_sim import reading
from mazhilis_sim.errors import AllocationError, said_by
from mazhilis_sim.legislation.methods import SeatRule, method_name
from mazhilis_sim.tables import plural


def ask_own_rule(rule: SeatRule, votes: Sequence[int], seats: int) -> list[int]:
    """Share out the seats of the admitted lists of one election by an own rule, and check its answer.

    This is how every count asks an own rule: `mazhilis_sim.allocate`, and where a row or a draw is counted by itself.
    Many elections at once are shared out by `mazhilis_sim.counting.own_rule_many.share_out_rows`.

    Parameters
    ----------
    rule : function
        Called as ``rule(votes, seats)`` with a list of int, or an array of int64 where numba compiled it.
    votes : sequence of int, length k
        Of the admitted lists, in the order of registration; at least one vote in all.
    seats : int

    Returns
    -------
    list of int, length k
        The seats of each list.

    Raises
    ------
    AllocationError
        Where the rule fails, or its answer is not k whole numbers, none negative, whose sum is ``seats``.

    Examples
    --------
    >>> ask_own_rule(lambda votes, seats: [seats, 0], [60, 40], 5)
    [5, 0]
    """
    name = method_name(rule)
    try:
        found = rule(votes_for(rule, votes), seats)
    except AllocationError:  # the rule itself says that there is no result
        raise
    except Exception as error:
        said = f"method {name} raised {said_by(error)}"
        raise AllocationError(said, field=f"method {name}", got=error, must="return the seats of each list") from error
    answer = read_answer(found)
    if answer is None or len(answer) != len(votes) or min(answer) < 0 or sum(answer) != seats:
        must = f"be {plural(len(votes), 'whole number')}, none negative, {seats} in all"
        raise AllocationError(field=f"answer of method {name}", got=found, must=must)
    return answer


def is_compiled(rule: Callable[..., Any]) -> bool:
    """Tell whether numba compiled a rule."""
    return hasattr(rule, "py_func")


def votes_for(rule: Callable[..., Any], votes: Sequence[int]) -> Any:
    """Return votes as a rule is given them; a list of its own, or an array where numba compiled the rule, which has loaded NumPy."""
    if not is_compiled(rule):
        return list(votes)
    if max(votes) > reading.INT64:
        must = "fit 64-bit integers for a method that numba compiled"
        raise AllocationError(field="votes", got=max(votes), must=must, remedy="give the function itself as the method")
    numpy = importlib.import_module("numpy")  # loaded already, since numba is
    return numpy.array(votes, numpy.int64)


def read_answer(found: Any) -> list[int] | None:
    """Read the seats that a rule returned; None where they are no whole numbers."""
    seats = [as_seats(won) for won in as_list(found) or [None]]
    return [won for won in seats if won is not None] if None not in seats else None


def as_list(found: Any) -> list[Any] | None:
    """Return a list, a tuple or an array of them as a list; None for a string, a mapping, a generator or a single number."""
    if type(found) is list:  # as nearly all are
        return found
    try:
        sized = hasattr(found, "__len__") and hasattr(found, "__getitem__")
        given = found.tolist() if hasattr(found, "tolist") else list(found) if sized else None
    except Exception:  # whatever a stranger's object does
        return None
    return given if isinstance(given, list) and not isinstance(found, (str, bytes, dict)) else None


def as_seats(found: Any) -> int | None:
    """Return one number of seats; None for what is no int, such as True, or a share of a seat even where it is whole."""
    if type(found) is int:  # as nearly all are
        return found
    try:
        return None if isinstance(found, bool) else operator.index(found)
    except Exception:  # whatever a stranger's number does
        return None
