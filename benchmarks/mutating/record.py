"""What has been measured, function by function, in two tables beside this module; and the page that is written from them."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from mutating.mutants import ROOT, Mutant, source_of
from mutating.programs import Function, functions

FUNCTIONS, SURVIVORS = (Path(__file__).with_name(name) for name in ("functions.csv", "survivors.csv"))
PAGE = ROOT / "docs" / "explanation" / "mutation.md"
BEGIN, END = "<!-- survivors: written by benchmarks/mutation.py -->", "<!-- end of survivors -->"
UNEXPLAINED = "**not explained yet**"


class Measured(NamedTuple):
    """A function as it was measured: the digest of its source then, its mutants, and how many of them no test noticed."""

    module: str
    function: str
    digest: str
    mutants: int
    survivors: int


class Survivor(NamedTuple):
    """A mutant that no test noticed, and why; equal lines of a function stand once."""

    module: str
    function: str
    before: str
    after: str
    why: str


class Record(NamedTuple):
    """All that has been measured."""

    functions: list[Measured]
    survivors: list[Survivor]


def read() -> Record:
    """Read both tables."""
    return Record(
        [Measured(*row[:3], int(row[3]), int(row[4])) for row in rows_of(FUNCTIONS)], [Survivor(*row) for row in rows_of(SURVIVORS)]
    )


def rows_of(path: Path) -> list[list[str]]:
    """Read a table without its head."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def write(record: Record, modules: Iterable[str]) -> None:
    """Write both tables, without modules and functions that there are no more, and the page."""
    here = {(module, name) for module in modules for name in functions(source_of(module))}
    record = Record(*(sorted(row for row in rows if row[:2] in here) for rows in record))
    for path, kind, rows in ((FUNCTIONS, Measured, record.functions), (SURVIVORS, Survivor, record.survivors)):
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([kind._fields, *rows])
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    lines = (f"{before}{BEGIN}\n", *missing(modules), "", *table(record, modules), f"\n{END}{rest.split(END)[1]}")
    PAGE.write_text("\n".join(lines), encoding="utf-8")


def stale(module: str) -> list[Function]:
    """Return the functions of a module that have not been measured as they are, or of which a survivor has no reason yet."""
    measured, survivors = read()
    known = {(row.module, row.function, row.digest) for row in measured}
    open_ones = {row[:2] for row in survivors if row.why == UNEXPLAINED}
    here = functions(source_of(module)).values()
    return [each for each in here if (module, each.name, each.digest) not in known or (module, each.name) in open_ones]


def missing(modules: Iterable[str]) -> Iterator[str]:
    """Yield what the page says of functions that are stale as it is written."""
    parts = {module: (len(stale(module)), len(functions(source_of(module)))) for module in modules}
    behind = [f"- {module}: {few} of {many}" for module, (few, many) in parts.items() if few]
    yield "Functions (constants and the like among them) that were new or changed when this was written, and not measured as they are:"
    yield from ("", *(behind or ["- none"]))


def renewed(record: Record, module: str, function: Function, many: int, lived: list[Mutant]) -> Record:
    """Put what was measured of a function in the place of what stands there; a line that had a reason anywhere keeps it."""
    reasons = {row[2:4]: row.why for row in sorted(record.survivors, key=lambda row: row[:2] == (module, function.name))}
    others = Record(*([row for row in rows if row[:2] != (module, function.name)] for rows in record))
    lines = sorted({(each.before, each.after) for each in lived})
    return Record(
        [*others.functions, Measured(module, function.name, function.digest, many, len(lived))],
        [*others.survivors, *(Survivor(module, function.name, *line, reasons.get(line, UNEXPLAINED)) for line in lines)],
    )


def explained(module: str) -> set[tuple[str, str, str]]:
    """Return the changes in a module that there is a reason for: the function, its line, and the line with the change."""
    return {row[1:4] for row in read().survivors if row.module == module and row.why != UNEXPLAINED}


def table(record: Record, modules: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the page: the scores by module, and every survivor with its reason."""
    yield "| module | mutants | survivors | not caught | score | score of those that differ |"
    yield "|---|---|---|---|---|---|"
    many, left, missed = (Counter[str]() for _ in range(3))
    for row in record.functions:
        many[row.module] += row.mutants
        left[row.module] += row.survivors
    missed.update(row.module for row in record.survivors if row.why.startswith("**"))
    yield from (f"| {module} | {ratios(many[module], left[module], missed[module])} |" for module in modules if many[module])
    yield f"| all | {ratios(many.total(), left.total(), missed.total())} |"
    yield from ("", "| module | line | survives as | why |", "|---|---|---|---|")
    yield from sorted(f"| `{row.module}` | {cell(row.before)} | {cell(row.after)} | {row.why} |" for row in record.survivors)


def ratios(many: int, left: int, missed: int) -> str:
    """Write numbers and scores: of all mutants, and of those that are another program, survivors of which are missed."""
    return f"{many} | {left} | {missed} | {1 - left / many:.1%} | {1 - missed / (many - left + missed):.1%}"


def cell(code: str) -> str:
    """Write code for a table."""
    return f"`{code.replace('|', chr(92) + '|')}`"
