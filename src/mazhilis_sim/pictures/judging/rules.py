"""The picture of a verification: against how many elections a rule was held for each axiom, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mazhilis_sim.languages import _, counted, number
from mazhilis_sim.names.parties import Names
from mazhilis_sim.pictures.marks import GREY, INTERVAL, RESULT
from mazhilis_sim.pictures.sheets.bars import Panel, draw_bars
from mazhilis_sim.pictures.sheets.sheet import Said, Sheet, picture
from mazhilis_sim.testing.report import BAD, Report

GOOD = ("proved", "not refuted")


@dataclass(frozen=True)
class Found:
    """What was found about one axiom.

    Parameters
    ----------
    axiom, status : str
    tried : int
        Elections that the rule was held against.
    """

    axiom: str
    status: str
    tried: int


@dataclass(frozen=True)
class Verification:
    """What is drawn of a verification, whether it just ended or was saved.

    Parameters
    ----------
    rule : str
    verdicts : sequence of Found
    seed : int
    complete : bool
    """

    rule: str
    verdicts: Sequence[Found]
    seed: int
    complete: bool


def take(report: Report | Verification) -> Verification:
    """Return what is drawn of a verification."""
    if isinstance(report, Verification):
        return report
    verdicts = [Found(verdict.axiom.name, verdict.status, verdict.tried) for verdict in report.verdicts]
    return Verification(report.rule, verdicts, report.seed, report.complete)


def say(report: Verification, _names: Names) -> Said:
    """Say how many axioms are broken."""
    bad = [verdict.axiom for verdict in report.verdicts if verdict.status in BAD]
    title = counted("{rule}: {n} axiom is not broken", "{rule}: none of {n} axioms is broken", len(report.verdicts), rule=report.rule)
    if bad:
        names = ", ".join(bad)
        title = counted("{rule} breaks {n} axiom: {names}", "{rule} breaks {n} axioms: {names}", len(bad), rule=report.rule, names=names)
    under = _("Elections that the rule was held against, on a logarithmic scale; seed {seed}").format(seed=report.seed)
    notes = [] if report.complete else [_("Ended before all was tried")]
    return Said(title, under, notes, "; ".join(f"{verdict.axiom} {_(verdict.status)}" for verdict in report.verdicts))


def paint(report: Verification, _names: Names, said: Said) -> Sheet:
    """Draw a row for each axiom."""
    colours = [INTERVAL if verdict.status in GOOD else RESULT if verdict.status in BAD else GREY for verdict in report.verdicts]
    texts = [f"{_(verdict.status)}, {number(verdict.tried)}" if verdict.tried else _(verdict.status) for verdict in report.verdicts]
    panel = Panel("", [verdict.tried for verdict in report.verdicts], texts, powers=True)
    return draw_bars(said, [verdict.axiom for verdict in report.verdicts], colours, [panel], widest=5.0)


draw = picture(say, paint, take)
