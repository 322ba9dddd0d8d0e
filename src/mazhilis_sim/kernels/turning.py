"""Rows turned into lanes, and back, eight by eight, in three rounds of exchanges between vectors.

What the compiler makes of a loop that does the same moves one number after another, and takes twice as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import lower_builtin, type_callable

SIDE = 8
"""Rows that are turned together, and numbers of each."""
EIGHT = range(SIDE)


def turn_to_lanes(rows, begin, k, first, lanes, lane):
    """Turn the numbers of the lists from ``first`` on, up to eight, of eight rows of k into ``lanes`` (k, w) from ``lane`` on.

    ``rows`` is flat, and the first of them begins at ``begin``. Of each row eight numbers are read, however few it has: behind the last row
    of a table ``rows`` has place for `SIDE` more.
    """
    for row in EIGHT:
        for i in range(first, min(first + SIDE, k)):
            lanes[i, lane + row] = rows[begin + row * k + i]


def turn_to_rows(lanes, lane, first, rows, begin, k):
    """Turn lanes back into rows, each written as if it had eight such numbers, the last list's for those behind: what follows is lost.

    Rows are written one after another. Where the last lists are turned before others, only what follows the eighth row is lost.
    """
    for row in EIGHT:
        for i in range(first, first + SIDE):
            rows[begin + row * k + i] = lanes[min(i, k - 1), lane + row]


# -- what the compiler makes of it -----------------------------------------------------------------------------------


def code_to_lanes(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    """Write the instructions. For lists behind the last one, which there are not, the last one's lanes are written first, and then over."""
    rows, begin, k, first, lanes, lane = values
    flat, table = numbers(context, builder, signature.args[0], rows), numbers(context, builder, signature.args[4], lanes)
    vectors = turned(builder, [builder.load(place, align=1) for place in of_rows(flat, builder.add(begin, first), k)])
    for vector, place in reversed(list(zip(vectors, of_lists(table, first, k, lane), strict=True))):
        builder.store(vector, place, align=1)
    return context.get_dummy_value()


def code_to_rows(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    """Write the instructions."""
    lanes, lane, first, rows, begin, k = values
    table, flat = numbers(context, builder, signature.args[0], lanes), numbers(context, builder, signature.args[3], rows)
    vectors = turned(builder, [builder.load(place, align=1) for place in of_lists(table, first, k, lane)])
    for vector, place in zip(vectors, of_rows(flat, builder.add(begin, first), k), strict=True):
        builder.store(vector, place, align=1)
    return context.get_dummy_value()


def type_of_turning(_context: Any) -> Any:
    """Tell the compiler that nothing is returned; arrays in other layouts, or of two types of numbers, it refuses."""
    return lambda a, b, c, d, e, f: types.none if are_alike(a, b, c, d, e, f) else None


def are_alike(*kinds: Any) -> bool:
    """Tell whether the rows of all arrays lie one after another, and hold one type of numbers."""
    return {(kind.layout, kind.dtype) for kind in kinds if isinstance(kind, types.Array)} == {("C", kinds[0].dtype)}


type_callable(turn_to_lanes)(type_of_turning)
type_callable(turn_to_rows)(type_of_turning)
lower_builtin(turn_to_lanes, types.Array, *[types.Integer] * 3, types.Array, types.Integer)(code_to_lanes)
lower_builtin(turn_to_rows, types.Array, *[types.Integer] * 2, types.Array, *[types.Integer] * 2)(code_to_rows)


class Numbers(NamedTuple):
    """An array in code that is being written."""

    builder: Any
    data: Any
    wide: Any  # how many numbers a row has

    def eight_from(self, place: Any) -> Any:
        """Return the address of a vector that begins at a place."""
        there = self.builder.gep(self.data, [place])
        return self.builder.bitcast(there, ir.VectorType(self.data.type.pointee, SIDE).as_pointer())


def numbers(context: Any, builder: Any, kind: Any, value: Any) -> Numbers:
    """Take an array apart."""
    array = cgutils.create_struct_proxy(kind)(context, builder, value=value)
    return Numbers(builder, array.data, cgutils.unpack_tuple(builder, array.shape)[-1])


def of_rows(flat: Numbers, begin: Any, k: Any) -> list[Any]:
    """Return where eight numbers each of eight rows of k begin."""
    return [flat.eight_from(flat.builder.add(begin, flat.builder.mul(k, k.type(row)))) for row in EIGHT]


def of_lists(lanes: Numbers, first: Any, k: Any, lane: Any) -> list[Any]:
    """Return where eight lanes each of eight lists begin; behind the last list stands the last one again."""
    builder = lanes.builder
    last, lists = builder.sub(k, k.type(1)), [builder.add(first, k.type(i)) for i in EIGHT]
    there = [builder.select(builder.icmp_signed("<", i, last), i, last) for i in lists]
    return [lanes.eight_from(builder.add(lane, builder.mul(lanes.wide, i))) for i in there]


def turned(builder: Any, rows: list[Any]) -> list[Any]:
    """Turn a square of numbers: its upper right and lower left quarters change places, then those of each quarter, and of theirs."""
    for wide in (SIDE // 2, SIDE // 4, SIDE // 8):
        upper = mask(SIDE + (i ^ wide) if i & wide else i for i in EIGHT)
        lower = mask(SIDE + i if i & wide else i ^ wide for i in EIGHT)
        rows = [builder.shuffle_vector(rows[i & ~wide], rows[i | wide], lower if i & wide else upper) for i in EIGHT]
    return rows


def mask(places: Iterable[int]) -> Any:
    """Return which numbers of two vectors, one after the other, a shuffle takes."""
    return ir.VectorType(ir.IntType(32), SIDE)(list(places))
