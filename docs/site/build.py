"""Build the documentation as a site: python docs/site/build.py build/site, then open build/site/html/index.html.

Sphinx gets a copy of the pages; those of the repository stay as they are. A warning of Sphinx is an error, and so is a link that
leads nowhere.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from site_check import broken
from site_pages import stage


def main(folder: Path) -> int:
    """Write the site into a folder; return 0 where nothing is wrong with it."""
    pages, html = folder / "pages", folder / "html"
    shutil.rmtree(folder, ignore_errors=True)
    stage(pages)
    here = str(Path(__file__).parent)
    status = build_main(["-q", "-W", "--keep-going", "-c", here, "-d", str(folder / "read"), str(pages), str(html)])
    nowhere = broken(html)
    print("\n".join([*nowhere, f"{len(list(html.rglob('*.html')))} pages, {len(nowhere)} links lead nowhere"]))
    return status or bool(nowhere)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
