"""Why a forecast says what it says of a party, in words from its numbers."""

from __future__ import annotations

import math
import re
import textwrap
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mazhilis_sim import reading
from mazhilis_sim.errors import DataWarning, MazhilisError, SimulationError
from mazhilis_sim.languages import ENGLISH, _, marked, number, several, speaking
from mazhilis_sim.names.parties import Names
from mazhilis_sim.polls.collection import Polls
from mazhilis_sim.showing import WIDTH, Answer, Drawn, Sheet
from mazhilis_sim.simulation.distribution.difference import Difference
from mazhilis_sim.simulation.drawing.central import list_count
from mazhilis_sim.simulation.engines.progress import watched
from mazhilis_sim.simulation.models import Total
from mazhilis_sim.simulation.several_laws import tell_part
from mazhilis_sim.simulation.simulate import rerun
from mazhilis_sim.tables import Column, Table, percent, rough_chance, short_percent

if TYPE_CHECKING:
    from mazhilis_sim.simulation.distribution.seats import SeatDistribution
    from mazhilis_sim.simulation.engines.progress import Progress

MOST_DRAWS = 100_000
"""Draws of each change that is tried; all changes have the same."""
SURE = 0.01
"""A list that enters, or does not, more rarely than this is taken as one that always does the other."""
POINT = 0.01
OF = ("p_enters", "mean")
"""What changes move."""


@dataclass(frozen=True)
class Effect:
    """What one change of the question does to the answer, all else the same, on the same draws.

    Parameters
    ----------
    change : str
        In English words.
    by : Difference
        Of the chance of entering, or of the mean number of seats.
    """

    change: str
    by: Difference

    @property
    def said(self) -> str:
        """The change in the language spoken."""
        for text, field in LEFT_OUT.items():
            begin = text.partition("{")[0]
            if self.change.startswith(begin):
                return _(text).format(**{field: self.change.removeprefix(begin)})
        return _(self.change)


def moved(value: float, of: str) -> str:
    """Write by how much something moves: in points of a chance, or in seats."""
    written = number(100 * value, "+.1f") if of == "p_enters" else number(value, "+.2f")
    return written if any(digit in written for digit in "123456789") else "0"


LEFT_OUT = {marked("without poll {poll}"): "poll", marked("without {place}"): "place"}
"""How the changes begin that have something put in."""


@dataclass(frozen=True, eq=False, repr=False)
class Why(Answer, Drawn):
    """Why a forecast says what it says of a party; made by `SeatDistribution.why`.

    Parameters
    ----------
    party : str
    effects : tuple of Effect
        Changes of one thing at a time, what moves the answer most first.
    of : str
        What they move: ``"p_enters"``, or ``"mean"``, the mean number of seats.
    forecast : SeatDistribution
        What it is about.
    """

    kind, keyed = "why", False
    picture = "questions.why"
    shows: ClassVar[tuple[str, ...]] = ("party", "sentences")
    party: str
    effects: tuple[Effect, ...]
    of: str
    forecast: SeatDistribution

    @property
    def title(self) -> str:
        """What was asked."""
        return _("Why {party}").format(party=Names()[self.party])

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why mean, median and the count of the central estimate differ; what decides the last seats; what moves the answer most."""
        of_entering = entering(self.forecast, self.party) if self.party in self.forecast.lists else ()
        said = [three_numbers(self.forecast, self.party), *of_entering, *others_entering(self.forecast, self.party)]
        return (*said, last_seats(self.forecast), moving_most(self.effects, self.of))

    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each change."""
        return [{"change": effect.change, "difference": effect.by.value, "se": effect.by.se} for effect in self.effects]

    def to_dict(self) -> dict[str, Any]:
        """Return sentences and effects, ready for JSON: in English."""
        with speaking(ENGLISH):
            return {"party": self.party, "sentences": list(self.sentences), "of": self.of, "effects": self.rows()}

    def tables(self) -> list[Table]:
        """Return the effects, in points or in seats; nothing where there are none."""
        if not self.effects:
            return []
        words = [moved(effect.by.value, self.of) for effect in self.effects]
        head = _("points") if self.of == "p_enters" else _("seats")
        return [Table([Column(_("if alone"), [effect.said for effect in self.effects], left=True), Column(head, words)])]

    def __str__(self) -> str:
        glued = (re.sub(r"(?<=\d) (?=%)|(?<=[<>]) (?=\d)", "\xa0", sentence) for sentence in self.sentences)
        said = [textwrap.fill(sentence, WIDTH, break_on_hyphens=False).replace("\xa0", " ") for sentence in glued]
        return "\n\n".join([*said, *("\n".join(table.lines(room=WIDTH)) for table in self.tables())])

    def _sheet(self) -> Sheet:
        return Sheet(self.title, self.tables(), self.sentences)


