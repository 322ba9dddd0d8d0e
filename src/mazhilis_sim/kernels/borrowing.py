"""Arrays that compiled code is lent for one call, and does not count its references to."""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import lower_builtin, type_callable


def lent(given: Any) -> Any:
    """Return an array, or a tuple of arrays and other things, on loan: who calls an entry keeps it alive until the entry returns.

    Compiled code counts its references to an array that is its own by instructions that lock the memory, at every call of a stage.
    """
    return given


def type_of_lent(_context: Any) -> Any:
    """Tell the compiler of what type it is: of that of what it is given. As no function it need not be compiled for every type."""
    return lambda given: given


def code_of_lent(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    """Write what compiled code does: the same things, without who owns them."""
    return disowned(context, builder, signature.args[0], values[0])


type_callable(lent)(type_of_lent)
lower_builtin(lent, types.Any)(code_of_lent)


def disowned(context: Any, builder: Any, kind: Any, value: Any) -> Any:
    """Write the instructions that take an array's owners away, part by part of a tuple."""
    if isinstance(kind, types.Array):
        array = cgutils.create_struct_proxy(kind)(context, builder, value=value)
        array.meminfo, array.parent = (cgutils.get_null_value(owner.type) for owner in (array.meminfo, array.parent))
        return array._getvalue()
    is_tuple = isinstance(kind, types.BaseTuple)
    for i, part in enumerate(kind.types if is_tuple else ()):
        value = builder.insert_value(value, disowned(context, builder, part, builder.extract_value(value, i)), i)
    return value
