"""The protocol of a count in words and tables, as a commission would print it.

It prints the numbers that a count recorded and computes none of its own but percentages. Its parts are lines and tables, so that a
screen can give each the room that there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from mazhilis_sim.legislation.methods import OF_THE_LAW, entry
from mazhilis_sim.tables import Table, aligned, decimal, list_names, numbered, percent, plural, root, short_percent

if TYPE_CHECKING:
    from mazhilis_sim.counting.result import Allocation, Chamber
    from mazhilis_sim.legislation.system import ElectoralLaw

BASES = {
    "valid": "valid votes, those against all included",
    "parties": "votes for lists alone",
    "cast": "all ballots cast, invalid ones included",
}
NO_LAW = " (of no version of the law)"
INDENT, RULE = 3, "="
"""Blanks before what belongs to a step; what the line below the title is made of."""
Part: TypeAlias = str | Table
"""Of a protocol: a line, or a table."""


def article(law: ElectoralLaw, field: str) -> str:
    """Name the article of a number, in brackets."""
    source = law.source.get(field)
    return f" ({source})" if source else ""


def table(a: Allocation) -> str:
    """Return one line a list: votes, share, seats."""
    rows: list[Sequence[object]] = [("list", "votes", "share", "seats")]
    rows += [(p, f"{v:,}", percent(Fraction(v, a.base), 2), a.seats[p]) for p, v in a.votes.votes.items()]
    return "\n".join(aligned(rows).lines(indent=3))


def chamber_table(c: Chamber) -> str:
    """Return one line a party: seats by tier, as far as there are tiers, and their sums last."""
    tiers = {"list": c.list_seats, "districts": c.district_seats if any(c.district_seats.values()) else {}, "seats": c.seats}
    shown = {head: seats for head, seats in tiers.items() if seats}
    rows: list[Sequence[object]] = [("party", *shown)]
    rows += [(party, *(seats.get(party, "") for seats in shown.values())) for party in c.seats]
    rows.append(("all", *(sum(seats.values()) for seats in shown.values())))
    return "\n".join([*aligned(rows).lines(indent=3), *vacant_districts(c)])


def vacant_districts(c: Chamber) -> list[str]:
    """Say which districts have no member."""
    return [f"   vacant: {numbered('district', c.vacant_districts)}"] if c.vacant_districts else []


def explain(a: Allocation) -> str:
    """Return the protocol of the list seats."""
    return in_lines(parts_of(a))


def in_lines(parts: Iterable[Part]) -> str:
    """Set lines and tables below one another, as wide as they are."""
    return "\n".join(line for part in parts for line in ([part] if isinstance(part, str) else part.lines(INDENT)))


def parts_of(a: Allocation) -> Iterator[Part]:
    """Yield the protocol of the list seats, step by step."""
    title = f"Count of the {plural(a.law.list_seats, 'list seat')}, law {a.law.name}"
    own = callable(a.law.method) and not a.fallback
    shared_out = [own_rule_step(a)] if own else [divisor_step(a)] if a.quotients else [quota_step(a), whole_step(a), remainder_step(a)]
    steps = [base_step(a), threshold_step(a), *no_passer_step(a), *fallback_step(a), *shared_out, *vacancy_step(a), result_step(a)]
    yield from (title, RULE * len(title))
    for number, (head, *rest) in enumerate(steps, start=1):
        yield from ("", f"{number}. {head}", *rest)


def base_step(a: Allocation) -> list[str]:
    """Say what percentages are taken of."""
    parts = [f"votes for lists {sum(a.votes.votes.values()):,}"]
    if a.votes.other:
        parts.append(f"other lists {a.votes.other:,}")
    if a.law.base != "parties":
        parts.append(f"against all {a.votes.against_all:,}")
    if a.law.base == "cast":
        parts.append(f"invalid {a.votes.invalid or 0:,}")
    return [f"Base{article(a.law, 'base')}: {BASES[a.law.base]}.", f"   {' + '.join(parts)} = {a.base:,}"]


def threshold_step(a: Allocation) -> list[Part]:
    """Hold each list against the threshold."""
    needed = a.law.threshold * a.base
    reached = {party: votes >= needed for party, votes in a.votes.votes.items()}
    rows: list[Sequence[object]] = [("list", "votes", "share", "reached")]
    rows += [(p, f"{v:,}", percent(Fraction(v, a.base), 2), "yes" if reached[p] else "no") for p, v in a.votes.votes.items()]
    least = f"{short_percent(a.law.threshold)} of the base, or {-(-needed // 1):,} votes"
    return [f"Threshold{article(a.law, 'threshold')}: {least}; reaching it is enough.", aligned(rows)]


def no_passer_step(a: Allocation) -> list[list[str]]:
    """Say what was chosen where no list passed."""
    if any(votes >= a.law.threshold * a.base for votes in a.votes.votes.values()):
        return []
    how = {"top_two": "the two lists with most votes are admitted", "all": "all lists are admitted"}[a.law.no_list_passes]
    option = f"no_list_passes={a.law.no_list_passes!r}"
    return [[f"No list reached the threshold. The law is silent; by the option {option} {how}.", *second_place_lines(a)]]


def fallback_step(a: Allocation) -> list[list[str]]:
    """Name the second list of a fallback."""
    if not a.fallback or a.law.fallback is None:
        return []
    first, second = by_votes(a)
    weight, floor = float(a.law.fallback.weight), a.law.fallback.floor
    return [
        [
            f"Two-party rule{article(a.law, 'fallback')}: {first} alone passed, so {second}, next in votes, is admitted too.",
            f"   Its votes per quota count {weight:g} times, it gets at least {floor}, and every other seat goes to {first}.",
            *second_place_lines(a),
        ]
    ]


def excess_lines(a: Allocation) -> list[str]:
    """Say what was chosen where a fallback's floor is more than the first list's whole part left; the law is silent."""
    if not a.fallback or a.law.fallback is None:
        return []
    first, second = by_votes(a)
    whole, floor, seats = a.whole[first], a.law.fallback.floor, a.law.list_seats
    if whole + max(a.whole[second], floor) <= seats:
        return []
    sums = f"the whole part {whole} of {first} and the floor of {floor} exceed {plural(seats, 'seat')}"
    return [f"   {sums}; the law is silent; by the option floor_excess={a.law.floor_excess!r} the floor wins"]


def second_place_lines(a: Allocation) -> list[str]:
    """Report lists with equally many votes of which one alone was admitted; order decides there, never a lot."""
    return [
        f"   equal votes for the second place: {list_names(group)}; the order of registration{article(a.law, 'ties')} decided"
        for group in a.ties
        if not set(group) <= set(a.admitted)
    ]


def by_votes(a: Allocation) -> tuple[str, str]:
    """Return the two lists of a fallback, the one that passed first."""
    first, second = sorted(a.admitted, key=lambda party: -a.votes.votes[party])
    return first, second


def quota_step(a: Allocation) -> list[str]:
    """Divide the votes of the admitted lists by the seats."""
    total = sum(a.votes.votes[party] for party in a.admitted)
    if a.law.method != OF_THE_LAW and not a.fallback:
        method = entry(a.law.method)
        plain = Fraction(total, a.law.list_seats + method.more)
        then = "" if plain == a.quota else f", so {int(a.quota):,}"
        return [
            f"{method.title} quota{NO_LAW}: votes of the admitted lists / (seats + {method.more}){method.series}.",
            f"   {total:,} / {a.law.list_seats + method.more} = {decimal(plain, 4)}{then}",
        ]
    return [
        f"First electoral quotient{article(a.law, 'quota')}: votes of the admitted lists / seats.",
        f"   {total:,} / {a.law.list_seats} = {decimal(a.quota, 4)}",
    ]


def whole_step(a: Allocation) -> list[Part]:
    """Divide each list's votes by the quota."""
    rows: list[Sequence[object]] = [("list", "votes / quota", "whole part", "remainder")]
    for party in a.admitted:
        quotient, remainder = a.whole[party] + a.remainders[party], a.remainders[party]
        rows.append((party, quotient_words(a, party, quotient), a.whole[party], decimal(remainder, 6)))
    weighted = " (the second list's after its weight)" if a.fallback else ""
    return [f"Whole parts of votes / quota{article(a.law, 'quota')}{weighted}.", aligned(rows)]


