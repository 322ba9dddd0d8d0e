"""Simulated shares as they are before anything is counted: what checks against theory and scores need."""
from mazhilis_sim.kernels import entry
from mazhilis_sim.kernels.batch import number_lanes
from mazhilis_sim.kernels.draws import draw_shares


@entry
def run_shares(seed, start, numbers, n, shares, ballots, out):
    """Write the shares of n draws into ``out`` (m, n): the very shares that `batch.run_block` rounds to votes.

    The draws are [start, start + n), or those that ``numbers`` (n,) holds, which may be empty.
    """
    draws, raw, z, weights, sums, votes, base = ballots
    for done in range(0, n, len(draws)):
        used = min(len(draws), n - done)
        number_lanes(start, numbers, done, used, draws)
        draw_shares(seed, draws, shares, raw, z, weights, sums, votes, base)
        for i in range(out.shape[0]):
            for lane in range(used):
                out[i, done + lane] = weights[i, lane]
