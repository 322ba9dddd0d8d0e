"""``mazhilis-sim laws``."""
