"""Arrays and numbers that compiled code is lent for one call: one address for many arrays, and nobody counts references to them.

An entry that takes an array takes it apart into its address, its shape and its strides, and asks for each whether it failed. For some fifty
of them that took the compiler longer than most loops do. So they are written down in a table, and compiled code is handed its address
alone; what a stage does not use it does not read.
"""

from __future__ import annotations

import functools
import itertools
import struct
import sys
from array import array
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numba import typeof, types
from numba.core import cgutils
from numba.extending import NativeValue, lower_builtin, models, register_model, type_callable, typeof_impl, unbox

from mazhilis_sim.kernels.aligning import Array, layout, placed


class Lent:
    """What compiled code is lent: the thing itself, which this keeps alive, its type, and the table of words by which it is read.

    The first word is an address that those of all arrays count from. The arrays are not to be moved as long as this lives.
    """

    __slots__ = ("address", "given", "kind", "words")

    def __init__(self, given: Any, kind: Any, words: array[int]) -> None:
        self.given, self.kind, self.words = given, kind, words
        self.address, _ = words.buffer_info()


def lend(given: Any) -> Any:
    """Lend an array, or a tuple of arrays, numbers, tuples and None; numbers, and what is lent already, are returned as they are."""
    if not isinstance(given, (tuple, np.ndarray)):
        return given
    kind, words = written_down(given)
    return Lent(given, kind, array("Q", [0, *words]))


def lent_together(kind: Callable[..., Any], wanted: tuple[Array, ...], *numbers: int | None) -> Lent:
    """Make a tuple of arrays in one piece of memory, with numbers after them, and lend it, in a small part of the time."""
    of_kind, places, table = plan_of(kind, wanted, numbers)
    begin, arrays = placed(*places)
    words = table[:]
    words[0] = begin
    return Lent(kind(*arrays, *numbers), of_kind, words)


@functools.lru_cache(64)
def plan_of(kind: Callable[..., Any], wanted: tuple[Array, ...], numbers: tuple[int | None, ...]) -> tuple[Any, Any, array[int]]:
    """Return the type of such a tuple, where its arrays stand in their piece of memory, and the words that say so."""
    places = layout(wanted)
    begin, arrays = placed(*places)
    of_kind, words = written_down(kind(*arrays, *numbers))
    place = 0
    for each in arrays:
        words[place] -= begin
        place += 1 + 2 * each.ndim
    return of_kind, places, array("Q", [0, *words])


def lent(given: Any) -> Any:
    """Return what is lent; who calls an entry keeps it alive until the entry returns.

    Compiled code counts its references to an array that is its own by instructions that lock the memory, at every call of a stage.
    What was not lent it does not own from here on.
    """
    return given.given if isinstance(given, Lent) else given


# -- what is written down ----------------------------------------------------------------------------------------------

KINDS: dict[tuple[Any, ...], Any] = {}
"""The type of what is lent, for each layout that this process has lent."""
ALL_BITS = (1 << 64) - 1


def written_down(given: Any) -> tuple[Any, list[int]]:
    """Return the type of what is lent, which is told once for each layout, and its words."""
    parts: list[Any] = []
    words: list[int] = []
    note_down(given, parts, words)
    layout = tuple(parts)
    if layout not in KINDS:
        KINDS[layout] = LentKind(typeof(given))
    return KINDS[layout], words


def note_down(thing: Any, layout: list[Any], words: list[int]) -> None:
    """Write down an array's address, shape and strides, a number's bits, and what is in a tuple one after another.

    What kernels are handed has another layout where it is of another type; that would not hold of tuples in tuples. An array that another
    process sent may be read-only, and is of another type then.
    """
    if isinstance(thing, np.ndarray):
        layout += (thing.dtype.num, thing.ndim, thing.flags.num)
        words.append(thing.__array_interface__["data"][0])
        words += thing.shape
        words += [stride & ALL_BITS for stride in thing.strides]
        return
    layout.append(type(thing))
    if isinstance(thing, tuple):
        for part in thing:
            note_down(part, layout, words)
    elif thing is not None:
        words.append(bits_of_double(float(thing)) if isinstance(thing, (float, np.floating)) else int(thing) & ALL_BITS)


