"""The house stands as its page says: no circle, few floors, small rooms, drawings of today; planted disorder is found."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import house
import house_graph
import mazhilis_sim as ms
from documentation import ROOT, links

CONTRACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
PAGE = house.PAGE.read_text(encoding="utf-8")
PLACE = re.compile(r"\[`(?P<name>[\w/.]+)`\]\((?P<target>[^)]+)\)")
"""A link of the page to a source, by its name."""


@cache
def the_house() -> house_graph.House:
    """Read the house as it is, once."""
    return house_graph.read_house(house_graph.PACKAGE, house_graph.listed_upward())


# -- the house as it is ------------------------------------------------------------------------------------------------


def test_the_house_is_in_order() -> None:
    assert list(house_graph.faults(the_house())) == []
    assert len(set(house_graph.floors(the_house().rooms).values())) > 5
    assert sum(map(len, the_house().imports.values())) > 300


def test_the_drawings_are_those_of_the_code() -> None:
    assert house.old(house.drawings(the_house())) == []


def test_a_drawing_that_is_old_is_found() -> None:
    today = the_house()
    moved = house_graph.House(today.name, {**today.imports, "mazhilis_sim.attic": frozenset()}, today.face, today.upward)
    assert house.old(house.drawings(moved)) == [house.PAGE, house.PICTURE]


def test_every_room_is_described_and_every_place_is_there() -> None:
    shown = {match["name"]: (house.PAGE.parent / match["target"]).resolve() for match in PLACE.finditer(PAGE)}
    assert {room for room in the_house().rooms if room not in shown} == set()
    for name, path in shown.items():
        assert path.exists(), name
        assert name in (path.name, file_of(path)), path


def file_of(path: Path) -> str:
    """Return how the page names a source: from the package on, without ending; a room is its front door."""
    return path.relative_to(house_graph.PACKAGE).with_suffix("").as_posix().removesuffix("/__init__")


def test_what_lives_in_a_file_stands_in_it() -> None:
    rows = PAGE.partition("## Where does it live?")[2].partition("\n## ")[0].splitlines()
    found = {row: misplaced(row) for row in rows if "](" in row}
    assert len(found) > 30
    assert {row: names for row, names in found.items() if names} == {}


def misplaced(row: str) -> list[str]:
    """Return the names in the last cell of a row that none of the files in it defines."""
    source = "\n".join((house.PAGE.parent / target).read_text(encoding="utf-8") for target in links(row))
    names = re.findall(r"`([^`]+)`", re.sub(r"\[[^]]*\]\([^)]*\)", "", row.split("|")[3]))
    return [name for name in names if not re.search(rf"^ *((def|class) {name}\b|{name}\b.*[:=])", source, re.MULTILINE)]


def test_a_planted_name_in_the_wrong_file_is_found() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| a random word |"))
    assert misplaced(row) == []
    assert misplaced(row.replace("`philox`", "`gamma`")) == ["gamma"]
    assert misplaced(row.replace("random_words", "elementary")) == ["philox", "VERSION"]


# -- the contracts -----------------------------------------------------------------------------------------------------


def test_the_layers_name_every_room_and_the_page_shows_them() -> None:
    layers = next(contract["layers"] for contract in CONTRACTS if contract.get("containers") == ["mazhilis_sim"])
    named = [room for layer in layers for room in layer.split(" | ")]
    assert sorted(named) == sorted({*the_house().rooms, "__main__"})
    assert "```text\n" + "\n".join(layers) + "\n```" in PAGE


@pytest.mark.parametrize("contract", [c for c in CONTRACTS if c["name"].endswith(" alone")], ids=lambda contract: contract["name"])
def test_what_is_for_some_rooms_alone_is_forbidden_to_all_others(contract: dict[str, Any]) -> None:
    forbidden = {module.partition(".")[2] for module in contract["source_modules"]}
    allowed = {room for room in the_house().rooms if re.search(rf"\b{room}\b", contract["name"])} | {"__main__"}
    own = {module.rpartition(".")[2] for module in contract["forbidden_modules"]}
    assert forbidden == set(the_house().rooms) - allowed - own


@pytest.mark.parametrize(("caller", "called"), house_graph.listed_upward())
def test_a_listed_call_upward_is_made_inside_a_function(caller: str, called: str) -> None:
    files = {house_graph.name_of(path, house_graph.PACKAGE): path for path in house_graph.PACKAGE.rglob("*.py")}
    tree = house_graph.tree_of(files[caller])
    at_the_top = ast.Module([node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))], [])
    assert called in house_graph.imported(tree, caller, files)
    assert called not in house_graph.imported(at_the_top, caller, files)


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ms.__all__)
def test_a_public_name_is_the_thing_that_its_home_defines(name: str) -> None:
    home = importlib.import_module(the_house().face[name])
    assert getattr(ms, name) is getattr(home, name)


# -- disorder, planted -------------------------------------------------------------------------------------------------


def build(folder: Path, sources: dict[str, str]) -> house_graph.House:
    """Write a package from sources by path, and read it."""
    root = folder / "toy"
    for path in (root / name for name in sources):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(sources[path.relative_to(root).as_posix()], encoding="utf-8")
    for parent in {root, *(path.parent for path in root.rglob("*.py"))}:
        (parent / "__init__.py").touch()
    return house_graph.read_house(root)


def test_a_house_in_order_has_no_fault(tmp_path: Path) -> None:
    toy = build(tmp_path, {"a.py": "from toy.b import deep", "b/deep.py": "from ..c import thing", "c.py": ""})
    assert list(house_graph.faults(toy)) == []
    assert toy.rooms == {"a": {"b"}, "b": {"c"}, "c": set()}
    assert house_graph.floors(toy.rooms) == {"a": 3, "b": 2, "c": 1}


CIRCLES = {
    "at the top": {"a.py": "import toy.b", "b.py": "import toy.a"},
    "in a function": {"a.py": "import toy.b", "b.py": "def f():\n    from toy import a"},
    "for types alone": {
        "a.py": "from toy import b",
        "b.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from toy.a import A",
    },
    "relative": {"a.py": "from . import b", "b.py": "from .a import A"},
    "of three": {"a.py": "import toy.b", "b.py": "import toy.c", "c.py": "import toy.a"},
    "between rooms, not modules": {"a/x.py": "import toy.b.y", "a/z.py": "", "b/y.py": "", "b/w.py": "from ..a import z"},
    "inside a room": {"a/x.py": "from . import y", "a/y.py": "from .x import X"},
}


@pytest.mark.parametrize("kind", CIRCLES)
def test_a_planted_circle_is_found(tmp_path: Path, kind: str) -> None:
    assert any(fault.startswith("a circle") for fault in house_graph.faults(build(tmp_path, CIRCLES[kind])))


def test_a_listed_call_upward_is_no_circle(tmp_path: Path) -> None:
    build(tmp_path, CIRCLES["in a function"])
    assert list(house_graph.faults(house_graph.read_house(tmp_path / "toy", [("toy.b", "toy.a")]))) == []


def test_a_thirteenth_floor_is_found(tmp_path: Path) -> None:
    tower = {f"m{n:02}.py": f"import toy.m{n + 1:02}" for n in range(12)} | {"m12.py": ""}
    assert list(house_graph.faults(build(tmp_path, tower))) == ["13 floors of rooms, at most 12"]


def test_a_thirteenth_child_is_found_below_the_root_alone(tmp_path: Path) -> None:
    names = [f"m{n:02}.py" for n in range(13)]
    assert list(house_graph.faults(build(tmp_path / "root", dict.fromkeys(names, "")))) == []
    crowded = build(tmp_path / "room", {f"room/{name}": "" for name in names})
    assert list(house_graph.faults(crowded)) == ["toy.room has 13 children, at most 12"]


def test_a_room_with_a_public_name_is_found(tmp_path: Path) -> None:
    face = "from . import testing as testing\nfrom .counting import law as law"
    toy = build(tmp_path, {"__init__.pyi": face, "counting.py": "def law(): ...", "law.py": "", "testing.py": ""})
    assert list(house_graph.faults(toy)) == ["toy.law is a public name and a room"]
