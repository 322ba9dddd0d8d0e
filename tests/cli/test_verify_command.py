"""``mazhilis-sim verify``: rules by name and from files, what it prints and saves, and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mazhilis_sim.cli import app
from mazhilis_sim.testing import axioms

QUICK = ("--examples", "60")
RULES = {
    "largest.py": "def largest(votes, seats):\n    winner = votes.index(max(votes))\n"
    "    print('a rule may print')\n    return [seats * (i == winner) for i in range(len(votes))]\n",
    "broken.py": "import nowhere_to_be_found\n",
    "leaves.py": "raise SystemExit('bye')\n",
    "wrong.py": "def rule(votes, seats)\n    return votes\n",
    "gone.py": "import os\ndef rule(votes, seats):\n    os._exit(0)\n",
    "away.py": "import os\nos._exit(0)\n",
    "slow.py": "import time\nfrom largest import largest\ndef rule(votes, seats):\n    time.sleep(0.1)\n    return largest(votes, seats)\n",
    "hangs.py": "def rule(votes, seats):\n    while True:\n        pass\n",
    "slow_to_load.py": "while True:\n    pass\n",
    "things.py": "from largest import largest as rule\nnumber = 5\nclass Kept:\n    rule = staticmethod(rule)\n",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, code in RULES.items():
        (tmp_path / name).write_text(code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


def run(*words: str, width: int = 100) -> Result:
    return CliRunner().invoke(app, ["verify", *words], env={"COLUMNS": str(width)})


def printed(status: int, *words: str, width: int = 100) -> str:
    """Run what must end with a status and nothing on standard error."""
    done = run(*words, width=width)
    assert (done.exit_code, said(done.stderr)) == (status, []), done.output
    return done.stdout


def said(error: str) -> list[str]:
    """Return what stands on standard error, but for the word about the compiler, which a first run needs."""
    return [line for line in error.splitlines() if ": compiling" not in line]


def refused(*words: str) -> str:
    """Run what must be refused: status 2 and one line on standard error."""
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert done.stderr.startswith("mazhilis-sim: error: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_classical_rule_that_keeps_the_axioms_ends_with_0() -> None:
    text = printed(0, "hare", "--axioms", "quota,exact", *QUICK)
    assert text.startswith("hare: all 2 axioms satisfied\n")
    assert "every election of up to 4 parties, 10 votes and 6 seats" in text


def test_a_broken_axiom_ends_with_1_and_shows_the_smallest_election() -> None:
    text = printed(1, "hare", "--axioms", "quota,house_monotone", *QUICK)
    assert text.startswith("hare: 1 of 2 axioms not satisfied\n")
    assert "With votes 3, 3, 1 and 3 seats the rule gives 1, 1, 1; with 4 seats 2, 2, 0" in " ".join(text.split())


@pytest.mark.parametrize("width", [40, 60, 120])
def test_the_report_fits_the_terminal(width: int) -> None:
    text = printed(1, "dhondt", "--axioms", "upper_quota,no_seat_without_votes,fallback_floor", *QUICK, width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "not applicable" in text


@pytest.mark.parametrize("word", ["largest.py:largest", "largest:largest", "things.py:rule", "things:Kept.rule"])
def test_a_rule_comes_from_a_file_or_a_module_and_may_print(word: str) -> None:
    text = printed(0, word, "--axioms", "concordant,house_monotone", *QUICK)
    assert text.startswith("largest: all 2 axioms satisfied\n")
    assert "may print" not in text


def test_all_axioms_are_held_against_a_rule() -> None:
    text = printed(1, "largest.py:largest", *QUICK)
    assert all(axiom.name in text for axiom in axioms.ALL)
    assert text.count("not applicable") == 3


def test_a_law_makes_its_axioms_applicable() -> None:
    text = printed(1, "largest.py:largest", "--law", "2023", "--axioms", "threshold_respected,fallback_floor", *QUICK)
    assert "not applicable" not in text
    assert "so party 2 gets at least" in text
    assert "2023: threshold 5 %, second list × 0.7, 2+" in text


def test_a_law_may_be_changed_for_its_axioms() -> None:
    words = ("hare", "--law", "2023", "--axioms", "threshold_respected,fallback_floor", *QUICK)
    text = printed(0, *words, "--set", "threshold=0%", "--set", "fallback=none")
    assert "2023 (changed): threshold 0 %, second list none" in text
    assert "less than 1/5 of them" in printed(1, *words, "--set", "threshold=20%")


def test_the_report_is_saved_and_repeats_with_its_seed(folder: Path) -> None:
    for name in ("a.json", "b.json"):
        assert name in printed(1, "largest.py:largest", "--seed", "7", "--json", name, *QUICK)
    saved = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    assert saved == json.loads((folder / "b.json").read_text(encoding="utf-8"))
    assert (saved["rule"], saved["seed"], saved["passed"], len(saved["verdicts"])) == ("largest", 7, False, len(axioms.ALL))


def test_a_rule_that_hangs_is_told_of_and_ends_with_1() -> None:
    text = printed(1, "hangs.py:rule", "--time-limit", "1", "--axioms", "quota")
    assert "does not return within the time limit" in " ".join(text.split())
    assert "ended the verification early" in text


def test_a_rule_that_leaves_is_told_of_and_ends_with_1() -> None:
    text = printed(1, "gone.py:rule", "--axioms", "quota", *QUICK)
    assert text.startswith("rule: no axiom broken, but the rule does not always return seats (ended), 1 undecided\n")
    assert "With votes 1 and 1 seat the rule ends its process with status 0." in text


def test_a_rule_that_is_too_slow_is_undecided_which_is_a_status_of_its_own(folder: Path) -> None:
    text = printed(3, "slow.py:rule", "--axioms", "exact_sum,house_monotone", "--time-limit", "0.5", "--json", "a.json")
    assert text.startswith("rule: undecided, 2 of 2 axioms were not tried to the end\n")
    saved = json.loads((folder / "a.json").read_text(encoding="utf-8"))
    assert (saved["passed"], saved["outcome"], saved["complete"]) == (False, "undecided", False)
    assert [verdict["status"] for verdict in saved["verdicts"]] == ["undecided"] * 2
    assert all(0 < verdict["tried"] < 10 for verdict in saved["verdicts"])


def test_a_module_that_leaves_while_it_is_loaded_is_refused() -> None:
    assert "away.py cannot be loaded: it ends its process with status 0" in refused("away.py:rule")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["har"], "there is no rule 'har'; did you mean 'hare'?"),
        (["hare", "--axioms", "quotas"], "there is no axiom 'quotas'; did you mean 'quota'?"),
        (["hare", "--axioms", "quota,,"], "--axioms must be all, or names"),
        (["hare", "--law", "1066"], "there is no law '1066'"),
        (["hare", "--law", "maslikhat"], "--list-seats"),
        (["hare", "--list-seats", "17"], "--list-seats changes a law, and none is given; write --law 2023 beside it"),
        (["hare", "--set", "threshold=7%"], "--set changes a law, and none is given; write --law 2023 beside it"),
        (["hare", "--law", "2023", "--set", "treshold=7%"], "did you mean 'threshold'?"),
        (["hare", "--law", "2023", "--set", "ties=lots"], "of a law, verify reads threshold and fallback alone"),
        (["hare", "--examples", "-1"], "--examples"),
        (["hare", "--time-limit", "0"], "--time-limit"),
        (["hare", "--json", "nowhere/a.json"], "--json nowhere/a.json: cannot be written"),
        (["largest.py:largest", "--json", "largest.py"], "would overwrite the input"),
        (["largest.py"], "does not say which function; write largest.py:function"),
        (["largest.py:largst"], "largest.py has no function 'largst'; did you mean 'largest'?"),
        (["nowhere.py:rule"], "there is no file 'nowhere.py'"),
        (["a b:rule"], "there is no module 'a b'"),
        (
            ["nowhere_at_all:rule"],
            "there is no module 'nowhere_at_all', installed or in this folder; write the file, such as nowhere_at_all.py:rule, or",
        ),
        (
            ["broken.py:rule"],
            "broken.py imports nowhere_to_be_found, and there is no such module; install nowhere_to_be_found, or put it beside broken.py",
        ),
        (["rules/of/mine:rule"], "rules/of/mine is a folder; write a file in it, such as rules/of/mine/my_rule.py:rule"),
        (["rules:rule"], "rules is a folder; write a file in it, such as rules/my_rule.py:rule"),
        (["leaves.py:rule"], "leaves.py cannot be loaded: SystemExit: bye"),
        (["wrong.py:rule"], "wrong.py cannot be loaded: SyntaxError"),
        (["slow_to_load.py:rule", "--time-limit", "0.3"], "slow_to_load.py is not loaded after 0.3 seconds"),
        (["things.py:number"], "things.py:number must be a function of votes and seats, got int"),
    ],
)
def test_what_cannot_be_verified_is_refused_in_one_line(folder: Path, words: list[str], reason: str) -> None:
    (folder / "rules" / "of" / "mine").mkdir(parents=True)
    assert reason in refused(*words)


def test_the_command_needs_no_hypothesis() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\nfrom mazhilis_sim.cli import main\n"
        "sys.argv = ['mazhilis-sim', 'verify', 'hare', '--axioms', 'exact', '--examples', '5']\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ | {"COLUMNS": "100"})
    assert (done.returncode, said(done.stderr)) == (0, [])