def bits_of_double(number: float) -> int:
    """Return the bits of a float."""
    return int.from_bytes(struct.pack("=d", number), sys.byteorder)


# -- what the compiler makes of it -----------------------------------------------------------------------------------


class LentKind(types.Type):
    """The type of what is lent: an address, behind which there is a thing of another type."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind
        super().__init__(f"lent({kind.name})")


register_model(LentKind)(models.OpaqueModel)


@typeof_impl.register(Lent)
def type_of_what_is_lent(given: Lent, _context: Any) -> Any:
    """Tell the type."""
    return given.kind


def address_of(kind: Any, given: Any, c: Any) -> Any:
    """Write what an entry does with what is lent: it takes the address."""
    address = c.pyapi.object_getattr_string(given, "address")
    word = c.unbox(types.int64, address)
    c.pyapi.decref(address)
    return NativeValue(c.builder.inttoptr(word.value, c.context.get_value_type(kind)), is_error=word.is_error)


unbox(LentKind)(address_of)


def type_of_lent(_context: Any) -> Any:
    """Tell the compiler of what type `lent` is. As no function it need not be compiled for every type."""
    return lambda given: given.kind if isinstance(given, LentKind) else given


def code_of_lent(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    """Write what compiled code does with what is lent: it reads the table."""
    words = words_at(context, builder, values[0])
    return read(context, builder, signature.return_type, next(words), words)


def code_of_owned(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    """Write what compiled code does with what is not: from here on it is nobody's."""
    return disowned(context, builder, signature.return_type, values[0])


type_callable(lent)(type_of_lent)
lower_builtin(lent, LentKind)(code_of_lent)
lower_builtin(lent, types.Any)(code_of_owned)


def words_at(context: Any, builder: Any, address: Any) -> Iterator[Any]:
    """Write the instructions that read one word after another."""
    words = builder.bitcast(address, context.get_value_type(types.int64).as_pointer())
    for place in itertools.count():
        yield builder.load(cgutils.gep_inbounds(builder, words, place))


def is_tuple(kind: Any) -> bool:
    """Tell whether a type is that of a tuple, with names or without."""
    return isinstance(kind, types.BaseTuple)


def read(context: Any, builder: Any, kind: Any, begin: Any, words: Iterator[Any]) -> Any:
    """Write the instructions that read what `note_down` wrote down."""
    if isinstance(kind, types.Array):
        return array_at(context, builder, kind, begin, words)
    if is_tuple(kind):
        return context.make_tuple(builder, kind, [read(context, builder, part, begin, words) for part in kind.types])
    if isinstance(kind, types.NoneType):
        return context.get_dummy_value()
    if isinstance(kind, types.Float):
        return context.cast(builder, builder.bitcast(next(words), context.get_value_type(types.float64)), types.float64, kind)
    return context.cast(builder, next(words), types.int64, kind)


def array_at(context: Any, builder: Any, kind: Any, begin: Any, words: Iterator[Any]) -> Any:
    """Write the instructions that put an array together, which nobody owns."""
    made = cgutils.create_struct_proxy(kind)(context, builder)
    made.data = builder.inttoptr(builder.add(begin, next(words)), made.data.type)
    shape, strides = ([next(words) for _ in range(kind.ndim)] for _ in range(2))
    made.shape, made.strides = cgutils.pack_array(builder, shape), cgutils.pack_array(builder, strides)
    made.nitems = functools.reduce(builder.mul, shape)
    made.itemsize = context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    return without_owner(made)


def disowned(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """Write the instructions that take an array's owners away, part by part of a tuple."""
    if isinstance(kind, types.Array):
        return without_owner(cgutils.create_struct_proxy(kind)(context, builder, value=value))
    for i, part in enumerate(kind.types if is_tuple(kind) else ()):
        value = builder.insert_value(value, disowned(context, builder, part, builder.extract_value(value, i)), i)
    return value


def without_owner(made: Any) -> Any:
    """Write the instructions that leave an array to nobody."""
    made.meminfo, made.parent = (cgutils.get_null_value(owner.type) for owner in (made.meminfo, made.parent))
    return made._getvalue()
