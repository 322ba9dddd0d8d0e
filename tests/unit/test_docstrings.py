"""The examples of the documentation run, and every public function has one or is a line in another's."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import warnings
from types import ModuleType
from typing import Any

import pytest

import mazhilis_sim as ms


def modules() -> list[str]:
    """Name every module of the package; the last two run a program when imported, or need an extra of their own."""
    names = [module.name for module in pkgutil.walk_packages(ms.__path__, "mazhilis_sim.")]
    return ["mazhilis_sim", *(name for name in names if not name.endswith("__main__"))]


def examples() -> list[doctest.DocTest]:
    """Find the examples of every module, each once."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [test for name in modules() for test in finder.find(importlib.import_module(name), name)]
    return [test for test in found if test.examples]


def public() -> dict[str, Any]:
    """Return the public functions and classes by name."""
    return {name: getattr(ms, name) for name in ms.__all__ if not isinstance(getattr(ms, name), ModuleType)}


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_runs_as_it_stands(example: doctest.DocTest, request: pytest.FixtureRequest) -> None:
    report: list[str] = []
    example.globs["getfixture"] = request.getfixturevalue
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example, out=report.append)
    assert result.attempted > 0
    assert result.failed == 0, "".join(report)


@pytest.mark.parametrize("name", [name for name, thing in public().items() if inspect.isfunction(thing)])
def test_a_public_function_has_an_example(name: str) -> None:
    assert ">>> " in (inspect.getdoc(public()[name]) or "")


@pytest.mark.parametrize("name", public())
def test_what_is_public_says_what_it_is(name: str) -> None:
    assert inspect.getdoc(public()[name])
