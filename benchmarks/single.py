"""Measure the elementary functions in 32 bits on every input there is, and the 64-bit ones that they are held against on a million.

    python benchmarks/single.py          # some minutes; prints a table
    python benchmarks/single.py --every 1021

Exits with 1 where an error is beyond its bound. `tests/statistical/test_single.py` looks at every thousandth input at each change.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import mpmath as mp
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "statistical"))
from single_errors import MEASURED, worst

NUMBERS = 1_000_000


def against_mpmath(numbers: int) -> dict[str, float]:
    """Return the largest relative errors of NumPy's functions in 64 bits, which stand for exact here."""
    rng = np.random.default_rng(1)
    functions = {
        "log": (np.log, mp.log, rng.uniform(0, 1, numbers)),
        "exp2": (np.exp2, lambda x: mp.mpf(2) ** x, rng.uniform(-126, 127, numbers)),
    }
    functions |= {name: (getattr(np, name), getattr(mp, name), rng.uniform(0, np.pi / 2, numbers)) for name in ("sin", "cos")}
    found = {}
    with mp.workdps(30):
        for name, (function, exact, at) in functions.items():
            found[name] = max(float(abs(mp.mpf(float(y)) / exact(mp.mpf(float(x))) - 1)) for x, y in zip(at, function(at), strict=True))
    return found


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--every", type=int, default=1, help="look at every so many inputs")
    words.add_argument("--numbers", type=int, default=NUMBERS, help="for the functions in 64 bits")
    asked = words.parse_args()
    wrong = 0
    for name, measured in MEASURED.items():
        error, at = worst(name, asked.every)
        wrong += error > measured.bound
        kind = "relative" if measured.error.__name__ == "relative" else "absolute"
        inputs = (measured.last - measured.first + 1) // asked.every
        print(f"{name:36} {inputs:>13,} inputs  {kind} error {error:.3g} (at {at:.9g}), bound {measured.bound:g}")
    for name, error in against_mpmath(asked.numbers).items():
        print(f"{name:36} {asked.numbers:>13,} inputs  relative error {error:.3g} of the function in 64 bits against mpmath")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
