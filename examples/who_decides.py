"""How fair 2023 was, and who would decide by two thirds."""

import mazhilis_sim as ms

election = ms.load_election(2023)
chamber = ms.elect(ms.law("2023"), election)
print(ms.indices(election.votes, chamber.list_seats))
print()
print(ms.power(chamber, majority=chamber.law.two_thirds))
