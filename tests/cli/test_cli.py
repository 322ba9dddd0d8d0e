"""The command line: what it prints, what it refuses, and how it ends."""

import contextlib
import dataclasses
import errno
import json
import math
import os
import re
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

import mazhilis_sim as ms
from mazhilis_sim.cli import app
from mazhilis_sim.cli import main as main_module
from mazhilis_sim.cli.shell import waiting
from mazhilis_sim.names.parties import Names
from mazhilis_sim.simulation.distribution.probability import Probability
from mazhilis_sim.simulation.engines import compilation
from mazhilis_sim.tables import chance, rough_chance, sparkline
from on_record import quiet_polls

POLLS = "pollster,date,sample_size,margin,party,share\n"
POLL = POLLS + "".join(f"x,2026-08-01,1200,2.9%,{answer}\n" for answer in ("amanat,61%", "auyl,24%", "jsdp,4%", "undecided,11%"))
VOTES = "party,votes\namanat,60\nauyl,30\njsdp,4\nagainst_all,6\n"
DRAWS = ("--draws", "2k")


def run(*words, width=100, **env):
    """Run the program in this process."""
    return CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": str(width), **env})


def run_well(*words, **options):
    done = run(*words, **options)
    assert (done.exit_code, done.stderr) == (0, ""), done.stderr
    return done.stdout


def refused(*words):
    """Run what must be refused: status 2, one line on standard error, nothing on standard output."""
    done = run(*words)
    assert done.exit_code == 2, (done.exit_code, done.stdout, done.stderr)
    assert done.stdout == ""
    assert done.stderr.startswith("mazhilis-sim: error: ")
    assert done.stderr.endswith("\n")
    assert done.stderr.count("\n") == 1
    return done.stderr


def rows_of(text, name):
    """Return the cells of every line that begins with a name."""
    return [re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if line.startswith(f"{name} ")]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Stand in an empty folder with a file of polls and one of votes."""
    monkeypatch.chdir(tmp_path)
    Path("polls.csv").write_text(POLL)
    Path("votes.csv").write_text(VOTES)
    return tmp_path


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Let no word about the compiler stand on standard error: the first test that needs it would find it there."""
    monkeypatch.setattr(compilation, "PATIENCE", 3600.0)


# -- forecast ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def forecast_2023():
    return ms.simulate(ms.law("2023"), quiet_polls(2023), n_draws=20_000, seed=2023)


def test_forecast_prints_what_the_simulation_says(forecast_2023):
    f, text = forecast_2023, run_well("forecast", "--verbose", "2023", "--draws", "20k", width=120)
    names = Names(ms.load_election(2023).party_names)
    official = ms.load_election(2023).official_seats
    for party in f.lists:
        lists, *rest = rows_of(text, names[party])
        low, high = f.interval(party, 0.9, "list")
        assert rough_chance(f.p_enters(party)) in lists
        assert f"{low}–{high}" in lists
        assert lists[-2:] == [str(f.point["list"][party]), str(official["list"][party])]
        assert rest[-1][-2:] == [str(f.point["total"][party]), str(official["total"][party])]
        assert int(rest[-1][1]) == f.quantile(party, 0.5)
    said = " ".join(text.split())
    assert "the baseline is the official district result of 2023, which is the answer itself" in said
    assert "polled, each with an error of 0.35 on log shares (a prior): Democratic Institute 2023-03-04 district 3" in said
    assert "20,000, seed 2023" in text


def test_forecast_says_each_doubt_about_the_polls_used_once():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        text = " ".join(run_well("forecast", "--verbose", "2023", *DRAWS, width=400).split())
    assert text.count("sum to 107.6 %") == 1
    assert text.count("a margin of 1.1 % needs a sample of 7,937, got 2,000") == 1
    assert "sum to 98.2 %" not in text  # an exit poll, not used
    assert "not used: 1 older poll, 1 regional poll, 1 district poll, 1 debate poll, 1 partial poll, 3 exit polls" in text


def test_forecast_of_2021_counts_by_the_law_of_2021():
    text = run_well("forecast", "--verbose", "2021", *DRAWS)
    assert "98 list seats, threshold 7 %" in text
    assert "2021: 98 list seats at 7 %, 9 appointed; majority 54 of 107" in text
    assert "district" not in text
    assert rows_of(text, "Nur Otan")[0][-1] == "76"


@pytest.mark.parametrize("model", ["margin", "multinomial", "dirichlet"])
def test_models_without_nonsampling_error_say_so(model):
    assert f"{model}: sampling error only" in run_well("forecast", "2023", "--model", model, *DRAWS)


def test_the_default_model_does_not_say_so():
    assert "sampling error only" not in run_well("forecast", "2023", *DRAWS)


def test_coalitions_are_asked_for_and_answered():
    text = run_well("forecast", "2023", "--coalition", "amanat,independents", "--coalition", "auyl , aq_jol", *DRAWS)
    assert re.search(r"> 99.* %: Amanat \+ Independents", text)
    assert re.search(r"< .* %: Aq Jol \+ Auyl", text)


@pytest.mark.usefixtures("folder")
def test_forecast_of_a_file():
    text = run_well("forecast", "--verbose", "polls.csv", "--law", "2026", *DRAWS)
    assert "Forecast from polls.csv" in text
    assert "145 list seats, threshold 5 %" in text
    assert "result" not in text.splitlines()[3]
    assert "x, until 2026-08-01, n = 1,200, margin 2.9 %" in text


