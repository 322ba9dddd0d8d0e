"""How often the intervals of `ms.calibrate` hold the sigmas that made-up records were drawn with.

    python benchmarks/calibration_coverage.py     # a minute or two

Records of the size of the real one: two elections, of seven and of five lists, polled by three and by four institutes, both
sigmas 0.2. The figures stand in docs/explanation/models.md.
"""

import argparse
import warnings

import numpy as np

import mazhilis_sim as ms

SIGMA, SIZE = 0.2, 1_500


def made_up(rng, lists, institutes):
    """Draw an election and a poll of each institute: log q = log x + b + h + sampling error."""
    result = np.sort(rng.dirichlet(np.full(lists, 2.0)) * 0.9 + 0.1 / lists)
    shared = rng.normal(0, SIGMA, lists)
    polls = []
    for number in range(institutes):
        said = result * np.exp(shared + rng.normal(0, SIGMA, lists))
        counts = np.maximum(rng.multinomial(SIZE, said / said.sum()), 1)
        shares = {f"list {i}": float(n / counts.sum()) for i, n in enumerate(counts)}
        polls.append(ms.Poll(shares, sample_size=SIZE, pollster=f"institute {number}"))
    return polls, ms.Election(list_votes={f"list {i}": round(1e7 * x) for i, x in enumerate(result)}, name="made up")


def main():
    """Calibrate on made-up records and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=200)
    records = parser.parse_args().records
    warnings.simplefilter("ignore", ms.PollWarning)
    rng = np.random.default_rng(1)
    found = [ms.calibrate([made_up(rng, 7, 3), made_up(rng, 5, 4)]) for _ in range(records)]
    for name in ("sigma_bias", "sigma_house"):
        held = sum(low <= SIGMA <= high for low, high in (one.intervals[name] for one in found))
        values = np.array([getattr(one, name) for one in found])
        print(f"{name}: {held} of {records} intervals hold {SIGMA}; estimates {values.mean():.3f} on average, spread {values.std():.3f}")


if __name__ == "__main__":
    main()
