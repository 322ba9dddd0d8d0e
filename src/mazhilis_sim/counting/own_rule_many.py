"""A rule of a user's own asked for many elections: one by one in Python, or in a compiled loop where numba compiled the rule."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from mazhilis_sim.counting.own_rule import ask_own_rule, is_compiled
from mazhilis_sim.errors import AllocationError
from mazhilis_sim.kernels import compiled
from mazhilis_sim.legislation.methods import SeatRule

if TYPE_CHECKING:
    from numpy.typing import NDArray


def share_out_rows(
    rule: SeatRule,
    votes: NDArray[Any],
    admitted: NDArray[Any],
    seats: int,
    rows: NDArray[np.int64],
    won: NDArray[Any],
    place: str = "row {}",
    first: int = 0,
) -> None:
    """Share out the seats of some elections by an own rule; every answer is checked as `ask_own_rule` checks it.

    A Python function is called once an election, some microseconds each; one that numba compiled runs in a compiled loop,
    without the interpreter's lock, and is compiled into it at its first use.

    Parameters
    ----------
    rule : function
    votes : ndarray of int, shape (n, k)
        Lanes of a kernel, (k, n), are handed over transposed.
    admitted : ndarray of int or bool, shape (n, k)
        Not zero where a list shares in the seats.
    seats : int
    rows : ndarray of int64
        The elections to be shared out; the others are left as they are.
    won : ndarray of int, shape (n, k)
        Receives the seats.
    place : str
        How a row is named where an answer is refused, such as "row {}" or, by numbers of its own, "draw {}".
    first : int
        What is added to a row's place for that: the number of the first.

    Raises
    ------
    AllocationError
        Naming the first row in which the rule fails or its answer is none.
    """
    if is_compiled(rule) and shared_out_compiled(rule, votes, admitted, seats, rows, won):
        return
    for row in rows.tolist():
        on = np.flatnonzero(admitted[row])
        won[row] = 0
        try:
            won[row, on] = ask_own_rule(rule, votes[row, on].tolist(), seats)
        except AllocationError as error:
            raise error.at(place.format(first + row)) from None


def shared_out_compiled(
    rule: SeatRule, votes: NDArray[Any], admitted: NDArray[Any], seats: int, rows: NDArray[np.int64], won: NDArray[Any]
) -> bool:
    """Share out in a compiled loop; False where the rule cannot be compiled into one, fails, or gives an answer that is none."""
    try:
        return bool(loop_around(rule)(votes, admitted, seats, rows, won))
    except Exception:  # whatever the rule does; asked one by one, it will show in which election
        return False


@functools.lru_cache(maxsize=32)
def loop_around(rule: Any) -> Callable[..., bool]:
    """Compile a loop over elections around a compiled rule."""

    def loop(votes: Any, admitted: Any, seats: Any, rows: Any, won: Any) -> Any:  # numba types it, for each call
        k = votes.shape[1]
        on, asked = np.empty(k, np.int64), np.empty(k, np.int64)
        for row in rows:
            lists = 0
            for i in range(k):
                if admitted[row, i]:
                    on[lists], asked[lists] = i, votes[row, i]
                    lists += 1
                won[row, i] = 0
            answer = rule(asked[:lists].copy(), seats)
            if len(answer) != lists:
                return False
            left = seats
            for place in range(lists):
                mine = np.int64(answer[place] | 0)  # of a float this does not compile, and the rule is asked election by election
                if mine < 0 or mine > left:
                    return False
                won[row, on[place]] = mine
                left -= mine
            if left != 0:
                return False
        return True

    found: Callable[..., bool] = compiled(loop)
    return found
