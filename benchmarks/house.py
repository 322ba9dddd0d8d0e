"""Draw the house from its code: which rooms there are, on which floor each stands, and who imports whom.

    python benchmarks/house.py            # prints the floors and what is wrong with them; renews the drawings of the documentation
    python benchmarks/house.py --check    # writes nothing; fails where a drawing is old or the house is not in order

Imports are read from the source, those under TYPE_CHECKING and inside functions too. A room stands one floor above the highest
that it imports. The calls upward that pyproject.toml lists are left out, and so is ``__main__``.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "mazhilis_sim"
PAGE, PICTURE = ROOT / "docs" / "explanation" / "architecture.md", ROOT / "docs" / "pictures" / "house.svg"
BEGIN, END = "<!-- house: written by benchmarks/house.py -->", "<!-- end of house -->"
FLOORS, CHILDREN = 12, 12
"""The most floors of rooms, and the most children of a package below the root."""

Graph = Mapping[str, frozenset[str]]
"""Of each node those that it imports."""
Import = tuple[str, str]
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


# -- drawing -----------------------------------------------------------------------------------------------------------


def by_floor(graph: Graph) -> dict[int, list[str]]:
    """Return the nodes of each floor, the highest floor first."""
    where = floors(graph)
    return {floor: sorted(node for node in graph if where[node] == floor) for floor in sorted(set(where.values()), reverse=True)}


def text(house: House) -> str:
    """Draw the house as text: the rooms by floor, and the modules of each room, those above first."""
    plan = by_floor(house.rooms)
    yard = max(map(len, house.rooms)) + 2
    lines = [f"{floor:2}  {' | '.join(rooms)}" for floor, rooms in plan.items()]
    for package in (package for rooms in plan.values() for room in rooms for package in packages_in(house, f"{house.name}.{room}")):
        inside = [[node.rpartition(".")[2] for node in nodes] for nodes in by_floor(house.siblings(package)).values()]
        title = package.removeprefix(f"{house.name}.").replace(".", "/") + "/"
        lines += wrapped(f"{title:{max(yard, len(title) + 1)}}", " > ".join(" ".join(sorted(nodes)) for nodes in inside))
    cut = len(plan)
    return "\n".join([*lines[:cut], "", *lines[cut:]])


def packages_in(house: House, room: str) -> list[str]:
    """Return a room and the packages inside it that have children."""
    return [package for package in house.packages if is_in(package, room)]


def wrapped(head: str, words: str, width: int = 118) -> list[str]:
    """Break a line between words; what goes on stands below the first word."""
    lines = [head]
    for word in words.split(" "):
        if len(lines[-1]) + len(word) > width:
            lines.append(" " * len(head))
        lines[-1] += word + " "
    return [line.rstrip() for line in lines]


WIDE, HIGH, BOX, LINE = 132, 74, (108, 34), 12
"""Of the picture, in points: the distance of boxes and of floors, a box, the height of letters."""


def places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Return the middle of each room's box: its floor, and below those that import it as far as there is room."""
    plan = by_floor(graph)
    most = max(map(len, plan.values()))
    found: dict[str, tuple[float, float]] = {}
    for row, rooms in enumerate(plan.values()):
        wish = {room: mean([found[above][0] for above in found if room in graph[above]], most * WIDE / 2) for room in rooms}
        begin = (most - len(rooms)) * WIDE / 2 + WIDE / 2
        found |= {
            room: (begin + WIDE * n, HIGH * row + HIGH / 2) for n, room in enumerate(sorted(rooms, key=lambda room: (wish[room], room)))
        }
    return found


def mean(numbers: list[float], otherwise: float) -> float:
    """Return the mean of numbers, or what stands for none."""
    return sum(numbers) / len(numbers) if numbers else otherwise


def picture(house: House) -> str:
    """Draw the rooms as SVG: a box each, by floor; lines for imports that no longer way implies, dashed for calls upward."""
    place = places(house.rooms)
    width, height = max(x for x, _ in place.values()) + WIDE / 2, max(y for _, y in place.values()) + HIGH / 2
    inside = {room: room for room in house.rooms}
    up = {tuple(inside[end.split(".")[1]] for end in pair) for pair in house.upward}
    lines = [line(place[a], place[b], "") for a, b in direct(house.rooms)]
    lines += [line(place[a], place[b], ' stroke-dasharray="4 4"') for a, b in sorted(up) if a != b]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="sans-serif" font-size="{LINE}">'
    ground = f'<rect width="{width:g}" height="{height:g}" fill="white"/>'
    return "\n".join([head, ground, *lines, *(box(room, *middle) for room, middle in place.items()), "</svg>", ""])


def line(upper: tuple[float, float], lower: tuple[float, float], dashes: str) -> str:
    """Draw one import: a curve from box to box."""
    (x, y), (u, v) = upper, lower
    half = BOX[1] / 2 if v > y else -BOX[1] / 2
    middle = (y + v) / 2
    path = f"M{x:g} {y + half:g}C{x:g} {middle:g} {u:g} {middle:g} {u:g} {v - half:g}"
    return f'<path d="{path}" fill="none" stroke="#8a8a8a"{dashes}/>'


def box(room: str, x: float, y: float) -> str:
    """Draw one room with its name."""
    width, height = BOX
    shape = f'<rect x="{x - width / 2:g}" y="{y - height / 2:g}" width="{width}" height="{height}" rx="4" fill="#eef3f8" stroke="#33506b"/>'
    return f'{shape}<text x="{x:g}" y="{y + LINE / 3:g}" text-anchor="middle">{room}</text>'


# -- the documentation -------------------------------------------------------------------------------------------------


def renewed(page: str, house: House) -> str:
    """Return the page with the drawing of today between its marks."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n\n```text\n{text(house)}\n```\n\n{END}{rest.partition(END)[2]}"


def drawings(house: House) -> dict[Path, str]:
    """Return the files that hold a drawing, with what should stand in them."""
    return {PAGE: renewed(PAGE.read_text(encoding="utf-8"), house), PICTURE: picture(house)}


def old(files: Mapping[Path, str]) -> list[Path]:
    """Return those files whose text is another."""
    return [path for path, content in files.items() if not path.exists() or path.read_text(encoding="utf-8") != content]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--check", action="store_true", help="write nothing; fail where a drawing is old")
    asked = words.parse_args()
    house = read_house(PACKAGE, listed_upward())
    wrong = [*faults(house)]
    print("\n".join(wrong), file=sys.stderr, end="\n" * bool(wrong))
    if any(circles(house.siblings(package)) for package in house.packages):
        sys.exit("nothing can be drawn while there is a circle")
    print(text(house))
    outdated = old(drawings(house))
    if asked.check and outdated:
        wrong += [f"{path.name} is old: python benchmarks/house.py writes it anew" for path in outdated]
        print(*wrong[-len(outdated) :], sep="\n", file=sys.stderr)
    elif not asked.check:
        for path, content in drawings(house).items():
            path.write_text(content, encoding="utf-8")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
