"""The picture of a calibration: the error of polls beyond sampling, with its intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mazhilis_sim.judging.calibration import Calibration
from mazhilis_sim.languages import _, marked, number
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import INTERVAL
from mazhilis_sim.pictures.sheets.ranges import Range, draw_ranges
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.tables import list_names

ROWS = {"sigma_bias": marked("shared by all polls"), "sigma_house": marked("an institute's own"), "single_poll": marked("one poll alone")}


@dataclass(frozen=True)
class Errors:
    """What is drawn of a calibration, whether it was just made or saved.

    Parameters
    ----------
    estimates : mapping of str to float
        By the keys of `ROWS`.
    intervals : mapping of str to (float, float)
    elections : sequence of str
    caution : str
    """

    estimates: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    elections: Sequence[str]
    caution: str


def take(found: Calibration | Errors) -> Errors:
    """Return what is drawn of a calibration."""
    if isinstance(found, Errors):
        return found
    return Errors({key: getattr(found, key) for key in ROWS}, found.intervals, found.elections, found.caution)


def say(found: Errors, _names: Names) -> Said:
    """Say how far a single poll is off beyond sampling."""
    title = _("Beyond sampling, one poll's log shares are off by {sigma}").format(sigma=number(found.estimates["single_poll"], ".2f"))
    under = _("Standard deviations of log shares with 95 % intervals, elections {elections}").format(elections=list_names(found.elections))
    return Said(title, under, [found.caution], "; ".join(f"{_(name)} {text(found, key)}" for key, name in ROWS.items()))


def text(found: Errors, key: str) -> str:
    """Write an estimate with the ends of its interval."""
    estimate, ends = number(found.estimates[key], ".3f"), found.intervals.get(key)
    if ends is None:
        return estimate
    low, high = ends
    return f"{estimate}  ({number(low, '.2f')}–{'∞' if math.isinf(high) else number(high, '.2f')})"


def paint(found: Errors, _names: Names, said: Said) -> Sheet:
    """Draw a row for each part of the error."""
    rows = []
    for key, name in ROWS.items():
        value = found.estimates[key]
        low, high = found.intervals.get(key, (value, value))
        rows.append(Range(_(name), low, high, value, text(found, key), INTERVAL))
    return draw_ranges(said, rows, lambda sigma: number(sigma, ".2g"), least=0.0)


draw = picture(say, paint, take)
