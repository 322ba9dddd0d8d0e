"""One election counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mazhilis_sim.counting import exact
from mazhilis_sim.counting.lots import read_seed
from mazhilis_sim.counting.many import count_one, largest_base
from mazhilis_sim.counting.result import Allocation
from mazhilis_sim.legislation.system import ElectoralLaw, checked_law
from mazhilis_sim.votes.ballot import ListVotes, read_candidates

if TYPE_CHECKING:
    pass


def allocate(
    law: ElectoralLaw, votes: Any, against_all: Any = None, *, invalid: Any = None, candidates: Any = None, seed: int | None = None
) -> Allocation:
    """Turn the list votes of one election into seats.

    Parameters
    ----------
    law : ElectoralLaw
    votes : mapping of str to int
        Votes by list in the order of registration, which decides ties; integers of any size. May hold
        ``against_all`` and ``invalid``.
    against_all, invalid : int, optional
        Votes against all, which stay in the base, and invalid ballots, which do not.
    candidates : mapping of str to int, optional
        Candidates on each list; seats beyond them stay vacant.
    seed : int, optional
        For the drawing of lots, where the law's option ``ties="lots"`` asks for one. None draws one; `Allocation.seed`
        records the one that decided.

    Returns
    -------
    Allocation

    Raises
    ------
    VotesError
        When the votes are no votes: negative, fractional, missing, none at all.
    AllocationError
        When the law defines no result for them.

    Examples
    --------
    >>> import mazhilis_sim as ms
    >>> a = ms.allocate(ms.law("2023"), {"a": 5_400_000, "b": 290_000, "c": 210_000}, against_all=100_000)
    >>> a.seats, a.fallback
    ({'a': 67, 'b': 2, 'c': 0}, True)
    """
    checked_law(law)
    ballot = ListVotes.read(votes, against_all, invalid)
    limits = read_candidates(candidates, tuple(ballot.votes))
    seed = read_seed(seed)
    if ballot.base(law.base) > largest_base(law, len(ballot.votes)):
        return exact.allocate(law, ballot.votes, ballot.against_all, invalid=ballot.invalid, candidates=limits, seed=seed)
    return count_one(law, ballot, limits, seed)
