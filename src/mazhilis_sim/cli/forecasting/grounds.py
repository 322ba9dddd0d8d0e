"""What a forecast says in sentences: chances, and everything that they rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mazhilis_sim.cli.forecasting.basis import Basis
from mazhilis_sim.cli.shell.law_words import describe_law
from mazhilis_sim.languages import _, counted, number, several
from mazhilis_sim.legislation.electoral_law import CHANGED
from mazhilis_sim.legislation.methods import QUOTA_METHODS
from mazhilis_sim.polls.of_districts import polled
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.tables import rough_chance, short_percent

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
    for _chance, label, said in passing_rules(result):
        yield label, said
    yield _("ties"), ties(result)


def passing_rules(result: SeatDistribution) -> Iterator[tuple[Probability, str, str]]:
    """Say how often fewer than two lists pass, and what follows: (chance, label, words)."""
    law, alone, nobody = result.law, result.p_fallback(), result.p_no_allocation()
    if law.fallback is not None:
        gets = several(
            "{chance}: one list alone passes, and the next gets {n} seat or more",
            "{chance}: one list alone passes, and the next gets {n} seats or more",
            law.fallback.floor,
        )
        yield alone, _("two-party rule"), gets.format(chance=rough_chance(alone), n=number(law.fallback.floor))
    if nobody.successes:
        chosen = _("chosen: {option}").format(option=law.no_list_passes)
        then = _("the draw hands out no list seats") if law.no_list_passes == "error" else chosen
        said = _("{chance}: the law defines no result for that; {then}")
        yield nobody, _("no list passes"), said.format(chance=rough_chance(nobody), then=then)


def majorities(basis: Basis, result: SeatDistribution, least: float = RARE) -> Items:
    """Say who may have a majority, alone with more than the least chance that is worth a line."""
    asked = [tuple(coalition) for coalition in result.question.coalitions]
    alone = [(party,) for party in result.parties if result.p_majority(party).value > least]
    label = _("majority of {seats}").format(seats=result.law.total_seats)
    for parties in alone + asked:
        yield label, f"{rough_chance(result.p_majority(parties))}: {basis.names.join(parties)}"
    if not alone:
        yield label, _("no party alone has a chance above {share}").format(share=short_percent(least))


def ties(result: SeatDistribution) -> str:
    """Say how many ties there were, and what decided them."""
    how = _("by lot") if result.law.ties == "lots" else _("by the order of registration")
    what = _("remainders") if result.law.method in QUOTA_METHODS else _("quotients")
    tied = result.p_tie().successes
    said = several("{n} draw with equal {what}, decided {how}", "{n} draws with equal {what}, decided {how}", tied)
    remainders = said.format(n=number(tied), what=what, how=how)
    if result.question.districts is None:
        return remainders
    by_lot = counted(
        "{n} tied district in all draws together, decided by lot",
        "{n} tied districts in all draws together, decided by lot",
        result.district_ties,
    )
    return f"{remainders}; {by_lot}"


# -- grounds -----------------------------------------------------------------------------------------------------------


def grounds(basis: Basis, result: SeatDistribution) -> Items:
    """Say what the numbers rest on."""
    yield _("law"), describe_law(result.law)
    if result.law.in_force and not result.law.name.endswith(CHANGED):
        yield _("law"), _(result.law.in_force)
    yield from ((_("polls"), poll) for poll in basis.polls)
    yield from ((_("labels"), note) for note in basis.notes)
    yield _("model"), describe_model(result)
    if basis.sensitivity:
        yield _("model"), _("with half the errors beyond sampling, or twice: {answers}").format(answers=basis.sensitivity)
    if result.question.districts is not None:
        yield _("districts"), describe_districts(basis, result)
    yield _("draws"), describe_run(result)
    yield _("digits"), describe_digits(result)


def describe_model(result: SeatDistribution) -> str:
    """Name the error model and what it holds."""
    model, centre = result.question.model, result.question.centre
    size = _("effective sample {n}").format(n=number(centre.n_eff, ",.0f"))
    if model.sampling_only:
        only = _("{model}: sampling error only ({size}); real polls miss by several times as much")
        return only.format(model=model.name, size=size)
    beyond = _("{model}: sampling error ({size}) and what polls get wrong beyond it").format(model=model.name, size=size)
    if not isinstance(model, Total):
        return beyond
    sigma = _("standard deviation {sigma} of log shares").format(sigma=number(math.sqrt(model.variance(centre)), ".2g"))
    tails = _(", Student-t tails with {df} degrees of freedom").format(df=number(model.df, "g")) if not model.is_normal else ""
    tails += _(", growing as the power {power} for small lists").format(power=number(model.size, "g")) if model.size else ""
    tails += _(", a lean of {lean} towards large lists or away").format(lean=number(model.lean, "g")) if model.lean else ""
    shifted = _("; log share of {party} shifted by {shift}")
    bias = "".join(shifted.format(party=party, shift=number(shift, "+g")) for party, shift in model.bias)
    return f"{beyond} ({sigma}{tails}){bias}"


def describe_districts(basis: Basis, result: SeatDistribution) -> str:
    """Say around what the districts vary, and which of them were polled."""
    model = result.question.district_model
    spread = _(", ").join(number(value, "g") for value in (model.sigma_national, model.sigma_regional, model.sigma_district))
    if linked(result):
        follows = _("candidates follow their list with beta {beta}").format(beta=number(model.beta, "g"))
    else:
        follows = _("no list vote belongs to it, so no candidate follows a list")
    around = _("the baseline is {baseline}, with national, regional and district errors of {errors} on log shares (priors)")
    return f"{around.format(baseline=basis.baseline, errors=spread)}; {follows}; {polled_districts(result)}"


def polled_districts(result: SeatDistribution) -> str:
    """Name the polls of districts that are used, and how far they are trusted."""
    sigma = result.question.district_model.sigma_poll
    asked = [district.answers.by for district in polled(result.question.districts) if district.answers]
    if sigma is None or not asked:
        return _("polls of districts are left out") if asked else _("no poll of a district is used")
    said = _("polled, each with an error of {sigma} on log shares (a prior): {polls}")
    return said.format(sigma=number(sigma, "g"), polls=", ".join(asked))


def linked(result: SeatDistribution) -> bool:
    """Tell whether candidates of polled parties move with their list."""
    votes = result.question.districts
    return votes is not None and result.question.district_model.beta > 0 and not set(votes.list_shares).isdisjoint(result.lists)


def describe_run(result: SeatDistribution) -> str:
    """Say how many draws there were, and how to get the same again."""
    votes = int(result.question.centre.votes)
    said = several("{n}, seed {seed}, scaled to {votes} vote", "{n}, seed {seed}, scaled to {votes} votes", votes).format(
        n=number(result.n_draws), seed=result.seed, votes=number(votes)
    )
    return "; ".join(part for part in (said, describe_time(result)) if part)


def describe_time(result: SeatDistribution) -> str:
    """Say how long it took, and on what, as far as that is known of a result that was saved or merged."""
    run = result.run
    if "seconds" not in run:
        return ""
    on = counted(" on {n} thread", " on {n} threads", run["threads"]) if "threads" in run else ""
    compiling = run.get("compiling", 0)
    of_them = _(", {seconds} s of them compiling").format(seconds=number(compiling, ".1f")) if compiling >= 0.1 else ""
    return _("{seconds} s").format(seconds=number(run["seconds"], ".1f")) + on + of_them


def describe_digits(result: SeatDistribution) -> str:
    """Say what the number of draws leaves uncertain."""
    error = 50 / math.sqrt(result.n_draws)
    said = _("chances in whole per cent: the number of draws leaves at most {points} points open, the model more")
    return said.format(points=number(error, ".1g"))
