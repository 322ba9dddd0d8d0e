"""``mazhilis-sim parties``."""
