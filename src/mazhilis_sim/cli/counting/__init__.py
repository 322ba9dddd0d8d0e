"""``mazhilis-sim count``."""
