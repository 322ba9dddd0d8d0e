"""The only readers of numbers, shares, levels, seeds, dates and names: every public argument passes here.

What one door takes every door takes: Python, files and the command line. A reader is told the ``field`` that it reads, for
messages, and the ``error`` to raise; it never raises anything else, whatever the value is and does. Arrays have readers of
their own (`mazhilis_sim.counting.arrays`), which take no text; neither numpy nor numba is needed here.
"""

from mazhilis_sim.reading.collected import function, instance, items, members, several
from mazhilis_sim.reading.mappings import counts, mapping, names_of_parties, of_known, once
from mazhilis_sim.reading.numbers import MOST_DIGITS, NOT_GIVEN, SURE, Count, Share, fraction, integer, plain
from mazhilis_sim.reading.shares import exact, level, positive, probability, real, share
from mazhilis_sim.reading.wholes import INT64, MOST_THREADS, SEEDS, Raised, holds_no_count, seed, whole
from mazhilis_sim.reading.words import Day, choice, date, flag, is_empty, maybe, name, position, text

__all__ = [
    "INT64",
    "MOST_DIGITS",
    "MOST_THREADS",
    "NOT_GIVEN",
    "SEEDS",
    "SURE",
    "Count",
    "Day",
    "Raised",
    "Share",
    "choice",
    "counts",
    "date",
    "exact",
    "flag",
    "fraction",
    "function",
    "holds_no_count",
    "instance",
    "integer",
    "is_empty",
    "items",
    "level",
    "mapping",
    "maybe",
    "members",
    "name",
    "names_of_parties",
    "of_known",
    "once",
    "plain",
    "position",
    "positive",
    "probability",
    "real",
    "seed",
    "several",
    "share",
    "text",
    "whole",
]
