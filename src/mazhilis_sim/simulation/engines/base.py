"""What all engines share."""

from __future__ import annotations

from mazhilis_sim.simulation.packing import Piece, Problem, add_up, find_kept, thinning_limit
from mazhilis_sim.simulation.sample import SAMPLE_SIZE


def complete(problem: Problem, span: tuple[int, int], piece: Piece) -> Piece:
    """Look again for the sample, wider, in the rare case that too few hashes lay below the limit."""
    wanted, limit = min(span[1] - span[0], SAMPLE_SIZE), thinning_limit(span[1] - span[0])
    while len(piece.draw) < wanted:
        limit = min(1 << 32, 2 * limit)
        piece = add_up([Piece(piece.tallies, *find_kept(problem, span[0], span[1] - span[0], limit))])
    return piece
