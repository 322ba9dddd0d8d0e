"""Several laws on the same voters: simulated once, counted as often as there are laws."""