@pytest.mark.usefixtures("folder")
def test_forecast_of_a_file_with_districts_on_record():
    text = run_well("forecast", "--verbose", "polls.csv", "--law", "2023", "--districts", "2023", *DRAWS, width=300)
    assert "candidates follow their list with beta 0.5" in text
    assert "majority of 98" in text


@pytest.mark.usefixtures("folder")
def test_forecast_with_districts_of_a_file_that_no_list_vote_belongs_to():
    rows = [f"{d},{c},{party},{votes}" for d in range(1, 30) for c, party, votes in (("A", "amanat", 70), ("B", "independents", 40 + d))]
    Path("d.csv").write_text("\n".join(["district,candidate,party,votes", *rows]))
    text = run_well("forecast", "--verbose", "polls.csv", "--law", "2023", "--districts", "d.csv", *DRAWS, width=300)
    assert "the baseline is the district votes in d.csv" in text
    assert "no candidate follows a list" in text


@pytest.mark.usefixtures("folder")
def test_forecast_without_districts():
    text = run_well("forecast", "--verbose", "2023", "--districts", "none", *DRAWS)
    assert "majority of 69" in text
    assert re.findall("district.*", text) == ["district polls, 1 debate poll, 1"]  # among what is not used, and nowhere else
    assert rows_of(text, "Amanat")[0][-1] == "40"  # the list seats are still those of the record


@pytest.mark.usefixtures("folder")
def test_a_doubtful_file_is_doubted_with_its_row():
    Path("polls.csv").write_text(POLL.replace("2.9%", "1%"))
    assert "polls.csv, row 2: poll x 2026-08-01: a margin of 1 % needs a sample of 9,604" in run_well(
        "forecast", "--verbose", "polls.csv", "--law", "2026", *DRAWS, width=200
    )


@pytest.mark.usefixtures("folder")
def test_json_is_the_whole_result(forecast_2023):
    run_well("forecast", "2023", "--draws", "20k", "--json", "f.json", "--quiet")
    saved = json.loads(Path("f.json").read_text())
    assert saved["tallies"] == forecast_2023.to_dict()["tallies"]
    assert ms.load_forecast("f.json").p_enters("jsdp") == forecast_2023.p_enters("jsdp")


@pytest.mark.usefixtures("folder")
def test_quiet_prints_nothing():
    assert run_well("forecast", "2023", *DRAWS, "--quiet") == ""


def test_a_scenario_and_what_the_command_line_changes_in_it(folder):
    law, model = '[law]\nname = "2026"\nthreshold = "7%"\n', '[model]\nname = "total"\nsigma = 0.1\n'
    Path("s.toml").write_text(f'polls = "polls.csv"\ndraws = "1k"\nseed = 7\n{law}{model}')
    text = run_well("forecast", "--verbose", folder / "s.toml")
    assert "145 list seats, threshold 7 %" in text
    assert "1,000, seed 7" in text
    assert "standard deviation 0.1 of log shares" in text
    text = run_well("forecast", "--verbose", "s.toml", "--draws", "2k", "--model", "margin", "--law", "2021")
    assert "98 list seats, threshold 7 %" in text
    assert "2,000, seed 7" in text
    assert "margin: sampling error only" in text


@pytest.mark.parametrize("written", ["2k", "2e3", "2_000", "2000"])
def test_draws_as_people_write_them(written):
    assert "2,000, seed 2023" in run_well("forecast", "2023", "--draws", written)


def test_the_seed_decides_the_draws():
    def numbers(seed, threads):
        text = run_well("forecast", "2023", "--draws", "20k", "--seed", seed, "--threads", threads)
        return text.split("What this rests on")[0]

    assert numbers(5, 1) == numbers(5, 2) != numbers(6, 1)


def test_one_draw_claims_nothing():
    text = run_well("forecast", "2023", "--draws", "1")
    assert all(rows_of(text, name)[0][2] == "?" for name in ("Amanat", "JSDP"))


# -- count and laws ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2007, 2012, 2016, 2021, 2023])
def test_elections_on_record_are_counted_as_announced(year):
    text = run_well("count", year)
    assert "official; every seat is counted as announced" in text
    election = ms.load_election(year)
    names = Names(election.party_names)
    for party, votes in election.list_votes.items():
        row = rows_of(text, names[party])[0]
        seats = str(election.official_seats["list"][party])
        assert row[1] == f"{votes:,}"
        assert row[3:5] == [seats, seats]


def test_count_of_2023_shows_all_tiers():
    text = run_well("count", 2023)
    order = ["Amanat", "Auyl", "Respublica", "Aq Jol", "People's Party", "JSDP", "Baytaq", "Independents", "against all", "all"]
    assert [re.split(r"\s{2,}", line)[0] for line in text.splitlines()[4:14]] == order
    assert rows_of(text, "Amanat") == [["Amanat", "3,431,510", "53.90 %", "40", "40", "22", "22", "62", "62"]]
    assert rows_of(text, "Independents") == [["Independents", "7", "7", "7", "7"]]
    assert rows_of(text, "against all") == [["against all", "248,291", "3.90 %"]]
    assert rows_of(text, "all") == [["all", "6,366,441", "69", "69", "29", "29", "98", "98"]]


