"""How often chance would do what six of the eight official shares of 2023 do: lie within 0.000001 of a number of three decimals."""

from fractions import Fraction
from math import comb

import mazhilis_sim as ms

election = ms.load_election(2023)
base, near = election.votes.base(), Fraction(1, 10**6)
print(f"{'list':12}{'share':>12}{'from three decimals':>22}")
found = 0
for party, votes in election.votes.counted.items():
    share = Fraction(votes, base)
    distance = abs(share - Fraction(round(share * 1000), 1000))
    found += distance <= near
    print(f"{party:12}{float(share):12.7f}{float(distance):22.7f}")

p, free, hits = 2 * near * 1000, 7, found - 1  # shares sum to 1, so that one of the eight follows from the others
chance = sum(comb(free, k) * p**k * (1 - p) ** (free - k) for k in range(hits, free + 1))
print(f"\n{found} of 8; were {free} shares free and each equally likely to be anything, {hits} or more of them: {float(chance):.0e}")
print("So the numbers did not come about as such counts do. This does not say how they did: votes may have been worked back from")
print("rounded shares at any step between ballot box and table. It says nothing about any ballot, and the test was chosen after a look.")
