"""Count random elections by this library, by ``votelib`` and by ``apportionment``, and explain every difference.

    python benchmarks/differential.py                     # a million elections, some minutes; prints the table
    python benchmarks/differential.py --write             # writes it into docs/explanation/held-against-others.md too
    python benchmarks/differential.py --elections 10000   # fewer

``apportionment`` is asked in its mode of exact fractions. A difference that no class below explains ends the program with
status 1, and is printed. Needs ``pip install ".[test]"``.
"""

import argparse
import datetime
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import numpy as np
from apportionment.methods import compute
from votelib.component.divisor import modified_first_coef, sainte_lague
from votelib.evaluate.core import Tie, VotingSystemError
from votelib.evaluate.proportional import HighestAverages, LargestRemainder

import mazhilis_sim as ms
from mazhilis_sim.testing import rules

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "held-against-others.md"
BATCH = 100
FIRST_FREE = ("adams", "dean", "huntington_hill")
VOTELIB = {
    **{name: LargestRemainder(name) for name in ("hare", "droop", "hagenbach_bischoff", "imperiali")},
    "dhondt": HighestAverages("d_hondt"),
    "sainte_lague": HighestAverages("sainte_lague"),
    "modified_sainte_lague": HighestAverages(modified_first_coef(sainte_lague, Fraction(7, 5))),
    "danish": HighestAverages("danish"),
}
APPORTIONMENT = {
    "hare": "largest_remainder",
    "dhondt": "dhondt",
    "sainte_lague": "saintelague",
    "modified_sainte_lague": "modified_saintelague",
    "adams": "adams",
    "dean": "dean",
    "huntington_hill": "huntington",
}
PAIRS = (*(("votelib", name) for name in VOTELIB), *(("apportionment", name) for name in APPORTIONMENT))

CLASSES = {
    "same": "the same seats",
    "tie named": "`votelib` names an exact tie and leaves it open; the law's order of registration decides it here. The seats "
    "that no tie touches are the same, and so are the tied parties and the number of their seats",
    "both refuse": "a quota hands out more seats than there are: an error of both, in words or, where no party without such "
    "seats has votes, a division by zero of `votelib`",
    "over the house": "a quota hands out more seats than there are, and to one party alone: an error here; `votelib` strikes "
    "that party's seats, goes on with the others, and may leave seats of the house empty",
    "not round again": "Droop's quota leaves more seats than there are parties: `votelib` gives one each and leaves the rest "
    "empty; here they go round again, and all seats are filled",
    "tie before larger": "`apportionment` serves the parties at the cut in order until the seats are gone, and may so serve a "
    "party at the cut before a stronger one that stands later in the order",
    "seat without votes": "fewer seats than parties, parties without votes included: `apportionment` gives a first seat to a "
    "party without votes; here there is none without votes",
    "float tie": "`apportionment` has no exact mode for divisors of 1.4 and for square roots: floats see two equal quotients as "
    "different, or two different ones as equal",
}
"""Each class of differences and why it is none of the law's."""


class Case(NamedTuple):
    """One election and what both made of it; None where there is no result."""

    method: str
    votes: list[int]
    seats: int
    ours: list[int] | None
    theirs: list[int] | None
    open_ties: dict[frozenset[int], int]


@cache
def law_of(method, seats):
    return ms.ElectoralLaw(list_seats=seats, threshold=0, fallback=None, method=method)


def by_votelib(method, votes, seats):
    """Return seats, None for a refusal, and the ties left open."""
    try:
        found = VOTELIB[method].evaluate(dict(enumerate(votes)), seats)
    except (VotingSystemError, ZeroDivisionError):
        return None, {}
    open_ties = {frozenset(key): n for key, n in found.items() if isinstance(key, Tie)}
    return [int(found.get(party, 0)) for party in range(len(votes))], open_ties


def by_apportionment(method, votes, seats):
    """Return seats."""
    names = [str(party) for party in range(len(votes))]
    return [int(n) for n in compute(APPORTIONMENT[method], votes, seats, fractions=True, parties=names)], {}


def one_by_one(rule, votes, seats):
    """Return our seats, or None where the rule has no result."""
    try:
        return rule(votes, seats)
    except ms.AllocationError:
        return None


def by_us(method, table, seats):
    """Count a batch at once; where a quota spoils it, one by one."""
    rule = rules.find(method)
    try:
        return rule.many(table, seats).tolist()
    except ms.AllocationError:
        return [one_by_one(rule, votes, seats) for votes in table.tolist()]


