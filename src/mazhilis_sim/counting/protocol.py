"""The protocol of a count in words and tables, as a commission would print it.

It prints the numbers that a count recorded, and what follows from them by the articles at sight: percentages, the votes that a
threshold asks for, who reached it, seats that are left. It shares out nothing. Its parts are lines and tables, so that a
screen can give each the room that there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from mazhilis_sim.languages import _, counted, marked, number, several
from mazhilis_sim.legislation.electoral_law import law_called
from mazhilis_sim.legislation.methods import OF_THE_LAW, entry
from mazhilis_sim.tables import Table, aligned, decimal, list_names, numbers, percent, root, short_percent

if TYPE_CHECKING:
    from mazhilis_sim.counting.result import Allocation, Chamber
    from mazhilis_sim.legislation.electoral_law import ElectoralLaw

BASES = {
    "valid": marked("valid votes, those against all included"),
    "parties": marked("votes for lists alone"),
    "cast": marked("all ballots cast, invalid ones included"),
}
NO_LAW = marked("of no version of the law")
INDENT, RULE = 3, "="
"""Blanks before what belongs to a step; what the line below the title is made of."""
Part: TypeAlias = str | Table
"""Of a protocol: a line, or a table."""


def article(law: ElectoralLaw, field: str) -> str:
    """Name the article of a number, in brackets."""
    source = law.source.get(field)
    return f" ({_(source)})" if source else ""


def table(a: Allocation) -> str:
    """Return one line a list: votes, share, seats."""
    rows: list[Sequence[object]] = [(_("list"), _("votes"), _("share"), _("seats"))]
    rows += [(p, number(v), percent(Fraction(v, a.base), 2), a.seats[p]) for p, v in a.votes.votes.items()]
    return "\n".join(aligned(rows).lines(indent=3))


def chamber_table(c: Chamber) -> str:
    """Return one line a party: seats by tier, as far as there are tiers, and their sums last."""
    tiers = {_("list"): c.list_seats, _("districts"): c.district_seats if any(c.district_seats.values()) else {}, _("seats"): c.seats}
    shown = {head: seats for head, seats in tiers.items() if seats}
    rows: list[Sequence[object]] = [(_("party"), *shown)]
    rows += [(party, *(seats.get(party, "") for seats in shown.values())) for party in c.seats]
    rows.append((_("all"), *(sum(seats.values()) for seats in shown.values())))
    return "\n".join([*aligned(rows).lines(indent=3), *vacant_districts(c)])


def vacant_districts(c: Chamber) -> list[str]:
    """Say which districts have no member."""
    if not c.vacant_districts:
        return []
    return ["   " + _("vacant: {districts}").format(districts=districts(c.vacant_districts))]


def districts(of: Sequence[int]) -> str:
    """Name districts by their numbers."""
    return several("district {numbers}", "districts {numbers}", len(of)).format(numbers=numbers(of))


def explain(a: Allocation) -> str:
    """Return the protocol of the list seats."""
    return in_lines(parts_of(a))


def in_lines(parts: Iterable[Part]) -> str:
    """Set lines and tables below one another, as wide as they are."""
    return "\n".join(line for part in parts for line in ([part] if isinstance(part, str) else part.lines(INDENT)))


def parts_of(a: Allocation) -> Iterator[Part]:
    """Yield the protocol of the list seats, step by step."""
    title = several("Count of the {n} list seat, law {law}", "Count of the {n} list seats, law {law}", a.law.list_seats)
    title = title.format(n=number(a.law.list_seats), law=law_called(a.law))
    own = callable(a.law.method) and not a.fallback
    shared_out = [own_rule_step(a)] if own else [divisor_step(a)] if a.quotients else [quota_step(a), whole_step(a), remainder_step(a)]
    steps = [base_step(a), threshold_step(a), *no_passer_step(a), *fallback_step(a), *shared_out, *vacancy_step(a), result_step(a)]
    yield from (title, RULE * len(title))
    for place, (head, *rest) in enumerate(steps, start=1):
        yield from ("", f"{place}. {head}", *rest)


def base_step(a: Allocation) -> list[str]:
    """Say what percentages are taken of."""
    parts = [_("votes for lists {n}").format(n=number(sum(a.votes.votes.values())))]
    if a.votes.other:
        parts.append(_("other lists {n}").format(n=number(a.votes.other)))
    if a.law.base != "parties":
        parts.append(_("against all {n}").format(n=number(a.votes.against_all)))
    if a.law.base == "cast":
        parts.append(_("invalid {n}").format(n=number(a.votes.invalid or 0)))
    head = _("Base{article}: {base}.").format(article=article(a.law, "base"), base=_(BASES[a.law.base]))
    return [head, f"   {' + '.join(parts)} = {number(a.base)}"]


def threshold_step(a: Allocation) -> list[Part]:
    """Hold each list against the threshold."""
    needed = a.law.threshold * a.base
    reached = {party: votes >= needed for party, votes in a.votes.votes.items()}
    rows: list[Sequence[object]] = [(_("list"), _("votes"), _("share"), _("reached"))]
    rows += [(p, number(v), percent(Fraction(v, a.base), 2), _("yes") if reached[p] else _("no")) for p, v in a.votes.votes.items()]
    votes = int(-(-needed // 1))
    head = several(
        "Threshold{article}: {share} of the base, or {votes} vote; reaching it is enough.",
        "Threshold{article}: {share} of the base, or {votes} votes; reaching it is enough.",
        votes,
    )
    said = head.format(article=article(a.law, "threshold"), share=short_percent(a.law.threshold), votes=number(votes))
    return [said, aligned(rows)]


def no_passer_step(a: Allocation) -> list[list[str]]:
    """Say what was chosen where no list passed."""
    if any(votes >= a.law.threshold * a.base for votes in a.votes.votes.values()):
        return []
    how = {"top_two": _("the two lists with most votes are admitted"), "all": _("all lists are admitted")}[a.law.no_list_passes]
    option = f"no_list_passes={a.law.no_list_passes!r}"
    said = _("No list reached the threshold. The law is silent; by the option {option} {how}.").format(option=option, how=how)
    return [[said, *second_place_lines(a)]]


def fallback_step(a: Allocation) -> list[list[str]]:
    """Name the second list of a fallback."""
    if not a.fallback or a.law.fallback is None:
        return []
    first, second = by_votes(a)
    weight, floor = float(a.law.fallback.weight), a.law.fallback.floor
    return [
        [
            _("Two-party rule{article}: {first} alone passed, so {second}, next in votes, is admitted too.").format(
                article=article(a.law, "fallback"), first=first, second=second
            ),
            "   "
            + _("Its votes per quota count {weight} times, it gets at least {floor}, and every other seat goes to {first}.").format(
                weight=number(weight, "g"), floor=floor, first=first
            ),
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
    said = _(
        "the whole part {whole} of {first} and the floor of {floor} exceed {seats}; "
        "the law is silent; by the option {option} the floor wins"
    )
    option, in_all = f"floor_excess={a.law.floor_excess!r}", counted("{n} seat", "{n} seats", seats)
    return ["   " + said.format(whole=whole, first=first, floor=floor, seats=in_all, option=option)]


def second_place_lines(a: Allocation) -> list[str]:
    """Report lists with equally many votes of which one alone was admitted; order decides there, never a lot."""
    return [
        "   "
        + _("equal votes for the second place: {lists}; the order of registration{article} decided").format(
            lists=list_names(group), article=article(a.law, "ties")
        )
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
        then = "" if plain == a.quota else _(", so {n}").format(n=number(int(a.quota)))
        head = _("{name} quota ({no_law}): votes of the admitted lists / (seats + {more}){series}.")
        return [
            head.format(name=method.title, no_law=_(NO_LAW), more=method.more, series=_(method.series)),
            f"   {number(total)} / {a.law.list_seats + method.more} = {decimal(plain, 4)}{then}",
        ]
    return [
        _("First electoral quotient{article}: votes of the admitted lists / seats.").format(article=article(a.law, "quota")),
        f"   {number(total)} / {a.law.list_seats} = {decimal(a.quota, 4)}",
    ]


def whole_step(a: Allocation) -> list[Part]:
    """Divide each list's votes by the quota."""
    rows: list[Sequence[object]] = [(_("list"), _("votes / quota"), _("whole part"), _("remainder"))]
    for party in a.admitted:
        quotient, remainder = a.whole[party] + a.remainders[party], a.remainders[party]
        rows.append((party, quotient_words(a, party, quotient), a.whole[party], decimal(remainder, 6)))
    weighted = _(" (the second list's after its weight)") if a.fallback else ""
    head = _("Whole parts of votes / quota{article}{weighted}.").format(article=article(a.law, "quota"), weighted=weighted)
    return [head, aligned(rows)]


