"""A rule from a module or a file, by what stands on the command line: ``my_rule.py:function``, ``package.module:function``."""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from mazhilis_sim.errors import FileError, shorten, show, unknown
from mazhilis_sim.writing import named

EXAMPLE = "write a classical rule such as hare, or my_rule.py:function"


def rule_at(word: str) -> Callable[..., Any]:
    """Load the rule that a word names; whatever its module does happens here.

    Raises
    ------
    FileError
        When there is no such file, module or function.
    """
    place, _, name = word.rpartition(":")
    try:
        module = from_file(place) if is_file(place) else from_module(place)
    except ModuleNotFoundError as error:
        raise missing(str(error.name), place, name) from None
    if getattr(module, "__file__", None) is None and os.path.isdir(place.replace(".", os.sep)):
        raise folder(place.replace(".", os.sep), word)
    rule: Callable[..., Any] = attribute(module, name, place)
    if not callable(rule):
        raise FileError(field=named(word), got=rule, must="be a function of votes and seats", shown=type(rule).__name__)
    return rule


def is_file(word: str) -> bool:
    """Tell a file from the name of a module."""
    return word.endswith(".py") or os.sep in word or "/" in word


def check_place(word: str) -> None:
    """Refuse what can name no rule, before a process is started for it."""
    place = word.rpartition(":")[0]
    if is_file(place) and os.path.isdir(place):
        raise folder(place, word)
    if is_file(place) and not is_there(place):
        raise FileError(f"there is no file {show(place)}", field="rule", got=place, must="be a file", remedy=EXAMPLE)
    if not is_file(place) and not (place and all(part.isidentifier() for part in place.split("."))):
        raise FileError(f"there is no module {show(place)}", field="rule", got=place, must="be a module", remedy=EXAMPLE)


def missing(module: str, place: str, function: str) -> FileError:
    """Build the error for a module that is not there: the one that is asked for, or one that it imports."""
    if f"{place}.".startswith(f"{module}."):
        remedy = (
            f"write the file, such as {shorten(module.rpartition('.')[2])}.py:{shorten(function)}, or start where it lies, or install it"
        )
        return FileError(f"there is no module {show(module)}, installed or in this folder", field="rule", must="be a module", remedy=remedy)
    remedy = f"install {shorten(module)}, or put it beside {named(place)}"
    return FileError(
        f"{named(place)} imports {shorten(module)}, and there is no such module", field="rule", must="be loaded", remedy=remedy
    )


def folder(place: str, word: str) -> FileError:
    """Build the error for a folder that is named instead of a file in it."""
    remedy = f"write a file in it, such as {shorten(place.rstrip('/'))}/my_rule.py:{shorten(word.rpartition(':')[2])}"
    return FileError(f"{named(place)} is a folder", field="rule", got=place, must="be a file", remedy=remedy)


def is_there(place: str) -> bool:
    """Tell whether a file is there, by whatever name."""
    try:
        return os.path.isfile(place)
    except ValueError:  # a name that no file can have
        return False


def from_file(place: str) -> ModuleType:
    """Load a file; what lies beside it can be imported."""
    spec = importlib.util.spec_from_file_location(f"rule in {Path(place).stem}", place)  # no name of another module
    if spec is None or spec.loader is None:
        raise FileError(field=named(place), must="be a Python file, ending in .py")
    sys.path.insert(0, str(Path(place).resolve().parent))
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def from_module(place: str) -> ModuleType:
    """Import a module that is installed or lies in this folder."""
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
