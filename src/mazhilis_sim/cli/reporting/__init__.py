"""``mazhilis-sim report``."""
