"""The house as a graph read from its code: modules, rooms, floors, circles, and what is against the rules of the house.

Imports are read from the source, those under TYPE_CHECKING and inside functions too. `house.py` draws what is found here.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "mazhilis_sim"
FLOORS, CHILDREN = 12, 12
"""The most floors of rooms, and the most children of a package below the root."""

Graph: TypeAlias = Mapping[str, frozenset[str]]
"""Of each node those that it imports."""
Import: TypeAlias = tuple[str, str]
"""Who imports, and what."""


# -- reading the code --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class House:
    """A package as its sources tell it: modules, what each imports, and the public names with the module each is of."""

    name: str
    imports: Graph
    face: Mapping[str, str]
    upward: frozenset[Import] = frozenset()

    def children(self, package: str) -> list[str]:
        """Return the modules and packages right inside a package."""
        return sorted({module for module in self.imports if module.rpartition(".")[0] == package} - {f"{package}.__main__"})

    @property
    def packages(self) -> list[str]:
        """Return everything that has children, the root first."""
        return [module for module in sorted(self.imports) if self.children(module)]

    def siblings(self, package: str) -> Graph:
        """Return who imports whom among the children of a package; what is inside a child counts as the child."""
        among = self.children(package)
        inside = {module: child for child in among for module in self.imports if is_in(module, child)}
        found: dict[str, set[str]] = {child: set() for child in among}
        for module, child in inside.items():
            found[child] |= {inside[other] for other in self.imports[module] if other in inside} - {child}
        return {child: frozenset(others) for child, others in found.items()}

    @cached_property
    def rooms(self) -> Graph:
        """Return who imports whom among the rooms, the children of the root, by their short names."""
        short = {room: room.rpartition(".")[2] for room in self.children(self.name)}
        return {short[room]: frozenset(short[other] for other in others) for room, others in self.siblings(self.name).items()}


def is_in(module: str, package: str) -> bool:
    """Tell whether a module is the package or stands inside it."""
    return module == package or module.startswith(f"{package}.")


def read_house(folder: Path, upward: Iterable[Import] = ()) -> House:
    """Read every source below a folder; leave out the listed calls upward."""
    files = {name_of(path, folder): path for path in sorted(folder.rglob("*.py"))}
    left_out = frozenset(upward)
    imports = {
        module: frozenset(other for other in imported(tree_of(path), module, files) if (module, other) not in left_out) - {module}
        for module, path in files.items()
    }
    return House(folder.name, imports, face_of(folder), left_out)


def name_of(path: Path, folder: Path) -> str:
    """Return a source's name as a module."""
    parts = path.relative_to(folder.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree_of(path: Path) -> ast.Module:
    """Parse a source."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(tree: ast.AST, module: str, files: Mapping[str, Path]) -> Iterator[str]:
    """Yield the modules that a module imports, wherever in its source that stands."""
    package = module if files[module].stem == "__init__" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in files)
        elif isinstance(node, ast.ImportFrom):
            yield from (home for alias in node.names if (home := home_of(node, alias.name, package, files)) in files)


def home_of(node: ast.ImportFrom, name: str, package: str, known: Mapping[str, object]) -> str:
    """Return the module that ``from ... import name`` means: the name itself where it is a module."""
    above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
    base = ".".join(part for part in (above, node.module) if part)
    return f"{base}.{name}" if f"{base}.{name}" in known else base


def face_of(folder: Path) -> dict[str, str]:
    """Return the public names and the module each is of, as ``__init__.pyi`` says."""
    stub = folder / "__init__.pyi"
    tree = ast.parse(stub.read_text(encoding="utf-8") if stub.exists() else "")
    pairs = [(node.module, alias) for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    return {alias.asname or alias.name: ".".join(part for part in (folder.name, module) if part) for module, alias in pairs}


def listed_upward(pyproject: Path = ROOT / "pyproject.toml") -> list[Import]:
    """Return the calls upward that the contracts on imports list."""
    contracts = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    lines = {line for contract in contracts for line in contract.get("ignore_imports", ())}
    return [(caller, called) for caller, _, called in (line.partition(" -> ") for line in sorted(lines)) if "." in called]


# -- what is wrong -----------------------------------------------------------------------------------------------------


def faults(house: House) -> Iterator[str]:
    """Yield what is against the rules of the house, a line each."""
    levels = {package: house.siblings(package) for package in house.packages}
    for where, graph in {**levels, "the modules": house.imports}.items():
        yield from (f"a circle in {where}: {' -> '.join(circle)}" for circle in circles(graph))
    if not circles(house.rooms) and (many := max(floors(house.rooms).values())) > FLOORS:
        yield f"{many} floors of rooms, at most {FLOORS}"
    for package in house.packages[1:]:
        if (many := len(house.children(package))) > CHILDREN:
            yield f"{package} has {many} children, at most {CHILDREN}"
    for name in sorted(set(house.face) & set(house.rooms)):
        if house.face[name] != house.name:
            yield f"{house.name}.{name} is a public name and a room"


def circles(graph: Graph) -> list[list[str]]:
    """Return a shortest circle through each node that lies on one, each circle once, its end as its beginning."""
    found = {frozenset(circle): circle for node in sorted(graph) if (circle := way(graph, node, node))}
    return list(found.values())


def way(graph: Graph, start: str, end: str) -> list[str]:
    """Return a shortest way of at least one step from node to node, both of them named; nothing where there is none."""
    came, row = dict.fromkeys(sorted(graph[start]), start), sorted(graph[start])
    for node in row:
        if node == end:
            back = [end]
            while len(back) == 1 or back[-1] != start:
                back.append(came[back[-1]])
            return back[::-1]
        fresh = [other for other in sorted(graph[node]) if other not in came]
        came |= dict.fromkeys(fresh, node)
        row.extend(fresh)
    return []


def floors(graph: Graph) -> dict[str, int]:
    """Return each node's floor: one above the highest that it imports."""
    found: dict[str, int] = {}
    while len(found) < len(graph):
        ready = [node for node, others in graph.items() if node not in found and others <= found.keys()]
        if not ready:
            raise ValueError("nodes on a circle stand on no floor")
        found |= {node: 1 + max((found[other] for other in graph[node]), default=0) for node in ready}
    return found


def direct(graph: Graph) -> list[Import]:
    """Return the imports that no longer way implies; the others would hide them in a drawing."""

    def implied(node: str, other: str) -> bool:
        return any(way(graph, between, other) for between in graph[node] - {other})

    return [(node, other) for node in sorted(graph) for other in sorted(graph[node]) if not implied(node, other)]
