"""How few votes would have changed a seat in 2023."""

import mazhilis_sim as ms

election, law = ms.load_election(2023), ms.law("2023")
margins = ms.seat_margins(law, election)
print(margins)

jsdp = margins["jsdp"]
fewer = {**election.list_votes, "jsdp": election.list_votes["jsdp"] - jsdp.to_lose}
print("\nJSDP with", f"{jsdp.to_lose:,}", "votes fewer:", ms.allocate(law, fewer, against_all=election.against_all).seats["jsdp"], "seats")
