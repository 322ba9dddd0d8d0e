"""``mazhilis-sim compare`` and the other commands that ask what if, how close, how fair and who decides."""
