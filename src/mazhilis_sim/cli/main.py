"""The program: its commands, and how every way to end is said in one line."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import click

from mazhilis_sim import __version__
from mazhilis_sim.cli.commands import COMMANDS
from mazhilis_sim.errors import MazhilisError, nearest

PROGRAM = "mazhilis-sim"
DEBUG = "MAZHILIS_SIM_DEBUG"
COMPLETE = "_MAZHILIS_SIM_COMPLETE"
DONE, BUG, REFUSED, INTERRUPTED, CLOSED_PIPE = 0, 1, 2, 130, 141


class App(click.Group):
    """A group of commands that never ends in a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the program and leave with its status; click itself answers a shell that completes words."""
        if COMPLETE in os.environ:
            super().main(args, prog_name or PROGRAM, complete_var or COMPLETE, standalone_mode, **extra)
        words = list(sys.argv[1:] if args is None else args) or ["--help"]
        sys.exit(status_of(lambda: self.answer(words)))

    def answer(self, words: list[str]) -> None:
        """Parse the words and run the command."""
        prepare_streams()
        with self.make_context(PROGRAM, words) as context:
            self.invoke(context)
        sys.stdout.flush()

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command, or name the nearest one."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}{nearest(args[0], self.commands, cutoff=0.6)}")
        return super().resolve_command(ctx, args)


def prepare_streams() -> None:
    """Make sure that there is a standard output, and that no name can fail to be printed."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it stays open as long as the program
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


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


@click.group(cls=App, context_settings={"help_option_names": ["-h", "--help"]}, commands=COMMANDS)
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
def app() -> None:
    """Seats of Kazakhstan's Mazhilis: count votes to the letter of the law, forecast from polls.

    \b
    mazhilis-sim forecast 2023
    mazhilis-sim count 2023 --explain
    mazhilis-sim verify hare
    mazhilis-sim laws
    """


def main() -> None:
    """Run ``mazhilis-sim``."""
    atexit.register(gc.disable)  # a process that ends needs no look for garbage, which takes the compiler's tables a tenth of a second
    app.main()
