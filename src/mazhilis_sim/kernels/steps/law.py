"""The steps of the law's count in exact integers, each a function of a few numbers."""

import numpy as np

from mazhilis_sim.kernels import step

EPSILON_32, EPSILON_64 = 2.0**-23, 2.0**-52  # one unit in the last place of 1


# -- one step of the law each ------------------------------------------------------------------------------------------


@step
def times(number, factor, whole):
    """Return a product that fits the lanes."""
    return whole(np.int64(number) * np.int64(factor))


@step
def whole_part(votes, seats, total, rate, whole, real):
    """Whole part, or one less, of votes x seats / total, by an estimate with the rate seats / total in floats, and what it leaves.

    The rate is a little too low on purpose (`a_little_below`), so that the estimate is exact or one too low, and the exact
    integer remainder tells which: `corrected` gives the seat that is lacking. Till then the remainder is less than twice the total, so it
    fits the lanes though its two products may not. Seats and total may both be multiplied by one number; the rate stays, and the remainder
    comes multiplied by it.
    """
    estimate = np.int32(real(votes) * rate)
    rest = whole(np.int64(votes) * np.int64(seats) - np.int64(estimate) * np.int64(total))
    return whole(estimate), rest


@step
def corrected(part, remainder, total, whole):
    """Return whole part and remainder with the seat that an estimate lacked."""
    low = remainder >= total
    return whole(part + whole(low)), whole(remainder - (total if low else whole(0)))


@step
def a_little_below(seats, total, real):
    """Return seats / total, lowered by more than all rounding of an estimate and by far less than one seat.

    Rounding the votes, the total, the quotient, this product and the estimate makes at most five times half a unit in the last place,
    one is 2**-23 in 32 bits and 2**-52 in 64.
    """
    return real(seats) / real(total) * real(1.0 - 4.0 * (EPSILON_32 if real is np.float32 else EPSILON_64))


@step
def claim(remainder, precedence, orders, whole):
    """Return one integer that orders remainders, and equal ones by registration: the earlier list has the larger claim.

    The remainder is multiplied by the number of ``orders`` (`orders_of`), below which the list's `precedence` lies. Where there
    is no claim, -1 stands behind them all.
    """
    return whole(whole(remainder * orders) + precedence)


@step
def precedence(order, orders, whole):
    """Return a whole number from 0 on that is the larger the earlier a list was registered."""
    return whole(orders - 1 - order)


@step
def level(one, other, orders, whole):
    """Tell whether two claims are equal but for the order of registration."""
    return whole(0) <= whole(one ^ other) < whole(orders)


@step
def weighted_part(votes, total, rules):
    """Article 97-1(2)-(4): the second list's votes per quota, multiplied by the weight, then cut to the whole part."""
    weighted = np.int64(rules.weight_num) * np.int64(votes) * np.int64(rules.seats)
    return weighted // (np.int64(rules.weight_den) * np.int64(total))


@step
def with_floor(weighted, rules):
    """Article 97-1(2)-(4): at least the floor; it may come to more than all seats."""
    return weighted if weighted > rules.floor else np.int64(rules.floor)


@step
def orders_of(k):
    """Return the power of two that is not below the number of lists."""
    return np.int64(1) << order_bits(k)


@step
def order_bits(k):
    """Bits that hold a place in the order of registration."""
    bits = np.int64(0)
    while (np.int64(1) << bits) < k:
        bits += 1
    return bits


LINEAR, HARMONIC, GEOMETRIC = range(3)
LOW_BITS = (1 << 32) - 1


@step
def quota_of(method, house, total):
    """Return multiplier and divisor that turn votes into votes / quota."""
    if method.rounded:
        return np.int64(1), total // (house + method.more) + 1
    return house + method.more, total


@step
def signpost(method, seats):
    """Return numerator and denominator of the divisor of a list that has so many seats; of a geometric mean the square."""
    if seats == 0:
        return np.int64(method.first_num), np.int64(method.first_den)
    if method.shape == LINEAR:
        return np.int64(method.slope * seats + method.start), np.int64(1)
    twice = np.int64(1 + (method.shape == HARMONIC))
    return twice * seats * (seats + 1), np.int64(1) + (method.shape == HARMONIC) * 2 * seats


@step
def compare(method, votes_a, seats_a, votes_b, seats_b):
    """Compare the claims of two lists to a further seat: positive where the first is stronger, 0 where they are equal.

    A zero divisor comes before all others; of two such claims the one with more votes.
    """
    num_a, den_a = signpost(method, seats_a)
    num_b, den_b = signpost(method, seats_b)
    if num_a == 0 and num_b == 0:
        return sign(votes_a, votes_b)
    if method.shape == GEOMETRIC:
        return compare_squares(votes_a, num_b, votes_b, num_a)
    return sign(votes_a * den_a * num_b, votes_b * den_b * num_a)


@step
def sign(a, b):
    """Return 1, 0 or -1."""
    return np.int64(a > b) - np.int64(a < b)


@step
def compare_squares(votes_a, times_a, votes_b, times_b):
    """Compare votes x votes x times of two lists in 94 bits: the upper ones, then the lower 32."""
    square_a, square_b = votes_a * votes_a, votes_b * votes_b
    low_a, low_b = (square_a & LOW_BITS) * times_a, (square_b & LOW_BITS) * times_b
    upper = sign((square_a >> 32) * times_a + (low_a >> 32), (square_b >> 32) * times_b + (low_b >> 32))
    return upper if upper != 0 else sign(low_a & LOW_BITS, low_b & LOW_BITS)
