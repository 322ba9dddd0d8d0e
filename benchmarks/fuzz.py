"""Throw damaged, forged and hostile things at the library, and print each that is neither refused in a line nor answered.

    python benchmarks/fuzz.py                  # all groups, in full: some minutes
    python benchmarks/fuzz.py saved rules      # two of them
    python benchmarks/fuzz.py --share 0.05     # a twentieth of each, as the tests run it

The exit status is 1 when something was found. Groups: ``saved`` (every single-bit flip of a saved forecast, every key forged),
``arguments`` (every public callable, every hostile value), ``readers`` (files of users, nearly right), ``rules`` (rules under test that
leave, kill, flood and hang).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from fuzzing import rules, saved

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS), *(str(TESTS / folder) for folder in ("unit", "cli"))]  # whose generators are thrown here, too


def saved_files(rng: Random, share: float) -> Iterator[str]:
    """Flip bits of a saved forecast, and forge its keys."""
    with tempfile.TemporaryDirectory() as folder:
        data = saved.in_file(saved.small_forecast(), Path(folder))
    bits = range(8 * len(data))
    yield from saved.bit_flips(data, rng.sample(bits, int(share * len(bits))))
    yield from saved.forgeries(json.loads(data), rng, share)


def bad_rules(rng: Random, share: float) -> Iterator[str]:
    """Put rules that do what no rule should to the axioms."""
    with tempfile.TemporaryDirectory() as folder:
        place = rules.in_file(Path(folder))
        for name in rng.sample(list(rules.RULES), max(1, int(share * len(rules.RULES)))):
            yield from rules.findings(place, name)


def arguments(rng: Random, share: float) -> Iterator[str]:
    """Put hostile values to every public callable, one bad argument at a time."""
    from doors import DOORS, write_files
    from test_hostile_values import findings

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        write_files(Path(folder))
        for name in rng.sample(list(DOORS), max(1, int(share * len(DOORS)))):
            yield from (f"{name}: {found}" for found in findings(DOORS[name]))


def readers(rng: Random, share: float) -> Iterator[str]:
    """Let commands read files that are nearly right, or anything at all."""
    from test_fuzz import COMMANDS, anything_for, check, fill
    from test_fuzz import run as run_command

    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        for kind in COMMANDS:
            for content in anything_for(kind, int(share * MOST_FILES), rng.getrandbits(32)):
                try:
                    check(run_command(Path(folder), kind, content))
                except AssertionError as error:
                    yield f"{kind} {content!r}: {' '.join(str(error).split())[:200]}"


GROUPS: dict[str, Callable[[Random, float], Iterator[str]]] = {
    "saved": saved_files,
    "rules": bad_rules,
    "arguments": arguments,
    "readers": readers,
}
MOST_FILES = 1000
"""Files of each kind that a command reads."""


def run(name: str, seed: int, share: float) -> int:
    """Run one group, print what it finds, and return how much that is."""
    began, found = time.perf_counter(), 0
    for finding in GROUPS[name](Random(seed), share):
        found += 1
        print(f"{name}: {finding}")
    print(f"{name}: {found} findings in {time.perf_counter() - began:.1f} s")
    return found


def main() -> int:
    """Run the groups that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", help=f"of {', '.join(GROUPS)}; all unless said")
    parser.add_argument("--share", type=float, default=1.0, help="of all that can be tried")
    parser.add_argument("--seed", type=int, default=0, help="decides which, where it is a share")
    asked = parser.parse_args()
    if unknown := set(asked.groups) - set(GROUPS):
        parser.error(f"there is no group {', '.join(sorted(unknown))}")
    return 1 if sum(run(name, asked.seed, asked.share) for name in asked.groups or GROUPS) else 0


if __name__ == "__main__":
    sys.exit(main())
