"""What is held against the pages as a browser gets them: every link within the site leads to a page, and to a place on it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Found(HTMLParser):
    """The links and the places of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.places: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's call
        """Note where a tag leads, what it loads, and under which names it can be reached."""
        values = {name: value for name, value in attrs if value}
        self.places |= {values[name] for name in ("id", "name") if name in values}
        self.links |= {values[name] for name in ("href", "src") if name in values}


def broken(site: Path) -> list[str]:
    """Name every link that leads nowhere; what a theme keeps beside the pages is none of them."""
    files = sorted(file.resolve() for file in site.rglob("*.html") if "_static" not in file.parts)
    pages = {page: read(page) for page in files}
    return [
        f"{page.relative_to(site.resolve())}: {link}"
        for page, found in pages.items()
        for link in sorted(found.links)
        if not leads(link, page, pages)
    ]


def read(page: Path) -> Found:
    """Return what stands on a page."""
    found = Found()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def leads(link: str, page: Path, pages: dict[Path, Found]) -> bool:
    """Whether a link leads out of the site, or to a file of it and a place there."""
    to = urlsplit(link)
    if to.scheme or to.netloc:
        return True
    target = (page.parent / unquote(to.path)).resolve() if to.path else page
    there = pages.get(target)
    return target.is_file() if there is None else not to.fragment or unquote(to.fragment) in there.places
