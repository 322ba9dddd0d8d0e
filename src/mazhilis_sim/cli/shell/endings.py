"""How every way to end is said in one line, and with which status."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from types import FrameType

import click

from mazhilis_sim.cli.shell.speaking import HUSHED
from mazhilis_sim.cli.shell.wording import in_options
from mazhilis_sim.errors import LONGEST_SHOWN, MazhilisError

PROGRAM = "mazhilis-sim"
DEBUG = "MAZHILIS_SIM_DEBUG"
LONGEST_USAGE = 200
NOT_LOADED = ("shared object", "cannot allocate", "failed to map")
"""What a library that finds no memory says when it is loaded."""
DONE, BUG, REFUSED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141


def status_of(program: Callable[[], None]) -> int:
    """Run a program; say in one line how it failed, and return the exit status."""
    interrupts: list[int] = []
    try:
        with noting(interrupts):
            program()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return refuse(usage_line(error))
    except MazhilisError as error:
        show_traceback()
        return refuse(in_options(error))
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return CLOSED_PIPE
    except Exception as error:
        return fail(error)
    if interrupts:  # what Python raised for it was lost on the way, as where a library calls back
        say("interrupted")
    return INTERRUPTED if interrupts else DONE


@contextlib.contextmanager
def noting(interrupts: list[int]) -> Iterator[None]:
    """Note each Ctrl-C, which is raised all the same."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupts.append(number)
        signal.default_int_handler(number, frame)

    ours = threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if ours:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def refuse(message: str) -> int:
    """Say what is wrong with the input."""
    say(f"error: {message}")
    return REFUSED


def fail(error: Exception) -> int:
    """Say what went wrong although the input was right."""
    show_traceback()
    if missing := missing_for(error):
        silence_stdout()
        say(f"error: {missing}")
    elif isinstance(error, OSError):
        silence_stdout()
        say(f"error: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    else:
        say(f"error: this is a bug, please report it: {type(error).__name__}: {error} ({DEBUG}=1 shows where)")
    return BUG


def missing_for(error: Exception) -> str:
    """Say what the system does not give, where that is why an error arose; nothing for other errors."""
    words = str(error)
    if isinstance(error, RuntimeError) and "start new thread" in words:
        return f"the system starts no more threads; ask for fewer, or give more memory{memory_limit()}"
    no_memory = isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM
    not_loaded = isinstance(error, (ImportError, OSError)) and any(said in words for said in NOT_LOADED) and memory_limit() != ""
    if no_memory or not_loaded:
        return (
            f"there is too little memory{memory_limit()}; a forecast takes about half a gigabyte of address space, more with many threads"
        )
    return ""


def memory_limit() -> str:
    """Say how much memory this process may use, where that is limited."""
    try:
        import resource
    except ImportError:  # no POSIX system
        return ""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return "" if limit == resource.RLIM_INFINITY else f" (limited to {limit >> 20:,} MB, see ulimit -v)"


def usage_line(error: click.ClickException) -> str:
    """Put a usage error and where to look into one line; no word of it is longer than what a message shows."""
    message = re.sub(rf"\S{{{LONGEST_SHOWN + 1},}}", lambda word: f"{word[0][: LONGEST_SHOWN - 3]}...", error.format_message().rstrip("."))
    context = getattr(error, "ctx", None)
    message = message if len(message) <= LONGEST_USAGE else f"{message[: LONGEST_USAGE - 3]}..."
    return f"{message[:1].lower()}{message[1:]}; see {context.command_path if context else PROGRAM} --help"


def say(message: str) -> None:
    """Write one line on standard error; none while a quiet command runs, whose errors are said when it has ended."""
    if not HUSHED.get():
        click.echo(f"{PROGRAM}: {' '.join(message.split())}", err=True)


def show_traceback() -> None:
    """Show where an error arose, for those who asked for it."""
    if os.environ.get(DEBUG, "") not in ("", "0"):
        click.echo(traceback.format_exc(), err=True)


def silence_stdout() -> None:
    """Let nothing that is still buffered be written, at exit, to an output that is gone."""
    with contextlib.suppress(OSError, ValueError):  # no file behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