def test_explain_prints_the_protocol():
    text = run_well("count", 2023, "--explain", width=200)
    chamber = ms.elect(ms.law("2023"), ms.load_election(2023))
    named = dataclasses.replace(chamber, allocation=chamber.allocation.named(Names(ms.load_election(2023).party_names).by_id)).explain()
    assert named in text
    assert "amanat" not in text
    assert named not in run_well("count", 2023, width=200)


@pytest.mark.usefixtures("folder")
def test_count_of_a_file():
    text = run_well("count", "votes.csv", "--law", "2026")
    assert rows_of(text, "Amanat") == [["Amanat", "60", "60.00 %", "97"]]
    assert rows_of(text, "JSDP") == [["JSDP", "4", "4.00 %", "0"]]
    assert "result" not in text


@pytest.mark.usefixtures("folder")
def test_count_of_list_votes_alone_says_what_is_missing():
    text = run_well("count", "votes.csv", "--law", "2023")
    assert "votes.csv has no district votes: of 98 seats, those of lists alone are counted" in text
    assert rows_of(text, "Amanat") == [["Amanat", "60", "60.00 %", "46"]]


@pytest.mark.usefixtures("folder")
def test_count_with_districts_of_a_file():
    rows = [f"{d},{c},{party},{votes}" for d in range(1, 30) for c, party, votes in (("A", "new", 70), ("B", "independents", 60 + d))]
    Path("d.csv").write_text("\n".join(["district,candidate,party,votes", *rows[:18], *rows[20:], "10,A,new,1"]))
    text = run_well("count", "votes.csv", "--law", "2023", "--districts", "d.csv")
    assert rows_of(text, "new") == [["new", "10", "10"]]  # districts 1 to 10; the others went to those with more votes
    assert rows_of(text, "Independents") == [["Independents", "19", "19"]]
    Path("d.csv").write_text("\n".join(["district,candidate,party,votes", *rows]))
    assert "district 10: A and B share the first place" in refused("count", "votes.csv", "--law", "2023", "--districts", "d.csv")


@pytest.mark.usefixtures("folder")
def test_votes_against_all_by_option():
    Path("votes.csv").write_text("party,votes\na,60\nb,5\n")
    assert "5 % of 65 = 4 votes" in run_well("count", "votes.csv", "--law", "2026")
    text = run_well("count", "votes.csv", "--law", "2026", "--against-all", "40")
    assert "5 % of 105 = 6 votes" in text
    assert "applied: one list alone passed" in text


def test_laws_prints_every_preset():
    for width in (60, 120):
        text = run_well("laws", width=width)
        for name in ms.laws():
            assert rows_of(text, name)
    numbers = rows_of(text, "2023")[0]
    assert numbers == ["2023", "69", "5 %", "× 0.7, 2+", "29", "0", "98", "50"]


# -- what is refused ---------------------------------------------------------------------------------------------------


REFUSED = {
    "unknown year": (("forecast", "1066"), "write one of 2012, 2016, 2021, 2023"),
    "year without polls": (("forecast", "2007"), "write one of 2012, 2016, 2021, 2023"),
    "year of exit polls": (("forecast", "2016"), "no polls of 2016 on record that were taken before the vote; write another year"),
    "year without election": (("forecast", "2022"), "write one of 2012, 2016, 2021, 2023"),
    "polls without law": (("forecast", "polls.csv"), "write --law 2026"),
    "law with districts": (("forecast", "polls.csv", "--law", "2023"), "write --districts 2023"),
    "districts not on record": (("forecast", "2023", "--districts", "2021"), "not on record"),
    "law without districts": (("forecast", "2023", "--law", "2026", "--districts", "2023"), "has no districts"),
    "second round": (("forecast", "2023", "--law", "2004"), "--districts none"),
    "unknown law": (("count", "votes.csv", "--law", "2032"), "did you mean '2026'?"),
    "maslikhat": (("count", "votes.csv", "--law", "maslikhat"), "--list-seats 17"),
    "votes without law": (("count", "votes.csv"), "write --law 2026"),
    "against all of a year": (("count", "2023", "--against-all", "5"), "--against-all"),
    "against all twice": (("count", "votes.csv", "--law", "2026", "--against-all", "5"), "votes.csv, row 5"),
    "votes as polls": (("forecast", "votes.csv", "--law", "2026"), "'share'"),
    "unknown model": (("forecast", "2023", "--model", "totl"), "did you mean 'total'?"),
    "no draws": (("forecast", "2023", "--draws", "0"), "between 1 and"),
    "negative draws": (("forecast", "2023", "--draws", "-5"), "got '-5'"),
    "absurd draws": (("forecast", "2023", "--draws", "1e30"), "got '1e30'"),
    "seed": (("forecast", "2023", "--seed", "-1"), "--seed"),
    "broken seed": (("forecast", "2023", "--seed", "1.5"), "--seed must be a whole number in [0, 2**64), got '1.5'"),
    "year twice": (("calibrate", "2023", "2023"), "each election must stand once"),
    "threads": (("forecast", "2023", "--threads", "0"), "--threads"),
    "coalition of nobody": (("forecast", "2023", "--coalition", "auyl,"), "auyl,aq_jol"),
    "coalition of strangers": (("forecast", "2023", "--coalition", "auly", "--draws", "10"), "did you mean 'auyl'?"),
    "unknown option": (("forecast", "2023", "--foo"), "--foo"),
    "unknown command": (("forecst", "2023"), "did you mean 'forecast'?"),
    "distant command": (("quux", "2023"), "known: backtest, calibrate"),
    "no source": (("count",), "missing argument"),
    "missing file": (("count", "missing.csv", "--law", "2026"), "there is no file 'missing.csv'"),
    "missing folder": (("forecast", "2023", "--json", "none/f.json"), "none/f.json"),
    "folder as target": (("forecast", "2023", "--json", "."), "a folder"),
    "device as target": (("forecast", "2023", "--json", "/dev/null"), "ordinary file"),
    "input as target": (("forecast", "polls.csv", "--law", "2026", "--json", "./polls.csv"), "overwrite the input"),
    "one target twice": (("forecast", "2023", "--json", "a.png", "--plot", "./a.png"), "write two files"),
    "kind of picture": (("forecast", "2023", "--plot", "a.gif"), ".png, .svg, .pdf"),
    "name too long": (("count", "x" * 5000), "there is no file"),
    "empty name": (("count", ""), "there is no file ''"),
}