def quotient_words(a: Allocation, party: str, quotient: Fraction) -> str:
    """Write votes / quota; of a fallback's second list with the weight that it is multiplied by."""
    if not a.fallback or a.law.fallback is None or party == by_votes(a)[0]:
        return decimal(quotient, 6)
    return f"{decimal(a.votes.votes[party] / a.quota, 6)} x {number(float(a.law.fallback.weight), 'g')}"


def remainder_step(a: Allocation) -> list[str]:
    """Hand out what the whole parts left."""
    left = a.law.list_seats - sum(a.whole.values())
    if a.fallback:
        first, second = by_votes(a)
        won = {party: a.seats[party] + a.vacant.get(party, 0) for party in (first, second)}
        head = _("Remainders do not compete{article}: {second} gets {few}, {first} the other {many}.").format(
            article=article(a.law, "fallback"), second=second, few=won[second], first=first, many=won[first]
        )
        return [head, *excess_lines(a)]
    if not left:
        return [_("Remainders: no seat is left.")]
    head = several(
        "Remainders{article}: {n} seat left, one each to the largest.",
        "Remainders{article}: {n} seats left, one each to the largest.",
        left,
    )
    head = head.format(article=article(a.law, "remainders"), n=number(left))
    rounds, last = divmod(left, len(a.admitted))
    full = ["   " + _("{n} more to every list, since more seats are left than there are lists").format(n=rounds)] if rounds else []
    gained = [p for p in a.admitted if a.seats[p] + a.vacant.get(p, 0) > a.whole[p] + rounds]
    gained.sort(key=lambda party: -a.remainders[party])
    one_more = ["   " + _("one more seat each: {lists}").format(lists=list_names(gained))] if last else []
    return [head, *full, *one_more, *tie_lines(a)]


