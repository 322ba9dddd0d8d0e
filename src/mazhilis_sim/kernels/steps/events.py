"""What is told of a count beside the seats, in one table: flags, places in tallies and the order in saved files are derived from it."""

EVENTS = (
    "fallback",  # the two-party rule was applied
    "tie",  # equal remainders or quotients competed, and the order decided
    "second_tie",  # equal votes for the second place, and the order decided
    "no_list",  # no list reached the threshold, or none that did has a vote
    "excess",  # whole parts and the fallback's floor exceed the seats
    "district_tie",  # a lot decided; counted by district, where all others are counted by draw
    "over_quota",  # the whole parts of a quota other than Hare's exceed the seats, and none was handed out
)
"""An event's place is its place in tallies and in saved files, and the number of its bit in a lane's flags.

Of rows of many elections the flags are bytes (`counting.many`), so that a ninth event would need wider ones.
"""
OF_DRAWS = EVENTS[: EVENTS.index("district_tie")]
"""Events that happen in a draw or do not. So does `over_quota`, but a run with one has no result."""
OF_EVERY_LAW = EVENTS[: EVENTS.index("over_quota")]
"""Those that a law with Hare's quota counts; the others count all."""


def flag(name: str) -> int:
    """Return an event's bit."""
    return 1 << EVENTS.index(name)


FALLBACK, TIE, SECOND_TIE = flag("fallback"), flag("tie"), flag("second_tie")
NO_LIST, EXCESS, OVER_QUOTA = flag("no_list"), flag("excess"), flag("over_quota")
DISTRICT_TIE = EVENTS.index("district_tie")
"""A place and no flag, since a draw has many districts."""
