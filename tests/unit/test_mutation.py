"""A function is measured anew when its meaning may have changed, not when its words did; the page says what is on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutating import record
from mutating.mutants import Mutant
from mutating.programs import Function, functions
from mutating.trying import MODULES

SOURCE = '''"""A module."""
import math

LIMIT: int = 3
"""The most."""


class Urn(Base):
    """Lots."""

    size: int = 2

    @property
    def half(self) -> float:
        return self.size / 2


def within(x, *, least=0):
    """Tell."""
    return least <= x < LIMIT  # strictly
'''


def digests(source: str) -> dict[str, str]:
    """Return what tells the versions of each function apart."""
    return {name: function.digest for name, function in functions(source).items()}


def test_a_module_is_its_functions_methods_and_the_rest() -> None:
    found = functions(SOURCE)
    assert list(found) == ["LIMIT", "Urn.half", "Urn", "within"]
    assert [sorted(each.lines)[0] for each in found.values()] == [4, 13, 8, 18]
    assert found["Urn.half"].lines == {13, 14, 15}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""Tell."""', '"""Tell whether."""'),
        ('"""The most."""', ""),
        ("  # strictly", ""),
        ("LIMIT: int", "LIMIT: float"),
        ("-> float", ""),
        ("x, *, least", "x, least"),
        ("import math\n", ""),
        ("least <= x < LIMIT", "(least <= x < LIMIT)"),
        ("def within", "@plan\ndef within"),  # how it is compiled
    ],
)
def test_words_types_and_layout_change_no_function(old: str, new: str) -> None:
    assert SOURCE.count(old) == 1
    assert digests(SOURCE.replace(old, new)) == digests(SOURCE)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("= 3", "= 4", "LIMIT"),
        ("/ 2", "// 2", "Urn.half"),
        ("@property", "@staticmethod", "Urn.half"),
        ("def within", "@cache\ndef within", "within"),
        ("size: int = 2", "size: int = 3", "Urn"),
        ("< LIMIT", "<= LIMIT", "within"),
        ("least=0", "least=1", "within"),
    ],
)
def test_a_change_of_meaning_is_one_of_its_function_alone(old: str, new: str, changed: str) -> None:
    before, after = digests(SOURCE), digests(SOURCE.replace(old, new))
    assert [name for name in before if before[name] != after[name]] == [changed]


def test_a_function_measured_anew_takes_the_place_of_the_old_one_and_its_lines_keep_their_reasons() -> None:
    old = record.Record(
        [record.Measured("m", "f", "1", 9, 2), record.Measured("m", "g", "2", 5, 0)],
        [record.Survivor("m", "f", "a", "b", "speed alone"), record.Survivor("m", "f", "a", "c", "no more")],
    )
    lived = [Mutant("m", "f", 1, "a", "b", ""), Mutant("m", "f", 2, "a", "b", ""), Mutant("m", "f", 3, "d", "e", "")]
    new = record.renewed(old, "m", Function("f", frozenset(), "3"), 10, lived)
    assert set(new.functions) == {("m", "f", "3", 10, 3), ("m", "g", "2", 5, 0)}
    assert new.survivors == [("m", "f", "a", "b", "speed alone"), ("m", "f", "d", "e", record.UNEXPLAINED)]


def test_a_score_counts_every_survivor_and_the_other_one_those_not_caught() -> None:
    measured = record.Record(
        [record.Measured("m", "f", "1", 90, 3), record.Measured("m", "g", "2", 10, 1)],
        [record.Survivor("m", "f", "a", "b", "speed alone"), record.Survivor("m", "g", "x | y", "x & y", record.UNEXPLAINED)],
    )
    lines = list(record.table(measured, ["m", "n"]))
    assert lines[2:4] == ["| m | 100 | 4 | 1 | 96.0% | 99.0% |", "| all | 100 | 4 | 1 | 96.0% | 99.0% |"]
    assert lines[-1] == f"| `m` | `x \\| y` | `x & y` | {record.UNEXPLAINED} |"


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Keep the record and the page elsewhere, of one module."""
    for name in ("FUNCTIONS", "SURVIVORS", "PAGE"):
        monkeypatch.setattr(record, name, tmp_path / name)
    monkeypatch.setattr(record, "source_of", lambda _module: SOURCE)
    (tmp_path / "PAGE").write_text(f"# Mutants\n\n{record.BEGIN}\nold\n{record.END}\n\nMore.\n", encoding="utf-8")
    return tmp_path


def measured(function: str, digest: str = "") -> record.Measured:
    """Return a function with one survivor, measured as it is or with another digest."""
    return record.Measured("m", function, digest or functions(SOURCE)[function].digest, 5, 1)


@pytest.mark.usefixtures("files")
def test_a_function_is_stale_when_it_changed_or_was_never_measured_or_has_a_survivor_without_a_reason() -> None:
    survivors = [record.Survivor("m", "Urn", "a", "b", record.UNEXPLAINED), record.Survivor("m", "LIMIT", "a", "b", "speed alone")]
    record.write(record.Record([measured("LIMIT"), measured("Urn.half", "old"), measured("Urn")], survivors), ["m"])
    assert [each.name for each in record.stale("m")] == ["Urn.half", "Urn", "within"]


def test_what_is_written_is_read_again_without_functions_that_there_are_no_more(files: Path) -> None:
    kept = record.Record([measured("LIMIT")], [record.Survivor("m", "LIMIT", 'a, "b"', "a | b", "speed alone")])
    gone = record.Record([measured("gone", "1")], [record.Survivor("m", "gone", "a", "b", "speed alone")])
    record.write(record.Record(kept.functions + gone.functions, kept.survivors + gone.survivors), ["m"])
    assert record.read() == kept
    lines = (files / "PAGE").read_text(encoding="utf-8").splitlines()
    assert lines[:4] == ["# Mutants", "", record.BEGIN, ""]
    assert lines[6:8] == ["- m: 3 of 4", ""]
    assert lines[8:-4] == list(record.table(kept, ["m"]))
    assert lines[-4:] == ["", record.END, "", "More."]


def test_the_page_says_what_is_on_record() -> None:
    shown = record.PAGE.read_text(encoding="utf-8").split(record.BEGIN)[1].split(record.END)[0]
    assert shown.rstrip().endswith("\n".join(("", "", *record.table(record.read(), MODULES))))
