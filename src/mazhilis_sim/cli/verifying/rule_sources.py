"""A rule by name, from a module or from a file: a stranger's code, whatever happens while it is loaded."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from mazhilis_sim.cli.shell.waiting import explained
from mazhilis_sim.errors import FileError, said_by, show, suggestion, unknown
from mazhilis_sim.testing import rules
from mazhilis_sim.testing.sandbox.clock import TimeUp, clock
from mazhilis_sim.writing import named

EXAMPLE = "write a classical rule such as hare, or my_rule.py:function"


def named_rule(word: str, time_limit: float) -> Callable[..., Any]:
    """Return the rule that a word on the command line stands for.

    Raises
    ------
    FileError
        When there is no such rule, or it cannot be loaded within the time.
    """
    place, colon, name = word.rpartition(":")
    if not colon:
        return classical(word)
    module = loaded(place, partial(from_file if is_file(place) else from_module, place), time_limit)
    rule: Callable[..., Any] = attribute(module, name, place)
    if not callable(rule):
        raise FileError(field=named(word), got=rule, must="be a function of votes and seats", shown=type(rule).__name__)
    return rule


def classical(word: str) -> Callable[..., Any]:
    """Return a classical rule by name."""
    if is_file(word):
        raise FileError(
            f"{named(word)} does not say which function", field="rule", got=word, must="name one", remedy=f"write {named(word)}:function"
        )
    if word not in rules.CLASSICAL:
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


def is_file(word: str) -> bool:
    """Tell a file from the name of a module."""
    return word.endswith(".py") or os.sep in word or "/" in word


def loaded(place: str, load: Callable[[], ModuleType], time_limit: float) -> ModuleType:
    """Load a module within the time, and say in a line why it cannot be loaded."""
    try:
        with clock(time_limit) as limited, silent():
            module: ModuleType = limited.call(load)
            return module
    except (FileError, KeyboardInterrupt):
        raise
    except TimeUp:
        slow, remedy = f"{named(place)} is not loaded after {time_limit:g} seconds", "raise --time-limit, or look what it does"
        raise FileError(slow, field=place, must="be loaded within the time", remedy=remedy) from None
    except BaseException as error:  # whatever a stranger's module throws, SystemExit included
        raise FileError(f"{named(place)} cannot be loaded: {said_by(error)}", field=place, must="be Python") from None


@contextlib.contextmanager
def silent() -> Iterator[None]:
    """Keep what a stranger's code prints out of the report."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
        yield


def from_file(place: str) -> ModuleType:
    """Load a file; what lies beside it can be imported."""
    if not os.path.isfile(place):
        raise FileError(f"there is no file {show(place)}", field="rule", got=place, must="be a file", remedy=EXAMPLE)
    spec = importlib.util.spec_from_file_location(f"rule in {Path(place).stem}", place)  # no name of another module
    if spec is None or spec.loader is None:
        raise FileError(field=named(place), must="be a Python file, ending in .py")
    sys.path.insert(0, str(Path(place).resolve().parent))
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def from_module(place: str) -> ModuleType:
    """Import a module that is installed or lies in this folder."""
    if not place or not all(part.isidentifier() for part in place.split(".")):
        raise FileError(f"there is no module {show(place)}", field="rule", got=place, must="be a module", remedy=EXAMPLE)
    sys.path.insert(0, os.getcwd())
    return importlib.import_module(place)


def loaded_files() -> list[str]:
    """Return the files of all modules that are loaded, a stranger's among them."""
    files = [getattr(module, "__file__", None) for module in tuple(sys.modules.values())]
    return [file for file in files if isinstance(file, str)]


def attribute(module: ModuleType, name: str, place: str) -> Any:
    """Return what a module calls by a name, with dots for what lies within; without it, name the nearest function."""
    found: Any = module
    for part in name.split("."):
        if not hasattr(found, part):
            functions = [key for key, value in vars(found).items() if callable(value)] if hasattr(found, "__dict__") else []
            raise unknown(FileError, "function", part, functions, problem=f"{named(place)} has no function {show(name)}")
        found = getattr(found, part)
    return found
