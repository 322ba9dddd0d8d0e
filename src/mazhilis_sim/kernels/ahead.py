"""The first start on two processors: a second process compiles some of the stages and leaves them on disk, where this one finds them.

Whatever becomes of that process, no result depends on it: what it has not left is compiled here.
"""

import atexit
import contextlib
import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import IO, Any, cast

from mazhilis_sim.kernels import standby
from mazhilis_sim.kernels.keeping import Kept, Stage, folder_of_others
from mazhilis_sim.kernels.standby import Process

Work = list[tuple[Any, tuple[Any, ...]]]
"""What is to be compiled, each for types of arguments; each must be a global of the module of its function, where it is looked for."""


@contextlib.contextmanager
def elsewhere(sign: Any, work: Callable[[], Work]) -> Iterator[bool]:
    """Let another process do some work while this one does other; tell whether it does, and wait for it at the end.

    It is done so where no code of the stage that is a ``sign`` is on disk, and where it is of use. Else there is no other process, and
    what it would have compiled is compiled when it is called for.
    """
    other = handed_over(work()) if is_first_start(sign) and standby.may_share() else None
    try:
        standby.dismiss()
        yield other is not None
        if other:
            other.wait()
    finally:
        if other:
            standby.end(other)


def is_first_start(sign: Any) -> bool:
    """Tell whether a stage has never been compiled."""
    return isinstance(sign, Stage) and sign.never_kept


def handed_over(work: Work) -> Process | None:
    """Hand the work to the other process, which stands by or is started; None where the system starts none.

    Raises
    ------
    LookupError
        Where the other process would not find some of the work.
    """
    named = pickle.dumps([(*place_of(kept.function), kinds) for kept, kinds in work])
    other = standby.other_process(folder_of_others())
    if other:
        with contextlib.suppress(OSError):  # it may have ended by now
            cast("IO[bytes]", other.stdin).write(named)
    return other


def place_of(function: Callable[..., Any]) -> tuple[str, str]:
    """Return the module and the name by which the other process finds what compiles a function, or raise `LookupError`."""
    module, name = function.__module__, function.__name__
    if name not in kept_in(module):
        raise LookupError(f"{name} is compiled by no global of {module}, where another process looks for it")
    return module, name


def kept_in(module: str) -> dict[str, Kept]:
    """Return what a module keeps on disk of its own functions, by their names."""
    found = (one for one in vars(import_module(module)).values() if isinstance(one, Kept))
    return {one.function.__name__: one for one in found if one.function.__module__ == module}


def compile_what_is_asked() -> None:
    """Compile what standard input names; the program of the other process."""
    gc.disable()  # the compiler leaves little to collect, and looking for it takes a tenth of the time
    atexit.register(gc.freeze)  # nor at the end
    work = pickle.load(sys.stdin.buffer)
    threading.Thread(target=end_with_input, daemon=True).start()
    for module, name, kinds in work:
        kept_in(module)[name].made(*kinds)


def end_with_input() -> None:
    """End this process when who started it closes its standard input, or ends."""
    os.read(sys.stdin.fileno(), 1)  # not through a buffer, whose lock a process cannot end beside
    os._exit(1)
