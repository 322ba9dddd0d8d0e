"""The documentation says what the library does: its examples and commands run, its links resolve, its reference is whole."""

from __future__ import annotations

import contextlib
import dataclasses
import doctest
import inspect
import io
import re
import warnings
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import mazhilis_sim as ms
from documentation import PAGES, ROOT, Block, anchors, blocks, commands, examples, links, neighbour, public_members, signature
from mazhilis_sim import files, testing
from mazhilis_sim.cli.program import COMMANDS
from mazhilis_sim.errors import DataWarning
from mazhilis_sim.tables import short_percent
from mazhilis_sim.testing import axioms, rules, strategies

REFERENCE = ROOT / "docs" / "reference" / "api.md"
DATA = ("csv", "toml", "python")
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
VARYING = re.compile(r"\d[\d.]* s on \d+ threads?(, [\d.]+ s of them compiling)?")
"""What a command prints and no run repeats."""

page_by_page = pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])


# -- examples ----------------------------------------------------------------------------------------------------------


@page_by_page
def test_examples_and_commands_print_what_the_page_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page.read_text(encoding="utf-8")
    found, names = blocks(text), dict[str, Any](__name__="__docs__")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)  # where Python is started
    monkeypatch.setenv("COLUMNS", "100")
    for place, block in enumerate(found):
        if block.language in DATA and block.name:
            Path(block.name).write_text(block.text, encoding="utf-8")
        elif block.language == "python":
            run_examples(page, block, neighbour(found, place), names)
        elif block.language == "console":
            run_commands(block)


def run_examples(page: Path, block: Block, following: Block | None, names: dict[str, Any]) -> None:
    """Run the examples of one block with warnings as errors, those about the user's data excepted."""
    parts = examples(block, following)
    compile(block.text if not parts else "", str(page), "exec")
    test = doctest.DocTest(parts, names, page.name, str(page), block.line, block.text)
    test.globs = names  # one block goes on where the one before ended
    said = io.StringIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DataWarning)
        result = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False).run(test, out=said.write, clear_globs=False)
    assert not result.failed, said.getvalue()


STATUS = {"mazhilis-sim: error: ": 2, " axioms not satisfied": 1}
"""What a screen says when a command does not end well, and the status that it ends with."""


def run_commands(block: Block) -> None:
    """Run the commands of one block that are the library's own."""
    for command in commands(block):
        if command.words.startswith("mazhilis-sim "):
            printed, status = run_command(command.words)
            assert settled(printed) == settled(command.printed)
            assert status == max((code for words, code in STATUS.items() if words in command.printed), default=0)


def run_command(words: str) -> tuple[str, int]:
    """Run a command in this process; return what it prints on both outputs, and its status."""
    from shlex import split

    from mazhilis_sim.cli import app

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), pytest.raises(SystemExit) as end:
        app.main(split(words)[1:])
    return said.getvalue(), int(end.value.code or 0)


def settled(printed: str) -> list[str]:
    """Leave out what differs between two runs: the word about the compiler, the time, and where the lines of its row break."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines() if not line.startswith("mazhilis-sim: compiling")]
    starts = [place for place, line in enumerate(lines) if place == 0 or not line.startswith("    ")]
    rows = [lines[start:end] for start, end in pairwise([*starts, len(lines)])]
    return [line for row in rows for line in without_time(row)]


def without_time(row: list[str]) -> list[str]:
    """Return the lines of a row of a screen as they stand; as one line without the time where it names one."""
    words = " ".join(" ".join(row).split())
    return [VARYING.sub("SECONDS", words)] if VARYING.search(words) else row


SCREEN = """\
party    seats
amanat      62
auyl         8

  draws   1,000,000, seed 2023; 1.1 s on 2 threads
  digits  none beyond the standard error
          is shown