@pytest.mark.parametrize(("words", "says"), REFUSED.values(), ids=REFUSED)
def test_refused(folder, words, says):
    before = sorted(folder.iterdir())
    assert says in refused(*words)
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("text", ["", "party,votes\namanat,abc\n", "party,votes\na,-5\nb,7\n", "party,votes\na,1\na,2\n", "\x00\xff"])
@pytest.mark.usefixtures("folder")
def test_bad_votes_are_refused_in_one_line(text):
    Path("bad.csv").write_text(text, encoding="latin-1")
    assert "bad.csv" in refused("count", "bad.csv", "--law", "2026")


@pytest.mark.usefixtures("folder")
def test_targets_are_looked_at_before_the_run(monkeypatch):
    monkeypatch.setattr("mazhilis_sim.simulation.simulate.simulate", lambda *_a, **_k: pytest.fail("the run began"))
    refused("forecast", "2023", "--json", "none/f.json")
    Path("f.json").touch(mode=0o444)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "f.json")  # the superuser may write everywhere
    assert "write-protected" in refused("forecast", "2023", "--json", "f.json")


DISTRICTS = "district,candidate,party,votes\n1,x,amanat,5\n"


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (("forecast", "s.toml", "--json", "polls.csv"), "polls.csv"),
        (("forecast", "s.toml", "--plot", "link.svg"), "polls.csv"),
        (("forecast", "s.toml", "--json", "s.toml"), "s.toml"),
        (("forecast", "s.toml", "--json", "d.csv"), "d.csv"),
        (("forecast", "polls.csv", "--law", "2026", "--districts", "d.csv", "--json", "./d.csv"), "d.csv"),
        (("calibrate", "--pair", "polls.csv", "votes.csv", "--json", "votes.csv"), "votes.csv"),
        (("calibrate", "--pair", "polls.csv", "votes.csv", "--pair", "d.csv", "v.csv", "--json", "d.csv"), "d.csv"),
        (("calibrate", "--pair", "polls.csv", "votes.csv", "--pair", "d.csv", "v.csv", "--json", "v.csv"), "v.csv"),
        (("verify", "a_rule_of_mine:rule", "--json", "a_rule_of_mine.py"), "a_rule_of_mine.py"),
        (("verify", "a_rule_of_mine.py:rule", "--json", "imported_by_it.py"), "imported_by_it.py"),
    ],
    ids=str,
)
@pytest.mark.usefixtures("folder")
def test_no_file_that_is_read_is_overwritten(monkeypatch, words, spared):
    monkeypatch.setattr(sys, "path", list(sys.path))
    Path("s.toml").write_text('polls = "polls.csv"\ndistricts = "d.csv"\n[law]\nname = "2023"\ndistrict_seats = 1\n')
    Path("d.csv").write_text(DISTRICTS)
    Path("v.csv").write_text(VOTES)
    Path("imported_by_it.py").write_text("")
    Path("a_rule_of_mine.py").write_text("import imported_by_it\n\ndef rule(votes, seats):\n    return votes\n")
    Path("link.svg").symlink_to("polls.csv")
    before = Path(spared).read_text()
    try:
        assert "this would overwrite the input" in refused(*words)
    finally:
        for name in ("a_rule_of_mine", "imported_by_it"):
            sys.modules.pop(name, None)
    assert Path(spared).read_text() == before


@pytest.mark.usefixtures("folder")
def test_one_file_is_not_written_twice():
    assert "write two files" in refused("forecast", "2023", "--json", "out.svg", "--plot", "./out.svg")


@pytest.mark.usefixtures("folder")
def test_where_no_list_passes_the_program_names_its_own_option():
    Path("many.csv").write_text("party,votes\n" + "".join(f"p{n},{100 + n}\n" for n in range(40)))
    words = ("count", "many.csv", "--law", "2026")
    said = refused(*words)
    assert "threshold of 5 % of the base" in said
    assert "choose --set no_list_passes=top_two or --set no_list_passes=all" in said
    assert "law.replace" not in said
    assert "p39" in run_well(*words, "--set", "no_list_passes=top_two")
    assert rows_of(run_well("count", "votes.csv", "--law", "2026", "--set", "list_seats=7", "--set", "fallback=0.5,1"), "all")[0][-1] == "7"
    assert "(changed)" in run_well("forecast", "--verbose", "2023", "--set", "threshold=7%", "--draws", "10", "--districts", "none")
    assert "fallback=" in refused(*words, "--set", "fallback=0.7")


