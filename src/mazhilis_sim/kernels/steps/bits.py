"""A float as the 64 bits that it is made of, and back: one instruction each, so told to the compiler as that.

NumPy's ``view`` of a number means the same, and takes the compiler far longer.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import lower_builtin, type_callable


def bits_of(x):
    """Return the bits of a float as an unsigned whole number."""
    return np.float64(x).view(np.uint64)


def float_of(bits):
    """Return the float that a whole number is the bits of."""
    return np.uint64(bits).view(np.float64)


def reinterpreted(function, given, result, low):
    """Tell the compiler that a function hands on what it is given under another type, ``low`` in the compiler's own words."""
    type_callable(function)(lambda _context: lambda value: result if value in given else None)
    for one in given:
        lower_builtin(function, one)(lambda _context, builder, _signature, values: builder.bitcast(values[0], low))


reinterpreted(bits_of, [types.float64], types.uint64, ir.IntType(64))
reinterpreted(float_of, [types.uint64, types.int64], types.float64, ir.DoubleType())