"""
SAME_SCREENS = {
    "another time": SCREEN.replace("1.1 s", "12 s"),
    "a time that breaks the line": SCREEN.replace("1.1 s on 2 threads", "1.1 s on 2 threads, 0.9 s of them\n          compiling"),
    "a word about the compiler": "mazhilis-sim: compiling, once after an installation: five to thirty seconds\n" + SCREEN,
}
OTHER_SCREENS = {
    "a column that is shifted": SCREEN.replace("auyl         8", "auyl        8"),
    "lines run together": SCREEN.replace("62\nauyl", "62 auyl"),
    "a line broken elsewhere": SCREEN.replace("error\n          is", "error is\n         "),
    "no empty line": SCREEN.replace("\n\n", "\n"),
    "a table about compiling": SCREEN + "stage: compiling 3 s\n",
    "another seed beside the time": SCREEN.replace("seed 2023", "seed 2024"),
}


@pytest.mark.parametrize("kind", SAME_SCREENS)
def test_what_differs_from_run_to_run_is_no_difference(kind: str) -> None:
    assert SAME_SCREENS[kind] != SCREEN
    assert settled(SAME_SCREENS[kind]) == settled(SCREEN)


@pytest.mark.parametrize("kind", OTHER_SCREENS)
def test_a_planted_difference_of_two_screens_is_seen(kind: str) -> None:
    assert OTHER_SCREENS[kind] != SCREEN
    assert settled(OTHER_SCREENS[kind]) != settled(SCREEN)


def test_a_command_that_fails_unexpectedly_is_seen() -> None:
    page = "```console\n$ mazhilis-sim laws --no-such-option\n" + run_command("mazhilis-sim laws --no-such-option")[0] + "```\n"
    run_commands(blocks(page)[0])
    with pytest.raises(AssertionError):
        run_commands(blocks(page.replace("error: ", "warning: "))[0])


# -- links -------------------------------------------------------------------------------------------------------------


@page_by_page
def test_every_link_within_the_project_resolves(page: Path) -> None:
    for target in links(page.read_text(encoding="utf-8")):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), f"{page.name}: {target}"
        assert place.is_relative_to(ROOT), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(place.read_text(encoding="utf-8")), f"{page.name}: {target}"


def test_every_page_is_on_the_map() -> None:
    index = ROOT / "docs" / "index.md"
    named = {(index.parent / target.partition("#")[0]).resolve() for target in links(index.read_text(encoding="utf-8"))}
    assert {page for page in PAGES if index.parent in page.parents} - {index} <= named


# -- the reference -----------------------------------------------------------------------------------------------------

OUTCOMES = (ms.Allocation, ms.Backtest, ms.Calibration, ms.Chamber, ms.Plurality, ms.Probability, ms.SeatDistribution)
OUTCOMES += (ms.AveragePower, ms.Comparison, ms.Indices, ms.Margins, ms.Power, ms.Solution, ms.Sweep)  # type: ignore[assignment]
"""What the library makes and users read: the reference shows their fields, not how they are made."""
FOUND_BY_VERIFY: tuple[type[Any], ...] = (testing.Report, testing.Verdict, testing.Counterexample, testing.RuleRefutedError)


def public_names() -> dict[str, Any]:
    """Return everything public by the name under which the reference must show it."""
    found: dict[str, Any] = {f"ms.{name}": getattr(ms, name) for name in ms.__all__}
    for prefix, module in (("ms.models", ms.models), ("ms.data", ms.data), ("files", files)):
        found |= {f"{prefix}.{name}": getattr(module, name) for name in module.__all__ if name not in ms.__all__}
    return found


def shown_as(name: str, thing: Any) -> str:
    """Write a name as the reference shows it: a call with its parameters, anything else alone."""
    is_made_by_call = callable(thing) and not (inspect.isclass(thing) and issubclass(thing, (BaseException, *OUTCOMES)))
    return signature(name, thing) if is_made_by_call and not getattr(thing, "_is_protocol", False) else name


@pytest.mark.parametrize("name", sorted(public_names()))
def test_the_reference_shows_every_public_name(name: str) -> None:
    assert f"`{shown_as(name, public_names()[name])}`" in REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "owner",
    [thing for name in ms.__all__ if inspect.isclass(thing := getattr(ms, name)) and public_members(thing)],
    ids=lambda owner: owner.__name__,
)
def test_the_reference_shows_every_public_member(owner: type[Any]) -> None:
    heading = f"### {owner.__name__}\n"
    section = re.split(r"^##", REFERENCE.read_text(encoding="utf-8").partition(heading)[2], maxsplit=1, flags=re.MULTILINE)[0]
    shown = [
        f".{name}" if isinstance(member, property) else signature(f".{name}", getattr(owner, name))
        for name, member in public_members(owner).items()
    ]
    if owner in OUTCOMES:
        shown += [f".{field.name}" for field in dataclasses.fields(owner)]
    assert [text for text in shown if f"`{text}`" not in section] == []


OF_EVERY_COMMAND = ("--lang", "--quiet", "--verbose")
"""Said once, above the commands."""


def options_shown(page: str, command: str) -> list[str]:
    """Return the options that a page shows for a command: the first cells of its tables."""
    section = page.partition(f"## {command}\n")[2].partition("\n## ")[0]
    heads = [row.split(" | ")[0] for row in section.replace("\\|", "").splitlines() if row.startswith("| `-")]
    return sorted(option for head in heads for option in re.findall(r"--[a-z-]+", head) if option not in OF_EVERY_COMMAND)


def options_taken(command: Any) -> list[str]:
    """Return the options of a command; of two that switch something, the one that is not the default."""
    found = [parameter.secondary_opts if parameter.secondary_opts and parameter.default else parameter.opts for parameter in command.params]
    return sorted(option for options in found for option in options if option.startswith("--") and option not in OF_EVERY_COMMAND)


COMMAND_LINE = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_page_of_the_command_line_shows_every_option_and_no_other(command: Any) -> None:
    assert options_shown(COMMAND_LINE, command.name) == options_taken(command)


@pytest.mark.parametrize(("shown", "written"), [("--no-progress", "--progress"), ("`--threads", "`-t"), ("`--seed", "`--seeds")])
def test_a_planted_difference_of_page_and_options_is_seen(shown: str, written: str) -> None:
    forecast = next(command for command in COMMANDS if command.name == "forecast")
    assert shown in COMMAND_LINE
    assert options_shown(COMMAND_LINE.replace(shown, written), "forecast") != options_taken(forecast)


PARTS_OF_TESTING: dict[str, Any] = {"axioms.": axioms, "rules.": rules, "strategies.": strategies}
NAMES_OF_TESTING = [
    *testing.__all__,
    *(prefix + name for prefix, module in PARTS_OF_TESTING.items() for name in getattr(module, "__all__", ("CLASSICAL", "find"))),
]


def parameter_names(call: str) -> list[str]:
    """Return the names in a call as the reference writes it; defaults in brackets may hold commas."""
    inner = re.sub(r"\([^()]*\)", "", call.partition("(")[2].rpartition(")")[0])
    return [word.partition("=")[0].strip() for word in inner.split(",") if word.strip() not in ("", "*")]


@pytest.mark.parametrize("name", NAMES_OF_TESTING)
def test_the_reference_shows_every_name_for_rules_under_test(name: str) -> None:
    prefix, dot, last = name.rpartition(".")
    thing = getattr(PARTS_OF_TESTING[prefix + dot] if prefix else testing, last)
    shown = re.findall(rf"`({re.escape(name)}(?:\(.*?\))?)`", REFERENCE.read_text(encoding="utf-8"))
    assert shown
    if callable(thing) and thing not in FOUND_BY_VERIFY:
        assert [*inspect.signature(thing).parameters] in [parameter_names(call) for call in shown]


@pytest.mark.parametrize("owner", FOUND_BY_VERIFY[:3], ids=lambda owner: owner.__name__)
def test_the_reference_shows_every_member_of_a_report(owner: type[Any]) -> None:
    section = REFERENCE.read_text(encoding="utf-8").partition(f"### {owner.__name__}\n")[2].partition("\n##")[0]
    names = [*(field.name for field in dataclasses.fields(owner)), *public_members(owner)]
    assert [name for name in names if not re.search(rf"`\.{name}(\([^)]*\))?`", section)] == []


def members_shown(page: str) -> dict[str, list[str]]:
    """Return the members that the reference shows, by the heading above them."""
    sections = re.split(r"^#+ ", page, flags=re.MULTILINE)[1:]
    return {section.partition("\n")[0]: re.findall(r"^\| `\.(\w+)", section, re.MULTILINE) for section in sections}


def members_missing(page: str) -> list[str]:
    """Return what the reference shows and no class has."""
    shown = {name: members for name, members in members_shown(page).items() if members}
    has = {name: members_of(getattr(ms, name, None) or getattr(testing, name)) for name in shown}
    return [f"{name}.{member}" for name, members in shown.items() for member in members if member not in has[name]]


def members_of(owner: type[Any]) -> set[str]:
    """Return the names of all that a class has, fields included."""
    return {*dir(owner), *(field.name for field in (dataclasses.fields(owner) if dataclasses.is_dataclass(owner) else ()))}


def test_every_member_that_the_reference_shows_is_there() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert members_missing(page) == []
    assert members_missing(page.replace("| `.drop(", "| `.table()` | what is printed |\n| `.drop(")) == ["Calibration.table"]
    assert members_missing(page.replace("| `.small` ", "| `.why(verdict)` ")) == ["Report.why"]


# -- the laws ----------------------------------------------------------------------------------------------------------


def law_row(name: str) -> str:
    """Write the row of a preset in the table of laws."""
    council = name == "maslikhat"
    law = ms.law(name, list_seats=1) if council else ms.law(name)
    fallback = f"x {float(law.fallback.weight):g}, at least {law.fallback.floor}" if law.fallback else "none"
    seats = ["given", "given", "given"] if council else [str(law.list_seats), str(law.total_seats), str(law.majority)]
    category = short_percent(law.category_share) if law.category_share else "-"
    numbers = [seats[0], short_percent(law.threshold), fallback, str(law.district_seats), str(law.appointed_seats), *seats[1:]]
    return f"| {' | '.join([f'`{name}`', *numbers, category])} |"


@pytest.mark.parametrize("name", ms.laws())
def test_the_table_of_laws_is_that_of_the_presets(name: str) -> None:
    page = (ROOT / "docs" / "reference" / "laws.md").read_text(encoding="utf-8")
    law = ms.law(name, list_seats=1) if name == "maslikhat" else ms.law(name)
    assert law_row(name) in page
    assert law.in_force in page
    for field, article in law.source.items():
        assert any(f"`{field}`" in row and article in row for row in page.splitlines()), f"{field}: {article}"


def test_the_page_of_laws_names_every_choice() -> None:
    from mazhilis_sim.legislation.electoral_law import CHOICES

    page = (ROOT / "docs" / "reference" / "laws.md").read_text(encoding="utf-8")
    for field, options in CHOICES.items():
        values = ", ".join(f'`"{option}"`' for option in options)
        assert f"| `{field}` | {values} |" in page
