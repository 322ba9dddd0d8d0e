"""``mazhilis-sim verify``."""
