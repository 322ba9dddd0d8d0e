"""The picture of a forecast that was scored: each score within what was to be expected of it."""

from __future__ import annotations

from mazhilis_sim.judging.scored import Judged, Scored
from mazhilis_sim.languages import _
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import INTERVAL
from mazhilis_sim.pictures.sheets.ranges import Range, draw_ranges
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture


def judged(found: Scored) -> dict[str, Judged]:
    """Return the scores that there are, by what they are of."""
    known = {_("list seats (energy)"): found.energy, _("shares (log density)"): found.log_density}
    return {name: score for name, score in known.items() if score is not None}


def say(found: Scored, _names: Names) -> Said:
    """Say whether the result was a surprise."""
    worse = [name for name, score in judged(found).items() if score.value > score.expected[1]]
    title = _("The result of {election} is one that the forecast expected").format(election=found.election)
    if worse:
        title = _("The result of {election} surprises the forecast: {what}").format(election=found.election, what=" + ".join(worse))
    under = _("Scores on scales of their own, where nine of ten results drawn from the forecast itself score; less is better")
    of = {"seats": _("seats"), "shares": _("shares")}
    held = ", ".join(f"{of[what]} {one}" for what, one in found.covered.items())
    notes = [_("Intervals of 90 % that hold the result: {found}").format(found=held) if held else "", found.model]
    return Said(title, under, notes, "; ".join(f"{name} {score}" for name, score in judged(found).items()))


def paint(found: Scored, _names: Names, said: Said) -> Sheet:
    """Draw a row for each score, from what was to be expected at best to what was at worst."""
    rows = [
        Range(name, 0.0, 1.0, (score.value - score.expected[0]) / (score.expected[1] - score.expected[0] or 1.0), str(score), INTERVAL)
        for name, score in judged(found).items()
    ]
    return draw_ranges(said, rows, lambda place: {0.0: _("best"), 1.0: _("worst")}.get(round(place, 6), ""))


draw = picture(say, paint)
