"""Draw the house from its code: which rooms there are, on which floor each stands, and who imports whom.

    python benchmarks/house.py            # prints the floors and what is wrong with them; renews the drawings of the documentation
    python benchmarks/house.py --check    # writes nothing; fails where a drawing is old or the house is not in order

A room stands one floor above the highest that it imports. The calls upward that pyproject.toml lists are left out, and so is
``__main__``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TypeAlias

from house_graph import PACKAGE, ROOT, Graph, House, circles, direct, faults, floors, is_in, listed_upward, read_house

PAGE, PICTURE = ROOT / "docs" / "explanation" / "architecture.md", ROOT / "docs" / "pictures" / "house.svg"
BEGIN, END = "<!-- house: written by benchmarks/house.py -->", "<!-- end of house -->"


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


Node: TypeAlias = str | tuple[str, str, int]
"""A room, or an import on its way past a floor."""
WIDE, NARROW, HIGH, BOX, LETTER = 124, 22, 78, (108, 34), 13
"""Of the picture, in points: the room for a box, for a line that passes, and for a floor; a box; the height of letters."""


def ways(graph: Graph) -> list[list[Node]]:
    """Return each import that is drawn, with all floors that it passes."""
    where = floors(graph)
    return [[a, *((a, b, floor) for floor in range(where[a] - 1, where[b], -1)), b] for a, b in direct(graph)]


def places(graph: Graph) -> dict[Node, tuple[float, float]]:
    """Return the middle of each room and of each line that passes a floor: below what leads to it, as far as there is room."""
    where, above = floors(graph), dict[Node, list[Node]]()
    for upper, lower in (pair for way in ways(graph) for pair in pairwise(way)):
        above.setdefault(lower, []).append(upper)
    nodes: set[Node] = {*graph, *above}
    found: dict[Node, tuple[float, float]] = {}
    for row, floor in enumerate(sorted(set(where.values()), reverse=True)):
        here = [node for node in nodes if (where[node] if isinstance(node, str) else node[2]) == floor]
        here.sort(key=lambda node: (mean([found[upper][0] for upper in above.get(node, [])]), str(node)))
        widths = [WIDE if isinstance(node, str) else NARROW for node in here]
        left = accumulate(widths, initial=-sum(widths) / 2)
        found |= {node: (x + width / 2, HIGH * (row + 0.5)) for node, x, width in zip(here, left, widths, strict=False)}
    return found


def mean(numbers: list[float]) -> float:
    """Return the mean of numbers; 0, the middle of the picture, for none."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def picture(house: House) -> str:
    """Draw the rooms as SVG: a box each, by floor; lines for imports that no longer way implies, dashed for calls upward."""
    place = places(house.rooms)
    side, height = max(abs(x) for x, _ in place.values()) + WIDE / 2, max(y for _, y in place.values()) + HIGH / 2
    up = {(caller.split(".")[1], called.split(".")[1]) for caller, called in house.upward}
    lines = [curve([place[node] for node in way]) for way in ways(house.rooms)]
    lines += [curve([shifted(place[called]), shifted(place[caller])], dashed=True) for caller, called in sorted(up) if caller != called]
    size = f'viewBox="{-side:g} 0 {2 * side:g} {height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="{LETTER}" text-anchor="middle">'
    ground = f'<rect x="{-side:g}" width="{2 * side:g}" height="{height:g}" fill="white"/>'
    boxes = [box(room, *place[room]) for room in house.rooms]
    return "\n".join([head, ground, *lines, *boxes, "</svg>", ""])


def shifted(point: tuple[float, float]) -> tuple[float, float]:
    """Move a point aside, so that a call upward does not hide the import that it goes against."""
    return point[0] + BOX[0] / 4, point[1]


def curve(points: list[tuple[float, float]], dashed: bool = False) -> str:
    """Draw one import from room to room, straight where it passes a floor."""
    half = BOX[1] / 2
    x, y = points[0]
    path = f"M{x:g} {y + half:g}"
    for (x, y), (u, v) in pairwise(points):
        middle = (y + v) / 2
        path += f"C{x:g} {middle:g} {u:g} {middle:g} {u:g} {v - half:g}" + (f"V{v + half:g}" if (u, v) != points[-1] else "")
    style = ' stroke-dasharray="4 4"' * dashed
    return f'<path d="{path}" fill="none" stroke="#8a8a8a"{style}/>'


def box(room: str, x: float, y: float) -> str:
    """Draw one room with its name."""
    width, height = BOX
    shape = f'<rect x="{x - width / 2:g}" y="{y - height / 2:g}" width="{width}" height="{height}" rx="4" fill="#eef3f8" stroke="#33506b"/>'
    return f'{shape}<text x="{x:g}" y="{y + LETTER / 3:g}">{room}</text>'


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
