"""The decorators of the core: one set of options for all that is compiled, and the way back to what it is written in."""

import contextlib
import functools
import importlib
from collections.abc import Callable
from types import FunctionType
from typing import Any

import numba
from numba import njit
from numba.core.options import DefaultOptions

Function = Callable[..., Any]

PARTS = (0, 66), (0, 68)
"""The oldest and the newest numba that `parts` were tried with; before it, llvmlite puts attributes of functions in a wrong place."""


def part_compiler(version: tuple[int | None, ...]) -> Any:
    """Return the compiler of parts, or None with a numba that it was not tried with."""
    oldest, newest = PARTS
    tried = None not in version and oldest <= version <= newest
    return importlib.import_module("mazhilis_sim.kernels.parts").PartCompiler if tried else None


PART_COMPILER = part_compiler(numba.version_info.short)

UNCOUNTED = {"_nrt": False} if "_nrt" in vars(DefaultOptions) else {}
"""Leaves out the counting of references to arrays, half of what would be compiled: an option of numba's that its guide does not name."""

CALLED: Any = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, **UNCOUNTED}
"""Options of what Python calls.

No ``fastmath`` and no contraction: the result is the same bits on every machine. ``error_model="numpy"`` drops the branch before
each division that would keep loops from being vectorised. ``nogil`` lets blocks run on threads. Kernels make no arrays, so that
no references are counted.
"""

PART: Any = {**CALLED, "no_cpython_wrapper": True, **({"pipeline_class": PART_COMPILER} if PART_COMPILER else {})}
"""Options of what compiled code alone calls, which is spared the way in from Python."""


def entry(function: Function) -> Any:
    """Compile what Python calls, with all that it calls, and keep it on disk; with no folder for that, compile it in every process."""
    dispatcher = njit(**CALLED)(function)
    if hasattr(dispatcher, "enable_caching"):  # the JIT is not off
        with contextlib.suppress(RuntimeError):
            try:
                dispatcher._cache = importlib.import_module("mazhilis_sim.kernels.keeping").KeptCode(function)
            except (ImportError, AttributeError, TypeError):  # a numba whose inside is another one
                dispatcher.enable_caching()
    return dispatcher


jit = njit(**PART)
"""Compile a loop, or a function of numbers that is too long to be inlined.

Compiled code alone calls it, and what the next decorators make: called from Python they would crash the process. See `from_python`.
"""

plan = njit(inline="always", **PART)
"""Compile a sequence of loops into its caller, where it would be handed a tuple of many arrays, which takes longer to compile."""

step = njit(forceinline=True, **PART)
"""Compile a scalar step that loops are made of: always inlined, since a call would keep its loop from vectorising."""

called = njit(**CALLED)
"""Compile what Python calls, and keep it in this process alone: for programs that measure kernels."""


def source_of(function: Any) -> Function:
    """Return the Python function that was compiled; compiled anew, it may be called from elsewhere."""
    found: Function = getattr(function, "py_func", function)
    return found


@functools.cache
def pure(function: Any) -> Function:
    """Return the Python function behind a compiled one, which calls those behind what it calls: the same bits, without compiling."""
    source = source_of(function)
    names = source.__globals__
    inner = {name: pure(names[name]) for name in source.__code__.co_names if hasattr(names.get(name), "py_func")}
    return FunctionType(source.__code__, {**names, **inner}, source.__name__)


@functools.cache
def from_python(function: Any) -> Any:
    """Compile anew what compiled code alone calls, so that Python can call it: for tests."""
    return called(source_of(function))
