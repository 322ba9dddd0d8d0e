"""Count the list vote of 2023 under two laws, and print the protocol of the first."""

import mazhilis_sim as ms

votes = {
    "qhp": 432_920,
    "aq_jol": 535_139,
    "jsdp": 331_058,
    "auyl": 693_938,
    "baytaq": 146_431,
    "amanat": 3_431_510,
    "respublica": 547_154,
}  # the order of registration, which decides ties

count = ms.allocate(ms.law("2023"), votes, against_all=248_291)
print(count.explain())

qurultay = ms.allocate(ms.law("2026"), votes, against_all=248_291)
print("\nThe same votes under the law of 2026:")
print(qurultay)
