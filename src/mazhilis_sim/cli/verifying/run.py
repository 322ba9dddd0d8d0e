"""``mazhilis-sim verify``: a rule, the axioms, and the elections that break them."""

from __future__ import annotations

import click

from mazhilis_sim.cli.shell.law_choice import FIELDS, chosen_law
from mazhilis_sim.cli.shell.screen import Screen
from mazhilis_sim.cli.shell.targets import Targets
from mazhilis_sim.cli.shell.wording import setting
from mazhilis_sim.cli.verifying.report import judged, print_report, rows_of
from mazhilis_sim.cli.verifying.rule_sources import named_rule
from mazhilis_sim.errors import LawError, MazhilisError
from mazhilis_sim.languages import _
from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.testing import axioms
from mazhilis_sim.testing import verify as put_to_the_axioms
from mazhilis_sim.testing.axioms import Axiom

FORMAT = "mazhilis_sim verification 1"
STATUS = {"satisfied": 0, "broken": 1, "undecided": 3}
"""The exit status by how it went."""
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
    targets: Targets,
) -> None:
    """Load, verify, save and print; leave with the status that the report asks for."""
    asked = asked_axioms(axioms)
    laws = asked_laws(law, list_seats, changes)
    targets.check([rule.rpartition(":")[0]])
    with named_rule(rule, time_limit) as found:
        targets.check(getattr(found, "files", ()))  # a module, and whatever it imports
        report = put_to_the_axioms(found, asked, laws, examples, seed=seed, time_limit=time_limit)
    written = targets.save({"format": FORMAT, **report.to_dict()}, rows_of(report))
    if not targets.piped:
        print_report(Screen(), report, [*((_("law"), judged(version)) for version in laws or ()), *written])
    if not report.passed:
        raise click.exceptions.Exit(STATUS[report.outcome])


def asked_axioms(words: str) -> tuple[Axiom, ...]:
    """Read names with commas between them."""
    if words.strip() == "all":
        return axioms.ALL
    names = [name.strip() for name in words.split(",")]
    if not all(names):
        must = "be all, or names with commas between them, such as quota,house_monotone"
        raise MazhilisError(field="--axioms", got=words, must=must)
    return tuple(axioms.find(name) for name in dict.fromkeys(names))


def asked_laws(law: str | None, list_seats: int | None, changes: dict[str, str]) -> tuple[ElectoralLaw, ...] | None:
    """Return the law that the rule is to follow; what would change nothing is refused, lest it be thought to count."""
    for field, value in changes.items():
        if field in FIELDS and field not in JUDGED:
            reads = f"of a law, verify reads {' and '.join(JUDGED)} alone"
            raise LawError(reads, field=field, got=value, must=f"be {' or '.join(JUDGED)}", where=setting(field, value))
    if law is not None:
        return (chosen_law(law, list_seats, "", "", changes),)
    if changes or list_seats is not None:
        option = "--set" if changes else "--list-seats"
        alone = f"{option} changes a law, and none is given"
        raise LawError(alone, field=option, must="change a law", remedy="write --law 2023 beside it")
    return None