def why(forecast: SeatDistribution, party: str, progress: bool | Progress = False) -> Why:
    """Say why a forecast says what it says of a party."""
    known = forecast.parties[forecast.column(party)]
    listed = known in forecast.lists
    of = "p_enters" if listed and SURE <= forecast.p_enters(known).value <= 1 - SURE else "mean"
    with speaking(ENGLISH):
        effects = effects_on(forecast, known, of, progress)
    return Why(known, tuple(sorted(effects, key=lambda effect: -abs(effect.by.value))), of, forecast)


def why_again(forecast: SeatDistribution, saved: Any) -> Why:
    """Return what `Why.to_dict` returned of a forecast, the changes as they were tried then."""
    told = reading.mapping(saved, "report.why", SimulationError, like='{"party": "jsdp", "of": "p_enters", "effects": []}')
    party = forecast.parties[forecast.column(told.get("party", ""))]
    of = reading.choice(told.get("of"), "report.why.of", OF, SimulationError)
    effects = reading.items(told.get("effects", ()), "report.why.effects", SimulationError, like="[]")
    return Why(party, tuple(map(effect_again, effects)), of, forecast)


def effect_again(saved: Any) -> Effect:
    """Return one change and what it did, as it was saved."""
    like = '{"change": "the threshold a point higher", "difference": -0.1, "se": 0.001}'
    row = reading.mapping(saved, "a change of report.why.effects", SimulationError, like=like)
    change = reading.text(row.get("change"), "report.why.effects.change", SimulationError)
    by = reading.real(row.get("difference"), "report.why.effects.difference", SimulationError)
    se = reading.real(row["se"], "report.why.effects.se", SimulationError) if row.get("se") is not None else math.nan
    return Effect(change, Difference(by, se, paired=True))


# -- mean, median and centre -------------------------------------------------------------------------------------------


def three_numbers(forecast: SeatDistribution, party: str) -> str:
    """Say the three numbers of seats that may differ."""
    name, point = Names()[party], forecast.point["total"].get(party, 0)
    mean, median = forecast.mean(party), forecast.quantile(party, 0.5)
    said = _("{party}: {mean} seats on average, {median} in the median draw, {point} where the polled shares are counted as they are.")
    return said.format(party=name, mean=number(mean, ".1f"), median=median, point=point)


def entering(forecast: SeatDistribution, party: str) -> Iterator[str]:
    """Say how the threshold tears mean, median and centre apart."""
    share, threshold = forecast.question.centre.share_by_id[party], forecast.law.threshold
    p, seats = forecast.p_enters(party), forecast.kept_seats([forecast.column(party)], "list")
    above = share >= threshold
    said = (
        _("It is polled at {share} of the base, above the threshold of {threshold}, and enters in {chance} of the draws")
        if above
        else _("It is polled at {share} of the base, below the threshold of {threshold}, and enters in {chance} of the draws")
    )
    polled = said.format(share=percent(share), threshold=short_percent(threshold), chance=rough_chance(p))
    if not seats.any() or not SURE <= p.value <= 1 - SURE:
        yield polled + _(": the threshold hardly parts its draws.")
        return
    inside = number(float(seats[seats > 0].mean()), ".1f")
    parts = [
        polled + _(": with {seats} list seats on average when it has any, else with none.").format(seats=inside),
        _("The mean is between the two and need not be likely; the median is the latter,")
        if p.value < 0.5
        else _("The mean is between the two and need not be likely; the median is the former kind,"),
        _("and where the polled shares are counted as they are, it enters.")
        if above
        else _("and where the polled shares are counted as they are, it does not enter."),
    ]
    yield " ".join(parts)


