"""What error models hand to the kernels: a type each, which decides how weights are drawn when a kernel is compiled, and its numbers.

A model is two numbers per category (k lists, then against all where it is polled), in 64 bits, as models make them, until `as_drawn`
brings them into the form in which they are drawn. A user's own is the log shares themselves, one column a draw, in that form at once.
"""

import math
from typing import Any, NamedTuple

import numpy as np

from mazhilis_sim.kernels.steps import elementary
from mazhilis_sim.kernels.steps.single import F32

ABSENT = -690.0
"""Log share of a list at zero: its votes round to none."""
LOG2_E = 1.4426950408889634
REACH = 6.8
"""Standard deviations that a normal of two random words stays within."""
MOST = 75.0
"""Power of two above which a weight is taken relative to the largest of its draw."""


class Fixed(NamedTuple):
    """No error: the location is the shares, in 64 bits, so that votes come out as they were.

    Fields are those of every model but `Given`, which has no scale, each (m,) or a number: ``votes`` is the number of votes that a draw
    is rounded to, ``in_base`` how many categories the base sums.
    """

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Clipped(NamedTuple):
    """Model ``margin``: location q, scale s."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Multinomial(NamedTuple):
    """Model ``multinomial``: location q, scale sqrt(q / n)."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Lognormal(NamedTuple):
    """Model ``total``: location and scale of the log share, up to an addend that softmax takes out."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Student(NamedTuple):
    """Model ``total`` with Student-t tails: as `Lognormal`, every draw's errors divided by one random number of its own.

    ``df`` are the degrees of freedom, above 2; ``most`` is the largest factor that leaves log shares within ``WIDEST`` of
    `simulation/models/total`.
    """

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int
    df: float
    most: float


class Wide(NamedTuple):
    """Model ``total`` where log shares reach so far that weights are taken relative to the largest of their draw; made of `Lognormal`."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Gamma(NamedTuple):
    """Model ``dirichlet``: location n q, the shapes, and scale q."""

    location: np.ndarray
    scale: np.ndarray
    votes: float
    in_base: int


class Given(NamedTuple):
    """A user's model: location (m, n) holds log shares of n draws, of which ``first`` numbers the first.

    They are logarithms to base 2 in 32 bits, the largest of each draw 0, which is the form in which they are drawn.
    """

    location: np.ndarray
    first: np.uint64
    votes: float
    in_base: int


def as_drawn(shares: Any) -> Any:
    """Bring a model's parameters into the form in which they are drawn: in 32 bits, and log shares to base 2.

    The largest location of log shares becomes 0, since dividing by the sum takes out what they have in common. Shapes of gammas stay in
    64 bits, and so does what is drawn without any error.
    """
    if isinstance(shares, (Given, Fixed)):
        return shares
    location, scale = shares.location, shares.scale
    if isinstance(shares, Gamma):
        return shares._replace(scale=(location / location.sum()).astype(F32))
    if isinstance(shares, (Lognormal, Student)):
        location, scale, kind = LOG2_E * (location - location.max()), LOG2_E * scale, kind_drawn(shares)
        return kind(location.astype(F32), scale.astype(F32), *shares[2:])
    return shares._replace(location=location.astype(F32), scale=scale.astype(F32))


def kind_drawn(shares: Any) -> type[Any]:
    """Return the type as which a model's parameters are drawn: log shares may be too wide for floats to hold their weights."""
    if not isinstance(shares, Lognormal):
        return type(shares)
    highest = (LOG2_E * (shares.location - shares.location.max()) + REACH * (LOG2_E * shares.scale)).max()
    return Wide if highest > MOST else Lognormal


def settled(shares: Any) -> Any:
    """Return a model without any error as `Fixed`, whose votes come out as they were, and others as they are."""
    if not isinstance(shares, (Clipped, Multinomial, Lognormal, Student)) or shares.scale.any():
        return shares
    location = shares.location
    if isinstance(shares, (Lognormal, Student)):
        powers = np.array([elementary.exp(max(ABSENT, log)) for log in location - location.max()])
        location = powers / math.fsum(powers)
    return Fixed(location, shares.scale, shares.votes, shares.in_base)


def without_error(shares: Any, q: np.ndarray) -> Any:
    """Return the shares q themselves in the form of the model, whose compiled code then serves for them too; of gammas as `Fixed`."""
    if isinstance(shares, (Lognormal, Student)):
        location = np.array([elementary.log(share) if share > 0 else ABSENT for share in q])
        return shares._replace(location=location, scale=np.zeros(len(q)))
    if isinstance(shares, Gamma):
        return Fixed(q, np.zeros(len(q)), shares.votes, shares.in_base)
    return shares._replace(location=q, scale=np.zeros(len(q)))