def quotient_words(a: Allocation, party: str, quotient: Fraction) -> str:
    """Write votes / quota; of a fallback's second list with the weight that it is multiplied by."""
    if not a.fallback or a.law.fallback is None or party == by_votes(a)[0]:
        return decimal(quotient, 6)
    return f"{decimal(a.votes.votes[party] / a.quota, 6)} x {float(a.law.fallback.weight):g}"


def remainder_step(a: Allocation) -> list[str]:
    """Hand out what the whole parts left."""
    left = a.law.list_seats - sum(a.whole.values())
    if a.fallback:
        first, second = by_votes(a)
        won = {party: a.seats[party] + a.vacant.get(party, 0) for party in (first, second)}
        head = f"Remainders do not compete{article(a.law, 'fallback')}: {second} gets {won[second]}, {first} the other {won[first]}."
        return [head, *excess_lines(a)]
    if not left:
        return ["Remainders: no seat is left."]
    head = f"Remainders{article(a.law, 'remainders')}: {plural(left, 'seat')} left, one each to the largest."
    rounds, last = divmod(left, len(a.admitted))
    full = [f"   {rounds} more to every list, since more seats are left than there are lists"] if rounds else []
    gained = [p for p in a.admitted if a.seats[p] + a.vacant.get(p, 0) > a.whole[p] + rounds]
    gained.sort(key=lambda party: -a.remainders[party])
    return [head, *full, *([f"   one more seat each: {list_names(gained)}"] if last else []), *tie_lines(a)]


