"""How wide forecasts must be: the errors of polls in other countries, measured by leaving one election out at a time.

    python benchmarks/elsewhere.py                              # ../shared/data/polls_elsewhere.csv where it lies
    python benchmarks/elsewhere.py polls.csv                    # a table with the same columns; it is not shipped
    python benchmarks/elsewhere.py polls.csv --aside other.csv  # and other polls, of which nothing was fitted

A minute or two. What is fitted, and how, stands in docs/explanation/models.md; the figures in how-sure-is-a-forecast.md beside it.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from error_fit import Errors, dirichlet_log_density, draw, fit, log_density
from mazhilis_sim.judging.scores import covered_by_samples, crps_samples, energy_score
from mazhilis_sim.simulation.models import PRESETS, Total
from polled_elsewhere import Centre, ElectionElsewhere, Floats, centre_at, centres_alone, read_elections

PLACE = Path(__file__).resolve().parents[1] / "../shared/data/polls_elsewhere.csv"
FITTED, ASIDE = (0, 30, 60, 100), (7, 14, 45)
"""Days before an election of the forecasts that are fitted, and of those that are not."""
DRAWS, PAIRS, SEED = 10_000, 20, 2023
RESAMPLED, REFITTED = 2_000, 60
"""Times that whole elections are drawn anew for a range: of a score, and of the parameters."""
LEVEL = 0.9
FIXED: dict[str, Errors | None] = {
    "Dirichlet, sampling error alone": None,
    "sigma .354, normal tails": Errors(math.sqrt(0.125), 0.0),
    "sigma .10, mature until 2025": Errors(0.10, 0.0),
}
"""What the fit is held against, beside the presets."""


class Score(NamedTuple):
    """One forecast: intervals of 90 % that hold the share, of how many; mean CRPS and energy score in points; log density."""

    election: str
    held: int
    of: int
    crps: float
    energy: float
    density: float


def score(errors: Errors | None, centre: Centre) -> Score:
    """Score one forecast; None is the Dirichlet."""
    draws = draw(errors, centre, DRAWS, np.random.default_rng(SEED))
    held = covered_by_samples(draws, centre.result, LEVEL)
    density = dirichlet_log_density(centre) if errors is None else log_density(errors, centre)
    points, result = 100 * draws, 100 * centre.result
    crps, energy = float(crps_samples(points, result).mean()), energy_score(points, result, PAIRS)
    return Score(centre.election, int(held.sum()), held.size, crps, energy, density)


def named(preset: str) -> Errors:
    """Return what a preset of the package says."""
    total = Total(preset=preset)
    return Errors(total.sigma_bias, total.sigma_house, total.size, total.tau, float(total.df or math.inf))


def election_of(centre: Centre) -> str:
    """Name what is left out: the election."""
    return centre.election


def folds_of(elections: Sequence[ElectionElsewhere], key: Callable[[Centre], str] = election_of) -> dict[str, Errors]:
    """Fit without each election, or country, in turn."""
    final, every = forecasts(elections, (0,)), forecasts(elections, FITTED)
    left_out = dict.fromkeys(map(key, forecasts(elections, sorted({*FITTED, *ASIDE}))))
    return {left: fit([c for c in every if key(c) != left], [c for c in final if key(c) != left]) for left in left_out}


def forecasts(elections: Sequence[ElectionElsewhere], days: Sequence[int]) -> list[Centre]:
    """Pool the polls of every election at each of some days before it."""
    return [c for election in elections for when in days if (c := centre_at(election, when)) is not None]


# -- ranges ------------------------------------------------------------------------------------------------------------


def resampled(scores: Sequence[Score], times: int = RESAMPLED) -> tuple[Floats, list[list[Score]]]:
    """Draw whole elections anew: how often each counts (times, elections), and the scores of each election."""
    names = list(dict.fromkeys(s.election for s in scores))
    counts = np.random.default_rng(SEED).multinomial(len(names), [1 / len(names)] * len(names), times)
    return counts.astype(float), [[s for s in scores if s.election == name] for name in names]


def ranged(scores: Sequence[Score], value: Callable[[Score], float], of: Callable[[Score], float] = lambda _: 1.0) -> str:
    """Return a ratio of sums with the middle 90 % of what other elections of the same kind might have given."""
    counts, grouped = resampled(scores)
    top, bottom = (np.array([math.fsum(map(each, group)) for group in grouped]) for each in (value, of))
    low, high = np.quantile((counts @ top) / (counts @ bottom), (0.05, 0.95))
    return f"{top.sum() / bottom.sum():8.3f} ({low:.3f} to {high:.3f})"


def show_scores(title: str, scores: Sequence[Score]) -> None:
    """Print one line of scores."""
    held = f"{sum(s.held for s in scores)}/{sum(s.of for s in scores)}"
    means = (ranged(scores, lambda s: s.crps), ranged(scores, lambda s: s.energy), ranged(scores, lambda s: s.density))
    print(f"{title:<38} {held:>9} {ranged(scores, lambda s: s.held, lambda s: s.of)}  {'  '.join(means)}")


def show_gain(title: str, ours: Sequence[Score], others: Sequence[Score]) -> None:
    """Print by how much energy score and log density are better, an election."""
    pairs = list(zip(ours, others, strict=True))
    better = [Score(a.election, 0, 1, b.crps - a.crps, b.energy - a.energy, a.density - b.density) for a, b in pairs]
    print(f"{title:<38} energy lower by {ranged(better, lambda s: s.energy)}, log density higher by {ranged(better, lambda s: s.density)}")


# -- the report --------------------------------------------------------------------------------------------------------


def report_parameters(elections: Sequence[ElectionElsewhere]) -> Errors:
    """Print what all elections together say, with ranges from elections drawn anew."""
    whole = fit(forecasts(elections, FITTED), forecasts(elections, (0,)))
    print(f"\nAll elections: {whole}")
    rng, found = np.random.default_rng(SEED), []
    for _ in range(REFITTED):
        picked = enumerate(rng.integers(0, len(elections), len(elections)))
        chosen = [replace(elections[i], day=f"{elections[i].day} {place}") for place, i in picked]
        found.append(fit(forecasts(chosen, FITTED), forecasts(chosen, (0,))))
    for name in ("bias", "house", "size", "tau", "df"):
        low, high = np.quantile([getattr(e, name) for e in found], (0.05, 0.95))
        print(f"  {name:<6} {getattr(whole, name):6.3f}   90 % of {REFITTED} resamples: {low:.3f} to {high:.3f}")
    return whole


def report_folds(elections: Sequence[ElectionElsewhere]) -> dict[str, Errors]:
    """Print the parameters of each fold, and what they did in the election left out."""
    folds = folds_of(elections)
    print("\nFitted without the election, tried on its final polls")
    for centre in forecasts(elections, (0,)):
        s = score(folds[centre.election], centre)
        print(f"  {centre.election}  {folds[centre.election]}   holds {s.held} of {s.of}, log density {s.density:.2f}")
    return folds


def report_presets(elections: Sequence[ElectionElsewhere], folds: dict[str, Errors], whole: Errors) -> None:
    """Print the scores of final polls under each preset."""
    final = forecasts(elections, (0,))
    print(f"\nFinal polls, {len(final)} elections: 90 % intervals that hold, their share; mean CRPS, energy score, log density")
    left_out = [score(folds[c.election], c) for c in final]
    show_scores("mature, fitted without the election", left_out)
    for title, errors in {**FIXED, **{f"preset {name}": named(name) for name in PRESETS}}.items():
        scores = [score(errors, c) for c in final]
        show_scores(title, scores)
        show_gain("  mature, fitted without, is better:", left_out, scores)
    print("\nWhat each part is worth: the fit of all elections without it")
    for name, value in (("df", math.inf), ("tau", 0.0), ("size", 0.0)):
        show_scores(f"{name} {value:g}", [score(whole._replace(**{name: value}), c) for c in final])
        anew = fit(forecasts(elections, FITTED), final, **{name: value})
        lacking = [score(anew, c) for c in final]
        show_scores(f"{name} {value:g}, the others fitted anew", lacking)


def report_aside(elections: Sequence[ElectionElsewhere], folds: dict[str, Errors]) -> None:
    """Print the scores of forecasts that nothing was fitted to."""
    print("\nKept aside: fitted without the election, tried on forecasts of days that nothing was fitted to, and on single polls")
    for days in ASIDE:
        show_scores(f"{days} days before", [score(folds[c.election], c) for c in forecasts(elections, (days,))])
    show_scores("each final poll alone", [score(folds[c.election], c) for e in elections for c in centres_alone(e)])
    countries = folds_of(elections, lambda centre: centre.country)
    print("\nFitted without the country, tried on its final polls")
    for country, errors in countries.items():
        print(f"  {country}  {errors}")
    show_scores("mature, fitted without the country", [score(countries[c.country], c) for c in forecasts(elections, (0,))])


def main() -> None:
    """Fit, score, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("polls", type=Path, nargs="?", default=PLACE, help="the table; see polled_elsewhere.py for its columns")
    parser.add_argument("--aside", type=Path, help="other polls, tried with what the first table says")
    arguments = parser.parse_args()
    elections = read_elections(arguments.polls)
    print(f"{len(elections)} elections of {len({e.country for e in elections})} countries, {sum(len(e.polls) for e in elections):,} polls")
    whole = report_parameters(elections)
    folds = report_folds(elections)
    report_presets(elections, folds, whole)
    report_aside(elections, folds)
    if arguments.aside:
        show_scores(f"{arguments.aside.name}", [score(whole, c) for c in forecasts(read_elections(arguments.aside), (0,))])


if __name__ == "__main__":
    main()
