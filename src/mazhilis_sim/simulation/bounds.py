"""How much a simulation takes, for every door: Python, scenarios and the command line."""

MOST_SEATS = 100_000
"""Largest chamber that is simulated; the histograms have a counter for every number of seats."""
MOST_VOTES = 2**51
"""Most votes that a share is rounded to: whole numbers up to here have neighbours half a vote apart in floats."""
MOST_DRAWS = 2**63
"""Draws are numbered below it."""
MOST_IN_MEMORY = 10**9
"""Most draws of a backtest, which holds the shares of all."""
