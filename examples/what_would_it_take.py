"""Scenarios of 2023, and the least change that brings something about."""

import mazhilis_sim as ms

election, law = ms.load_election(2023), ms.law("2023")
left = election.merge(["qhp", "jsdp"], "left").with_turnout({"almaty_city": "60%"})
print("Together, and with 60 % in Almaty:", ms.elect(law, left).list_seats["left"], "seats")

turnout = ms.solve_for(election, law, "turnout", region="almaty_city", until=lambda seats: seats["baytaq"] > 0)
print("Turnout in Almaty that brings Baytaq in:", turnout)
votes = ms.solve_for(election, law, "votes", party="baytaq", until=lambda seats: seats["baytaq"] > 0)
print("Votes that would:", f"{votes.change:,}")
print(ms.solve_for(election, law, "swing", party="amanat", until=lambda seats: seats["amanat"] < law.majority))