def divisor_step(a: Allocation) -> list[Part]:
    """Divide each list's votes; show the quotients around the last seat."""
    method = entry(a.law.method)
    rows: list[Sequence[object]] = [("list", "votes", "quotient of the last seat", "of the next")]
    rows += [(p, f"{a.votes.votes[p]:,}", last_quotient(a, p), next_quotient(a, p)) for p in a.quotients]
    head = f"Divisor rule {method.title}{NO_LAW}: a seat each to the largest quotients."
    return [head, f"   votes are divided by {method.series} and so on", aligned(rows), *last_seat_lines(a), *tie_lines(a, "quotients")]


def own_rule_step(a: Allocation) -> list[Part]:
    """Show what a rule of the user's own made of the votes of the admitted lists."""
    rows: list[Sequence[object]] = [("list", "votes", "seats")]
    rows += [(p, f"{a.votes.votes[p]:,}", a.seats[p] + a.vacant.get(p, 0)) for p in a.admitted]
    return [f"Rule {a.law.method_name}{NO_LAW}: it shares out {plural(a.law.list_seats, 'seat')} among the admitted lists.", aligned(rows)]


def last_quotient(a: Allocation, party: str) -> str:
    """Write votes / divisor of a list's last seat."""
    won = a.seats[party] + a.vacant.get(party, 0)
    return quotient_words_of(a, a.quotients[party][0]) if won else "-"


def next_quotient(a: Allocation, party: str) -> str:
    """Write votes / divisor of the seat that a list did not get."""
    return quotient_words_of(a, a.quotients[party][1]) if a.votes.votes[party] else "-"


def quotient_words_of(a: Allocation, quotient: Fraction | None) -> str:
    """Write votes / divisor; of squares the root."""
    if quotient is None:
        return "divisor 0"
    return root(quotient, 4) if entry(a.law.method).squared else decimal(quotient, 4)


def last_seat_lines(a: Allocation) -> list[str]:
    """Name the list with the last seat, and the one that would have got the next."""

    def strength(party: str, place: int) -> tuple[bool, Fraction]:
        found = a.quotients[party][place]
        return found is None, Fraction(a.votes.votes[party]) if found is None else found

    won = {p: a.seats[p] + a.vacant.get(p, 0) for p in a.quotients if a.votes.votes[p]}
    last = min((p for p in won if won[p]), key=lambda p: strength(p, 0))
    following = max(won, key=lambda p: strength(p, 1))
    return [f"   the last seat: {last} with {last_quotient(a, last)}; the next would be {following}'s with {next_quotient(a, following)}"]


def tie_lines(a: Allocation, what: str = "remainders") -> list[str]:
    """Report each tie of remainders or quotients and what decided it."""
    how = f"a lot, seed {a.seed}," if a.seed is not None else f"the order of registration{article(a.law, 'ties')}"
    return [
        f"   equal {what}: {list_names(group)} for {plural(seats, 'seat')}; {how} decided"
        for group, seats in zip(a.ties, a.tie_seats, strict=True)
        if set(group) <= set(a.admitted)
    ]


def vacancy_step(a: Allocation) -> list[list[str]]:
    """Name seats for which there is no candidate."""
    if not a.vacant:
        return []
    gaps = ", ".join(f"{party} {seats}" for party, seats in a.vacant.items())
    return [[f"Vacant{article(a.law, 'vacant')}: lists without candidates left: {gaps}."]]


def result_step(a: Allocation) -> list[Part]:
    """Print the seats, and how many of them the categories of Article 97-1(5) must hold."""
    categories = a.category_seats if a.law.category_share else {}
    head: Sequence[object] = ["list", "seats"] + ["of them at least, for the categories"] * bool(categories)
    rows: list[list[object]] = [[party, seats, *([categories[party]] if categories else [])] for party, seats in a.seats.items()]
    note = f"; women, young people and persons with disabilities{article(a.law, 'category_share')}" if categories else ""
    return [f"Seats{note}.", aligned([head, *rows])]


def explain_chamber(c: Chamber) -> str:
    """Return the protocol of the list seats, then the districts."""
    return in_lines(parts_of_chamber(c))


def parts_of_chamber(c: Chamber) -> Iterator[Part]:
    """Yield the protocol of the list seats, then the districts."""
    yield from parts_of(c.allocation)
    if c.winners or c.vacant_districts:
        yield from ("", f"Districts{article(c.law, 'district_seats')}: most votes wins.")
        yield aligned([("district", "elected"), *c.winners.items()], left=2)
        yield from vacant_districts(c)
