"""Files with anything in them: read, or refused in one line. The fuzz is measured: one that never passes a guard shows nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st

from mazhilis_sim import reading
from mazhilis_sim.cli import app
from mazhilis_sim.files import cells
from mazhilis_sim.simulation.engines import compilation

VOTES = "party,votes\namanat,60\nauyl,30\njsdp,4\nagainst_all,6\n"
POLLS = "pollster,date,sample_size,margin,party,share"
PARTIES = ("amanat", "auyl", "jsdp", "respublica")
RARELY = 16
"""One cell in so many is what it must not be."""


# -- files that are nearly right ---------------------------------------------------------------------------------------


WRONG = st.sampled_from(["", "-1", "1.5", "41", "nan", '"1,000"', '"', "\x00", "invalid", "other", "Against All", "x" * 70, "١٢", "1e999"])


def nearly(right: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw what a cell should hold, and rarely something else."""
    return st.integers(1, RARELY).flatmap(lambda die: WRONG if die == 1 else right)


def numbers(*examples: str) -> st.SearchStrategy[str]:
    """Draw numbers as people write them."""
    return st.one_of(st.integers(0, 10**7).map(str), st.sampled_from(examples))


ANYTHING = st.binary(max_size=120)
VOTE_FILES = st.permutations([*PARTIES, "against_all"]).flatmap(
    lambda names: st.tuples(*(nearly(numbers("1e3", "2k", "1_000")) for _ in names)).flatmap(
        lambda counts: nearly(st.just(names[0])).map(
            lambda first: "\n".join(["party,votes", *map(",".join, zip([first, *names[1:]], counts, strict=True))]).encode()
        )
    )
)
SHARE_SETS = st.lists(st.integers(1, 30), min_size=4, max_size=4).map(lambda parts: [f"{100 * part / sum(parts):.1f}%" for part in parts])
POLL_FILES = st.tuples(
    SHARE_SETS,
    nearly(st.sampled_from(["2026-08-01", "2026-07-15", ""])),
    nearly(st.sampled_from(["1000", "1e3", "1200", "1.2k"])),
    nearly(st.sampled_from(["3%", "0.031", "3.1 %", ""])),
    nearly(st.sampled_from(["0%", "0%", "0%", "2 or 3%"])),
).map(
    lambda drawn: "\n".join(
        [
            POLLS,
            *(f"x,{drawn[1]},{drawn[2]},{drawn[3]},{party},{share}" for party, share in zip(PARTIES, drawn[0], strict=True)),
            f"x,{drawn[1]},{drawn[2]},{drawn[3]},undecided,{drawn[4]}",
        ]
    ).encode()
)
CANDIDATES = [(district, name) for district in "12" for name in ("A", "B", "against_all")]
DISTRICT_FILES = st.tuples(
    *(
        st.tuples(nearly(st.just(district)), nearly(st.just(name)), nearly(st.sampled_from(PARTIES)), nearly(numbers("1e3", "2k")))
        for district, name in CANDIDATES
    )
).map(lambda rows: "\n".join(["district,candidate,party,votes", *map(",".join, rows)]).encode())
VALUES: dict[str, st.SearchStrategy[str]] = {
    "draws": st.sampled_from(["10", '"10"', '"1e1"', "0", "-1", "1.5", '"many"', "true", "nan"]),
    "seed": st.sampled_from(["7", '"7"', "-1", "1e3", "[]", "99999999999999999999999"]),
    "law": st.sampled_from(['"2026"', "2026", '{name = "2026", threshold = "7%"}', '{name = "2026", threshold = 7}', '"20"', "[]", "{}"]),
    "model": st.sampled_from(
        ['"total"', '{name = "total", sigma = 0.3}', '{name = "total", sigma = -1}', '{name = "total", df = "x"}', "7"]
    ),
    "coalitions": st.sampled_from(['[["amanat", "auyl"]]', '[["x"]]', '["amanat"]', "7"]),
    "votes": st.sampled_from(["1_000_000", '"5M"', "0", "[1]"]),
    "districts": st.sampled_from(['"none"', "2023", "2021", '"nowhere.csv"', "7.5", "true"]),
}
SCENARIOS = st.fixed_dictionaries({}, optional=VALUES).map(
    lambda found: "\n".join(['polls = "polls.csv"', *(f"{key} = {value}" for key, value in found.items())]).encode()
)
COMMANDS: dict[str, tuple[tuple[str, ...], st.SearchStrategy[bytes]]] = {
    "votes": (("count", "any.csv", "--law", "2026"), VOTE_FILES),
    "polls": (("forecast", "any.csv", "--law", "2026", "--draws", "10", "--threads", "1"), POLL_FILES),
    "districts": (("count", "votes.csv", "--law", "2023", "--set", "district_seats=2", "--districts", "any.csv"), DISTRICT_FILES),
    "scenario": (("forecast", "any.toml", "--law", "2026", "--draws", "10", "--threads", "1"), SCENARIOS),
}


