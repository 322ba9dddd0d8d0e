"""The compiled core: loops over lanes of elections, built from scalar steps of a few lines.

Nothing here checks its input, raises, allocates in a loop or knows a party's name; the modules above check before and
name after. Every function runs the same with the JIT switched off (``NUMBA_DISABLE_JIT=1``), bit for bit.
"""
from collections.abc import Callable
from typing import Any, Literal

from numba import njit

Function = Callable[..., Any]


def compiled(
    cache: bool = False, forceinline: bool = False, inline: Literal["never", "always"] = "never", from_python: bool = True
) -> Callable[[Function], Any]:
    """Make a decorator with the project's one set of options.

    No ``fastmath`` and no contraction: the result is the same bits on every machine. ``error_model="numpy"`` drops the
    branch before each division that would keep loops from being vectorised. ``nogil`` lets blocks run on threads. What is
    not called ``from_python`` is spared the code for that, a fifth of the time that compiling takes.
    """
    wrappers: dict[str, Any] = {"no_cpython_wrapper": not from_python, "no_cfunc_wrapper": True}

    def decorate(function: Function) -> Any:
        def build(cache: bool) -> Any:
            return njit(cache=cache, nogil=True, error_model="numpy", forceinline=forceinline, inline=inline, **wrappers)(function)

        try:
            return build(cache)
        except RuntimeError:  # no folder to cache in (a zip, no home): compiled anew in each process
            return build(cache=False)

    return decorate


entry = compiled(cache=True)
"""Compile what Python calls, with all that it calls, and keep the result on disk."""

jit = compiled(from_python=False)
"""Compile a loop. Compiled code alone calls it: called from Python it would crash the process."""

plan = compiled(inline="always", from_python=False)
"""Compile a sequence of loops into its caller: a level of calls less, and less time to compile. Called as a loop is."""

scalar = compiled()
"""Compile a function of numbers that is too long to be inlined; tests call it from Python."""

step = compiled(forceinline=True)
"""Compile a scalar step that loops are made of: always inlined, since a call would keep its loop from vectorising."""


def pure(function: Any) -> Function:
    """Return the Python function behind a compiled one: the same bits, without compiling it for one number."""
    found: Function = getattr(function, "py_func", function)
    return found
