"""The site is made of the pages of the repository: each once in the navigation, every public name, every link to where it led."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from pathlib import Path

import pytest

import mazhilis_sim as ms
import site_names
from documentation import PAGES, blocks, links
from mazhilis_sim import files, testing
from site_check import broken
from site_links import BESIDE, DOCS, FENCE, ROOT, home, rehomed
from site_pages import MAP, parts, source_page, stage

TOCTREE = re.compile(r"^```\{toctree\}\n:hidden:\n\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ON_SITE = [page for page in PAGES if DOCS in page.parents or page in BESIDE]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "pages"
    stage(folder)
    return folder


def texts(folder: Path) -> dict[Path, str]:
    """Return every page that Sphinx reads."""
    return {page: page.read_text(encoding="utf-8") for page in sorted([*folder.rglob("*.md"), *folder.rglob("*.rst")])}


# -- navigation --------------------------------------------------------------------------------------------------------


def in_navigation(folder: Path) -> Counter[str]:
    """Count how often each page stands in what leads from page to page."""
    trees = [tree for text in texts(folder).values() for tree in TOCTREE.findall(text)]
    return Counter(line for tree in trees for line in tree.splitlines())


def to_be_in_navigation(folder: Path) -> Counter[str]:
    """Count every page once that is neither the first nor a source file."""
    pages = [page for page, text in texts(folder).items() if "orphan: true" not in text and page != folder / home(MAP)]
    return Counter(f"/{page.relative_to(folder).with_suffix('').as_posix()}" for page in pages)


def test_every_page_stands_in_the_navigation_once(site: Path) -> None:
    assert in_navigation(site) == to_be_in_navigation(site)
    assert {f"/{home(page).with_suffix('').as_posix()}" for page in ON_SITE} - {"/index"} <= in_navigation(site).keys()


def test_a_page_that_is_not_on_the_map_is_seen(site: Path) -> None:
    lost = site / "how-to" / "lost.md"
    lost.write_text("# Lost\n", encoding="utf-8")
    assert to_be_in_navigation(site) - in_navigation(site) == Counter(["/how-to/lost"])
    lost.unlink()


def test_the_navigation_has_the_four_parts_of_the_map(site: Path) -> None:
    assert [*parts(MAP.read_text(encoding="utf-8"))] == ["Tutorial", "How to", "Reference", "Explanation"]
    top = TOCTREE.findall((site / "index.md").read_text(encoding="utf-8"))[0].split()
    assert top == ["/tutorial/index", "/how-to/index", "/reference/index", "/explanation/index", "/CONTRIBUTING", "/CHANGELOG"]


# -- links -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ON_SITE, ids=[str(page.relative_to(ROOT)) for page in ON_SITE])
def test_every_link_leads_to_the_same_file_as_in_the_repository(page: Path, site: Path) -> None:
    text, at = page.read_text(encoding="utf-8"), site / home(page)
    for old, new in zip(links(text), links(rehomed(text, page, home(page))), strict=True):
        path, _, anchor = new.partition("#")
        assert anchor == old.partition("#")[2]
        if "://" in old or old.startswith(("mailto:", "#")):
            assert new == old
        else:
            led = (at.parent / path).resolve()
            assert led.is_file(), f"{page.name}: {old} became {new}"
            assert led == (site / home((page.parent / old.partition("#")[0]).resolve())).resolve()


@pytest.mark.parametrize("page", ON_SITE, ids=[str(page.relative_to(ROOT)) for page in ON_SITE])
def test_blocks_stay_as_they_are_but_for_the_name_above_a_file(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    moved = rehomed(text, page, home(page))
    for block in blocks(text):
        shown = f"```{{code-block}} {block.language}\n:caption: {block.name}\n\n" if block.name else f"```{block.language}\n"
        assert f"{shown}{block.text}```" in moved
    assert len(FENCE.findall(text)) == len(re.findall(r"^```[^`\n]*\n.*?^```$", moved, re.MULTILINE | re.DOTALL))


def test_a_source_file_is_shown_whole() -> None:
    for file in (ROOT / "src" / "mazhilis_sim" / "errors.py", ROOT / "LICENSE", ROOT / ".github" / "workflows" / "ci.yml"):
        assert file.read_text(encoding="utf-8") in source_page(file)


# -- the reference from docstrings -------------------------------------------------------------------------------------


def public_names() -> set[str]:
    """Return what a reader can call or make, by its shortest name."""
    top = {name for name in ms.__all__ if not inspect.ismodule(getattr(ms, name))}
    modules = {"models": ms.models, "data": ms.data, "scores": ms.scores, "files": files, "testing": testing}
    modules |= {"axioms": testing.axioms, "rules": testing.rules}
    found = {f"{prefix}.{name}" for prefix, module in modules.items() for name in module.__all__ if name not in top}
    return top | {name for name in found if not name.startswith("testing.") or name.partition(".")[2] not in modules}


def missing(page: str) -> set[str]:
    """Return the public names that a page of the docstrings does not show."""
    rows = re.findall(r"^   (mazhilis_sim\.[\w.]+)$", page, re.MULTILINE)
    return {name for name in public_names() if not any(row.endswith(f".{name}") for row in rows)}


def test_every_public_name_has_an_entry_once() -> None:
    page = site_names.page()
    rows = re.findall(r"^   (mazhilis_sim\.[\w.]+)$", page, re.MULTILINE)
    assert missing(page) == set()
    assert [row for row, times in Counter(rows).items() if times > 1] == []


@pytest.mark.parametrize("name", ["mazhilis_sim.elect", "mazhilis_sim.simulation.models.Total", "mazhilis_sim.testing.verify"])
def test_a_name_that_is_not_shown_is_seen(name: str) -> None:
    page = site_names.page()
    assert f"   {name}\n" in page
    assert len(missing(page.replace(f"   {name}\n", ""))) == 1


def test_no_two_names_share_a_file_where_case_is_not_told_apart() -> None:
    every = [name for names in site_names.groups().values() for name in names]
    assert len({name.lower() for name in every}) < len(every)
    assert len({site_names.apart().get(name, name).lower() for name in every}) == len(every)


# -- the pages as a browser gets them ----------------------------------------------------------------------------------

GOOD = """\
<h1 id="here">A</h1> <a href="b.html#there">b</a> <a href="#here">up</a> <img src="p/a%20b.svg">
<a href="https://example.org/x">out</a>
"""
BAD = {
    "no page": ("b.html#there", "c.html"),
    "no place on the page": ("b.html#there", "b.html#nowhere"),
    "no place here": ("#here", "#gone"),
    "no picture": ("p/a%20b.svg", "p/c.svg"),
    "a folder": ("b.html#there", "p"),
}


def small_site(folder: Path, page: str) -> Path:
    """Write a site of two pages and a picture."""
    (folder / "p").mkdir()
    (folder / "p" / "a b.svg").write_text("<svg/>")
    (folder / "a.html").write_text(page)
    (folder / "b.html").write_text('<p><a name="there">B</a></p>')
    return folder


def test_links_that_lead_somewhere_are_left_alone(tmp_path: Path) -> None:
    assert broken(small_site(tmp_path, GOOD)) == []


@pytest.mark.parametrize("kind", BAD)
def test_a_link_that_leads_nowhere_is_named(kind: str, tmp_path: Path) -> None:
    good, bad = BAD[kind]
    assert broken(small_site(tmp_path, GOOD.replace(f'"{good}"', f'"{bad}"'))) == [f"a.html: {bad}"]
