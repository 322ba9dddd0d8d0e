"""The first start on two processors: a second process compiles some of the stages and leaves them on disk, where this one finds them.

Whatever becomes of that process, no result depends on it: what it has not left is compiled here.
"""

import atexit
import contextlib
import gc
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from mazhilis_sim.kernels.keeping import SETTINGS, Kept, Stage

Work = list[tuple[Any, tuple[Any, ...]]]
"""What is to be compiled, each for types of arguments; each must be a global of the module of its function, where it is looked for."""
PROGRAM = f"import sys; sys.path.append({str(Path(__file__).parents[2])!r}); from {__name__} import compile_what_is_asked as go; go()"


@contextlib.contextmanager
def elsewhere(sign: Any, work: Callable[[], Work]) -> Iterator[bool]:
    """Let another process do some work while this one does other; tell whether it does, and wait for it at the end.

    It is done so where no code of the stage that is a ``sign`` is on disk, and where it is of use. Else there is no other process, and
    what it would have compiled is compiled when it is called for.
    """
    other = started(work()) if is_first_start(sign) and may_share() else None
    try:
        yield other is not None
        if other:
            other.wait()
    finally:
        if other:
            other.kill()
            other.communicate()


def is_first_start(sign: Any) -> bool:
    """Tell whether a stage has never been compiled."""
    return isinstance(sign, Stage) and sign.never_kept


def may_share() -> bool:
    """Tell a program that is no process of another, where a second processor and a Python stand ready."""
    return Path(sys.executable or "").name.startswith("python") and multiprocessing.parent_process() is None and processors() > 1


def processors() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def started(work: Work) -> subprocess.Popen[bytes] | None:
    """Start the other process; None where the system starts none. It ends with its standard input, and so with this process.

    Raises
    ------
    LookupError
        Where the other process would not find some of the work.
    """
    named = pickle.dumps([(*place_of(kept.function), kinds) for kept, kinds in work])
    told = {"NUMBA_CACHE_DIR": str(SETTINGS.CACHE_DIR)} if SETTINGS.CACHE_DIR else {}
    with contextlib.suppress(OSError):
        streams: Any = dict.fromkeys(("stdout", "stderr"), subprocess.DEVNULL) | {"stdin": subprocess.PIPE}
        other = subprocess.Popen([sys.executable, "-P", "-c", PROGRAM], env=os.environ | told, bufsize=0, **streams)
        with contextlib.suppress(OSError):  # it may have ended by now
            cast("IO[bytes]", other.stdin).write(named)
        return other
    return None


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
