"""What an election is: ballots, districts, regions, elections; validated and frozen."""
