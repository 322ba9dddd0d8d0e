"""What the count of one election has to tell beside the seats: one bit each.

The bit's number is the event's place in `batch.EVENTS`; number 5 stands for districts, which have no flag.
"""

FALLBACK = 1  # the two-party rule was applied
TIE = 2  # equal remainders or quotients competed, and the order decided
SECOND_TIE = 4  # equal votes for the second place, and the order decided
NO_LIST = 8  # no list reached the threshold
EXCESS = 16  # whole parts and the fallback's floor exceed the seats
OVER_QUOTA = 64  # the whole parts of a quota other than Hare's exceed the seats, and none was handed out
