"""The changes that are made to a module, one at a time; cosmic-ray makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mutating.programs import functions, same_code

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "mazhilis_sim"
SIMILAR = {
    "Add": "Sub",
    "Sub": "Add",
    "Mul": "Div FloorDiv Add",
    "Div": "Mul FloorDiv",
    "FloorDiv": "Mul Div",
    "Mod": "Mul FloorDiv",
    "Pow": "Mul",
    "LShift": "RShift",
    "RShift": "LShift",
    "BitAnd": "BitOr",
    "BitOr": "BitAnd",
    "BitXor": "BitAnd BitOr",
    "Lt": "LtE GtE",
    "LtE": "Lt Gt",
    "Gt": "GtE LtE",
    "GtE": "Gt Lt",
    "Eq": "NotEq GtE",
    "NotEq": "Eq",
    "Is": "IsNot",
    "IsNot": "Is",
    "USub": "UAdd",
    "Not": "",
    "Invert": "UAdd",
}
"""What an operator is replaced by: what a person could have written instead. The tool offers eleven others for each."""
LEFT_OUT = ("RemoveDecorator",)
"""With the JIT off the decorators of kernels do nothing."""


class Mutant(NamedTuple):
    """One change: where it stands, its line without the change and with it, and the whole changed source."""

    module: str
    function: str
    number: int
    before: str
    after: str
    source: str


def source_of(module: str) -> str:
    """Return the source of a module as it is."""
    return (PACKAGE / f"{module}.py").read_text(encoding="utf-8")


def wanted(operator: str) -> bool:
    """Tell whether one of the tool's operators is used."""
    name = operator.removeprefix("core/")
    found = re.fullmatch(r"Replace(Binary|Comparison|Unary)Operator_(\w+?)_(\w+)", name)
    if found is None:
        return name not in LEFT_OUT
    kind, old, new = found.groups()
    if kind == "Unary":
        return old == "Delete" or new in SIMILAR.get(old, "").split()
    return new in SIMILAR.get(old, "").split()


def mutants(module: str) -> Iterator[Mutant]:
    """Yield all mutants of a module."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.plugins import get_operator, operator_names

    source = source_of(module)
    tree = get_ast(source)
    for name in filter(wanted, sorted(operator_names())):
        operator = get_operator(name)
        if operator.arguments():
            continue
        places = [place for node in ast_nodes(tree) for place in operator().mutation_positions(node)]
        for occurrence in range(len(places)):
            yield from changed(module, source, operator(), occurrence)


def changed(module: str, source: str, operator: Any, occurrence: int) -> Iterator[Mutant]:
    """Make one change, unless it comes to nothing."""
    from cosmic_ray.mutating import mutate_code

    after = mutate_code(source, operator, occurrence)
    if after is None or same_code(source, after):
        return
    pairs = zip(source.splitlines(), after.splitlines(), strict=False)
    number, (old, new) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
    function = next(each.name for each in functions(source).values() if number in each.lines)
    yield Mutant(module, function, number, old.strip(), new.strip(), after)
