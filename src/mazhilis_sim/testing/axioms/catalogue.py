"""The axioms of apportionment, each with its definition, its source and the classical rules that satisfy it.

B&Y is M. L. Balinski and H. P. Young, *Fair Representation*, second edition, Brookings 2001; Pukelsheim is
F. Pukelsheim, *Proportional Representation*, Springer 2014. Both speak of methods that may give several tied results;
here a rule gives one. An axiom that a rule could break by settling ties in turns passes over the elections that a tie
decides: those whose seats depend on one vote more or less for any party, after all votes were multiplied by a million.

Quotas, remainders and the rest are compared in integers, never in floats.
"""

from __future__ import annotations

from itertools import pairwise

from mazhilis_sim.errors import MazhilisError, unknown
from mazhilis_sim.legislation.methods import DIVISOR_METHODS, QUOTA_METHODS
from mazhilis_sim.testing.axioms import hunts, legal, related
from mazhilis_sim.testing.axioms.definition import Axiom, Trial, axiom
from mazhilis_sim.testing.axioms.population import RelativeGrowth, paradox

QUOTA_RULES, DIVISOR_RULES = QUOTA_METHODS, DIVISOR_METHODS
CLASSICAL = QUOTA_RULES + DIVISOR_RULES
"""The classical rules: largest remainders by four quotas (Droop as floor(V / (S + 1)) + 1), and seven divisor rules.

Where a quota hands out more seats than there are, a rule has no result, and that election counts for nothing.
"""
SMOOTH = ("hare", "hagenbach_bischoff", "imperiali", *DIVISOR_RULES)
"""All but Droop, whose whole-numbered quota is coarse where votes are few beside seats."""


def due(trial: Trial, party: int) -> str:
    """Write a party's exact share of the seats."""
    exact = f"{trial.votes[party]} x {trial.seats} / {trial.total}"
    return f"party {party + 1} is due {exact} = {trial.votes[party] * trial.seats / trial.total:.6g}"


@axiom(source="B&Y, Appendix A; Pukelsheim, ch. 4", satisfied_by=CLASSICAL)
def exact_sum(trial: Trial) -> str | None:
    """Every party gets a whole number of seats, none less than zero, and together they are the seats of the house."""
    if sum(trial.result) == trial.seats and min(trial.result) >= 0:
        return None
    return f"they are {sum(trial.result)} in all"


@axiom(source="B&Y, Appendix A", satisfied_by=("hare", "hagenbach_bischoff", "imperiali", "dhondt"), hunt=hunts.lopsided)
def lower_quota(trial: Trial) -> str | None:
    """No party gets less than its exact share of the seats rounded down."""
    total = trial.total
    for party, votes in enumerate(trial.votes):
        least = votes * trial.seats // total
        if trial.result[party] < least:
            return f"{due(trial, party)}, so at least {least}"
    return None