# -- what must hold ----------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no word about the compiler stand on standard error."""
    monkeypatch.setattr(compilation, "PATIENCE", 3600.0)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with a file of votes and one of polls."""
    folder = tmp_path_factory.mktemp("fuzz")
    fill(folder)
    return folder


def fill(folder: Path) -> None:
    """Write a file of votes and one of polls."""
    (folder / "votes.csv").write_text(VOTES)
    shares = ((*PARTIES, "undecided"), (50, 20, 10, 10, 10))
    rows = [f"x,2026-08-01,1000,3%,{party},{share}%" for party, share in zip(*shares, strict=True)]
    (folder / "polls.csv").write_text("\n".join([POLLS, *rows]))


def anything_for(kind: str, examples: int, number: int) -> list[bytes]:
    """Draw so many files for a command, most of them nearly right; another number draws others."""
    drawn: list[bytes] = []

    @seed(number)
    @given(content=st.one_of(ANYTHING, COMMANDS[kind][1], COMMANDS[kind][1]))
    @settings(max_examples=max(1, examples), deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    def draw(content: bytes) -> None:
        drawn.append(content)

    draw()
    return drawn


def run(place: Path, kind: str, content: bytes) -> Result:
    """Run the command of one kind of file on content."""
    words = COMMANDS[kind][0]
    for name in ("any.csv", "any.toml"):
        (place / name).write_bytes(content)
    return CliRunner().invoke(app, [str(place / word) if word.endswith((".csv", ".toml")) else word for word in words])


def check(done: Result) -> None:
    """Hold that the file was read, or refused in one line of bearable length."""
    assert done.exit_code in (0, 2), done.stderr
    if done.exit_code == 2:
        assert done.stdout == ""
        assert done.stderr.startswith("mazhilis-sim: error: ")
        assert done.stderr.count("\n") == 1
        assert len(done.stderr) < 700
        assert "x" * 61 not in done.stderr
    else:
        assert done.stderr == ""


@pytest.mark.parametrize("kind", COMMANDS)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_is_read_or_refused_in_one_line(place: Path, kind: str, data: st.DataObject) -> None:
    check(run(place, kind, data.draw(st.one_of(ANYTHING, COMMANDS[kind][1], COMMANDS[kind][1]))))


@pytest.mark.parametrize("kind", COMMANDS)
@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"party,votes\n", b"a = " + b"[" * 5000, b"\xef\xbb\xbf"])
def test_what_is_no_file_of_its_kind_is_refused(place: Path, kind: str, content: bytes) -> None:
    done = run(place, kind, content)
    check(done)
    assert done.exit_code == 2


# -- how far it gets ---------------------------------------------------------------------------------------------------

GUARDS = ("row 1", "is empty", "by its first bytes", "UTF-8", "NUL", "no TOML", "no row below", "as many cells")
"""Words of refusals at the first guards, before any cell is read."""


def depths(place: Path, kind: str, files: st.SearchStrategy[bytes], examples: int = 60) -> Counter[str]:
    """Count how far the files of one kind get: to a guard, to a cell, or to the end."""
    reached: Counter[str] = Counter()

    @given(content=files)
    @settings(max_examples=examples, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    def measure(content: bytes) -> None:
        done = run(place, kind, content)
        said = done.stderr
        reached["answered" if done.exit_code == 0 else "guard" if any(word in said for word in GUARDS) else "cell"] += 1

    measure()
    return reached


@pytest.mark.parametrize("kind", COMMANDS)
def test_the_fuzz_gets_past_the_first_guards(place: Path, kind: str) -> None:
    reached = depths(place, kind, COMMANDS[kind][1])
    assert reached.total() >= 30
    assert reached["guard"] <= reached.total() / 3, reached
    assert reached["cell"] >= reached.total() / 10, reached
    assert reached["answered"] >= reached.total() / 20, reached


@pytest.mark.parametrize("kind", COMMANDS)
def test_bytes_alone_get_past_no_guard(place: Path, kind: str) -> None:
    assert set(depths(place, kind, ANYTHING)) == {"guard"}


# -- and what it must see ----------------------------------------------------------------------------------------------


def broken_whole(*_words: Any, **_options: Any) -> int:
    """Fail on any cell with a number in it."""
    raise TypeError


def broken_share(value: Any, *words: Any, **options: Any) -> Any:
    """Fail on a share that is refused, and on no other."""
    return SHARE(value, *words, **options) if reading.fraction(value) is not None else 1 / 0


SHARE = reading.share
FAULTS: dict[str, tuple[str, Any, str, Callable[..., Any]]] = {
    "a cell of votes": ("votes", cells, "whole", broken_whole),
    "a refused share": ("polls", reading, "share", broken_share),
    "a cell of a district": ("districts", cells, "whole", broken_whole),
    "a key of a scenario": ("scenario", reading, "seed", broken_whole),
}


@pytest.mark.parametrize(("kind", "module", "name", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_behind_the_guards_is_seen(
    place: Path, monkeypatch: pytest.MonkeyPatch, kind: str, module: Any, name: str, fault: Callable[..., Any]
) -> None:
    monkeypatch.setattr(module, name, fault)

    def ends_in_a_bug(content: bytes) -> bool:
        return run(place, kind, content).exit_code == 1

    settled = settings(max_examples=200, database=None, derandomize=True, phases=[Phase.generate])
    assert find(COMMANDS[kind][1], ends_in_a_bug, settings=settled)


# -- words of the command line -----------------------------------------------------------------------------------------

LONG = "x" * 5000
WORDS = {
    "count": ["{}", "2023 --law {}", "2023 --set threshold={}", "2023 --set {}=1", "2023 --set {}", "2023 --set fallback={},1", "2023 {}"],
    "forecast": [
        f"2023 --{option} {{}}" for option in ("model", "draws", "seed", "votes", "coalition", "threads", "districts", "list-seats")
    ]
    + ["{}.toml", "{}.csv", "2023 --json {}", "2023 --plot {}", "2023 --plot {}.png", "2023 --json {}/a.json", "2023 --{}"],
    "calibrate": ["{}", "--pair {} {}", "--json {}"],
    "verify": ["{}", "{}:f", "{}.py:f", "hare --axioms {}", "hare --law {}", "hare --time-limit {}", "hare --examples {}"],
    "{}": [""],
}


@pytest.mark.parametrize(
    "word", [LONG, "9" * 5000, "-1", "", "\x1b[31m", "a\0b", "1e999", "nan", "٣", "=", ",", "\ud800"], ids=lambda word: ascii(word[:9])
)
def test_any_word_is_taken_or_refused_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.chdir(tmp_path)
    for command, lines in WORDS.items():
        for line in lines:
            words = [part.format(word) for part in (command, *line.split(" ")) if part]
            done = CliRunner().invoke(
                app, [*words, *(["--draws", "10", "--quiet"] if command == "forecast" and "--draws" not in line else [])]
            )
            assert done.exit_code in (0, 2), (words, done.stderr)
            assert done.stderr.count("\n") <= 1, words
            assert len(done.stderr) < 400, (line, done.stderr[:700])
            assert not done.stderr or done.stderr.startswith("mazhilis-sim: "), words
