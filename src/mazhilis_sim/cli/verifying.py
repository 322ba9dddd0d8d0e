"""``mazhilis-sim verify``: a rule, the axioms, and the elections that break them."""

from __future__ import annotations

from collections.abc import Iterator

import click

from mazhilis_sim.cli.backtesting import save
from mazhilis_sim.cli.law_table import describe_fallback
from mazhilis_sim.cli.rule_sources import loaded_files, named_rule, silent
from mazhilis_sim.cli.screen import Column, Screen
from mazhilis_sim.cli.sources import FIELDS, chosen_law
from mazhilis_sim.cli.targets import check_targets
from mazhilis_sim.errors import LawError, MazhilisError
from mazhilis_sim.legislation.system import ElectoralLaw
from mazhilis_sim.tables import short_percent
from mazhilis_sim.testing import Report, axioms
from mazhilis_sim.testing import verify as put_to_the_axioms
from mazhilis_sim.testing.axiom import Axiom

BROKEN = 1
"""The exit status when an axiom is broken."""
JUDGED = ("threshold", "fallback")
"""The fields of a law that axioms speak of."""


def run_verify(
    *,
    rule: str,
    axioms: str,
    law: str | None,
    list_seats: int | None,
    changes: dict[str, str],
    examples: int,
    seed: int,
    time_limit: float,
    json_path: str | None,
) -> None:
    """Load, verify, save and print; leave with the status that the report asks for."""
    asked = asked_axioms(axioms)
    laws = asked_laws(law, list_seats, changes)
    check_targets(json_path, None, [rule.rpartition(":")[0]])
    function = named_rule(rule, time_limit)
    check_targets(json_path, None, loaded_files())  # a module, and whatever it imports
    with silent():
        report = put_to_the_axioms(function, asked, laws, examples, seed=seed, time_limit=time_limit)
    written = save(report.to_dict(), json_path)
    print_report(Screen(), report, [*(("law", judged(version)) for version in laws or ()), *written])
    if not report.passed:
        raise click.exceptions.Exit(BROKEN)


def asked_axioms(words: str) -> tuple[Axiom, ...]:
    """Read names with commas between them."""
    if words.strip() == "all":
        return axioms.ALL
    names = [name.strip() for name in words.split(",")]
    if not all(names):
        raise MazhilisError(f"--axioms must be all, or names with commas between them, such as quota,house_monotone, got {words!r}")
    return tuple(axioms.find(name) for name in dict.fromkeys(names))


def asked_laws(law: str | None, list_seats: int | None, changes: dict[str, str]) -> tuple[ElectoralLaw, ...] | None:
    """Return the law that the rule is to follow; what would change nothing is refused, lest it be thought to count."""
    for field, value in changes.items():
        if field in FIELDS and field not in JUDGED:
            raise LawError(f"--set {field}={value}: of a law, verify reads {' and '.join(JUDGED)} alone")
    if law is not None:
        return (chosen_law(law, list_seats, "", "", changes),)
    if changes or list_seats is not None:
        raise LawError(f"{'--set' if changes else '--list-seats'} changes a law, and none is given; write --law 2023 beside it")
    return None


def judged(version: ElectoralLaw) -> str:
    """Write what axioms speak of in a law."""
    return f"{version.name}: threshold {short_percent(version.threshold)}, second list {describe_fallback(version)}"


def print_report(screen: Screen, report: Report, more: list[tuple[str, str]]) -> None:
    """Print verdicts, counterexamples, what the rule did instead of counting, and what all of it rests on."""
    screen.paragraph(report.headline, "bold")
    screen.line()
    print_verdicts(screen, report)
    found = [(each.axiom.name, each.counterexample.words) for each in report if each.counterexample and each.status == "broken"]
    if found:
        screen.heading("The smallest elections that break them")
        screen.items(found)
    if report.misbehaviours:
        screen.heading("Instead of seats")
        screen.items([(mishap.kind, str(mishap)) for mishap in report.misbehaviours])
    screen.heading("What this rests on")
    screen.items([*grounds(report), *more])


def print_verdicts(screen: Screen, report: Report) -> None:
    """Print a line for each axiom."""
    names = Column("axiom", [verdict.axiom.name for verdict in report], left=True)
    verdicts = Column("verdict", [verdict.status for verdict in report], left=True)
    tried = Column("tried", ["–" if verdict.counterexample or not verdict.examined else f"{verdict.examined:,}" for verdict in report])
    screen.tables([[names, verdicts, tried]])


def grounds(report: Report) -> Iterator[tuple[str, str]]:
    """Say how far the verdicts reach."""
    boxes = {str(verdict.box) for verdict in report if verdict.box}
    yield from (("proved", f"for every election of up to {box}, and not refuted by larger ones") for box in boxes)
    yield "tried", f"random and adversarial elections, seed {report.seed}, that do not refute it"
    if report.without_result:
        yield "no result", f"for {report.without_result:,} elections, where the rule defines none; they count for nothing"
    if any(verdict.status == "not applicable" for verdict in report):
        yield "not applicable", "without a law; name one with --law 2023"
    if not report.complete:
        yield "incomplete", "the time limit, or a rule that hangs, ended the verification early"
