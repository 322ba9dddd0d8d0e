"""The end of a report: where its numbers come from, and how they are made again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

import click

from mazhilis_sim import __version__
from mazhilis_sim.cli.shell.endings import PROGRAM
from mazhilis_sim.languages import _
from mazhilis_sim.report import Items, Section
from mazhilis_sim.report.document import Code

OUTPUT = "report.html"
"""What the page is called in the command that makes it again: its own name would make two copies differ."""


def how_it_was_made(*pairs: tuple[str, str]) -> Section:
    """Say which program made a report, and with which words."""
    program = _("program"), f"mazhilis_sim {__version__}"
    return Section(_("How this was made"), [Items([*pairs, program]), _("The command that makes this page again:"), Code(command())])


def command() -> str:
    """Return the command that makes this page."""
    return shlex.join([PROGRAM, *renamed(click.get_current_context().find_root().obj)])


def renamed(words: Sequence[str]) -> list[str]:
    """Call the page by its usual name."""
    found: list[str] = []
    for word in words:
        option, sign, _value = word.partition("=")
        if found and found[-1] in ("-o", "--output"):
            found.append(OUTPUT)
        elif option == "--output" and sign:
            found.append(f"--output={OUTPUT}")
        elif word.startswith("-o") and len(word) > 2:
            found.append(f"-o{OUTPUT}")
        else:
            found.append(word)
    return found
