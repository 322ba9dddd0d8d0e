"""What stands where in a table, and how its numbers, dates and heads are written."""
