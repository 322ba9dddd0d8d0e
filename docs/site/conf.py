"""How Sphinx makes the site of the pages that ``site_pages.stage`` wrote; ``build.py`` calls both."""

from pathlib import Path

from numpydoc.xref import DEFAULT_LINKS
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from mazhilis_sim import __all__ as public
from mazhilis_sim import __version__ as release
from site_names import apart

project, author, language = "mazhilis_sim", "The mazhilis_sim contributors", "en"
version = release
copyright = "The mazhilis_sim contributors, MIT licence"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "numpydoc"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
myst_heading_anchors = 6  # as a repository's pages have them

templates_path = [str(Path(__file__).parent / "templates")]
autosummary_generate = True
autosummary_filename_map = apart()
autodoc_typehints = "none"  # the docstrings say the types in words
numpydoc_show_class_members = False  # the template of a class shows them in full
numpydoc_xref_param_type = True
numpydoc_xref_ignore = "all"  # but the names below; Python's own lead to sites elsewhere
numpydoc_xref_aliases = {word: word for word in DEFAULT_LINKS} | {name: f"mazhilis_sim.{name}" for name in public if name[0].isupper()}

html_theme = "pydata_sphinx_theme"
html_title = project
html_copy_source = html_show_sourcelink = False
html_static_path = [str(Path(__file__).parent / "static")]
html_css_files = ["wide.css"]
html_sidebars = {"index": []}
html_theme_options = {
    "header_links_before_dropdown": 6,
    "navigation_with_keys": False,
    "collapse_navigation": True,  # else every page carries the whole tree
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
    "secondary_sidebar_items": ["page-toc"],
    "show_prev_next": True,
    "footer_start": ["copyright"],
    "footer_end": ["theme-version"],
}


def setup(app: Sphinx) -> None:
    """Show tables of comma-separated values as they stand: no colours are known for them."""
    app.add_lexer("csv", TextLexer)
