"""Files to be written: looked at before the run, so that an hour of simulation never ends in a refusal."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import click

from mazhilis_sim.errors import FileError, SimulationError
from mazhilis_sim.languages import _
from mazhilis_sim.writing import beginning, existing, named, path_of, write_whole

TABLES = (".xlsx", ".ods", ".parquet", ".pq")
"""Endings of files that hold no JSON."""
PIPE = "-"
"""What stands for standard output where a file is named."""
Text = Callable[[], str]
"""Makes the text of a file."""


@dataclass(frozen=True)
class Targets:
    """Where the result of a command goes: looked at first, written when it is there, and said.

    Parameters
    ----------
    json, csv : str, optional
        ``"-"`` is standard output.
    plot : str, optional
    """

    json: str | None = None
    csv: str | None = None
    plot: str | None = None

    @property
    def piped(self) -> bool:
        """Whether one of the files is standard output: then nothing else may be printed there."""
        return PIPE in (self.json, self.csv)

    @property
    def asked(self) -> dict[str, str]:
        """The files by their options."""
        named_by = {"--json": self.json, "--csv": self.csv, "--plot": self.plot}
        return {option: path for option, path in named_by.items() if path is not None}

    def check(self, sources: Iterable[str | None] = ()) -> None:
        """Refuse a file that cannot be written, and one that would overwrite another.

        Parameters
        ----------
        sources : iterable of str
            Every file that is read; words that stand for no file do no harm.

        Raises
        ------
        FileError
            Naming the option and the file.
        MissingExtraError
            When a picture is asked for and matplotlib is not installed.
        """
        read = tuple(source for source in sources if source)
        if self.plot is not None:
            check_picture(self.plot)
        for option, path in self.asked.items():
            if path != PIPE or option == "--plot":
                check_writable(path, option, read)
            refuse_other_format(option, path)
        for (option, path), (other, same) in combinations(self.asked.items(), 2):
            if path == same or same_file(path, same):
                both = f"{option} and {other} both name {named(path)}"
                raise FileError(both, field=other, got=same, must=f"name another file than {option}", remedy="write two files")

    def save(
        self, whole: Mapping[str, Any] | Text, rows: Sequence[Mapping[str, Any]], draw: Callable[[str], None] | None = None
    ) -> list[tuple[str, str]]:
        """Write what is asked for, and return the lines that say so.

        Parameters
        ----------
        whole : mapping or callable
            The result, ready for JSON; or what returns the text of its file, called where that is asked for.
        rows : sequence of mappings
            The table.
        draw : callable, optional
            Draws the picture into a file.
        """
        if self.json is not None:
            write(whole() if callable(whole) else json.dumps(whole, ensure_ascii=False, indent=1) + "\n", self.json)
        if self.csv is not None:
            write(csv_of(rows), self.csv)
        if self.plot is not None and draw is not None:
            draw(self.plot)
        return [(_("written"), path) for path in self.asked.values() if path != PIPE]


def refuse_other_format(option: str, path: str) -> None:
    """Refuse to write JSON or CSV under a name that promises something else."""
    ending, stem = Path(path).suffix.lower(), Path(path).stem
    if option == "--json" and ending in TABLES:
        remedy = f"write --csv {stem}.csv for a table, or --json {stem}.json"
        raise FileError(field="--json", got=path, must="name a file of JSON", remedy=remedy, shown=f"a name in {ending}")
    if option == "--csv" and ending in (*TABLES, ".json"):
        remedy = f"write --csv {stem}.csv; the table can be read and saved by pandas in other forms"
        raise FileError(field="--csv", got=path, must="name a file of CSV", remedy=remedy, shown=f"a name in {ending}")


def check_picture(path: str) -> None:
    """Refuse a kind of picture that is not drawn; without matplotlib none is."""
    from mazhilis_sim.pictures.saving import check_ending

    try:
        check_ending(path)
    except SimulationError as error:
        raise error.at(f"--plot {named(path)}") from None


def check_writable(path: str, option: str, sources: Iterable[str]) -> None:
    """Look at what stands where a file is to be written, and try to write beside it."""
    where = f"{option} {named(path)}"
    if not path:
        raise FileError(field="it", got=path, must="be a file", where=where, shown="nothing")
    try:
        place = path_of(path, FileError)
        if existing(place, FileError):
            check_spared(path, sources)
        with tempfile.NamedTemporaryFile(dir=place.resolve().parent, prefix=beginning(place)):
            pass
    except FileError as error:
        raise error.at(where) from None
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or error
        raise FileError(f"cannot be written: {why}", field="it", must="be written", where=where) from None


def check_spared(path: str, sources: Iterable[str]) -> None:
    """Refuse to replace a file that is read."""
    for source in sources:
        if same_file(path, source):
            lost = f"this would overwrite the input {named(source)}"
            raise FileError(lost, field="it", got=path, must="be no input", remedy="write another file")


def same_file(one: str, other: str) -> bool:
    """Tell whether two names are of one file, through links too; files need not be there, nor words name any."""
    if os.path.exists(one) and os.path.exists(other):
        return os.path.samefile(one, other)
    try:
        return Path(one).resolve() == Path(other).resolve()
    except (OSError, ValueError, RuntimeError):
        return False


def write(text: str, path: str) -> None:
    """Write a text to a file, or to standard output."""
    if path == PIPE:
        click.echo(text, nl=False)
    else:
        write_whole(path, text)


def csv_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as CSV, headed by their keys."""
    text = io.StringIO()
    writer = csv.DictWriter(text, dict.fromkeys(key for row in rows for key in row), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
