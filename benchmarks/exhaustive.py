"""Count all small elections under every law of the presets, by the kernel and by the oracle: not a seat may differ.

    python benchmarks/exhaustive.py               # up to 4 parties, 12 votes each, 6 seats: 742,464 counts, a few minutes
    python benchmarks/exhaustive.py --votes 6     # fewer votes
    python benchmarks/exhaustive.py --methods     # every classical rule under the law of 2023 as well: 2,598,624 counts

Presets that differ in the number of seats alone are one law here, since the seats are 1 to 6 under each. The oracle counts
every election in fractions, one by one: nothing is taken from symmetry.
"""

import argparse
import sys
import time
from itertools import product

import numpy as np

import mazhilis_sim as ms
from mazhilis_sim.legislation.electoral_law import CHOICES


def distinct_laws():
    """Return one law for each way in which the presets share out list seats, under the names of those presets."""
    found = {}
    for name in ms.laws():
        law = ms.law(name, list_seats=1).replace(district_seats=0)
        rules = law.threshold, law.fallback, law.base, law.no_list_passes, law.ties, law.method
        found.setdefault(rules, (law, []))[1].append(name)
    return {", ".join(names): law for law, names in found.values()}


def ballots(parties, votes):
    """Return every election of so many parties with up to so many votes each, at least one in all."""
    return np.array([row for row in product(range(votes + 1), repeat=parties) if any(row)], np.int64)


def by_oracle(law, votes):
    """Count one election in fractions; None where there is no result."""
    try:
        return list(ms.exact.allocate(law, dict(enumerate_names(votes))).seats.values())
    except ms.AllocationError:
        return None


def enumerate_names(votes):
    """Name the parties in order."""
    return zip("abcdefgh", votes, strict=False)


def by_kernel(law, table, defined):
    """Count the rows that have a result, and hold the kernel to refuse the first of the others."""
    seats = ms.allocate_many(law, table[defined])
    refused = np.flatnonzero(~defined)
    if len(refused):
        said = refusal(law, table)
        if not said.startswith(f"row {refused[0]}: "):
            raise SystemExit(f"{law}: the kernel should refuse row {refused[0]}, {table[refused[0]]}, and says {said!r}")
    return seats


def refusal(law, table):
    """Return why a table is refused."""
    try:
        ms.allocate_many(law, table)
    except ms.AllocationError as error:
        return str(error)
    return ""


def differences(law, most_parties, most_votes, most_seats):
    """Yield elections counted, and those counted otherwise, by number of parties and seats."""
    for parties in range(1, most_parties + 1):
        table = ballots(parties, most_votes)
        for seats in range(1, most_seats + 1):
            one = law.replace(list_seats=seats)
            counted = [by_oracle(one, votes) for votes in table.tolist()]
            defined = np.array([each is not None for each in counted])
            expected = np.array([each for each in counted if each is not None], np.int64)
            found = by_kernel(one, table, defined)
            wrong = np.flatnonzero((found != expected).any(axis=1))
            yield len(table), [(seats, table[defined][row].tolist(), expected[row].tolist(), found[row].tolist()) for row in wrong]


def count_all(laws, most_parties=4, most_votes=12, most_seats=6, say=None):
    """Return how many elections were counted twice, and the differences."""
    total, wrong = 0, []
    for name, law in laws.items():
        began, before = time.perf_counter(), total
        for counted, found in differences(law, most_parties, most_votes, most_seats):
            total += counted
            wrong += [(name, *each) for each in found]
        if say:
            say(f"{name}: {total - before:,} elections, {time.perf_counter() - began:.1f} s")
    return total, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--votes", type=int, default=12)
    parser.add_argument("--methods", action="store_true")
    chosen = parser.parse_args()
    laws = distinct_laws()
    if chosen.methods:
        laws |= {f"2023, {method}": ms.law("2023", district_seats=0, method=method) for method in CHOICES["method"][1:]}
    began = time.perf_counter()
    total, wrong = count_all(laws, most_votes=chosen.votes, say=print)
    print(f"{total:,} elections under {len(laws)} laws, {len(wrong)} differences, {time.perf_counter() - began:.0f} s")
    for name, seats, votes, expected, found in wrong[:20]:
        print(f"{name}, {seats} seats, votes {votes}: {expected} by the oracle, {found} by the kernel")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
