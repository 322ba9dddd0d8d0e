"""Put every classical rule to every axiom, and write the verdicts beside the published ones into docs/explanation/axioms.md.

    python benchmarks/axiom_table.py            # a few minutes; ends with status 1 when a verdict is not the expected one
    python benchmarks/axiom_table.py --print    # only prints the table, from what the axioms say of the rules

Published are the verdicts of M. L. Balinski and H. P. Young, *Fair Representation*, second edition, Appendix A, on the six rules
that they treat, and on all divisor methods: these are house and population monotone and uniform, only Jefferson's never gives
less than the quota rounded down, and only Adams's never more than the quota rounded up.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from mazhilis_sim.testing import Report, axioms, rules, verify

PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "axioms.md"
BEGIN, END = "<!-- verdicts: written by benchmarks/axiom_table.py -->", "<!-- end of verdicts -->"
MARK = {True: "✓", False: "✗", None: "·"}
SHORT = {
    "hagenbach_bischoff": "Hagenbach-Bischoff",
    "modified_sainte_lague": "modified Sainte-Laguë",
    "sainte_lague": "Sainte-Laguë",
    "dhondt": "D'Hondt",
    "huntington_hill": "Huntington-Hill",
}
JUDGED = tuple(axiom for axiom in axioms.ALL if not axiom.needs_law)

BY_ALL_METHODS = ("exact_sum", "anonymous", "homogeneous", "exact", "concordant")
"""What Balinski and Young show of, or ask of, every method that they call one."""
PARADOX_FREE = ("house_monotone", "population_monotone", "coherent")
"""What they show of all divisor methods, and refute for Hamilton's."""
WITHIN = {"lower_quota": ("hare", "dhondt"), "upper_quota": ("hare", "adams"), "quota": ("hare",)}
"""Who stays within the quota."""


def published(axiom: str, rule: str) -> bool | None:
    """Return Balinski and Young's verdict; None where they do not treat the rule or the axiom."""
    if rule not in ("hare", *axioms.DIVISOR_RULES):
        return None
    if axiom in BY_ALL_METHODS:
        return True
    if axiom in PARADOX_FREE:
        return rule != "hare"
    return rule in WITHIN[axiom] if axiom in WITHIN else None


Verdicts = Mapping[str, Mapping[str, bool]]
"""By rule, then by axiom."""


def expected() -> Verdicts:
    """Return the verdicts that the axioms themselves name."""
    return {rule: {axiom.name: rule in axiom.satisfied_by for axiom in JUDGED} for rule in axioms.CLASSICAL}


def verdict_of(report: Report) -> dict[str, bool]:
    """Return a report's verdicts."""
    assert report.complete, f"{report.rule}: the time limit cut in"
    assert not report.misbehaviours, str(report)
    return {verdict.axiom.name: verdict.passed for verdict in report}


def found() -> Verdicts:
    """Verify every rule."""
    verdicts = {}
    for rule in axioms.CLASSICAL:
        began = time.perf_counter()
        verdicts[rule] = verdict_of(verify(rules.find(rule), JUDGED, max_examples=4000, time_limit=600))
        print(f"{rule}: {time.perf_counter() - began:.1f} s", flush=True)
    return verdicts


def table(verdicts: Verdicts) -> Iterator[str]:
    """Yield the lines of the table: a row for each rule, in each cell the verifier's verdict and the published one."""
    yield f"| rule | {' | '.join(f'`{axiom.name}`' for axiom in JUDGED)} |"
    yield "|---" * (len(JUDGED) + 1) + "|"
    for rule, row in verdicts.items():
        cells = (f"{MARK[row[axiom.name]]} {MARK[published(axiom.name, rule)]}" for axiom in JUDGED)
        yield f"| {SHORT.get(rule, rule.capitalize())} | {' | '.join(cells)} |"


def write(lines: list[str]) -> None:
    """Put the table between its marks."""
    head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    tail = rest.split(END)[1]
    PAGE.write_text("\n".join([head + BEGIN, "", *lines, "", END + tail]), encoding="utf-8")


def differences(verdicts: Verdicts) -> list[str]:
    """Tell which verdicts are not what the axioms name, or not what is published."""
    return [
        f"{rule}, {axiom}: found {MARK[verdict]}, the axiom names {MARK[expected()[rule][axiom]]}, published {MARK[published(axiom, rule)]}"
        for rule, row in verdicts.items()
        for axiom, verdict in row.items()
        if verdict != expected()[rule][axiom] or published(axiom, rule) not in (None, verdict)
    ]


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--print", action="store_true", dest="only_print")
    if words.parse_args().only_print:
        print("\n".join(table(expected())))
        return
    verdicts = found()
    write(list(table(verdicts)))
    print("\n".join(differences(verdicts)) or "every verdict is the one that its axiom names, and none contradicts a published one")
    sys.exit(bool(differences(verdicts)))


if __name__ == "__main__":
    main()