def others_entering(forecast: SeatDistribution, party: str) -> Iterator[str]:
    """Say whose entering moves the party's seats most."""
    names, seats, lists = Names(), forecast.kept_seats([forecast.column(party)]), forecast.sample.lists
    found = []
    for place, other in enumerate(forecast.lists):
        inside = lists[:, place] > 0
        if other != party and SURE < inside.mean() < 1 - SURE:
            found.append((float(seats[inside].mean()), float(seats[~inside].mean()), other))
    with_it, without, other = max(found, key=lambda each: abs(each[0] - each[1]), default=(0.0, 0.0, ""))
    means = {"with_it": number(with_it, ".1f"), "without": number(without, ".1f")}
    if means["with_it"] != means["without"]:
        entered = float((lists > 0).sum(axis=1).mean())
        in_centre = sum(won > 0 for won in forecast.point["list"].values())
        said = _(
            "Whether {party} enters moves it most of all lists: {with_it} seats on average with {party}, {without} "
            "without. {entered} lists share the seats of an average draw, {in_centre} those of the polled shares."
        )
        yield said.format(party=names[other], in_centre=in_centre, entered=number(entered, ".1f"), **means)


# -- the last seats ----------------------------------------------------------------------------------------------------


def last_seats(forecast: SeatDistribution) -> str:
    """Say what decides the last seats where the polled shares are counted."""
    allocation, names = list_count(forecast.question), Names()
    if allocation is None:
        return _("The law defines no result for the polled shares as they are.")
    if allocation.fallback or not allocation.remainders:
        how = _("the two-party rule") if allocation.fallback else _("the rule {name}").format(name=forecast.law.method_name)
        return _("Of the polled shares as they are, {how} hands out all list seats, without remainders.").format(how=how)
    extra = {party: allocation.seats[party] - allocation.whole[party] for party in allocation.remainders}
    ranked = sorted(allocation.remainders, key=lambda party: -allocation.remainders[party])
    served, left = [party for party in ranked if extra[party] > 0], [party for party in ranked if extra[party] <= 0]
    if not served or not left:
        return _("Of the polled shares as they are, whole parts of the quota hand out all list seats.")
    last, following = served[-1], left[0]
    votes = math.ceil((allocation.remainders[last] - allocation.remainders[following]) * allocation.quota)
    said = several(
        "Of the polled shares as they are, {n} list seat of {seats} goes to the largest remainders: the last to {last}, "
        "before {following} by {more} of a quota against {less}, about {votes} votes.",
        "Of the polled shares as they are, {n} list seats of {seats} go to the largest remainders: the last to {last}, "
        "before {following} by {more} of a quota against {less}, about {votes} votes.",
        sum(extra.values()),
    )
    more, less = (number(float(allocation.remainders[party]), ".3f") for party in (last, following))
    seats = {"n": number(sum(extra.values())), "seats": forecast.law.list_seats, "votes": number(votes)}
    return said.format(last=names[last], following=names[following], more=more, less=less, **seats)


# -- what moves the answer ---------------------------------------------------------------------------------------------


def moving_most(effects: tuple[Effect, ...], of: str) -> str:
    """Say what moves the answer most."""
    if not effects:
        return _("What moves the answer cannot be tried: the question is not whole here.")
    first = effects[0]
    if of == "p_enters":
        by, error = _("its chance of entering by {size} points (± {error})"), 100 * first.by.se
    else:
        by, error = _("its mean by {size} seats (± {error})"), first.by.se
    said = _("Of single changes, all else and every draw the same, this moves it most: {change}, {by}.")
    return said.format(change=first.said, by=by.format(size=moved(first.by.value, of), error=number(error, ".1g")))