@pytest.mark.usefixtures("folder")
def test_a_count_by_divisors_shows_the_quotients_of_the_last_seat_in_place_of_a_quota():
    words = ("count", "votes.csv", "--law", "2026", "--list-seats", "7")
    assert "votes for a seat" in run_well(*words)
    text = run_well(*words, "--set", "method=dhondt")
    assert "quotients  the last seat: Amanat with 12.0000; the next would be Amanat's with 10.0000" in text
    assert "votes for a seat" not in text


@pytest.mark.usefixtures("folder")
def test_a_law_without_districts_has_none_that_are_left_out():
    assert "note" not in run_well("count", "votes.csv", "--law", "2026", "--set", "district_rule=absolute_majority")
    assert "not counted: list seats alone" in " ".join(run_well("count", "votes.csv", "--law", "2004").split())


@pytest.mark.usefixtures("folder")
def test_a_floor_that_exceeds_what_was_left_names_its_option():
    Path("lone.csv").write_text("party,votes\na,98\nb,2\n")
    text = " ".join(run_well("count", "lone.csv", "--law", "2023", "--districts", "none", "--set", "fallback=0.7,3").split())
    assert "the whole part 67 of a and the floor of 3 exceed 69 seats; the law is silent; by the option floor_excess='floor'" in text


