"""What tells one question from all others: a digest of its numbers, its names and the functions of a user's own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from types import CodeType, ModuleType
from typing import Any

import numpy as np

STOOD = {"mazhilis_sim.kernels.parameters": "mazhilis_sim.kernels.cpu.draws"}
"""Where types stood when the first pieces were written, by where they stand: a digest that is kept must not change with a move."""
SIMPLE = (str, bytes, int, float, complex, bool, type(None), np.generic)


def fingerprint_of(*parts: Any) -> str:
    """Return a digest of nested numbers, texts, arrays and functions: equal parts have one, in every process.

    A function is told by its name, its code, its defaults and what it closes over, an object by its class and its fields; neither
    by what it calls or reads elsewhere.
    """
    written: list[bytes] = []
    write(parts, (), written.append)
    return hashlib.sha256(b"".join(written)).hexdigest()


def write(value: Any, around: tuple[int, ...], add: Callable[[bytes], None]) -> None:
    """Add the bytes of a value, each after its kind and shape; ``around`` are those that hold it, which it may hold in turn."""
    if isinstance(value, SIMPLE):
        add(f"{type(value).__name__} {value!r};".encode())
    elif isinstance(value, np.ndarray) and not value.dtype.hasobject:
        add(f"{dtype_name(value.dtype)} {value.shape};".encode())
        add(value.tobytes())
    else:
        inside = () if id(value) in around or isinstance(value, (ModuleType, type)) else parts_of(value)
        add(f"{name_of(value)};{len(inside)};".encode())
        around = (*around, id(value))
        for part in inside:
            write(part, around, add)


@cache
def dtype_name(dtype: np.dtype[Any]) -> str:
    """Return the name of a type of array, which NumPy takes long to put together."""
    return str(dtype)


def name_of(value: Any) -> str:
    """Return where a function or a class stands; of any other object, that of its class."""
    known = value if hasattr(value, "__qualname__") else type(value)
    module = getattr(known, "__module__", "")
    return f"{STOOD.get(module, module)}.{known.__qualname__}"


def parts_of(value: Any) -> tuple[Any, ...]:
    """Return what a value is made of; of an object that shows nothing, nothing."""
    if isinstance(value, (tuple, list)):
        return tuple(value)
    if isinstance(value, (set, frozenset)):
        return tuple(sorted(value, key=repr))
    if isinstance(value, dict):
        return tuple(value.items())
    if isinstance(value, CodeType):
        return value.co_code, value.co_consts, value.co_names
    function = getattr(value, "py_func", value)  # what numba compiled
    if hasattr(function, "__code__"):
        return function.__code__, function.__defaults__, function.__kwdefaults__, closed_over(function), getattr(function, "__self__", None)
    return tuple(vars(value).items()) if hasattr(value, "__dict__") else ()


def closed_over(function: Any) -> tuple[Any, ...]:
    """Return what a function closes over."""
    found = []
    for cell in function.__closure__ or ():
        with suppress(ValueError):  # nothing in it yet
            found.append(cell.cell_contents)
    return tuple(found)
