"""What a law says of the votes alone: which lists reach the threshold, and when the two-party fallback applies."""

from __future__ import annotations

from collections.abc import Sequence

from mazhilis_sim.legislation.electoral_law import ElectoralLaw
from mazhilis_sim.testing.axioms.definition import Trial


def reach(law: ElectoralLaw, votes: Sequence[int]) -> list[int]:
    """Return the parties that reach the threshold; a rule under test is told of no votes against all."""
    num, den = law.threshold.numerator, law.threshold.denominator
    base = sum(votes)
    return [party for party, count in enumerate(votes) if count * den >= num * base]


def seconds(law: ElectoralLaw, votes: Sequence[int]) -> list[int]:
    """Return the parties that may be the second list of the fallback: several in a tie, none without it."""
    passed = reach(law, votes)
    rest = [party for party in range(len(votes)) if party not in passed]
    if law.fallback is None or len(passed) != 1 or not rest:
        return []
    most = max(votes[party] for party in rest)
    return [party for party in rest if votes[party] == most]


def held(trial: Trial, party: int) -> str:
    """Write a party's part of the votes."""
    return f"party {party + 1} has {trial.votes[party]} of {trial.total} votes"


def below_threshold(law: ElectoralLaw, trial: Trial) -> str | None:
    """Tell of a list that has seats and did not reach the threshold, the fallback excepted."""
    passed = reach(law, trial.votes)
    allowed = {*passed, *seconds(law, trial.votes)}
    for party, seats in enumerate(trial.result):
        if passed and seats and party not in allowed:
            return f"{held(trial, party)}, less than {law.threshold} of them, and gets {seats}"
    return None


def left_out(law: ElectoralLaw, trial: Trial) -> str | None:
    """Tell of a list that reached the threshold, is worth a whole seat among those that did, and gets none."""
    passed = reach(law, trial.votes)
    admitted = sum(trial.votes[party] for party in passed)
    for party in passed if not seconds(law, trial.votes) else ():
        if not trial.result[party] and trial.votes[party] * trial.seats >= admitted > 0:
            return (
                f"{held(trial, party)}, which reaches {law.threshold} of them, and the quota {admitted} / {trial.seats}, and gets no seat"
            )
    return None


def under_floor(law: ElectoralLaw, trial: Trial) -> str | None:
    """Tell of a fallback in which no possible second list gets the floor."""
    second = seconds(law, trial.votes)
    floor = min(law.fallback.floor, trial.seats) if law.fallback else 0
    if not second or max(trial.result[party] for party in second) >= floor:
        return None
    return f"one list alone reaches {law.threshold} of the votes, so party {second[0] + 1} gets at least {floor}"
