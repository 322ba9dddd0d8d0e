"""What questions about several laws cost beside forecasts of their own, as ratios of processor time in one run.

    python benchmarks/several_laws.py

One thread, medians of rounds in which the two take turns; the polls of 2023 by the law of 2026. Two laws are also held against the mean of
both alone: by the law of 2021 a forecast takes longer, since one draw in four is decided by the two-party rule.
"""

import argparse
import statistics
import time

import mazhilis_sim as ms
from contenders import quiet_polls


def seconds(call):
    began = time.process_time()
    call()
    return time.process_time() - began


def ratio(call, beside, rounds):
    """Return how long one call takes, in calls of another."""
    call(), beside()
    times = [(seconds(call), seconds(beside)) for _ in range(rounds)]
    return statistics.median(one for one, _ in times) / statistics.median(other for _, other in times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    law, polls = ms.law("2026"), quiet_polls()
    options = {"n_draws": asked.draws, "seed": 1, "threads": 1}
    thresholds = [f"{tenth / 10}%" for tenth in range(100)]

    def one():
        ms.simulate(law, polls, **options)

    def each():
        for name in ("2021", "2026"):
            ms.simulate(ms.law(name), polls, **options)

    def two():
        ms.simulate_paired(["2021", "2026"], polls, **options)

    paired, beside_each = ratio(two, one, asked.rounds), 2 * ratio(two, each, asked.rounds)
    swept = ratio(lambda: ms.sweep_forecast(law, polls, "threshold", thresholds, **options), one, asked.rounds)
    print(f"two laws on the same voters: {paired:.2f} forecasts, {beside_each:.2f} of the mean of both")
    print(f"a forecast at 100 thresholds: {swept:.1f} forecasts")


if __name__ == "__main__":
    main()
