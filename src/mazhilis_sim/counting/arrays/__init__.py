"""The only readers of arrays of votes: numbers of any kind of array, and data frames, whose columns have names."""

from mazhilis_sim.counting.arrays.frames import is_frame, split_frame
from mazhilis_sim.counting.arrays.numbers import FITS, NO_BOUND, integers, name_first, not_negative, sum_within, vote_column, vote_table

__all__ = [
    "FITS",
    "NO_BOUND",
    "integers",
    "is_frame",
    "name_first",
    "not_negative",
    "split_frame",
    "sum_within",
    "vote_column",
    "vote_table",
]
