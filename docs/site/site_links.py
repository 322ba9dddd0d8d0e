"""The links of the pages, of which the repository and the site are two homes: where a file stands in the site, and what points there."""

from __future__ import annotations

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^```(?P<language>\w*)[ \t]*(?P<name>[^\n]*)\n(?P<text>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(<?(?P<target>[^)\s>]+)>?\)")
BESIDE = (ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md")
"""Pages of the site that stand outside of its folder."""


def home(file: Path) -> Path:
    """Return where a file of the repository stands in the site: source files are pages of their own."""
    if DOCS in file.parents and file.suffix != ".py":
        return file.relative_to(DOCS)
    path = file.relative_to(ROOT)
    return path if file in BESIDE else Path("source", f"{path}.md")


def linked(text: str, page: Path) -> set[Path]:
    """Return the files of the repository that a page links to."""
    return {file for match in LINK.finditer(FENCE.sub("", text)) if (file := file_behind(match["target"], page))}


def file_behind(target: str, page: Path) -> Path | None:
    """Return the file that a link of a page names; None where it leads out of the repository or stays on the page."""
    path = target.partition("#")[0]
    return None if not path or "://" in target or target.startswith("mailto:") else (page.parent / path).resolve()


def rehomed(text: str, page: Path, at: Path) -> str:
    """Return a page as it stands in the site at another place, its links leading where they led; named blocks bear their names."""
    parts, end = [], 0
    for fence in FENCE.finditer(text):
        parts += [relinked(text[end : fence.start()], page, at), captioned(fence)]
        end = fence.end()
    return "".join([*parts, relinked(text[end:], page, at)])


def relinked(text: str, page: Path, at: Path) -> str:
    """Return text without blocks, with its links led anew."""

    def led(match: re.Match[str]) -> str:
        file, (start, stop) = file_behind(match["target"], page), match.span("target")
        if file is None:
            return match[0]
        _, mark, anchor = match["target"].partition("#")
        target = Path(os.path.relpath(home(file), at.parent)).as_posix()
        return text[match.start() : start] + target + mark + anchor + text[stop : match.end()]

    return LINK.sub(led, text)


def captioned(fence: re.Match[str]) -> str:
    """Return a block; one that is a file shows the name of the file above it."""
    if not fence["name"]:
        return fence[0]
    return f"```{{code-block}} {fence['language']}\n:caption: {fence['name'].strip()}\n\n{fence['text']}```"
