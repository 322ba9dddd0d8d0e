"""Hypothesis strategies for votes, elections, laws and polls, drawn from where bugs live.

Everything shrinks to something that a person can check: few parties, few votes, few seats. The ids of parties stand out
of alphabetical order on purpose: a program that sorts them is wrong.

>>> from hypothesis import given
>>> import mazhilis_sim as ms
>>> from mazhilis_sim.testing import strategies as msst
>>> @given(msst.elections(max_parties=8))
... def test_every_seat_is_given(case):
...     result = ms.exact.allocate(case.law, case.votes, against_all=case.against_all)
...     assert sum(result.seats.values()) == case.law.list_seats
"""

from mazhilis_sim.errors import missing_extra

try:
    import hypothesis as hypothesis
except ImportError:
    raise missing_extra("hypothesis", "test") from None

from mazhilis_sim.testing.strategies.counts import vote_lists
from mazhilis_sim.testing.strategies.drawing import ElectionCase, elections, laws, polls

__all__ = ["ElectionCase", "elections", "laws", "polls", "vote_lists"]