# -- why they differ ---------------------------------------------------------------------------------------------------


def settled(case):
    """Return our seats without those that a tie decided, and the tie, by numbers of parties."""
    a = ms.allocate(law_of(case.method, case.seats), {str(i): v for i, v in enumerate(case.votes)})
    if not a.ties:
        return case.ours, {}
    group, shared = frozenset(int(p) for p in a.ties[0]), a.tie_seats[0]
    with_seat = sorted(group)[:shared]  # the order decides, so the first have the seats
    return [n - (i in with_seat) for i, n in enumerate(case.ours)], {group: shared}


def explain(case):
    """Return the class of a case, or "unexplained"."""
    if case.ours is None:
        return "both refuse" if case.theirs is None else "over the house" if is_over_house(case) else "unexplained"
    if case.theirs == case.ours and not case.open_ties:
        return "same"
    if case.open_ties:
        return "tie named" if (case.theirs, case.open_ties) == settled(case) else "unexplained"
    tests = {
        "not round again": is_not_round,
        "seat without votes": is_without_votes,
        "tie before larger": is_tie_first,
        "float tie": is_float_tie,
    }
    return next((name for name, test in tests.items() if test(case)), "unexplained")


def is_over_house(case):
    """Tell whether one party alone has more quotas than the house has seats."""
    more = {"hagenbach_bischoff": 1, "imperiali": 2}[case.method]
    return max(case.votes) * (case.seats + more) // sum(case.votes) > case.seats


