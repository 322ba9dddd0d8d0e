"""The pages of the site, made of those of the repository: its map becomes the navigation, the source files linked to become pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import site_names
from site_links import BESIDE, DOCS, ROOT, file_behind, home, linked, rehomed

MAP = DOCS / "index.md"
PART = re.compile(r"^## (?P<title>.+)\n\n(?P<list>(?:- .*\n(?:  .*\n)*)+)", re.MULTILINE)
LINE = re.compile(r"^- \[[^\]]*\]\((?P<target>[^)#]+)", re.MULTILINE)
FROM_DOCSTRINGS = "- [Python, from the docstrings](docstrings.rst): every public name, as `help` shows it.\n"
LANGUAGES = {".py": "python", ".pyi": "python", ".toml": "toml", ".yml": "yaml", ".cff": "yaml"}


def stage(folder: Path) -> None:
    """Write all that Sphinx reads into an empty folder."""
    shutil.copytree(DOCS, folder, ignore=shutil.ignore_patterns("*.md", "*.py", "site"))
    pages = [*sorted(DOCS.glob("**/*.md")), *BESIDE]
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    for page, text in texts.items():
        write(folder / home(page), rehomed(text, page, home(page)))
    for file in set().union(*(linked(text, page) for page, text in texts.items())):
        if home(file).parts[0] == "source":
            write(folder / home(file), source_page(file))
    navigation(folder, texts[MAP])


def write(file: Path, text: str) -> None:
    """Write a page, and the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def navigation(folder: Path, text: str) -> None:
    """Write a page for each part of the map, the reference from docstrings among them, and what leads from page to page."""
    for title, rows in parts(text).items():
        name = f"{folder_of(title)}/index.md"
        entries = [name_of(page) for page in pages_in(rows)]
        listed = rehomed(rows, MAP, Path(name))
        if title == "Reference":
            write(folder / site_names.PAGE, site_names.page())
            listed, entries = listed + FROM_DOCSTRINGS, [*entries, name_of(Path(site_names.PAGE))]
        write(folder / name, f"# {title}\n\n{listed}{toctree(entries)}")
    top = [f"/{folder_of(title)}/index" for title in parts(text)] + [name_of(home(page)) for page in BESIDE]
    with (folder / home(MAP)).open("a", encoding="utf-8") as index:
        index.write(toctree(top))


def parts(text: str) -> dict[str, str]:
    """Return the parts of the map: the list of pages below each heading."""
    return {match["title"]: match["list"] for match in PART.finditer(text)}


def pages_in(rows: str) -> list[Path]:
    """Return where the pages of a list stand in the site."""
    return [home(file) for match in LINE.finditer(rows) if (file := file_behind(match["target"], MAP))]


def folder_of(title: str) -> str:
    """Return the folder that a part of the map has in the repository, as in "How to"."""
    return title.lower().replace(" ", "-")


def name_of(page: Path) -> str:
    """Name a page as Sphinx does."""
    return f"/{page.with_suffix('').as_posix()}"


def toctree(names: list[str]) -> str:
    """Write what leads on to other pages, for the navigation alone."""
    return "\n```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```\n"


def source_page(file: Path) -> str:
    """Write a page that shows a file of the repository; it is reached by links alone."""
    text = file.read_text(encoding="utf-8")
    head = f"---\norphan: true\n---\n\n# `{file.relative_to(ROOT).as_posix()}`\n\n"
    return f"{head}``````{{code-block}} {LANGUAGES.get(file.suffix, 'text')}\n\n{text}``````\n"
