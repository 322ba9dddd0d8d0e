"""The compiled core: loops over lanes of elections, built from scalar steps of a few lines.

Nothing here checks its input, raises, makes an array or knows a party's name; the modules above check before and
name after. Every function runs the same with the JIT switched off (``NUMBA_DISABLE_JIT=1``), bit for bit.
"""
import functools
from collections.abc import Callable
from types import FunctionType
from typing import Any, Literal

from numba import njit
from numba.core.options import DefaultOptions

Function = Callable[..., Any]

UNCOUNTED = {"_nrt": False} if "_nrt" in vars(DefaultOptions) else {}
"""Leaves out the counting of references to arrays, half of what would be compiled: an option of numba's that its guide does not name."""


def compiled(
    cache: bool = False, forceinline: bool = False, inline: Literal["never", "always"] = "never", called: bool = False
) -> Callable[[Function], Any]:
    """Make a decorator with the project's one set of options.

    No ``fastmath`` and no contraction: the result is the same bits on every machine. ``error_model="numpy"`` drops the
    branch before each division that would keep loops from being vectorised. ``nogil`` lets blocks run on threads. What is
    not ``called`` from Python is spared the code for that. Kernels make no arrays, so that no references are counted.
    """
    options: dict[str, Any] = {"no_cpython_wrapper": not called, "no_cfunc_wrapper": True, **UNCOUNTED}

    def decorate(function: Function) -> Any:
        def build(cache: bool) -> Any:
            return njit(cache=cache, nogil=True, error_model="numpy", forceinline=forceinline, inline=inline, **options)(function)

        try:
            return build(cache)
        except RuntimeError:  # no folder to cache in (a zip, no home): compiled anew in each process
            return build(cache=False)

    return decorate


entry = compiled(cache=True, called=True)
"""Compile what Python calls, with all that it calls, and keep the result on disk."""

jit = compiled()
"""Compile a loop, or a function of numbers that is too long to be inlined.

Compiled code alone calls it, and what the next decorators make: called from Python they would crash the process. See `from_python`.
"""

plan = compiled(inline="always")
"""Compile a sequence of loops into its caller: a level of calls less, and less time to compile."""

step = compiled(forceinline=True)
"""Compile a scalar step that loops are made of: always inlined, since a call would keep its loop from vectorising."""


def source_of(function: Any) -> Function:
    """Return the Python function that was compiled; compiled anew, it may be called from elsewhere."""
    found: Function = getattr(function, "py_func", function)
    return found


@functools.cache
def pure(function: Any) -> Function:
    """Return the Python function behind a compiled one, which calls those behind what it calls: the same bits, without compiling."""
    source = source_of(function)
    names = source.__globals__
    called = {name: pure(names[name]) for name in source.__code__.co_names if hasattr(names.get(name), "py_func")}
    return FunctionType(source.__code__, {**names, **called}, source.__name__)


@functools.cache
def from_python(function: Any) -> Any:
    """Compile anew what compiled code alone calls, so that Python can call it: for tests."""
    return compiled(called=True)(source_of(function))
