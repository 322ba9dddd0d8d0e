"""A rule by name, or in a process of its own: a stranger's code, whatever happens while it is loaded."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.errors import FileError, show, suggestion
from mazhilis_sim.legislation.methods import known_as
from mazhilis_sim.testing import rules
from mazhilis_sim.testing.rules import Rule
from mazhilis_sim.testing.sandbox.process import RuleProcess
from mazhilis_sim.testing.sandbox.sources import is_file
from mazhilis_sim.writing import named


def named_rule(word: str, time_limit: float) -> AbstractContextManager[Rule | RuleProcess]:
    """Return the rule that a word on the command line stands for; one that is no classical rule ends with the context.

    Raises
    ------
    FileError
        When there is no such rule, or it cannot be loaded within the time.
    """
    return RuleProcess(word, time_limit) if ":" in word else nullcontext(classical(word))


def classical(word: str) -> Rule:
    """Return a classical rule by name."""
    if is_file(word):
        raise FileError(
            f"{named(word)} does not say which function", field="rule", got=word, must="name one", remedy=f"write {named(word)}:function"
        )
    if known_as(word) not in rules.CLASSICAL:
        raise no_rule(word)
    rule = rules.find(word)
    with explained():  # compiled before its time is taken
        rule([2, 1], 1)
    return rule


def no_rule(word: str) -> FileError:
    """Build the error for a word that is no classical rule."""
    names = ", ".join(rules.CLASSICAL)
    remedy = f"{suggestion(word, rules.CLASSICAL)}; a rule of your own is my_rule.py:function"
    return FileError(f"there is no rule {show(word)}", field="rule", got=word, must=f"be one of {names}", remedy=remedy)
