"""What a source means, its words and types left out; and the functions that it is made of."""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
WAYS_TO_COMPILE = {"entry", "part", "plan", "step"}
STRICT: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.GtE: ast.Gt, ast.LtE: ast.Lt}


class Function(NamedTuple):
    """A function of a module, a method, or what a class or the module says outside of any; its lines, and what tells its versions apart."""

    name: str
    lines: frozenset[int]
    digest: str


@functools.cache
def functions(source: str) -> dict[str, Function]:
    """Return the functions of a source by name. A line that stands in a method stands in its class as well, which comes after."""
    named: dict[str, list[ast.stmt]] = {}
    for name, node in statements(ast.parse(source)):
        named.setdefault(name, []).append(node)
    return {name: Function(name, lines(nodes), digest(nodes)) for name, nodes in named.items()}


def statements(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    """Yield what a module consists of, with names; methods stand alone, and their class without them behind them."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            methods = [each for each in node.body if isinstance(each, FUNCTION)]
            yield from ((f"{node.name}.{each.name}", each) for each in methods)
            node.body = [each for each in node.body if each not in methods]
        if not (isinstance(node, ast.Import | ast.ImportFrom) or is_text(node)):
            yield name_of(node), node


def name_of(node: ast.stmt) -> str:
    """Return the name that a statement gives to something, or its beginning."""
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0]).strip("()")
    return getattr(node, "name", None) or ast.unparse(getattr(node, "target", node)).splitlines()[0][:60]


def lines(nodes: Iterable[ast.stmt]) -> frozenset[int]:
    """Return the lines of statements, decorators included."""
    firsts = [(min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))]), node) for node in nodes]
    return frozenset(line for first, node in firsts for line in range(first, (node.end_lineno or first) + 1))


def digest(nodes: Iterable[ast.stmt]) -> str:
    """Return a few digits that change where the meaning of statements may have changed."""
    text = "\n".join(without_words(as_python(node)) for node in nodes)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def as_python(node: ast.stmt) -> ast.stmt:
    """Return a function without the decorators that say how it is compiled: to Python, and so to its mutants, it is the same."""
    if isinstance(node, FUNCTION):
        node.decorator_list = [each for each in node.decorator_list if not (isinstance(each, ast.Name) and each.id in WAYS_TO_COMPILE)]
    return node


def same_code(one: str, other: str) -> bool:
    """Tell whether two sources are the same program."""
    return bare(one) == bare(other)


@functools.lru_cache(maxsize=4)
def bare(source: str) -> str:
    """Return a program without what changes nothing; empty where it is none."""
    try:
        return without_words(ast.parse(source))
    except SyntaxError:
        return ""


def without_words(tree: ast.AST) -> str:
    """Write a tree without what changes nothing: docstrings, annotations, and two ways to write the same."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(0)
        if isinstance(node, ast.arg):
            node.annotation = None
        if isinstance(node, FUNCTION):
            node.returns = None
        if isinstance(body := getattr(node, "body", None), list):
            body[:] = [each for each in body if not is_text(each)]
        if isinstance(node, ast.arguments):  # the tool takes the star before arguments that are given by name for an operator
            node.args, node.posonlyargs, node.kwonlyargs = [*node.posonlyargs, *node.args, *node.kwonlyargs], [], []
            node.defaults, node.kw_defaults = [*node.defaults, *(each for each in node.kw_defaults if each)], []
        if isinstance(node, ast.IfExp) and isinstance(node.test, ast.Compare) and is_larger_or_smaller(node, node.test):
            node.test.ops = [STRICT.get(type(op), type(op))() for op in node.test.ops]
    return ast.unparse(tree)


def is_text(node: ast.AST) -> bool:
    """Tell whether a statement is a docstring, or another text that nothing is done with."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def is_larger_or_smaller(choice: ast.IfExp, test: ast.Compare) -> bool:
    """Tell whether a choice is between the two numbers that it compares: where they are equal, either is the same number."""
    return sorted(map(ast.dump, (test.left, *test.comparators))) == sorted(map(ast.dump, (choice.body, choice.orelse)))
