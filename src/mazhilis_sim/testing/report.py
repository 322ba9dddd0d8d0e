"""What a verification found: a verdict per axiom, in words, as a table, and as plain data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mazhilis_sim.errors import MazhilisError, unknown
from mazhilis_sim.languages import ENGLISH, _, marked, number, several, speaking
from mazhilis_sim.showing import Drawn, Sheet, Shown
from mazhilis_sim.tables import Column, Table
from mazhilis_sim.testing.axioms.definition import Axiom
from mazhilis_sim.testing.counterexamples import Counterexample
from mazhilis_sim.testing.sandbox.answers import Misbehaviour
from mazhilis_sim.testing.search.elections import Box

GOOD = ("proved", "not refuted", "not applicable")
BAD = ("broken", "misbehaves")
STATUSES = (
    *(marked("proved"), marked("not refuted"), marked("not applicable"), marked("broken"), marked("misbehaves")),
    *(marked("undecided"), marked("not checked")),
)
"""What a verdict may be, for the catalogues."""
WIDTH = 120


class RuleRefutedError(MazhilisError, AssertionError):
    """A rule broke an axiom or returned no seats; the message is the report, the one message of more than a line."""

    def __str__(self) -> str:
        return self.problem


class NoVerdictError(MazhilisError, KeyError):
    """A report was asked about an axiom that it does not judge."""


@dataclass(frozen=True, slots=True, repr=False)
class Verdict(Shown):
    """What was found about one axiom.

    Parameters
    ----------
    axiom : Axiom
    status : str
        ``"proved"`` (for all small elections, and not refuted beyond), ``"not refuted"``, ``"broken"``,
        ``"misbehaves"``, ``"not applicable"`` (without a law), ``"undecided"`` (the verification ended before all was
        tried) or ``"not checked"`` (the rule gave no seats).
    examined : int
        How many random and adversarial elections it withstood.
    tried : int
        How many elections it was held against in all, the small ones among them.
    box : Box or None
        The small elections for which it is proved.
    counterexample : Counterexample or None
        The smallest election found that breaks it.
    """

    shows = ("axiom", "status", "tried", "words")

    axiom: Axiom
    status: str
    examined: int = 0
    box: Box | None = None
    counterexample: Counterexample | None = None
    tried: int = 0

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against the rule here."""
        return self.status in GOOD

    @property
    def words(self) -> str:
        """The verdict as a sentence without its full stop."""
        if self.counterexample:
            return self.counterexample.words.rstrip(".")
        parts = [f"holds for all elections of up to {self.box}"] if self.box else []
        if self.examined:
            parts.append(f"not refuted by {self.examined:,} random and adversarial ones")
        return "; ".join(parts) or {"not applicable": "speaks of a law; give one with laws=..."}.get(
            self.status, "the time was over" if self.status == "undecided" else "the rule gave no seats"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists, numbers and strings."""
        return {
            "axiom": self.axiom.name,
            "status": self.status,
            "passed": self.passed,
            "examined": self.examined,
            "tried": self.tried,
            "proved_up_to": self.box and self.box._asdict(),
            "counterexample": self.counterexample and self.counterexample.to_dict(),
        }


@dataclass(frozen=True, repr=False)
class Report(Shown, Drawn):
    """The verdicts of one verification.

    Parameters
    ----------
    rule : str
        Name of the rule.
    verdicts : tuple of Verdict
        In the order of the axioms.
    misbehaviours : tuple of Misbehaviour
        The smallest election of each kind for which the rule returned no seats.
    seed : int
    without_result : int
        Elections for which the rule defines no result (see ``undefined`` in `verify`).
    complete : bool
        False when the time limit, or a rule that hangs or ends its process, ended the verification early.
    seconds : float
        Time taken; no part of `to_dict`, nor of comparisons.

    Examples
    --------
    >>> from mazhilis_sim.testing import axioms, verify
    >>> report = verify(lambda votes, seats: [seats] + [0] * (len(votes) - 1), axioms=["concordant"])
    >>> report.passed
    False
    >>> print(report["concordant"].counterexample)
    With votes 1, 2 and 1 seat the rule gives 1, 0: party 2 has more votes than party 1 and fewer seats.
    """

    picture = "judging.rules"
    shows = ("rule", "outcome", "broken", "undecided", "statuses", "seed")

    rule: str
    verdicts: tuple[Verdict, ...]
    misbehaviours: tuple[Misbehaviour, ...]
    seed: int
    without_result: int = 0
    complete: bool = True
    seconds: float = field(default=0.0, compare=False)

    def __getitem__(self, axiom: str | Axiom) -> Verdict:
        name = axiom.name if isinstance(axiom, Axiom) else axiom
        for verdict in self.verdicts:
            if isinstance(name, str) and verdict.axiom.name == name:
                return verdict
        raise unknown(NoVerdictError, "verdict on", name, [verdict.axiom.name for verdict in self.verdicts])

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    def __len__(self) -> int:
        return len(self.verdicts)

    @property
    def passed(self) -> bool:
        """Whether all was tried, no axiom is broken or unchecked, and the rule always returned seats."""
        return self.outcome == "satisfied"

    @property
    def outcome(self) -> str:
        """``"broken"`` where something speaks against the rule, else ``"undecided"`` where not all was tried, else ``"satisfied"``."""
        if self.broken or self.misbehaviours:
            return "broken"
        return "satisfied" if self.complete and not self.undecided else "undecided"

    @property
    def broken(self) -> tuple[str, ...]:
        """Names of the axioms that something speaks against."""
        return tuple(verdict.axiom.name for verdict in self.verdicts if verdict.status in BAD)

    @property
    def undecided(self) -> tuple[str, ...]:
        """Names of the axioms that were not tried, or not to the end."""
        return tuple(verdict.axiom.name for verdict in self.verdicts if verdict.status not in (*GOOD, *BAD))

    @property
    def statuses(self) -> dict[str, str]:
        """The verdict on each axiom in a word, by its name."""
        return {verdict.axiom.name: verdict.status for verdict in self.verdicts}

    def assert_passes(self) -> None:
        """Raise with the whole report unless `passed`; for use in a test.

        Raises
        ------
        RuleRefutedError
            An ``AssertionError``.
        """
        if not self.passed:
            raise RuleRefutedError(str(self), field="rule", got=self.rule, must="break no axiom and always return seats, in time")

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists, numbers and strings, ready for JSON; the same for the same seed."""
        return {
            "rule": self.rule,
            "passed": self.passed,
            "outcome": self.outcome,
            "seed": self.seed,
            "complete": self.complete,
            "without_result": self.without_result,
            "misbehaviours": [{"kind": m.kind, "votes": list(m.votes), "seats": m.seats, "words": str(m)} for m in self.misbehaviours],
            "verdicts": [verdict.to_dict() for verdict in self.verdicts],
        }

    @speaking(ENGLISH)
    def __str__(self) -> str:
        return "\n".join([self.headline, "", *self.rows(), *self.notes()])

    def _sheet(self) -> Sheet:
        found = [f"{each.axiom.name}: {each.counterexample.words}" for each in self if each.counterexample and each.status == "broken"]
        return Sheet(self.headline, [self.table()], [*found, *(f"{mishap.kind}: {mishap}" for mishap in self.misbehaviours)])

    def table(self) -> Table:
        """Return a row for each axiom, in the language spoken: the verdict, and how many elections were tried."""
        names = Column(_("axiom"), [verdict.axiom.name for verdict in self], left=True)
        verdicts = Column(_("verdict"), [_(verdict.status) for verdict in self], left=True)
        tried = Column(_("tried"), ["–" if verdict.status == "not applicable" else number(verdict.tried) for verdict in self])
        return Table([names, verdicts, tried])

    @property
    def headline(self) -> str:
        """Say in a line how it went."""
        many = sum(verdict.status != "not applicable" for verdict in self.verdicts)
        return f"{self.rule}: {finding(self, many)}"

    def rows(self) -> Iterator[str]:
        """Yield the lines of the table."""
        names = Column("axiom", [verdict.axiom.name for verdict in self.verdicts], left=True)
        statuses = Column("verdict", [verdict.status for verdict in self.verdicts], left=True)
        below = f"{self.kinds}; see below"
        reasons = [below if v.status == "misbehaves" else v.words.removeprefix(self.small) for v in self.verdicts]
        yield from Table([names, statuses]).lines_with("why", reasons, WIDTH)
        if self.small:
            yield f"\nproved: {self.small.rstrip('; ')}."

    @property
    def kinds(self) -> str:
        """What the rule did instead of returning seats."""
        return ", ".join(mishap.kind for mishap in self.misbehaviours)

    @property
    def small(self) -> str:
        """What "proved" means here, as it stands at the head of such a verdict; empty where nothing is proved."""
        boxes = [verdict.box for verdict in self.verdicts if verdict.box]
        return f"holds for all elections of up to {boxes[0]}; " if boxes else ""

    def notes(self) -> Iterator[str]:
        """Yield what else a reader has to know."""
        for mishap in self.misbehaviours:
            yield textwrap.fill(f"{mishap.kind}: {mishap}", WIDTH, initial_indent="\n", subsequent_indent="    ")
        if self.without_result:
            yield f"\nThe rule defines no result for {self.without_result:,} of the elections; they count for nothing."
        if not self.complete:
            yield "\nThe verification ended early: time limit, or a rule that hangs or ends its process."


def finding(report: Report, many: int) -> str:
    """Say how it went with so many axioms; that a rule returns no seats is the fault of none of them."""
    broken, left = sum(verdict.status == "broken" for verdict in report), len(report.undecided)
    unsatisfied = several("{n} of {many} axiom not satisfied", "{n} of {many} axioms not satisfied", many)
    parts = [unsatisfied.format(n=broken, many=many)] if broken else []
    if report.misbehaviours:
        never = _("but the rule does not always return seats ({kinds})").format(kinds=report.kinds)
        parts = [*(parts or [_("no axiom broken")]), never]
    if left:
        alone = several(
            "undecided, {n} of {many} axiom was not tried to the end", "undecided, {n} of {many} axioms were not tried to the end", many
        ).format(n=left, many=many)
        parts.append(_("{n} undecided").format(n=left) if parts else alone)
    if not parts:
        satisfied = several("the {many} axiom satisfied", "all {many} axioms satisfied", many).format(many=many)
        parts = [satisfied if report.complete else _("undecided, the time was over before all was tried")]
    return ", ".join(parts)
