"""``mazhilis-sim forecast``."""
