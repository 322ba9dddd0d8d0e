"""The decorators of the core: one set of options for all that is compiled, by the ways that numba's guide documents."""

import functools
from collections.abc import Callable
from typing import Any

from numba import njit, types
from numba.extending import is_jitted, register_jitable

from mazhilis_sim.kernels.keeping import SETTINGS, Stage, kept

Function = Callable[..., Any]

OPTIONS: Any = {"error_model": "numpy", "no_cfunc_wrapper": True}
"""Options of all that is compiled.

No ``fastmath`` and no contraction: the result is the same bits on every machine. ``error_model="numpy"`` drops the branch before
each division that would keep loops from being vectorised.
"""
ENTRY: Any = {"nogil": True, **OPTIONS}
INT: Any = types.intp
"""The type of places and counts."""


def entry(function: Function) -> Any:
    """Compile what Python calls, with all that it calls, and keep it on disk; it runs without the interpreter's lock, on threads.

    A `stage` that it calls by its address is compiled and kept by itself.
    """
    return kept(function, **ENTRY)


def stage(function: Function, result: Any = types.none) -> Callable[..., Any]:
    """Compile by itself what compiled code calls by its address; what is returned makes it for arguments like those that it is given."""
    plain = getattr(function, "py_func", function)
    return (lambda *_: plain) if SETTINGS.DISABLE_JIT else Stage(plain, result, **OPTIONS)


@functools.cache
def compiled(function: Function) -> Any:
    """Compile what else is called from Python, in this process alone: a loop around a user's compiled rule; for measuring and for tests."""
    return function if is_jitted(function) else njit(**ENTRY)(function)


plan: Callable[[Function], Any] = njit(inline="always", **OPTIONS)
"""A sequence of loops, put into its callers line by line: they would be handed tuples of many arrays, which takes long to compile."""

part: Callable[[Function], Any] = register_jitable(**OPTIONS)
"""A loop, or a function of numbers too long to be inlined: a plain function to Python, and compiled where compiled code calls it."""

step: Callable[[Function], Any] = register_jitable(forceinline=True, **OPTIONS)
"""A scalar step that loops are made of, as `part`, and always inlined: a call would keep its loop from being vectorised."""
