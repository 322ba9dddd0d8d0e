"""What the votes of 2021 would have made of other laws, and how far each chamber would be from the votes."""

import mazhilis_sim as ms

election = ms.load_election(2021)
pure = ms.law("2023").replace(list_seats=98, district_seats=0)
laws = ["2021", "2021-05", "2026", pure, pure.replace(method="sainte_lague")]

compared = ms.compare(laws, election)
print(compared)
print()
print(ms.sweep("2021", election, "threshold", between=("0%", "10%")))
