"""Every simulated vote is counted as the oracle would, draw by draw, whatever the law, the model and the size."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import mazhilis_sim as ms
from random_elections import laws

DRAWS = 60
MODELS = st.sampled_from(
    [
        ms.models.Margin(),
        ms.models.Margin("scaled", margin=0.1),
        ms.models.Multinomial(),
        ms.models.Dirichlet(),
        ms.models.Total(),
        ms.models.Total(sigma=1.5),
    ]
)


@st.composite
def polls(draw: st.DrawFn) -> ms.Poll:
    """Draw a poll of 1 to 12 lists, with votes against all or without, of any size; shares may be equal or zero."""
    weights = draw(st.lists(st.sampled_from([0, 1, 2, 5, 5, 10, 40, 300]), min_size=1, max_size=12).filter(any))
    against = draw(st.sampled_from([0, 0, 1, 20]))
    total = sum(weights) + against
    shares = {f"list {i}": weight / total for i, weight in enumerate(weights)}
    size = draw(st.sampled_from([5, 100, 1e4, 1e9]))
    return ms.Poll({**shares, **({"against_all": against / total} if against else {})}, effective_size=size)


def counted(law: ms.ElectoralLaw, shares: list[float], k: int, votes: int, events: Counter[str]) -> list[int]:
    """Round shares to votes, each by itself, count them by the oracle, and note what happened."""
    rounded = [int(np.rint(share * votes)) for share in shares]
    ballot, against = dict(zip(map(str, range(k)), rounded, strict=False)), sum(rounded[k:])
    try:
        one = ms.exact.allocate(law, ballot, against)
    except (ms.AllocationError, ms.VotesError):  # no list passes, or none has a vote
        events["no allocation"] += 1
        return [0] * k
    passed = [v >= law.threshold * one.base for v in ballot.values()]
    events.update(f"enters {i}" for i in range(k) if passed[i])
    events.update(f"admitted {i}" for i in range(k) if str(i) in one.admitted)
    events["no allocation"] += not any(passed)
    events["fallback"] += one.fallback
    events["tie"] += any(set(group) <= set(one.admitted) for group in one.ties)
    return list(one.seats.values())


@settings(max_examples=250)
@given(
    poll=polls(),
    law=laws(most_seats=40, options=("error", "top_two", "all")),
    model=MODELS,
    seed=st.integers(0, 2**64 - 1),
    votes=st.sampled_from([1, 2, 40, 1_000, 6_366_441, 20_000_000, 10**9, 10**12]),
    start=st.sampled_from([0, 63, 2**32 - 30, 2**63 - DRAWS]),
)
def test_every_draw_is_counted_like_the_oracle(
    poll: ms.Poll, law: ms.ElectoralLaw, model: ms.models.ListModel, seed: int, votes: int, start: int
) -> None:
    law = law.replace(district_seats=0, base="valid" if law.base == "cast" else law.base)
    f = ms.simulate(law, poll, model=model, n_draws=DRAWS, seed=seed, start=start, votes=votes, threads=1)
    shares = ms.simulate_shares(poll, model=model, n_draws=DRAWS, seed=seed, start=start)
    assert shares.min() >= 0
    assert abs(shares.sum(axis=1) - 1).max() < 1e-12
    k, events = len(poll.parties), Counter[str]()
    assume(law.threshold > 0 or np.rint(shares[:, :k] * votes).any(axis=1).all())  # at 0 % all enter
    by_number = {start + i: counted(law, row, k, votes, events) for i, row in enumerate(shares.tolist())}
    assert f.draws(DRAWS).tolist() == [by_number[number] for number in f.draw_numbers(len(f.sample)).tolist()]
    for i, party in enumerate(f.parties):
        assert (f.p_enters(party).successes, f.p_admitted(party).successes) == (events[f"enters {i}"], events[f"admitted {i}"])
        assert f.histogram(party).tolist() == np.bincount([row[i] for row in by_number.values()], minlength=law.list_seats + 1).tolist()
    for event, p in (("fallback", f.p_fallback()), ("tie", f.p_tie()), ("no allocation", f.p_no_allocation())):
        assert p.successes == events[event], event
