"""The program and its commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from mazhilis_sim import __version__
from mazhilis_sim.cli.counting.command import count
from mazhilis_sim.cli.exploring.command import explore
from mazhilis_sim.cli.forecasting.command import forecast
from mazhilis_sim.cli.judging.commands import backtest, calibrate, score
from mazhilis_sim.cli.laws.command import laws
from mazhilis_sim.cli.parties.command import parties
from mazhilis_sim.cli.questions.commands import compare, indices, margins, power, scenario, solve, sweep
from mazhilis_sim.cli.reporting.command import report, show
from mazhilis_sim.cli.shell.endings import PROGRAM, status_of
from mazhilis_sim.cli.shell.speaking import Spoken, language_in, with_language, with_loudness
from mazhilis_sim.cli.verifying.command import verify
from mazhilis_sim.errors import suggestion
from mazhilis_sim.languages import _, speaking

COMMANDS = (
    *(forecast, show, report, explore, count, compare, sweep, margins, indices, power, scenario, solve),
    *(score, backtest, calibrate, verify, laws, parties),
)
COMPLETE = "_MAZHILIS_SIM_COMPLETE"
LONGEST_SUMMARY = 200
"""Letters of the sentence that a list of commands says of one: none is cut."""


class App(Spoken, click.Group):
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
        with self.make_context(PROGRAM, words, obj=tuple(words)) as context:
            self.invoke(context)
        sys.stdout.flush()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words, speaking their language until the command has ended."""
        ctx.with_resource(speaking(language_in(args)))
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their whole first sentences, on as many lines as they need."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, self.commands[name].get_short_help_str(LONGEST_SUMMARY)) for name in self.list_commands(ctx)])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command, or name the nearest one."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            ctx.fail(f"there is no command {args[0]!r}; {suggestion(args[0], self.commands, cutoff=0.6)}")
        return super().resolve_command(ctx, args)


for each in COMMANDS:
    with_language(with_loudness(each))


def prepare_streams() -> None:
    """Make sure that there is a standard output, and that no name can fail to be printed."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it stays open as long as the program
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")


@with_language
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
    app.main()
