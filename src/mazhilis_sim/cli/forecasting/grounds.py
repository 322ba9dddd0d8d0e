"""What a forecast says in sentences: chances, and everything that they rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mazhilis_sim.cli.forecasting.basis import Basis
from mazhilis_sim.cli.shell.law_words import describe_law
from mazhilis_sim.legislation.methods import QUOTA_METHODS
from mazhilis_sim.polls.of_districts import polled
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.tables import plural, rough_chance, short_percent

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution import SeatDistribution
    from mazhilis_sim.simulation.distribution.probability import Probability

Items = Iterator[tuple[str, str]]
RARE = 0.0005
"""A smaller chance of a majority, or of a district, is not worth a line of its own."""


# -- chances -----------------------------------------------------------------------------------------------------------


def chances(basis: Basis, result: SeatDistribution) -> Items:
    """Say who may have a majority, and how often the rare rules were needed."""
    yield from majorities(basis, result)
    for _, label, said in passing_rules(result):
        yield label, said
    yield "ties", ties(result)


def passing_rules(result: SeatDistribution) -> Iterator[tuple[Probability, str, str]]:
    """Say how often fewer than two lists pass, and what follows: (chance, label, words)."""
    law, alone, nobody = result.law, result.p_fallback(), result.p_no_allocation()
    if law.fallback is not None:
        floor = plural(law.fallback.floor, "seat")
        yield alone, "two-party rule", f"{rough_chance(alone)}: one list alone passes, and the next gets {floor} or more"
    if nobody.successes:
        gets = "the draw hands out no list seats" if law.no_list_passes == "error" else f"chosen: {law.no_list_passes}"
        yield nobody, "no list passes", f"{rough_chance(nobody)}: the law defines no result for that; {gets}"


def majorities(basis: Basis, result: SeatDistribution) -> Items:
    """Say who may have a majority."""
    asked = [tuple(coalition) for coalition in result.question.coalitions]
    alone = [(party,) for party in result.parties if result.p_majority(party).value > RARE]
    label = f"majority of {result.law.total_seats}"
    for parties in alone + asked:
        yield label, f"{rough_chance(result.p_majority(parties))}: {basis.names.join(parties)}"
    if not alone:
        yield label, f"no party alone has a chance above {short_percent(RARE)}"


def ties(result: SeatDistribution) -> str:
    """Say how many ties there were, and what decided them."""
    how = "by lot" if result.law.ties == "lots" else "by the order of registration"
    what = "remainders" if result.law.method in QUOTA_METHODS else "quotients"
    remainders = f"{plural(result.p_tie().successes, 'draw')} with equal {what}, decided {how}"
    if result.question.districts is None:
        return remainders
    return f"{remainders}; {plural(result.district_ties, 'tied district')} in all draws together, decided by lot"


# -- grounds -----------------------------------------------------------------------------------------------------------


def grounds(basis: Basis, result: SeatDistribution) -> Items:
    """Say what the numbers rest on."""
    yield "law", describe_law(result.law)
    if result.law.in_force and not result.law.name.endswith(" (changed)"):
        yield "law", result.law.in_force
    yield from (("polls", poll) for poll in basis.polls)
    yield from (("labels", note) for note in basis.notes)
    yield "model", describe_model(result)
    if basis.sensitivity:
        yield "model", f"with half the errors beyond sampling, or twice: {basis.sensitivity}"
    if result.question.districts is not None:
        yield "districts", describe_districts(basis, result)
    yield "draws", describe_run(result)
    yield "digits", describe_digits(result)


def describe_model(result: SeatDistribution) -> str:
    """Name the error model and what it holds."""
    model, centre = result.question.model, result.question.centre
    size = f"effective sample {centre.n_eff:,.0f}"
    if model.sampling_only:
        return f"{model.name}: sampling error only ({size}); real polls miss by several times as much"
    if not isinstance(model, Total):
        return f"{model.name}: sampling error ({size}) and what polls get wrong beyond it"
    sigma = f"standard deviation {math.sqrt(model.variance(centre)):.2g} of log shares"
    tails = f", Student-t tails with {model.df:g} degrees of freedom" if not model.is_normal else ""
    tails += f", growing as the power {model.size:g} for small lists" if model.size else ""
    tails += f", a lean of {model.lean:g} towards large lists or away" if model.lean else ""
    bias = "".join(f"; log share of {party} shifted by {shift:+g}" for party, shift in model.bias)
    return f"{model.name}: sampling error ({size}) and what polls get wrong beyond it ({sigma}{tails}){bias}"


def describe_districts(basis: Basis, result: SeatDistribution) -> str:
    """Say around what the districts vary, and which of them were polled."""
    model = result.question.district_model
    spread = ", ".join(f"{value:g}" for value in (model.sigma_national, model.sigma_regional, model.sigma_district))
    if linked(result):
        follows = f"candidates follow their list with beta {model.beta:g}"
    else:
        follows = "no list vote belongs to it, so no candidate follows a list"
    return (
        f"the baseline is {basis.baseline}, with national, regional and district errors of "
        f"{spread} on log shares (priors); {follows}; {polled_districts(result)}"
    )


def polled_districts(result: SeatDistribution) -> str:
    """Name the polls of districts that are used, and how far they are trusted."""
    sigma = result.question.district_model.sigma_poll
    asked = [district.answers.by for district in polled(result.question.districts) if district.answers]
    if sigma is None or not asked:
        return "polls of districts are left out" if asked else "no poll of a district is used"
    return f"polled, each with an error of {sigma:g} on log shares (a prior): {', '.join(asked)}"


def linked(result: SeatDistribution) -> bool:
    """Tell whether candidates of polled parties move with their list."""
    votes = result.question.districts
    return votes is not None and result.question.district_model.beta > 0 and not set(votes.list_shares).isdisjoint(result.lists)


def describe_run(result: SeatDistribution) -> str:
    """Say how many draws there were, and how to get the same again."""
    said = f"{result.n_draws:,}, seed {result.seed}, scaled to {result.question.centre.votes:,} votes"
    return "; ".join(part for part in (said, describe_time(result)) if part)


def describe_time(result: SeatDistribution) -> str:
    """Say how long it took, and on what, as far as that is known of a result that was saved or merged."""
    run = result.run
    if "seconds" not in run:
        return ""
    on = f" on {plural(run['threads'], 'thread')}" if "threads" in run else ""
    compiling = f", {run['compiling']:.1f} s of them compiling" if run.get("compiling", 0) >= 0.1 else ""
    return f"{run['seconds']:.1f} s{on}{compiling}"


def describe_digits(result: SeatDistribution) -> str:
    """Say what the number of draws leaves uncertain."""
    error = 50 / math.sqrt(result.n_draws)
    return f"chances in whole per cent: the number of draws leaves at most {error:.1g} points open, the model more"
