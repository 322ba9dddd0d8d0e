"""How a command speaks: its language, ``--lang`` or an environment variable of this program, help in it too; and how much it says."""

from __future__ import annotations

import copy
import inspect
import os
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar
from typing import Any

import click
from click.formatting import HelpFormatter

from mazhilis_sim.errors import FileError
from mazhilis_sim.languages import ENGLISH, LANGUAGES, _

OPTION, VARIABLE = "--lang", "MAZHILIS_SIM_LANG"
AS_IT_STANDS = "\b"
"""Click's mark of a paragraph whose lines stay, here of examples."""
LANG = click.option(
    OPTION,
    type=click.Choice([*LANGUAGES], case_sensitive=False),
    expose_value=False,
    envvar=VARIABLE,
    help="Language of what is shown: English, Kazakh or Russian.  [default: en]",
)


def language_in(words: Sequence[str]) -> str:
    """Return the language that the words of a command line ask for; what is none is refused where options are read.

    It is looked for before that, so that help is in it, wherever ``--lang`` stands.
    """
    asked = os.environ.get(VARIABLE, "")
    for word, following in zip(words, [*words, ""][1:], strict=True):
        option, sign, value = word.partition("=")
        if option == OPTION:
            asked = value if sign else following
    return asked.lower() if asked.lower() in LANGUAGES else ENGLISH


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a help text."""
    return inspect.cleandoc(text).split("\n\n")


def one_line(text: str) -> str:
    """Return a paragraph as the catalogues hold it."""
    return " ".join(text.split())


def said(text: str) -> str:
    """Return a help text in the language spoken, its examples as they are."""
    return "\n\n".join(part if part.startswith(AS_IT_STANDS) else _(one_line(part)) for part in paragraphs(text))


def said_of(option: click.Option) -> click.Option:
    """Return an option whose help is in the language spoken."""
    translated = copy.copy(option)
    translated.help = option.help and _(option.help)
    return translated


class Spoken(click.Command):
    """A command that says what it does in the language spoken, and refuses options with nothing behind them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; an empty one, as a script leaves whose variable is not set, is no value of any option."""
        refuse_empty(self, ctx, args)
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write the usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write what the command does."""
        spoken = copy.copy(self)
        spoken.help = said(self.help or "")
        click.Command.format_help_text(spoken, ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence."""
        spoken = copy.copy(self)
        spoken.help = said(self.help or "")
        return click.Command.get_short_help_str(spoken, limit)

    def format_options(self, ctx: click.Context, formatter: HelpFormatter) -> None:
        """Write the options."""
        records = (said_of(param).get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option))
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record])


def refuse_empty(command: click.Command, ctx: click.Context, words: Sequence[str]) -> None:
    """Refuse an option that is followed by an empty word, and say what may stand there."""
    values = command.make_parser(ctx).parse_args(args=list(words))[0]
    for option in (param for param in command.get_params(ctx) if isinstance(param, click.Option)):
        if any(not word.strip() for word in words_in(values.get(str(option.name)))):
            remedy = f"write {option.opts[-1]} {option.make_metavar(ctx)}, or leave the option out"
            raise FileError(field=option.opts[-1], got="", must="have something behind it", remedy=remedy, shown="an empty word")


def words_in(value: object) -> Iterator[str]:
    """Yield the words of what an option was given: one, several, or pairs of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from words_in(each)


def with_language(command: click.Command) -> click.Command:
    """Add the option of the language to a command, before that of help."""
    return LANG(command)


HUSHED: ContextVar[bool] = ContextVar("HUSHED", default=False)
"""Whether nothing but errors is to be printed."""
QUIET = click.option("--quiet", is_flag=True, help="Print nothing but errors.")
VERBOSE = click.option("--verbose", is_flag=True, help="Print everything; without it nothing is left out either.")


def with_loudness(command: click.Command) -> click.Command:
    """Let a command be quiet or verbose that does not see to it itself: every command takes both, so that scripts need not know which."""
    own, taken = {param.name for param in command.params}, {option for param in command.params for option in param.opts}
    run = command.callback or (lambda **_: None)

    def run_as_loud(*, quiet: bool, verbose: bool = False, **others: Any) -> Any:
        seen = {"quiet": quiet, "verbose": verbose}
        if quiet and "progress" in others:
            others["progress"] = False
        hushed = HUSHED.set(quiet)
        try:
            return run(**others, **{name: value for name, value in seen.items() if name in own})
        finally:
            HUSHED.reset(hushed)

    command.callback = run_as_loud
    for name, option in (("verbose", VERBOSE), ("quiet", QUIET)):
        command = command if f"--{name}" in taken else option(command)
    return command


def help_texts(commands: Iterable[click.Command]) -> Iterator[str]:
    """Yield what the catalogues hold of help: paragraphs of commands, and options."""
    for command in commands:
        yield from (one_line(part) for part in paragraphs(command.help or "") if not part.startswith(AS_IT_STANDS))
        yield from (param.help for param in command.params if isinstance(param, click.Option) and param.help)
