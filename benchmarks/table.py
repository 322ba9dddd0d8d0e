"""Measure the table of ratios in docs/performance.md, all of it in one run, and write that page.

    python benchmarks/table.py                        # some minutes; prints the tables and writes their block of the page
    python benchmarks/table.py --target "AVX2 alone"  # under a name of its own, beside those of other targets
    python benchmarks/table.py --before PATH/src      # with the rows over another version: that of commit 8ac0254
    python benchmarks/table.py --rounds 3 --dry       # quick and rough; prints, writes nothing

What numba is told of another processor the rivals are told as well: docs/performance.md has the lines for each target.

Needs ``pip install ".[test]"``, and jax for the row over it. The figures of processor time are medians over rounds in which the
programs take turns, so that a busy neighbour disturbs all of them alike; ratios are medians of those of each round. What is said to
be of wall clock is disturbed by every neighbour.
"""

import argparse
import statistics
from pathlib import Path

import page
import turns
from contenders import ELECTIONS, contenders, measure, over
from processes import NOW, imports, interrupted, long_run, starts, two_threads

ROWS = (
    ("list elections, one thread: NumPy over this library", ">= 8", "12", "NumPy"),
    ("the same: JAX over this library", ">= 6", "9", "JAX"),
    ("the same: the first program over this one", ">= 2.3", "3.5", "first program"),
    ("the same: `apportionment`, counting alone, over this library", ">= 1,500", "2,500", "apportionment"),
    ("the same: `votelib`, counting alone, over this library", ">= 4,500", "7,000", "votelib"),
    ("the same over its own random words alone", "<= 9", "5", "words"),
    ("chamber with 29 districts: the first program over this one", ">= 2.3", "3.5", "first program's chamber"),
    ("the same over its random numbers alone", "<= 2.0", "1.5", "numbers"),
    ("`allocate_many`: NumPy over this library", ">= 8", "12", "allocate_many"),
    ("one `simulate` of 100 draws over one `allocate`", "<= 5", "2", "few draws"),
    ("`simulate` of 10^4 draws over 10^5, one thread", "<= 0.3", "0.15", "more draws"),
    ("two threads over one (wall clock)", ">= 1.85", "1.95", "threads"),
    ("40 lists over 7 lists, cost per list", "<= 1.5", "1.0", "forty"),
    ("peak memory at {draws:,.0f} draws over 10^6", "<= 1.05", "1.0", "memory"),
    ("first start over that of the first program (wall clock)", "<= 1.25", "1.0", "first start"),
    ("second start over that of the first program (wall clock)", "<= 1", "", "second start"),
)
"""What the table holds: measure, at least, aim, and the name of the ratio. A row whose ratio is not measured is left out."""


def ratios(times):
    """Ratios of the programs that take turns in this process, by the names of `ROWS`."""
    found = {
        "NumPy": over(times, "NumPy", "list"),
        "apportionment": over(times, "`apportionment`, votes given", "list"),
        "votelib": over(times, "`votelib`, votes given", "list"),
        "words": over(times, "list", "random words of a list election"),
        "numbers": over(times, "chamber", "random numbers of a chamber"),
        "allocate_many": over(times, "NumPy, votes given", "`allocate_many`"),
        "few draws": over(times, "`simulate`, 100 draws", "`allocate`"),
        "more draws": over(times, "`simulate`, 10^4 draws", "`simulate`, 10^5 draws"),
        "forty": over(times, "forty parties", "list") * 7 / 40,
    }
    return found | ({"JAX": over(times, "JAX", "list")} if "JAX" in times else {})


def ratios_before(before, rounds):
    """Ratios to the version before of both kinds of elections, and nanoseconds of both versions."""
    found = turns.before_over_now(before, NOW, {"lists": ELECTIONS, "chambers": ELECTIONS}, rounds)
    names = {"first program": "lists", "first program's chamber": "chambers"}
    sides = {"list, the first program": "lists before", "list, in a process of its own": "lists now"}
    sides |= {"chamber, the first program": "chambers before", "chamber, in a process of its own": "chambers now"}
    return tuple({name: found[key] for name, key in one.items()} for one in (names, sides))


def ratios_of_starts(seconds):
    """Ratios of starts to those of the version before, turn by turn, where there is one."""
    kinds = {f"{kind} start": versions for kind, versions in seconds.items() if "before" in versions}
    return {name: statistics.median(a / b for a, b in zip(of["now"], of["before"], strict=True)) for name, of in kinds.items()}


def medians(named):
    """Median of each list of numbers."""
    return {name: statistics.median(values) for name, values in named.items()}


def seconds_of_starts(seconds):
    """Median seconds of starts, with names for the page."""
    said = {"now": "", "before": ", the first program"}
    return {f"{kind} `forecast 2023`{said[name]}": value for kind, of in seconds.items() for name, value in medians(of).items()}


def tables(args):
    """Measure everything and put it into Markdown."""
    by_election, by_call = contenders()
    times = measure(by_election | by_call, args.rounds)
    found, ns = ratios(times), medians(times)
    sources = {"now": NOW} | ({"before": args.before} if args.before else {})
    if args.before:
        over_before, sides = ratios_before(args.before, args.rounds)
        found, ns = found | over_before, ns | sides
    few = min(5, args.rounds)
    begun = starts(sources, few)
    small, long, chamber = long_run(1e6), long_run(args.draws), long_run(args.draws / 10, "chamber")
    found |= ratios_of_starts(begun) | {"threads": two_threads(few), "memory": long[1] / small[1]}
    seconds = imports(few) | seconds_of_starts(begun)
    stopping = interrupted(few)
    rows = [(name.format(draws=args.draws), least, aim, f"**{page.figure(found[key])}**") for name, least, aim, key in ROWS if key in found]
    lines = [
        page.heading(args.target),
        "",
        *page.table(("measure", "at least", "aim", "measured"), rows),
        *page.table(
            ("nanoseconds of processor time per election, one thread", ""),
            [(name, page.figure(value)) for name, value in ns.items() if name not in by_call],
        ),
        *page.table(("microseconds of processor time per call", ""), [(name, page.figure(ns[name] / 1000)) for name in by_call]),
        *page.table(("seconds of wall clock, whole process", ""), [(name, f"{value:.2f}") for name, value in seconds.items()]),
        f"- {args.draws:,.0f} list elections on all processors: {long[0]:.1f} s, peak memory {long[1]:.0f} MiB (10^6: {small[1]:.0f} MiB).",
        f"- {args.draws / 10:,.0f} whole chambers on all processors: {chamber[0]:.1f} s, peak memory {chamber[1]:.0f} MiB.",
        f"- From Ctrl-C in such a run to the end of its process: {stopping:.2f} s.",
    ]
    return "\n".join(lines) + "\n"


def main():
    """Print the tables; put them between the marks of the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=float, default=1e9, help="of the long run of lists; that of chambers has a tenth")
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("--before", type=Path, help="folder that holds the package of the first program, checked out from 8ac0254")
    parser.add_argument("--target", default="as found", help="name of the block in the page")
    parser.add_argument("--dry", action="store_true")
    args = parser.parse_args()
    text = tables(args)
    print(text)
    if not args.dry:
        page.write(args.target, text)


if __name__ == "__main__":
    main()
