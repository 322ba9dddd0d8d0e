"""``mazhilis-sim explore``."""