@axiom(source="B&Y, Appendix A", satisfied_by=("hare", "adams"), hunt=hunts.lopsided)
def upper_quota(trial: Trial) -> str | None:
    """No party gets more than its exact share of the seats rounded up."""
    total = trial.total
    for party, votes in enumerate(trial.votes):
        most = -(-votes * trial.seats // total)
        if trial.result[party] > most:
            return f"{due(trial, party)}, so at most {most}"
    return None


@axiom(source="B&Y, Appendix A", satisfied_by=("hare",), hunt=hunts.lopsided)
def quota(trial: Trial) -> str | None:
    """Every party gets its exact share of the seats, rounded down or up."""
    return lower_quota.breach(trial) or upper_quota.breach(trial)


@axiom(source="Pukelsheim, ch. 4; B&Y, Appendix A", satisfied_by=CLASSICAL, related=related.other_orders, excuses=("tie", "scale"))
def anonymous(trial: Trial) -> str | None:
    """Parties in another order get the same seats, except where a tie decides; of parties with equally many votes, any may get them."""
    other = dict(zip(trial.other.parties, trial.other.result, strict=True))
    for party in (party for party, won in enumerate(trial.result) if other[party] != won):
        equals = [each for each, count in enumerate(trial.votes) if count == trial.votes[party]]
        mine, theirs = (sorted(given[each] for each in equals) for given in (trial.result, other))
        if mine != theirs:
            return f"party {party + 1} has {trial.result[party]} in one order and {other[party]} in the other"
    return None


@axiom(source="B&Y, Appendix A; Pukelsheim, ch. 4 (decency)", satisfied_by=SMOOTH, related=related.multiples, excuses=("tie",))
def homogeneous(trial: Trial) -> str | None:
    """Votes multiplied by one number give the same seats: shares decide, not the size of the electorate."""
    return None if trial.other.result == trial.result else "the shares of the votes are the same"


@axiom(source="Pukelsheim, ch. 4; B&Y, Appendix A (weak proportionality)", satisfied_by=SMOOTH)
def exact(trial: Trial) -> str | None:
    """Where every exact share of the seats is a whole number, those are the seats."""
    total = trial.total
    if any(votes * trial.seats % total for votes in trial.votes):
        return None
    perfect = tuple(votes * trial.seats // total for votes in trial.votes)
    return None if trial.result == perfect else f"{', '.join(map(str, perfect))} would be in proportion to the vote"


@axiom(source="Pukelsheim, ch. 4; B&Y, Appendix A (weak population monotonicity)", satisfied_by=CLASSICAL)
def concordant(trial: Trial) -> str | None:
    """More votes than another party has never mean fewer seats."""
    ranked = sorted(range(len(trial.votes)), key=lambda party: (trial.votes[party], trial.result[party]))
    for weaker, stronger in pairwise(ranked):
        if trial.votes[weaker] < trial.votes[stronger] and trial.result[weaker] > trial.result[stronger]:
            return f"party {stronger + 1} has more votes than party {weaker + 1} and fewer seats"
    return None


@axiom(
    source="B&Y, ch. 5 and Appendix A; Pukelsheim, ch. 9",
    satisfied_by=DIVISOR_RULES,
    related=related.one_more_seat,
    hunt=hunts.two_large,
    excuses=("tie",),
)
def house_monotone(trial: Trial) -> str | None:
    """When the house grows by a seat and the votes stay, no party loses a seat (no Alabama paradox)."""
    for party, seats in enumerate(trial.result):
        if trial.other.result[party] < seats:
            return f"party {party + 1} loses a seat although the house grows"
    return None


@axiom(source="Pukelsheim, ch. 9; B&Y, Appendix A", satisfied_by=SMOOTH, related=related.more_votes)
def vote_monotone(trial: Trial) -> str | None:
    """Votes won while all others keep theirs never cost a seat."""
    for party, votes in enumerate(trial.other.votes):
        if votes > trial.votes[party] and trial.other.result[party] < trial.result[party]:
            return f"party {party + 1} wins votes, the others keep theirs, and it loses a seat"
    return None


@axiom(
    source="B&Y, chs. 5 and 8, Appendix A, for one size of the house",
    satisfied_by=DIVISOR_RULES,
    watcher=RelativeGrowth,
    hunt=hunts.two_large,
)
def population_monotone(trial: Trial) -> str | None:
    """No party that grows relative to another loses seats while that other gains some (no population paradox)."""
    pair = paradox(trial)
    if pair is None:
        return None
    i, j = pair
    return (
        f"party {i + 1} grows relative to party {j + 1}, from {trial.votes[i]} : {trial.votes[j]} to "
        f"{trial.other.votes[i]} : {trial.other.votes[j]}, yet party {i + 1} loses and party {j + 1} gains"
    )


@axiom(
    source="B&Y, Appendix A (uniformity); Pukelsheim, ch. 9 (coherence)",
    satisfied_by=DIVISOR_RULES,
    related=related.sub_elections,
    excuses=("tie",),
)
def coherent(trial: Trial) -> str | None:
    """Any of the parties, counted alone for the seats that they hold together, get the same seats again."""
    together = tuple(trial.result[party] for party in trial.other.parties)
    return None if trial.other.result == together else "counted alone they divide their seats differently"


@axiom(source="Pukelsheim, ch. 4", satisfied_by=SMOOTH)
def no_seat_without_votes(trial: Trial) -> str | None:
    """No party without votes gets a seat; the second list of a law's fallback is excepted."""
    allowed = {party for law in trial.laws for party in legal.seconds(law, trial.votes)}
    for party, votes in enumerate(trial.votes):
        if not votes and trial.result[party] and party not in allowed:
            return f"party {party + 1} has no votes and gets {trial.result[party]}"
    return None


@axiom(source="Constitutional Law on Elections of Kazakhstan, Article 97-1", needs_law=True)
def threshold_respected(trial: Trial) -> str | None:
    """Only lists that reach the threshold get seats, the fallback's second excepted; a list with a quota gets some."""
    for law in trial.laws:
        broken = legal.below_threshold(law, trial) or legal.left_out(law, trial)
        if broken:
            return broken
    return None


@axiom(source="Constitutional Law on Elections of Kazakhstan, Article 97-1 (2)-(4)", needs_law=True)
def fallback_floor(trial: Trial) -> str | None:
    """Where one list alone reaches the threshold, the next one gets the fallback's floor, as far as seats go."""
    return next((broken for law in trial.laws if (broken := legal.under_floor(law, trial))), None)


ALL = (
    exact_sum,
    lower_quota,
    upper_quota,
    quota,
    anonymous,
    homogeneous,
    exact,
    concordant,
    house_monotone,
    vote_monotone,
    population_monotone,
    coherent,
    no_seat_without_votes,
    threshold_respected,
    fallback_floor,
)
"""Every axiom of this module."""


def find(name: str) -> Axiom:
    """Return the axiom of `ALL` with this name.

    Raises
    ------
    MazhilisError
        For an unknown name, with the nearest one.

    Examples
    --------
    >>> find("house_monotone").satisfied_by[:2]
    ('dhondt', 'sainte_lague')
    """
    known = {each.name: each for each in ALL}
    if not isinstance(name, str) or name not in known:
        raise unknown(MazhilisError, "axiom", name, known)
    return known[name]
