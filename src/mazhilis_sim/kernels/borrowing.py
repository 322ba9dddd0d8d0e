"""Arrays that compiled code is lent for one call, and does not count its references to."""

from typing import Any

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload


def lent(given: Any) -> Any:
    """Return an array, or a tuple of arrays and other things, on loan: who calls an entry keeps it alive until the entry returns.

    Compiled code counts its references to an array that is its own by instructions that lock the memory, at every call of a stage.
    """
    return given


@overload(lent, inline="always")
def compile_lent(given):
    """Return what compiled code does: the same things, without who owns them."""
    return lambda given: without_owners(given)


def disown(typingctx: Any, given: Any) -> Any:
    """Tell the compiler what `without_owners` is: of any type, what it is given, but for the owners of arrays."""

    def code(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return disowned(context, builder, signature.args[0], values[0])

    return given(given), code


without_owners: Any = intrinsic(disown)


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
