"""How every way to end is said in one line, and with which status."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import traceback
from collections.abc import Callable

import click

from mazhilis_sim.errors import MazhilisError

PROGRAM = "mazhilis-sim"
DEBUG = "MAZHILIS_SIM_DEBUG"
DONE, BUG, REFUSED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141


def status_of(program: Callable[[], None]) -> int:
    """Run a program; say in one line how it failed, and return the exit status."""
    try:
        program()
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.UsageError as error:
        return refuse(usage_line(error))
    except (MazhilisError, click.ClickException) as error:
        show_traceback()
        return refuse(error.format_message() if isinstance(error, click.ClickException) else str(error))
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        silence_stdout()
        return CLOSED_PIPE
    except Exception as error:
        return fail(error)
    return DONE


def in_options(message: str) -> str:
    """Write the advice of the library as options of the program."""

    def option(found: re.Match[str]) -> str:
        field, *values = found.groups()
        return " or ".join(f"--set {field}={value}" for value in values if value)

    message = re.sub(r'law\.replace\((\w+)="?(\w+)"?\)(?: or "(\w+)")?', option, message)
    message = re.sub(r" or Fraction\(\d+, \d+\)", "", message)
    return message.replace("give invalid=...", "give a row of the party invalid")


def refuse(message: str) -> int:
    """Say what is wrong with the input."""
    say(f"error: {in_options(message)}")
    return REFUSED


def fail(error: Exception) -> int:
    """Say what went wrong although the input was right."""
    show_traceback()
    if isinstance(error, OSError):
        silence_stdout()
        say(f"error: {error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    else:
        say(f"error: this is a bug, please report it: {type(error).__name__}: {error} ({DEBUG}=1 shows where)")
    return BUG


def usage_line(error: click.UsageError) -> str:
    """Put a usage error and where to look into one line."""
    message = error.format_message().rstrip(".").replace("is not a valid integer range", "is not a whole number")
    path = error.ctx.command_path if error.ctx else PROGRAM
    return f"{message[:1].lower()}{message[1:]}; see {path} --help"


def say(message: str) -> None:
    """Write one line on standard error."""
    click.echo(f"{PROGRAM}: {' '.join(message.split())}", err=True)


def show_traceback() -> None:
    """Show where an error arose, for those who asked for it."""
    if os.environ.get(DEBUG, "") not in ("", "0"):
        click.echo(traceback.format_exc(), err=True)


def silence_stdout() -> None:
    """Let nothing that is still buffered be written, at exit, to an output that is gone."""
    with contextlib.suppress(OSError, ValueError):  # no file behind it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
