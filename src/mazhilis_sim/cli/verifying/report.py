"""The report of a verification: verdicts, the elections that break axioms, and how far all of it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mazhilis_sim.cli.shell.law_words import describe_fallback
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.languages import _, counted
from mazhilis_sim.legislation.electoral_law import ElectoralLaw, law_called
from mazhilis_sim.tables import short_percent
from mazhilis_sim.testing import Report


def print_report(screen: Screen, report: Report, more: list[tuple[str, str]]) -> None:
    """Print verdicts, counterexamples, what the rule did instead of counting, and what all of it rests on."""
    screen.paragraph(report.headline, "bold")
    screen.line()
    screen.tables([report.table()])
    found = [(each.axiom.name, each.counterexample.words) for each in report if each.counterexample and each.status == "broken"]
    if found:
        screen.heading(_("The smallest elections that break them"))
        screen.items(found)
    if report.misbehaviours:
        screen.heading(_("Instead of seats"))
        screen.items([(mishap.kind, str(mishap)) for mishap in report.misbehaviours])
    screen.heading(_("What this rests on"))
    screen.items([*grounds(report), *more])


def grounds(report: Report) -> Iterator[tuple[str, str]]:
    """Say how far the verdicts reach."""
    boxes = {str(verdict.box) for verdict in report if verdict.box}
    proved = _("for every election of up to {box}, and not refuted by larger ones")
    yield from ((_("proved"), proved.format(box=box)) for box in boxes)
    tried = _("elections that each axiom was held against until it broke; the random ones with seed {seed}")
    yield _("tried"), tried.format(seed=report.seed)
    if report.without_result:
        none = counted(
            "for {n} election, where the rule defines none; it counts for nothing",
            "for {n} elections, where the rule defines none; they count for nothing",
            report.without_result,
        )
        yield _("no result"), none
    if any(verdict.status == "not applicable" for verdict in report):
        yield _("not applicable"), _("without a law; name one with --law 2023")
    if not report.complete:
        yield _("incomplete"), _("the time limit, or a rule that hangs or ends its process, ended the verification early")


def rows_of(report: Report) -> list[dict[str, Any]]:
    """Return the verdicts, a row each."""
    return [
        {"axiom": each.axiom.name, "status": each.status, "passed": each.passed, "tried": each.tried, "why": each.words} for each in report
    ]


def judged(version: ElectoralLaw) -> str:
    """Write what axioms speak of in a law."""
    said = _("{law}: threshold {share}, second list {rule}")
    return said.format(law=law_called(version), share=short_percent(version.threshold), rule=describe_fallback(version))