def divisor_step(a: Allocation) -> list[Part]:
    """Divide each list's votes; show the quotients around the last seat."""
    method = entry(a.law.method)
    rows: list[Sequence[object]] = [(_("list"), _("votes"), _("quotient of the last seat"), _("of the next"))]
    rows += [(p, number(a.votes.votes[p]), last_quotient(a, p), next_quotient(a, p)) for p in a.quotients]
    head = _("Divisor rule {name} ({no_law}): a seat each to the largest quotients.").format(name=method.title, no_law=_(NO_LAW))
    divided = "   " + _("votes are divided by {series} and so on").format(series=_(method.series))
    return [head, divided, aligned(rows), *last_seat_lines(a), *tie_lines(a, _("quotients"))]


def own_rule_step(a: Allocation) -> list[Part]:
    """Show what a rule of the user's own made of the votes of the admitted lists."""
    rows: list[Sequence[object]] = [(_("list"), _("votes"), _("seats"))]
    rows += [(p, number(a.votes.votes[p]), a.seats[p] + a.vacant.get(p, 0)) for p in a.admitted]
    head = _("Rule {name} ({no_law}): it shares out {seats} among the admitted lists.")
    seats = counted("{n} seat", "{n} seats", a.law.list_seats)
    return [head.format(name=a.law.method_name, no_law=_(NO_LAW), seats=seats), aligned(rows)]


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
        return _("divisor 0")
    return root(quotient, 4) if entry(a.law.method).squared else decimal(quotient, 4)


def last_seat_lines(a: Allocation) -> list[str]:
    """Name the list with the last seat, and the one that would have got the next."""

    def strength(party: str, place: int) -> tuple[bool, Fraction]:
        found = a.quotients[party][place]
        return found is None, Fraction(a.votes.votes[party]) if found is None else found

    won = {p: a.seats[p] + a.vacant.get(p, 0) for p in a.quotients if a.votes.votes[p]}
    last = min((p for p in won if won[p]), key=lambda p: strength(p, 0))
    following = max(won, key=lambda p: strength(p, 1))
    said = _("the last seat: {last} with {quotient}; the next would be {following}'s with {less}")
    return ["   " + said.format(last=last, quotient=last_quotient(a, last), following=following, less=next_quotient(a, following))]


def tie_lines(a: Allocation, what: str = "") -> list[str]:
    """Report each tie of remainders or quotients and what decided it."""
    lot, order = _("a lot, seed {seed},"), _("the order of registration{article}")
    how = lot.format(seed=a.seed) if a.seed is not None else order.format(article=article(a.law, "ties"))
    said = _("equal {what}: {lists} for {seats}; {how} decided")
    return [
        "   " + said.format(what=what or _("remainders"), lists=list_names(group), seats=counted("{n} seat", "{n} seats", seats), how=how)
        for group, seats in zip(a.ties, a.tie_seats, strict=True)
        if set(group) <= set(a.admitted)
    ]


def vacancy_step(a: Allocation) -> list[list[str]]:
    """Name seats for which there is no candidate."""
    if not a.vacant:
        return []
    gaps = ", ".join(f"{party} {seats}" for party, seats in a.vacant.items())
    return [[_("Vacant{article}: lists without candidates left: {gaps}.").format(article=article(a.law, "vacant"), gaps=gaps)]]


def result_step(a: Allocation) -> list[Part]:
    """Print the seats, and how many of them the categories of Article 97-1(5) must hold."""
    categories = a.category_seats if a.law.category_share else {}
    head: Sequence[object] = [_("list"), _("seats")] + [_("of them at least, for the categories")] * bool(categories)
    rows: list[list[object]] = [[party, seats, *([categories[party]] if categories else [])] for party, seats in a.seats.items()]
    whose = _("Seats; women, young people and persons with disabilities{article}.").format(article=article(a.law, "category_share"))
    return [whose if categories else _("Seats."), aligned([head, *rows])]


def explain_chamber(c: Chamber) -> str:
    """Return the protocol of the list seats, then the districts."""
    return in_lines(parts_of_chamber(c))


def parts_of_chamber(c: Chamber) -> Iterator[Part]:
    """Yield the protocol of the list seats, then the districts."""
    yield from parts_of(c.allocation)
    if c.winners or c.vacant_districts:
        yield from ("", _("Districts{article}: most votes wins.").format(article=article(c.law, "district_seats")))
        yield aligned([(_("district"), _("elected")), *c.winners.items()], left=2)
        yield from vacant_districts(c)
