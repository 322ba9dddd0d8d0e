"""Hold the counts of today's random stream against those of stream 1, and write the table in docs/explanation/reproducibility.md.

    python benchmarks/streams.py                  # some minutes; prints the table and writes it into the page
    python benchmarks/streams.py --draws 1e7 --dry
    python benchmarks/streams.py --record         # writes tests/statistical/stream_1.json; with the library of stream 1 alone

The questions are those of the record, which the last version with stream 1 answered: seats of every party, of every pair of parties
together, and what happened, each compared by a chi-square of two samples. The seeds differ, so that the samples are independent.
`tests/statistical/test_streams.py` does the same for a million draws at each change. Exits with 1 when the smallest of all p-values,
times their number, is below one in a thousand.

The record was made once, with PYTHONPATH set to the sources of the commit that stands in it.
"""

from __future__ import annotations

import argparse
import datetime
import json
import platform
import subprocess
import sys
import warnings
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import mazhilis_sim as ms
from mazhilis_sim.kernels.steps.random_words import VERSION
from mazhilis_sim.simulation.question import ask as as_question

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "statistical"))
from compare_streams import PLACE, TOO_SMALL, ask, compare, record, recorded, smallest, tables_of

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "reproducibility.md"
BEGIN, END = "<!-- streams -->\n", "<!-- end -->\n"
RECORDED_SEED, SEED = 1, 2
MOST = "lists of 2023, total"
"""The question of which all draws are made; of the others a tenth."""
LEVEL = ms.DistrictVotes((ms.District(1, tuple(ms.Candidate(party, party, 10) for party in "abc")),))


def questions():
    """Name and question of every run: what forecasts are made of, and what is rare in them."""
    lists, polls = ms.law("2023", district_seats=0), ms.load_polls(2023)
    total = ms.models.Total(preset="2025")  # what stream 1 was recorded with
    for model in (total, "margin", "multinomial", "dirichlet"):
        yield f"lists of 2023, {getattr(model, 'name', model)}", as_question(lists, polls, model)
    yield "lists of 2023, Student's tails", as_question(lists, polls, ms.models.Total(preset="2025", df=4))
    yield "chamber of 2023", as_question(ms.law("2023"), polls, total)
    yield "fallbacks of 2021, lots", as_question(ms.law("2021", ties="lots"), ms.load_polls(2021), total, votes=2_000)
    small = lists.replace(list_seats=7, district_seats=1, threshold="30%", ties="lots", no_list_passes="top_two")
    poll, still = ms.Poll({"a": 0.3, "b": 0.28, "c": 0.25, "d": 0.17}, sample_size=400), ms.models.Districts(0, 0, 0, 0, 0)
    yield "a small house that lots decide", as_question(small, poll, total, votes=60, districts=LEVEL, district_model=still)


def write_record(draws, threads):
    """Let stream 1 answer, each question with all pairs of parties."""
    if VERSION != 1:
        raise SystemExit(f"this library draws with stream {VERSION}; only stream 1 is recorded, by the library that drew with it")
    runs = {}
    for name, question in questions():
        asked = replace(question, coalitions=tuple(combinations(question.parties, 2)))
        runs[name] = record(ask(asked, n_draws=draws if name == MOST else draws // 10, seed=RECORDED_SEED, threads=threads))
    head = {"stream": VERSION, "commit": commit(), "day": str(datetime.date.today()), "command": "python benchmarks/streams.py --record"}
    PLACE.write_text(json.dumps(head | {"runs": runs}, separators=(",", ":")) + "\n", encoding="utf-8")


def commit():
    """Return the commit of the library in use."""
    found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=Path(ms.__file__).parent, check=True, capture_output=True, text=True)
    return found.stdout.strip()


def compared(draws, seed, threads):
    """Let today's stream answer, and compare; say how long the longest run is."""
    runs = recorded()
    most = max(run.draws for run in runs.values())
    found = []
    for name, run in runs.items():
        f = ask(run.question, n_draws=max(1, draws * run.draws // most), seed=seed, threads=threads)
        found += compare(name, run.tables, tables_of(f))
        print(f"{name}: {f.n_draws:,} draws against {run.draws:,}, {f.run['seconds']:.0f} s", file=sys.stderr)
    return found


def rows_of(found):
    """Write the worst comparison of each question and kind."""
    yield "| question | compared | number | the worst | chi-square | degrees of freedom | p |"
    yield "|---|---|---|---|---|---|---|"
    for question, kind in dict.fromkeys((each.question, each.kind) for each in found):
        alike = [each for each in found if (each.question, each.kind) == (question, kind)]
        worst = min(alike, key=lambda each: each.p)
        yield f"| {question} | {kind} | {len(alike)} | {worst.name} | {worst.chi_squared:.1f} | {worst.df} | {worst.p:.3f} |"


def page(found, draws, seed):
    """Write the part of the page that a run makes."""
    head = [
        f"Stream {VERSION} with seed {seed}: {draws:,} draws of the first question and a tenth of them of each other one,",
        f"{datetime.date.today()}, Python {platform.python_version()}; `python benchmarks/streams.py`.",
        f"The smallest of {len(found)} p-values is {min(each.p for each in found):.2g}; "
        f"by chance alone about {1 / len(found):.2g} is to be expected.",
    ]
    return "\n".join([*head, "", *rows_of(found)]) + "\n"


def main():
    """Draw, compare, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=float, default=1e8)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dry", action="store_true")
    parser.add_argument("--record", action="store_true")
    args = parser.parse_args()
    warnings.simplefilter("ignore", ms.PollWarning)
    if args.record:
        return write_record(int(args.draws), args.threads)
    found = compared(int(args.draws), args.seed, args.threads)
    text = page(found, int(args.draws), args.seed)
    print(text)
    if not args.dry:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(head + BEGIN + text + END + rest.partition(END)[2], encoding="utf-8")
    return int(smallest(found) < TOO_SMALL)


if __name__ == "__main__":
    sys.exit(main())