def is_not_round(case):
    """Tell whether every party got its whole part and one seat more, and seats are left."""
    quota = sum(case.votes) // (case.seats + 1) + 1
    return case.method == "droop" and sum(case.theirs) < case.seats and case.theirs == [v // quota + 1 for v in case.votes]


def is_without_votes(case):
    """Tell whether parties got first seats by order down to those without votes."""
    short = case.method in FIRST_FREE and case.seats < len(case.votes)
    return short and any(n and not v for n, v in zip(case.theirs, case.votes, strict=True)) and first_seats_at_cut(case)


def first_seats_at_cut(case):
    """Tell whether their first seats went, in order, to parties with at least as many votes as the last that must get one."""
    cut = sorted(case.votes)[-case.seats]
    may = [i for i, v in enumerate(case.votes) if v >= cut]
    return case.theirs == [int(i in may[: case.seats]) for i in range(len(case.votes))]


def is_tie_first(case):
    """Tell whether serving the parties at the cut in order, the stronger ones later, gives their seats."""
    if case.method in FIRST_FREE and case.seats < len(case.votes):
        return first_seats_at_cut(case)
    _, tie = settled(case)
    return case.method == "hare" and bool(tie) and served_in_order(case) == case.theirs


def served_in_order(case):
    """Hand out the remainders as ``apportionment`` does: from first to last, all that reach the cut."""
    total = sum(case.votes)
    seats, rest = [v * case.seats // total for v in case.votes], [v * case.seats % total for v in case.votes]
    cut = sorted(rest)[sum(seats) - case.seats]
    for i in range(len(seats)):
        seats[i] += sum(seats) < case.seats and rest[i] >= cut
    return seats


def is_float_tie(case):
    """Tell whether the parties that differ have equal, or in floats equal, quotients at the cut."""
    if case.method not in ("modified_sainte_lague", "huntington_hill") or sum(case.theirs) != case.seats:
        return False
    square = {
        "modified_sainte_lague": lambda s: Fraction(2 * s + 1) ** 2 if s else Fraction(49, 25),
        "huntington_hill": lambda s: Fraction(s * (s + 1)),
    }[case.method]
    gained = [max(a, b) for a, b in zip(case.ours, case.theirs, strict=True)]
    disputed = [Fraction(v * v) / square(n - 1) for v, n, a, b in zip(case.votes, gained, case.ours, case.theirs, strict=True) if a != b]
    return bool(disputed) and float(max(disputed) / min(disputed)) - 1 < 1e-12


# -- many of them ------------------------------------------------------------------------------------------------------


def random_votes(rng, k):
    """Draw BATCH elections of k parties: a few votes, two levels, or shares of many, some parties without any."""
    kind = rng.integers(4)
    if kind == 0:
        table = rng.integers(0, rng.integers(2, 30), (BATCH, k))
    elif kind == 1:
        table = rng.choice(rng.integers(0, 10 ** rng.integers(1, 7), 2), (BATCH, k))
    elif kind == 2:
        table = np.floor(rng.dirichlet(np.full(k, 0.7), BATCH) * 10 ** rng.integers(3, 8)).astype(np.int64)
    else:
        table = rng.multinomial(6_366_441, rng.dirichlet(np.ones(k)), BATCH)
    table[~table.any(axis=1), -1] = 1
    return table.astype(np.int64)


def compare(task):
    """Count one batch of each kind; return how many fell into each class, and what is not explained."""
    pair, seed, batches = task
    rival, method = pair
    theirs = by_votelib if rival == "votelib" else by_apportionment
    rng, classes, examples, odd = np.random.default_rng([seed, PAIRS.index(pair)]), Counter(), {}, []
    for _ in range(batches):
        k, seats = int(rng.integers(1, 8)), int(rng.integers(1, rng.choice([4, 9, 25])))
        table = random_votes(rng, k)
        for votes, ours in zip(table.tolist(), by_us(method, table, seats), strict=True):
            case = Case(method, votes, seats, ours, *theirs(method, votes, seats))
            name = explain(case)
            classes[name] += 1
            if name not in examples or sum(votes) < sum(examples[name].votes):
                examples[name] = case
            if name == "unexplained":
                odd.append(case)
    return pair, classes, examples, odd[:5]


def run(elections, seed=0, workers=1):
    """Compare so many elections in all; return classes by pair, the smallest example of each class, and what is odd."""
    batches = -(-elections // (BATCH * len(PAIRS)))
    pieces = 1 if workers == 1 else 8
    tasks = [(pair, seed + piece, -(-batches // pieces)) for pair in PAIRS for piece in range(pieces)]
    done = map(compare, tasks) if workers == 1 else ProcessPoolExecutor(workers).map(compare, tasks)
    found, examples, odd = {pair: Counter() for pair in PAIRS}, {}, []
    for pair, classes, cases, strange in done:
        found[pair] += classes
        odd += strange
        for name, case in cases.items():
            best = examples.get((pair[0], name))
            if best is None or sum(case.votes) < sum(best.votes):
                examples[pair[0], name] = case
    return found, examples, odd


# -- the page ----------------------------------------------------------------------------------------------------------


def table_of(found):
    """Write the counts as a table."""
    names = [name for name in CLASSES if any(classes[name] for classes in found.values())]
    lines = [f"| library | method | elections | {' | '.join(names)} |", "|---" * (len(names) + 3) + "|"]
    for (rival, method), classes in found.items():
        cells = [f"{classes[name]:,}" if classes[name] else "" for name in names]
        lines.append(f"| `{rival}` | `{method}` | {classes.total():,} | {' | '.join(cells)} |")
    return lines


def shown(case):
    """Write one example."""
    ties = "; ".join(f"tie of parties {', '.join(str(p + 1) for p in sorted(g))} for {n}" for g, n in case.open_ties.items())
    theirs = "an error" if case.theirs is None else ", ".join(map(str, case.theirs)) + (f" and a {ties}" if ties else "")
    ours = "an error" if case.ours is None else ", ".join(map(str, case.ours))
    votes = ", ".join(map(str, case.votes))
    return f"`{case.method}`, votes {votes}, {case.seats} seat{'s' * (case.seats != 1)}: {ours} here, {theirs} there"


def page(found, examples, seconds):
    """Write the part of the page that a run makes."""
    total = sum(classes.total() for classes in found.values())
    versions = ", ".join(f"{name} {version(name)}" for name in ("votelib", "apportionment"))
    head = f"Run on {datetime.date.today()} with {versions}: {total:,} elections in {seconds / 60:.0f} minutes, no difference unexplained."
    lines = ["<!-- measured -->", head, "", *table_of(found), ""]
    for name, why in CLASSES.items():
        cases = [case for (_, each), case in examples.items() if each == name]
        if name != "same" and cases:
            lines.append(f"- **{name}**: {why}. {'; '.join(shown(case) for case in cases)}.")
    return "\n".join([*lines, "<!-- /measured -->"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--elections", type=int, default=1_020_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    began = time.perf_counter()
    found, examples, odd = run(chosen.elections, chosen.seed, chosen.workers)
    text = page(found, examples, time.perf_counter() - began)
    print(text)
    for case in odd:
        print("unexplained:", case)
    if chosen.write and not odd:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- measured -->")
        PAGE.write_text(before + text + rest.partition("<!-- /measured -->")[2], encoding="utf-8")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main())
