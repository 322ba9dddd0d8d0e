"""The reference that the docstrings make: every public name in the group of the package that it lives in."""

from __future__ import annotations

import ast
import importlib
from collections import Counter, defaultdict

from site_links import ROOT

STUB = ROOT / "src" / "mazhilis_sim" / "__init__.pyi"
GROUPS = {
    "legislation": "Laws",
    "counting": "Counting",
    "votes": "Votes",
    "polls": "Polls",
    "names": "Names of parties",
    "data": "The record",
    "files": "Files",
    "simulation": "Simulating",
    "questions": "Questions",
    "report": "Reports",
    "languages": "Languages",
    "judging": "Judging",
    "errors": "Errors and warnings",
}
MODULES = {
    "mazhilis_sim.simulation.models": "Models",
    "mazhilis_sim.data": "Data",
    "mazhilis_sim.judging.scores": "Scores",
    "mazhilis_sim.files": "Reading files",
    "mazhilis_sim.testing": "Rules under test",
    "mazhilis_sim.testing.axioms": "Axioms",
    "mazhilis_sim.testing.rules": "Classical rules",
    "mazhilis_sim.testing.strategies": "Strategies",
}
"""Public modules, and what the group of their names is called; what is public at the top as well stands there."""
PAGE = "reference/docstrings.rst"
HEAD = """\
Python, from the docstrings
===========================

Every public name with what its docstring says: parameters, what it returns, an example. :doc:`Python <api>` says the same in tables.
"""


def at_the_top() -> dict[str, list[str]]:
    """Return the names that ``import mazhilis_sim`` offers, modules left out, by the package that each lives in."""
    found = defaultdict(list)
    for line in ast.parse(STUB.read_text(encoding="utf-8")).body:
        if isinstance(line, ast.ImportFrom) and line.module:
            found[line.module.partition(".")[0]] += [name.asname or name.name for name in line.names]
    modules = {module.rpartition(".")[2] for module in MODULES} | {"exact"}
    return {group: [name for name in names if name not in modules] for group, names in found.items()}


def groups() -> dict[str, list[str]]:
    """Return every public name in full, by the title of its group."""
    top = at_the_top()
    shown = {title: [f"mazhilis_sim.{name}" for name in top[package]] for package, title in GROUPS.items()}
    seen = {name for names in top.values() for name in names}
    for module, title in MODULES.items():
        shown[title] = [f"{module}.{name}" for name in names_of(module) if name not in seen]
    return shown


def names_of(module: str) -> list[str]:
    """Return the public names of a module, the modules in it left out."""
    found = importlib.import_module(module)
    return [name for name in found.__all__ if f"{module}.{name}" not in MODULES]


def apart() -> dict[str, str]:
    """Return the files of classes that are called as a function is but for case: not every machine tells the two apart."""
    every = [name for names in groups().values() for name in names]
    twice = Counter(name.lower() for name in every)
    return {name: f"{name}-class" for name in every if twice[name.lower()] > 1 and name != name.lower()}


def page() -> str:
    """Write the page of all groups; Sphinx makes a page of each name in it."""
    return HEAD + "".join(section(title, names) for title, names in groups().items())


def section(title: str, names: list[str]) -> str:
    """Write one group as Sphinx wants it."""
    rows = "".join(f"   {name}\n" for name in names)
    return f"\n{title}\n{'-' * len(title)}\n\n.. autosummary::\n   :toctree: generated\n   :nosignatures:\n\n{rows}"
