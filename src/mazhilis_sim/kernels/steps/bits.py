"""A float as the bits that it is made of, and back: one instruction each, so told to the compiler as that.

NumPy's ``view`` of a number means the same, and takes the compiler far longer.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import lower_builtin, type_callable

WIDTH = {types.float32: 32, types.float64: 64}
BITS = {types.float32: types.uint32, types.float64: types.uint64}
FLOATS = {types.uint32: types.float32, types.int32: types.float32, types.uint64: types.float64, types.int64: types.float64}


def bits_of(x):
    """Return the bits of a float as an unsigned whole number as wide."""
    return x.view(np.uint32) if isinstance(x, np.float32) else np.float64(x).view(np.uint64)


def float_of(bits):
    """Return the float that a whole number is the bits of."""
    return bits.view(np.float32) if isinstance(bits, (np.uint32, np.int32)) else np.uint64(bits).view(np.float64)


def reinterpreted(function, given_to_result, low):
    """Tell the compiler that a function hands on what it is given under another type, ``low`` in the compiler's own words."""
    type_callable(function)(lambda _context: given_to_result.get)
    for given, result in given_to_result.items():
        to = low(WIDTH.get(given) or WIDTH[result])
        lower_builtin(function, given)(lambda _context, builder, _signature, values, to=to: builder.bitcast(values[0], to))


reinterpreted(bits_of, BITS, ir.IntType)
reinterpreted(float_of, FLOATS, lambda width: ir.FloatType() if width == 32 else ir.DoubleType())
