"""One law packed for the kernels, and the room that a count over lanes takes."""

from typing import Any, NamedTuple

import numpy as np

from mazhilis_sim.kernels.borrowing import Lent, lent_together
from mazhilis_sim.kernels.steps.law import order_bits

LARGEST: dict[Any, int] = {np.int32: 2**31 - 1, np.int64: 2**63 - 1}
FEW_CLAIMS = 8
"""The claims of up to so many lists are sorted in one loop, between whose steps nothing is written."""
MOST_NARROW_SEATS = 1 << 16  # an estimate in 32-bit floats is less than one seat too low up to here


class Rules(NamedTuple):
    """One law, packed for the kernels."""

    seats: int
    threshold_num: int
    threshold_den: int
    has_fallback: int
    weight_num: int
    weight_den: int
    floor: int
    no_list: int
    no_claim: int  # larger than any claim to a seat
    method: Any = None  # of `methods`; None for Hare's quota, and where another stage than the count's shares out the seats by it


def most_narrow_base(rules: Rules, lists: int) -> int:
    """Return the largest base whose claims and threshold's products fit 32 bits; 0 where the rules themselves do not."""
    factor = max(times_in_claims(lists), rules.threshold_den)  # whose numerator is smaller
    fits = max(rules[:-2]) < 2**31 - 1 and rules.seats <= MOST_NARROW_SEATS
    return (2**31 - 2) // factor if fits else 0


def times_in_claims(lists: int) -> int:
    """Return what a base is multiplied by at most in claims to a seat: twice the number of orders.

    A remainder is below twice the total before it is corrected (`law.corrected`), and comes multiplied by the orders
    (`divide.divide_lanes`); `admit.three_largest` orders votes in the same way.
    """
    return 2 << int(order_bits(lists))


def narrowed(rules: Rules, lists: int, base: int, wide: bool = False) -> tuple[Rules, Any]:
    """Pack the rules, in 32 bits where they hold the base and nothing else is ``wide``: (rules, type of the lanes)."""
    most = most_narrow_base(rules, lists)
    whole: Any = np.int32 if most and base <= most and not wide else np.int64
    *numbers, _, method = rules
    return Rules._make([*(whole(n) for n in (*numbers, LARGEST[whole])), method]), whole


class Lanes(NamedTuple):
    """Scratch and results of a count over lanes: k lists, w elections side by side, one type of integer, and a rate in floats as wide.

    Of lists and lanes (k, w) are ``admitted``, ``whole`` (whole parts), ``key`` and ``seats``; ``ranked`` (k + 2, w) are the claims of more
    than `FEW_CLAIMS` lists, sorted, between two rows of scratch, or remainders by another quota; of lists (k,) is ``active``; of lanes (w,)
    the others: ``total`` votes of the admitted lists, how many ``passed``, seats ``left``, the last claim ``served``, ``flags`` of
    `steps.events`, and the ``rate`` of seats a vote. ``active`` and ``rare`` hold places, always in 64 bits; ``places`` (2, w) is scratch
    for tallies, in 32. ``many`` is None where no more than `FEW_CLAIMS` lists can have claims, 1 where more can.

    ``admitted`` is 1 for a list that reached the threshold, 2 for one admitted without, 0 for the others. ``active``
    begins with the rows that are admitted in any lane, which it marks before; the rest of the count leaves the others out.
    ``key`` orders the claims to a further seat: the remainder, then the order of registration, in one integer. Its rows follow ``active``;
    it has `FEW_CLAIMS` rows at least, for claims of -1 that come last. ``rare`` (3, w) lists the lanes in which fewer than two lists
    passed, and the two lists with most votes there.

    Where a lane has the flag TIE, `lots.settle_ties` finds in ``served`` a claim that is level with those of the tied lists alone, in
    ``key`` every claim to compare with it, and in ``whole`` the seats of the tied lists without those for which they compete. By Hare's
    quota `divide.divide_lanes` writes the last two and `divide.serve_claims`, which corrects them where a seat is lacking, the first;
    `quota_lanes` and `divisor_lanes` of `methods` write all three.

    ``left`` first holds what the threshold needs, and ``served`` marks of rare lanes, then what divides, times the orders.

    Loops write over what others wrote: ``award_fallbacks`` over ``award_lanes`` in lanes of the two-party rule, where no claims compete,
    and where another method is asked for, ``recount``, which leaves those lanes alone, over ``award_lanes`` in all others.
    """

    admitted: np.ndarray
    whole: np.ndarray
    key: np.ndarray
    ranked: np.ndarray
    seats: np.ndarray
    active: np.ndarray
    rare: np.ndarray
    total: np.ndarray
    passed: np.ndarray
    left: np.ndarray
    served: np.ndarray
    flags: np.ndarray
    rate: np.ndarray
    places: np.ndarray
    many: Any


def new_lanes(k: int, w: int, whole: Any) -> Lent:
    """Make room for a count of w elections of k lists, and lend it."""
    per_list, per_lane = [((rows, w), whole) for rows in (k, k, max(k, FEW_CLAIMS), k + 2, k)], [(w, whole)] * 5
    rate, places = (w, f"f{np.dtype(whole).itemsize}"), ((2, w), np.int32)
    return lent_together(Lanes, (*per_list, (k, np.int64), ((3, w), np.int64), *per_lane, rate, places), 1 if k > FEW_CLAIMS else None)
