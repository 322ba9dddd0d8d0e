"""How few votes change a list's seats: votes that move, stretches of them with the same lists admitted, the first that suffices.

Seats need not grow with votes: another list may fall below the threshold, which is a share of all votes, or the two-party rule
begin or end. Between such points they do, so each stretch between two of them is searched by halves, in their order.
"""