@pytest.mark.usefixtures("folder")
def test_lots_are_drawn_with_a_seed_that_the_screen_names():
    Path("level.csv").write_text("party,votes\nx,1\ny,1\nz,1\n")
    words = ("count", "level.csv", "--law", "2026", "--set", "ties=lots")
    by_seed = {seed: run_well(*words, "--seed", seed) for seed in (0, 7, 2023)}
    assert all(f"x, y and z for 1 seat; a lot, seed {seed}, decided" in " ".join(text.split()) for seed, text in by_seed.items())
    for seed, text in by_seed.items():
        law = ms.law("2026").replace(ties="lots")
        seats = ms.allocate(law, {"x": 1, "y": 1, "z": 1}, seed=seed).seats
        assert {party: int(rows_of(text, party)[0][-1]) for party in seats} == seats
    assert run_well(*words) == by_seed[2023]
    assert "2026 (changed): 145 list seats at 5 %, ties=lots; majority 73 of 145" in " ".join(by_seed[7].split())
    assert "write --set ties=lots beside it" in refused(*words[:-2], "--seed", "7")
    assert "--seed must be a whole number in [0, 2**64), got '-1'" in refused(*words, "--seed", "-1")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("--set", "treshold=7%"), "did you mean 'threshold'?"),
        (("--set", "threshold"), "field of the law and its value"),
        (("--set", "name=x"), "--set name=x: a law has no such field; known: appointed_seats"),
        (("--set", "threshold=seven"), "--set threshold=seven: threshold must be a share such as 0.41 or \"41%\", got 'seven'"),
        (("--set", "threshold=7"), "--set threshold=7: threshold must lie in [0, 1), got '7'; write 7 % as \"7%\"\n"),
        (("--set", "fallback=0.7,x"), "--set fallback=0.7,x: floor must be a whole number, got 'x'"),
        (("--set", "list_seats=many"), "must be a whole number of seats"),
        (("--set", "ties=lots", "--set", "ties=order"), "must be set once"),
        (("--set", "list_seats=5", "--list-seats", "6"), "write it once"),
        (("--set", "no_list_passes=nobody"), "must be one of error, top_two, all"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_change_of_the_law_that_is_none(change, says):
    assert says in refused("count", "votes.csv", "--law", "2026", *change)


@pytest.mark.parametrize("command", ["forecast", "count"])
def test_districts_are_not_left_out_and_asked_for_at_once(command):
    words = (command, "2023", "--districts", "none", "--set", "district_seats=29")
    assert "leaves the districts out, and --set district_seats=29 says how many there are; write one of them" in refused(*words)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('draws = 10\npolls = "none.csv"\nlaw = "2026"\n', "s.toml, row 2, key polls: there is no file"),
        ('polls = "polls.csv"\nlaw = "2026"\ncoalitions = [["auly"]]\n', "s.toml, row 3, key coalitions: there is no party 'auly'"),
        ('polls = "polls.csv"\nlaw = "2023"\ndistricts = "d.csv"\n', "s.toml, row 3, key districts: there is no file"),
        ('polls = "polls.csv"\nlaw = "maslikhat"\n', "row 2, key law: each maslikhat has its own number of seats; write law = {"),
        ('polls = "zero.csv"\nlaw = "2026"\n', "no list has a share above 0 in every poll"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_scenario_that_cannot_be_run_names_file_and_key(text, says):
    Path("s.toml").write_text(text)
    rows = [f"{who},2026-08-01,1000,3.1%,{party},{share}" for who, a in (("x", 1), ("y", 0)) for party, share in (("a", a), ("b", 1 - a))]
    Path("zero.csv").write_text(POLLS + "\n".join(rows) + "\n")
    assert says in refused("forecast", "s.toml", "--draws", "10")


def test_a_failed_write_leaves_nothing(folder, monkeypatch):
    Path("f.json").write_text("old")

    def full(*_paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert "cannot write f.json: No space left on device" in refused("forecast", "2023", *DRAWS, "--json", "f.json", "--quiet")
    assert Path("f.json").read_text() == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["f.json", "polls.csv", "votes.csv"]


# -- how it ends -------------------------------------------------------------------------------------------------------


def test_an_unforeseen_error_is_called_a_bug(monkeypatch):
    def break_down(*_words):
        raise RuntimeError("out of order\nin two lines")

    monkeypatch.setattr("mazhilis_sim.cli.laws.table.print_laws", break_down)
    done = run("laws")
    assert done.exit_code == 1
    assert done.stderr.startswith("mazhilis-sim: error: this is a bug, please report it: RuntimeError: out of order in two lines (")
    assert done.stderr.count("\n") == 1
    assert "Traceback" in run("laws", MAZHILIS_SIM_DEBUG="1").stderr


def test_interrupted(monkeypatch):
    def interrupt(*_words):
        raise KeyboardInterrupt

    monkeypatch.setattr("mazhilis_sim.cli.laws.table.print_laws", interrupt)
    done = run("laws")
    assert (done.exit_code, done.stderr) == (130, "mazhilis-sim: interrupted\n")


def test_without_words_it_helps():
    assert run_well() == run_well("--help")
    assert "forecast" in run_well("-h")
    assert ms.__version__ in run_well("--version")


class Event:
    """What numba tells its listeners."""

    def __init__(self, is_start):
        self.is_start = is_start


@pytest.mark.parametrize(
    ("quiet", "patience", "says"),
    [(False, 0.0, "mazhilis-sim: compiling, once after an installation: five to thirty seconds\n"), (True, 0.0, ""), (False, 3600.0, "")],
)
def test_a_long_compilation_is_explained_once(monkeypatch, capsys, quiet, patience, says):
    monkeypatch.setattr(compilation, "PATIENCE", patience)
    waited = waiting.Waiting(quiet)
    for _ in range(2):
        for is_start in (True, True, False):  # one function compiles another
            waited.notify(Event(is_start))
        if patience == 0:
            waited.timer.join()
        waited.notify(Event(False))
    waited.timer.join()
    assert capsys.readouterr().err == says
    assert waited.seconds > 0


@pytest.mark.parametrize(
    ("module", "at_once"), [("numba.core.lowering", True), ("llvmlite.binding.module", True), ("numbers_of_a_user", False), (None, False)]
)
def test_ctrl_c_leaves_at_once_where_the_compiler_is_at_work_though_no_listener_is_told(monkeypatch, module, at_once):
    def leave():
        raise SystemExit(waiting.INTERRUPTED)

    waited, works = waiting.Waiting(quiet=True), {"__name__": module}
    monkeypatch.setattr(waited, "leave", leave)
    exec("def work(call):\n    call()", works)
    with pytest.raises((SystemExit, KeyboardInterrupt)) as ended:
        works["work"](lambda: waited.interrupt(signal.SIGINT, sys._getframe()))
    waited.stop()
    assert ended.type is (SystemExit if at_once else KeyboardInterrupt)


def start(*words, **options):
    """Start the program as users do."""
    command = [sys.executable, "-m", "mazhilis_sim", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", **options)


def test_as_a_module_it_ends_with_its_status():
    process = start("laws")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert "Qurultay" in out
    process = start("count", "1066")
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.count("\n")) == (2, "", 1)


@pytest.mark.posix
def test_a_closed_pipe_is_silent():
    process = start("laws")
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 141


RUNS = """
import sys
import threading
from mazhilis_sim.cli import main

sound = threading.Thread.start

def start(thread):
    sound(thread)
    if not isinstance(thread, threading.Timer):
        sys.stderr.write("a thread runs\\n")  # in one piece: a signal comes at any time

threading.Thread.start = start
sys.exit(main())
"""


@pytest.mark.posix
def test_ctrl_c_ends_a_long_run_in_one_line(tmp_path):
    words = ["forecast", "2023", "--draws", "1e12", "--json", str(tmp_path / "f.json")]
    with subprocess.Popen([sys.executable, "-c", RUNS, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert "a thread runs\n" in iter(process.stderr.readline, "")
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()  # one that goes on
    assert (process.returncode, out) == (130, "")
    assert [line for line in err.splitlines() if line and line != "a thread runs"] == ["mazhilis-sim: interrupted"]
    assert list(tmp_path.iterdir()) == []


LOST = """
import time
from mazhilis_sim.cli.shell.waiting import explained
with explained():
    while True:
        try:
            print("ready", flush=True)
            time.sleep(60)
        except KeyboardInterrupt:
            pass
"""


@pytest.mark.posix
def test_an_interrupt_that_is_lost_where_the_compiler_calls_back_ends_the_program_all_the_same():
    process = subprocess.Popen([sys.executable, "-c", LOST], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "\nmazhilis-sim: interrupted\n")


SWALLOWED = """
import signal, sys
from mazhilis_sim.cli import main
from mazhilis_sim.cli.laws import table

def swallows(*_words):
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        pass

table.print_laws = swallows
sys.argv = ["mazhilis-sim", "laws"]
main()
"""
LOADING = """
import builtins, sys
sound = builtins.__import__

def interrupted(name, *words):
    if name == "click":
        raise KeyboardInterrupt
    return sound(name, *words)

from mazhilis_sim.cli import main
builtins.__import__ = interrupted
main()
"""


@pytest.mark.posix
@pytest.mark.parametrize("code", [SWALLOWED, LOADING], ids=["swallowed on the way", "while modules are loaded"])
def test_ctrl_c_is_answered_in_one_line_whenever_it_comes(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, "mazhilis-sim: interrupted\n")


SHORT = [
    (MemoryError(), "there is too little memory"),
    (OSError(errno.ENOMEM, "Cannot allocate memory"), "there is too little memory"),
    (RuntimeError("can't start new thread"), "the system starts no more threads; ask for fewer"),
]


@pytest.mark.parametrize(("error", "said"), SHORT, ids=lambda value: type(value).__name__)
def test_what_the_system_does_not_give_is_no_bug(monkeypatch, error, said):
    def fails(*_words):
        raise error

    monkeypatch.setattr("mazhilis_sim.cli.laws.table.print_laws", fails)
    done = CliRunner().invoke(app, ["laws"])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"mazhilis-sim: error: {said}")
    assert "bug" not in done.stderr


LITTLE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (200 << 20, 200 << 20))
from mazhilis_sim.cli import main
sys.argv = ["mazhilis-sim", "forecast", "2023", "--draws", "10", "--threads", "1"]
main()
"""


@pytest.mark.posix
def test_a_process_with_little_memory_says_how_much_it_has():
    few = {"OPENBLAS_NUM_THREADS": "1"}  # its own words come before any of ours
    done = subprocess.run([sys.executable, "-c", LITTLE], capture_output=True, text=True, timeout=60, check=False, env=os.environ | few)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("mazhilis-sim: error: there is too little memory (limited to 200 MB, see ulimit -v)")
    assert done.stderr.count("\n") == 1


def test_an_interrupt_near_the_end_is_not_lost(monkeypatch):
    monkeypatch.setattr(waiting, "FAREWELL", 3600.0)
    with pytest.raises(KeyboardInterrupt), waiting.explained(), contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_the_start_needs_neither_arrays_nor_compiler():
    code = "import sys; from mazhilis_sim.cli import app; print({'numpy', 'numba', 'rich', 'matplotlib', 'pyarrow'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


# -- how it looks ------------------------------------------------------------------------------------------------------


def many_polls(parties, name="party"):
    weights = [0.87**i for i in range(parties)]
    rows = [f"x,2026-08-01,1200,2.9%,{name}_{i},{w / sum(weights):.5f}" for i, w in enumerate(weights)]
    return POLLS + "\n".join(rows)


@pytest.mark.parametrize("width", [48, 60, 80, 120])
@pytest.mark.parametrize(
    "words",
    [
        ("forecast", "2023", *DRAWS),
        ("forecast", "2021", *DRAWS),
        ("forecast", "two.csv", "--law", "2026", *DRAWS),
        ("forecast", "many.csv", "--law", "2023", "--districts", "2023", *DRAWS),
        ("laws",),
        ("calibrate",),
    ],
    ids=lambda words: " ".join(words[:2]),
)
@pytest.mark.usefixtures("folder")
def test_no_line_is_wider_than_the_screen(words, width):
    Path("two.csv").write_text(many_polls(2))
    Path("many.csv").write_text(many_polls(40, "a_party_with_a_very_long_name"))
    wide = [line for line in run_well(*words, width=width).splitlines() if len(line) > width]
    assert not wide


@pytest.mark.usefixtures("folder")
def test_the_model_is_named_with_every_parameter_in_use():
    model = '[model]\nname = "total"\nsigma = 0.3\ndf = 4\nbias = { amanat = -0.05 }\n'
    Path("s.toml").write_text(f'polls = 2023\nlaw = "2026"\ndraws = 1000\n{model}')
    text = " ".join(run_well("forecast", "--verbose", "s.toml").split())
    assert "(standard deviation 0.3 of log shares, Student-t tails with 4 degrees of freedom); log share of amanat shifted by -0.05" in text


@pytest.mark.parametrize("width", [60, 120])
def test_no_number_is_cut(width):
    text = run_well("count", 2023, width=width)
    for number in ("3,431,510", "53.90 %", "6,366,441"):
        assert number in text
    assert "People's Party" in text


def test_a_pipe_gets_whole_paragraphs_and_no_colours():
    done = CliRunner().invoke(app, ["forecast", "--verbose", "2023", *DRAWS], env={"COLUMNS": None})
    assert "\x1b" not in done.stdout
    (line,) = (line for line in done.stdout.splitlines() if "candidates follow their list with beta 0.5" in line)
    assert line.endswith("district 3")


def test_a_screen_that_knows_ascii_alone_gets_ascii():
    done = CliRunner(charset="ascii").invoke(app, ["forecast", "2023", *DRAWS])
    assert done.exit_code == 0
    done.stdout.encode("ascii")
    assert "?" not in done.stdout
    assert re.search(r"Amanat .* \d+-\d+  [.:\-=+*#@ ]+  ", done.stdout)
    names = CliRunner(charset="ascii").invoke(app, ["count", "2023", "--explain"]).stdout
    assert "Daulet Turlyhanov" in names


def test_no_color_is_heard():
    def styled(**env):
        return CliRunner().invoke(app, ["laws"], env={"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "90", **env}).stdout

    colours = re.compile(r"\x1b\[[0-9;]*3[0-9]m")
    assert "\x1b[1m" in styled()
    assert not colours.search(styled(NO_COLOR="1"))


# -- words -------------------------------------------------------------------------------------------------------------


@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@example((0, 10**6))
@example((10**6, 10**6))
@example((253_520, 10**6))
@example((19, 10**5))
def test_a_chance_never_says_more_than_is_known(pair):
    p = Probability(*pair)
    text = chance(p)
    value, error = 100 * p.value, 100 * p.se
    low, high = (100 * end for end in p.interval(0.95))
    number = float(text.strip("<> %")) if text != "?" else math.nan
    if text == "?":
        assert p.draws < 100
    elif text.startswith("<"):
        assert high <= number <= 10 * max(high, 1e-9) + 1e-9
    elif text.startswith(">"):
        assert number <= low
        assert 100 - number <= 10 * (100 - low) + 1e-9
    else:
        decimals = len(text.removesuffix(" %").partition(".")[2])
        assert abs(number - value) <= 0.5 * 10.0**-decimals + 1e-9
        assert 0 < number < 100
        assert min(value, 100 - value) >= 2 * error
        assert decimals == 0 or 10.0**-decimals >= error


def test_chances_as_they_are_shown():
    million = {253_520: "25.4 %", 0: "< 0.001 %", 1_000_000: "> 99.999 %", 3_400: "0.34 %"}
    assert {successes: chance(Probability(successes, 10**6)) for successes in million} == million
    assert chance(Probability(500, 1000)) == "50 %"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=150).filter(any), st.integers(1, 30))
def test_a_sparkline_fits_and_shows_where_draws_are(counts, width):
    marks = sparkline(counts, 0, len(counts) - 1, width)
    step = math.ceil(len(counts) / width)
    assert len(marks) == math.ceil(len(counts) / step) <= width
    sums = [sum(counts[start : start + step]) for start in range(0, len(counts), step)]
    assert [mark == " " for mark in marks] == [count == 0 for count in sums]
    assert {mark for mark, count in zip(marks, sums, strict=True) if count == max(sums)} == {"█"}


def test_main_is_the_console_script(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["mazhilis-sim", "--version"])
    with pytest.raises(SystemExit) as end:
        main_module()
    assert end.value.code == 0


# -- nothing behind an option ------------------------------------------------------------------------------------------

VALUED = [
    (name, option.opts[-1], option.nargs)
    for name, command in app.commands.items()
    for option in command.params
    if isinstance(option, click.Option) and not option.is_flag and not option.count
]


@pytest.mark.parametrize(("command", "option", "many"), VALUED, ids=[f"{command} {option}" for command, option, _ in VALUED])
def test_an_option_with_nothing_behind_it_says_what_may_stand_there(folder, command, option, many):
    before = sorted(folder.iterdir())
    for words in ((option, *["x", ""][-many:]), (option, *["x", "  "][-many:]), (f"{option}=", *["x"][: many - 1])):
        said = refused(command, *words)
        assert f"error: {option} must have something behind it, got an empty word; write {option} " in said
        assert said.endswith(", or leave the option out\n")
    assert sorted(folder.iterdir()) == before


def test_an_empty_word_behind_a_flag_or_among_several_is_told_apart():
    assert "write --coalition A,B, or leave" in refused("forecast", "2023", "--coalition", "auyl", "--coalition", "")
    assert "must have something behind it" not in refused("count", "2023", "--explain", "")


# -- one of a thing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "lang", "said"),
    [
        (("count", "one.csv", "--law", "2026"), "en", "5 % of 1 = 1 vote\n"),
        (("count", "one.csv", "--law", "2026"), "ru", "5 % от 1 = 1 голос\n"),
        (("count", "one.csv", "--law", "2026"), "kk", "= 1 дауыс\n"),
        (("count", "one.csv", "--law", "2026", "--explain"), "en", "or 1 vote; reaching"),
        (("power", "one.csv", "--law", "2026", "--set", "list_seats=1"), "en", "1 of 1 seat\n"),
        (("power", "one.csv", "--law", "2026", "--set", "list_seats=1"), "ru", "1 из 1 места\n"),
        (("compare", "one.csv", "--laws", "2026"), "en", "Election under 1 law\n"),
        (("sweep", "one.csv", "list_seats", "--law", "2026"), "en", "Election, law 2026: list seats by"),
        (("verify", "hare", "--axioms", "exact"), "en", "the 1 axiom satisfied"),
    ],
)
def test_one_of_a_thing_is_said_as_one(folder, words, lang, said):
    (folder / "one.csv").write_text("party,votes\na,1\n", encoding="utf-8")
    assert said in run(*words, "--lang", lang).stdout


def test_what_polls_ask_about_is_doubted_on_the_screen(folder):
    (folder / "p.csv").write_text(
        "pollster,date,sample_size,a,b,c\nx,2026-01-02,1000,50%,30%,20%\ny,9999-01-03,1000,60%,40%,NA\n", encoding="utf-8"
    )
    done = run("forecast", "p.csv", "--law", "2026", "--verbose", *DRAWS)
    assert "doubtful date 9999-01-03" in done.stdout
    assert "unequal lists" in done.stdout
    assert "Warning" not in done.stderr
