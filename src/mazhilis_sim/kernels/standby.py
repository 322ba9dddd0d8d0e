"""The other process of a first start: how it begins, before there is work for it, and how it ends.

To load the compiler takes about a second, and the program that will need it takes as long until it knows what to compile. A process that
stands by has loaded it by then. Nothing here loads it.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mazhilis_sim.kernels.folders import folder_in, has_code

Process = subprocess.Popen[bytes]

PROGRAM = f"""
import gc, sys
gc.disable()
sys.path.append({str(Path(__file__).parents[2])!r})
import mazhilis_sim.kernels.cpu.block
from mazhilis_sim.kernels.ahead import compile_what_is_asked
compile_what_is_asked()
"""
"""What it runs: it loads the kernels, and reads then what is asked."""
STANDING_BY: dict[str, Process | None] = {}
"""By the folder that was chosen for its code; whoever takes it ends it."""


@contextlib.contextmanager
def compiler_standing_by(sign: str) -> Iterator[None]:
    """Have another process load the compiler meanwhile, where no code of a function called ``sign`` is on disk, and where it is of use."""
    try:
        if may_share() and will_compile(sign):
            STANDING_BY[chosen_folder()] = started(chosen_folder())
        yield
    finally:
        dismiss()


def other_process(chosen: str) -> Process | None:
    """Return the process that stands by, or start one; None where none starts. Its code goes to the folder that was ``chosen``."""
    return STANDING_BY.pop(chosen, None) or started(chosen)


def dismiss() -> None:
    """End what still stands by."""
    for chosen in [*STANDING_BY]:
        if other := STANDING_BY.pop(chosen, None):
            end(other)


def end(other: Process) -> None:
    """End the process, if it has not ended."""
    other.kill()
    other.communicate()


def started(chosen: str) -> Process | None:
    """Start the other process; None where the system starts none. It ends with its standard input, and so with this process."""
    told = {"NUMBA_CACHE_DIR": chosen} if chosen else {}
    streams: Any = dict.fromkeys(("stdout", "stderr"), subprocess.DEVNULL) | {"stdin": subprocess.PIPE}
    with contextlib.suppress(OSError):
        return subprocess.Popen([sys.executable, "-P", "-c", PROGRAM], env=os.environ | told, bufsize=0, **streams)
    return None


def may_share() -> bool:
    """Tell a program that is no process of another, where a second processor and a Python stand ready."""
    return Path(sys.executable or "").name.startswith("python") and not is_of_another() and processors() > 1


def is_of_another() -> bool:
    """Tell whether `multiprocessing` started this process; then it is loaded, and else it need not be, which takes 10 ms."""
    multiprocessing = sys.modules.get("multiprocessing")
    return multiprocessing is not None and multiprocessing.parent_process() is not None


def processors() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def will_compile(name: str) -> bool:
    """Tell whether code of a function is yet to be put on disk, by the environment alone: it is numba that reads its file of settings."""
    folder = folder_in(chosen_folder()) if os.environ.get("NUMBA_DISABLE_JIT", "0") == "0" else None
    return folder is not None and not has_code(folder, name)


def chosen_folder() -> str:
    """Return the folder for compiled code that the environment names, or an empty text."""
    return os.environ.get("NUMBA_CACHE_DIR", "")
