"""Put the normals to the test at 10^9 draws of eight slots, and write the table in docs/explanation/reproducibility.md.

    python benchmarks/normals.py                  # some minutes; prints the table and writes it into the page
    python benchmarks/normals.py --draws 1e7 --dry

Distribution (Kolmogorov-Smirnov and Anderson-Darling at the edges of 114,688 bins), moments, tails to six sigma, and independence of
neighbouring slots, draws and seeds. Normals are floats of 32 bits, none further than 6.66 from 0; what is added up of them are floats
of 64 bits. ``tests/statistical/test_normals.py`` does the same for a million draws at each change.
Exits with 1 when the smallest of all p-values, times their number, is below one in a thousand.
"""

import argparse
import datetime
import math
import platform
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numba import njit
from scipy import stats

from mazhilis_sim.kernels.cpu import random_lanes
from mazhilis_sim.kernels.steps import random_words

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "reproducibility.md"
SLOTS, LANES = 8, 256
REACH, PER_UNIT = 7, 8_192  # bins of 1 / 8,192 from -7 to 7
BINS = 2 * REACH * PER_UNIT
EDGES = np.arange(-BINS // 2, BINS // 2 + 1) / PER_UNIT
POWERS = {1: (0, 1), 2: (1, 2), 3: (0, 15), 4: (3, 96), 5: (0, 945), 6: (15, 10_170)}  # mean and variance of z^p
PAIRS = (
    "slots 0 and 1, one pair of Box and Muller",
    "slots 1 and 2, two pairs",
    "slots 3 and 4, two blocks",
    "a draw and the next",
    "a seed and the next",
)


@njit(nogil=True)
def sample(first, chunks, counts, sums, products):
    """Count ``chunks`` times 256 draws into bins (slots, bins), power sums (slots, 6) and products (pairs, 2)."""
    draws, mixing, raw = np.zeros(LANES, np.uint64), np.zeros((4, LANES), np.uint64), np.zeros((4, LANES), np.uint32)
    z, other = np.zeros((SLOTS, LANES), np.float32), np.zeros((4, LANES), np.float32)
    for chunk in range(chunks):
        for lane in range(LANES):
            draws[lane] = np.uint64(first + chunk * LANES + lane)
        random_lanes.fill_normals(np.uint64(1), draws, random_words.LISTS, mixing, raw, z)
        random_lanes.fill_normals(np.uint64(2), draws, random_words.LISTS, mixing, raw, other)
        for slot in range(SLOTS):
            add(z[slot], counts[slot], sums[slot])
        multiply(z[0], z[1], products[0])
        multiply(z[1], z[2], products[1])
        multiply(z[3], z[4], products[2])
        multiply(z[0, :-1], z[0, 1:], products[3])
        multiply(z[0], other[0], products[4])


@njit(nogil=True)
def add(z, counts, sums):
    """Count one row into its bins and add its powers."""
    powers = np.zeros(6)
    for single in z:
        x = np.float64(single)
        counts[int((x + REACH) * PER_UNIT)] += 1
        square = x * x
        powers[0] += x
        powers[1] += square
        powers[2] += square * x
        powers[3] += square * square
        powers[4] += square * square * x
        powers[5] += square * square * square
    sums += powers


@njit(nogil=True)
def multiply(a, b, sums):
    """Add the products of two rows, and of their squares less 1."""
    plain, squares = 0.0, 0.0
    for i in range(a.shape[0]):
        x, y = np.float64(a[i]), np.float64(b[i])
        plain += x * y
        squares += (x * x - 1.0) * (y * y - 1.0)
    sums[0] += plain
    sums[1] += squares


def sampled(draws, threads):
    """Add up the counts of all draws, a task a hundredth of them."""
    tasks = max(threads, min(100, draws // LANES))
    chunks = draws // LANES // tasks

    def work(task):
        part = np.zeros((SLOTS, BINS), np.int64), np.zeros((SLOTS, 6)), np.zeros((len(PAIRS), 2))
        sample(task * chunks * LANES, chunks, *part)
        return part

    with ThreadPoolExecutor(threads) as pool:
        counts, sums, products = (sum(parts) for parts in zip(*pool.map(work, range(tasks)), strict=True))
    return tasks * chunks * LANES, counts, sums, products


def two_sided(score):
    """Chance of a normal score as far from 0."""
    return float(2 * stats.norm.sf(abs(score)))


def anderson_darling_tail(a2):
    """P(A^2 > a2) for many draws (Marsaglia and Marsaglia, Journal of Statistical Software 9(2), 2004)."""
    if a2 < 2:
        series = 2.00012 + (0.247105 - (0.0649821 - (0.0347962 - (0.011672 - 0.00168691 * a2) * a2) * a2) * a2) * a2
        return 1 - math.exp(-1.2337141 / a2) / math.sqrt(a2) * series
    return 1 - math.exp(-math.exp(1.0776 - (2.30695 - (0.43424 - (0.082433 - (0.008056 - 0.0003146 * a2) * a2) * a2) * a2) * a2))


def distribution(counts):
    """Kolmogorov-Smirnov and Anderson-Darling at the edges of the bins: name, statistic, p-value of the worst slot."""
    n, expected = counts[0].sum(), stats.norm.cdf(EDGES)
    found = np.concatenate([np.zeros((SLOTS, 1)), counts.cumsum(axis=1)], axis=1) / n
    distance = np.abs(found - expected).max(axis=1) * math.sqrt(n)
    inner = slice(1, -1)
    both = expected[inner] * stats.norm.sf(EDGES[inner])
    a2 = n * ((found - expected)[:, inner] ** 2 / both * np.gradient(expected)[inner]).sum(axis=1)
    yield "Kolmogorov-Smirnov, sqrt(n) D", distance.max(), [float(stats.kstwobign.sf(d)) for d in distance]
    yield "Anderson-Darling, A^2", a2.max(), [anderson_darling_tail(a) for a in a2]


def moments(n, sums):
    """The first six moments, in standard errors."""
    for power, (mean, variance) in POWERS.items():
        scores = (sums[:, power - 1] / n - mean) / math.sqrt(variance / n)
        yield f"moment {power}, in standard errors", scores[np.abs(scores).argmax()], [two_sided(s) for s in scores]


def tails(n, counts):
    """Counts beyond one to six sigma on both sides of all slots together, against the Poisson law's tails."""
    together = counts.sum(axis=0)
    for sigma in range(1, 7):
        found = together[EDGES[1:] <= -sigma].sum() + together[EDGES[:-1] >= sigma].sum()
        expected = 2 * stats.norm.sf(sigma) * n * SLOTS
        if sigma < 5:
            spread = math.sqrt(expected * (1 - 2 * stats.norm.sf(sigma)))
            p = two_sided((found - expected) / spread)
        else:
            p = min(1.0, 2 * min(stats.poisson.cdf(found, expected), stats.poisson.sf(found - 1, expected)))
        yield f"beyond {sigma} sigma, found : expected", f"{found:,} : {expected:,.1f}", [p]


def independence(n, products):
    """Correlations of neighbours and of their squares, in standard errors."""
    for name, (plain, squares) in zip(PAIRS, products, strict=True):
        pairs = n * (LANES - 1) / LANES if "next" in name and "draw" in name else n
        scores = plain / math.sqrt(pairs), squares / (2 * math.sqrt(pairs))
        yield f"{name}: correlation, of the squares", "{:.2f}, {:.2f}".format(*scores), [two_sided(s) for s in scores]


def main():
    """Sample, test, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=float, default=1e9)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dry", action="store_true")
    args = parser.parse_args()
    n, counts, sums, products = sampled(int(args.draws), args.threads)
    results = [*distribution(counts), *moments(n, sums), *tails(n, counts), *independence(n, products)]
    chances = [p for *_, ps in results for p in ps]
    rows = [f"| {name} | {value if isinstance(value, str) else f'{value:.3f}'} | {min(ps):.3f} |" for name, value, ps in results]
    text = (
        "\n".join(
            [
                f"{n:,} draws of {SLOTS} slots, {datetime.date.today()}, Python {platform.python_version()}; "
                "`python benchmarks/normals.py`.",
                f"The smallest of {len(chances)} p-values is {min(chances):.4f}; "
                f"by chance alone about {1 / len(chances):.4f} is to be expected.",
                "",
                "| test (the worst slot) | found | p |",
                "|---|---|---|",
                *rows,
            ]
        )
        + "\n"
    )
    print(text)
    if not args.dry:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- normals -->\n")
        tail = rest.partition("<!-- end -->\n")[2]
        PAGE.write_text(f"{head}<!-- normals -->\n{text}<!-- end -->\n{tail}", encoding="utf-8")
    return int(min(chances) * len(chances) < 1e-3)


if __name__ == "__main__":
    sys.exit(main())