def effects_on(forecast: SeatDistribution, party: str, of: str, progress: bool | Progress) -> list[Effect]:
    """Try one change after another on the same draws; what cannot be simulated again has none."""
    start, stop = forecast.spans[0]
    n, changes = min(MOST_DRAWS, stop - start), list(changes_of(forecast, party))
    with warnings.catch_warnings(), watched(progress, n * (len(changes) + 1)) as told:
        warnings.simplefilter("ignore", DataWarning)
        runs = (
            again(forecast, start=start, n_draws=n, coalitions=(), progress=partial(tell_part, told, place, len(changes) + 1), **arguments)
            for place, arguments in enumerate([{}, *(arguments for _words, arguments in changes)])
        )
        base = next(runs)
        if base is None:  # a saved forecast of a user's own model or rule
            return []
        tried = [(change, changed) for (change, _arguments), changed in zip(changes, runs, strict=True) if changed]
    return [Effect(change, difference_in(of, party, base, changed)) for change, changed in tried]


def again(forecast: SeatDistribution, **changes: Any) -> SeatDistribution | None:
    """Simulate a forecast's question again; None where that cannot be, as with a threshold below 0."""
    try:
        return rerun(forecast, **changes)
    except MazhilisError:
        return None


def difference_in(of: str, party: str, base: SeatDistribution, changed: SeatDistribution) -> Difference:
    """Return by how much a change moves the chance of entering, or the mean, with its paired standard error."""
    if party not in changed.parties or (of == "p_enters" and party not in changed.lists):
        gone = base.p_enters(party) if of == "p_enters" else None
        return Difference(-(gone.value if gone else base.mean(party)), gone.se if gone else base.se(party), paired=True)
    if of == "p_enters":
        return changed.p_enters(party) - base.p_enters(party)
    moved = changed.kept_seats([changed.column(party)]) - base.kept_seats([base.column(party)])
    return Difference(changed.mean(party) - base.mean(party), float(np.std(moved)) / math.sqrt(base.n_draws), paired=True)


def changes_of(forecast: SeatDistribution, party: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield single changes of the question: polls left out, the party's share, the model's error, the threshold."""
    yield from polls_left_out(forecast)
    centre, law, model = forecast.question.centre, forecast.law, forecast.question.model
    if party in centre.parties:
        for sign, words in ((1, _("its polled share a point higher")), (-1, _("its polled share a point lower"))):
            yield words, {"centre": with_share(centre, party, sign * POINT)}
    if isinstance(model, Total):
        sigma = math.sqrt(model.variance(centre))
        halved, doubled = _("polls' errors beyond sampling half as large"), _("polls' errors beyond sampling twice as large")
        for factor, words in ((0.5, halved), (2, doubled)):
            yield words, {"model": Total(sigma=factor * sigma, bias=model.bias, df=model.df)}
    for change, words in ((0.01, _("the threshold a point higher")), (-0.01, _("the threshold a point lower"))):
        threshold = law.threshold + type(law.threshold)(str(change))
        if 0 < threshold < 1:
            yield words, {"law": law.replace(threshold=threshold)}


def polls_left_out(forecast: SeatDistribution) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the pool without each of its polls, where they are known and several."""
    if isinstance(forecast.source, Polls):
        used, question = tuple(forecast.source.newest_of_each()), forecast.question
        for place, poll in enumerate(used if len(used) > 1 else ()):
            others = forecast.source.only((*used[:place], *used[place + 1 :]))
            yield without(poll.label), {"centre": others.pooled(), "votes": question.centre.votes}


def without(label: str) -> str:
    """Say that a poll is left out; one that was read from a file is called by its place there."""
    name = label.removeprefix("poll ")
    return _("without {place}").format(place=label) if name == label else _("without poll {poll}").format(poll=name)


def with_share(centre: Any, party: str, more: float) -> Any:
    """Return a centre in which one list's share is changed, and the others give or take in proportion."""
    place = centre.parties.index(party)
    share = min(1.0, max(0.0, centre.shares[place] + more))
    rest = (1 - share) / (1 - centre.shares[place]) if centre.shares[place] < 1 else 0.0
    return replace(centre, shares=tuple(share if i == place else q * rest for i, q in enumerate(centre.shares)))
