"""What pictures are drawn on: a sheet in inches, letters that are measured, colours of parties, rows of bars."""
