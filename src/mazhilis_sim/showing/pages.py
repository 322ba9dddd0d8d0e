"""How results show themselves: a repr of at most ten lines, and in a notebook a table.

A class that inherits from `Shown` names in ``shows`` what its repr holds, and says in `Shown._sheet` what its page holds. Pages are
made by one template, without scripts, in the light and dark colours that the reader prefers; every text in them is escaped.
"""

from __future__ import annotations

import datetime
import html
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from fractions import Fraction
from itertools import islice
from string import Template
from typing import Any, ClassVar

from mazhilis_sim.errors import shorten
from mazhilis_sim.languages import counted
from mazhilis_sim.showing.drawn import inline_of
from mazhilis_sim.tables import Column, Table

LINES, LINE = 10, 100
"""Of a repr: the most lines, and the letters of one."""
MOST_SHOWN = 12
"""Of a mapping or a sequence, in a repr."""
MOST_ROWS = 200
"""Of a table in a notebook."""
PAGE = Template("""<div class="mazhilis-sim">
<style>
.mazhilis-sim { color-scheme: light dark; color: #1b1b1b; background: #ffffff; padding: 0.5em; }
.mazhilis-sim table { border-collapse: collapse; margin: 0.5em 0; }
.mazhilis-sim th, .mazhilis-sim td { padding: 0.1em 0.6em; text-align: right; color: inherit; background: inherit; }
.mazhilis-sim thead { border-bottom: 1px solid #8a8a8a; }
.mazhilis-sim tbody th { font-weight: normal; }
.mazhilis-sim .left { text-align: left; }
.mazhilis-sim .picture { overflow-x: auto; }
@media (prefers-color-scheme: dark) { .mazhilis-sim { color: #e8e8e8; background: #1e1e1e; $dark } }
</style>
<strong>$title</strong>
$picture
$tables
$notes
</div>
""")
"""The one page of a notebook."""


@dataclass(frozen=True)
class Sheet:
    """What a page holds.

    Parameters
    ----------
    title : str
    tables : sequence of Table
    notes : sequence of str
        Sentences below them.
    """

    title: str
    tables: Sequence[Table]
    notes: Sequence[str] = ()

    def to_html(self, picture: str = "", dark: str = "") -> str:
        """Return the page, with a drawing and its colours in the dark where there is one."""
        return PAGE.substitute(
            title=html.escape(self.title),
            picture=f'<div class="picture">{picture}</div>' if picture else "",
            dark=dark,
            tables="\n".join(map(table_of, self.tables)),
            notes="\n".join(f"<p>{html.escape(note)}</p>" for note in self.notes),
        )


class Shown:
    """What shows itself, as a dataclass does that names in ``shows`` the fields and properties of its repr; without it, all fields."""

    __slots__ = ()
    shows: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        said = f"{type(self).__name__}({', '.join(f'{name}={brief(value)}' for name, value in shown_of(self))})"
        return in_lines(said)

    def _sheet(self) -> Sheet:
        """Return the page of a notebook: what the repr holds, unless a class says more."""
        names, values = zip(*((name, brief(value)) for name, value in shown_of(self)), strict=True)
        return Sheet(type(self).__name__, [Table([Column("", names, left=True), Column("", values, left=True)])])

    def _repr_html_(self) -> str:
        return self._sheet().to_html(*inline_of(self))


def in_lines(said: str) -> str:
    """Break a repr into lines, not where a blank is a no-break one, and leave out what is more than the most."""
    lines = textwrap.wrap(said, LINE, max_lines=LINES, placeholder=" ...)", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(lines).replace("\xa0", " ")


def shown_of(thing: Any) -> Iterable[tuple[str, Any]]:
    """Yield what a thing shows, by name; what is not known, or is as it is unless said, is left out."""
    usual = {field.name: default_of(field) for field in fields(thing) if field.repr}
    for name in type(thing).shows or usual:
        value = getattr(thing, name)
        if value is not None and not (name in usual and same(value, usual[name])):
            yield name, value


def default_of(field: Any) -> Any:
    """Return what a field is unless it is said."""
    return field.default_factory() if field.default_factory is not MISSING else field.default


def same(value: Any, usual: Any) -> bool:
    """Tell whether a value is what it is unless said; arrays never are."""
    return type(value) is type(usual) and bool(value == usual)


def brief(value: Any) -> str:
    """Write a value in few letters: of many entries the first, of a result its name, of a number what one reads.

    Examples
    --------
    >>> brief({"amanat": Fraction(1, 3)}), brief(list(range(100))), brief(0.123456789)
    ("{'amanat': 1/3}", '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, ... 88 more]', '0.123457')
    """
    if isinstance(value, Shown):
        return named(value)
    if isinstance(value, Mapping):
        return "{" + some([f"{brief(key)}: {brief(item)}" for key, item in islice(value.items(), MOST_SHOWN)], len(value)) + "}"
    if isinstance(value, (tuple, list)):
        opened, closed = "()" if isinstance(value, tuple) else "[]"
        return opened + some([brief(item) for item in value[:MOST_SHOWN]], len(value)) + closed
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, (Fraction, datetime.date)):
        return str(value)
    return shorten(repr(value))


def named(thing: Shown) -> str:
    """Write a result that stands in another by its kind and its name."""
    known = next((name for field in ("name", "label", "id", "number") if (name := getattr(thing, field, ""))), "")
    kind = type(thing).__name__
    return f"{kind} {str(known).removeprefix(kind.lower()).strip()}".rstrip()


def some(texts: Sequence[str], number: int) -> str:
    """Join the first of many entries and say how many more there are."""
    more = [f"... {number - len(texts):,} more"] if number > len(texts) else []
    return ", ".join([*texts, *more])


def table_of(table: Table, caption: str = "") -> str:
    """Write a table as HTML, of a very long one the first rows; a first column of names heads its rows."""
    kinds = [' class="left"' if column.left else "" for column in table.columns]
    heads = "".join(cell_of(column.head, kind, "col") for kind, column in zip(kinds, table.columns, strict=True))
    rows = list(zip(*(column.cells for column in table.columns), strict=True))
    scopes = ["row" if place == 0 and column.left else "" for place, column in enumerate(table.columns)]
    lines = ["<tr>" + "".join(map(cell_of, cells, kinds, scopes)) + "</tr>" for cells in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        more = counted("{n} more", "{n} more", len(rows) - MOST_ROWS)
        lines.append(f'<tr><td colspan="{len(kinds)}">{more}</td></tr>')
    said = [f"<caption>{html.escape(caption)}</caption>"] if caption else []
    return "\n".join(["<table>", *said, f"<thead><tr>{heads}</tr></thead>", "<tbody>", *lines, "</tbody>", "</table>"])


def cell_of(text: str, kind: str, scope: str) -> str:
    """Write one cell; one with a scope heads its column or row."""
    tag, of = ("th", f' scope="{scope}"') if scope and text else ("td", "")
    return f"<{tag}{kind}{of}>{html.escape(text)}</{tag}>"
