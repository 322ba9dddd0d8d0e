"""What a user would write or install instead, each as well as we can.

The NumPy rival keeps one row a party and one column an election, so that every operation runs along memory; it works in
chunks that stay in the second-level cache, draws in floats of 32 bits, writes into arrays made once, counts in integers, and ranks
the remainders by comparing pairs instead of sorting. The JAX rival is the same program in one compiled function on one thread, with
the fastest of its generators; its seats are counted by NumPy, which is faster at it.
"""

import os

import numpy as np

CHUNK = 16_384


class NumpyCount:
    """The exact count of list votes (threshold, two-party fallback, largest remainder, ties to the earlier list)."""

    def __init__(self, law, k, chunk=CHUNK):
        self.seats, self.num, self.den = law.list_seats, law.threshold.numerator, law.threshold.denominator
        self.weight, self.floor = law.fallback.weight, law.fallback.floor
        self.masked = np.empty((k, chunk), np.int64)
        self.whole = np.empty((k, chunk), np.int64)
        self.rest = np.empty((k, chunk), np.int64)
        self.rank = np.empty((k, chunk), np.int8)

    def __call__(self, votes, base):
        """Seats (k, n) of votes (k, n); base (n,)."""
        k, n = votes.shape
        masked, whole, rest, rank = (a[:, :n] for a in (self.masked, self.whole, self.rest, self.rank))
        admitted = votes * self.den >= self.num * base
        np.multiply(votes, admitted, out=masked)
        total = masked.sum(axis=0)
        np.multiply(masked, self.seats, out=masked)
        np.floor_divide(masked, np.maximum(total, 1), out=whole)
        np.subtract(masked, whole * total, out=rest)
        rest[~admitted] = -1
        left = self.seats - whole.sum(axis=0)
        rank[:] = 0
        for i in range(1, k):
            for j in range(i):
                later = rest[i] > rest[j]
                rank[j] += later
                rank[i] += ~later
        seats = whole + (rank < left)
        self.fall_back(votes, admitted, seats)
        return seats, admitted

    def fall_back(self, votes, admitted, seats):
        """Apply the two-party rule to the columns in which one list alone passed."""
        columns = np.flatnonzero(admitted.sum(axis=0) == 1)
        if len(columns):
            alone, few = admitted[:, columns], votes[:, columns]
            first = alone.argmax(axis=0)
            second = np.where(alone, -1, few).argmax(axis=0)
            at = np.arange(len(columns))
            v1, v2 = few[first, at], few[second, at]
            w = self.weight
            won = np.minimum(self.seats, np.maximum(self.floor, w.numerator * v2 * self.seats // (w.denominator * (v1 + v2))))
            seats[:, columns] = 0
            seats[first, columns] = self.seats - won
            seats[second, columns] = won


class NumpyElections:
    """Whole simulated elections of the model ``total``, counted into a histogram of each party's seats."""

    def __init__(self, law, shares, k, seed=1, chunk=CHUNK):
        self.law, self.k, self.chunk = law, k, chunk
        real = np.float32
        self.location, self.scale, self.votes = (
            shares.location[:, None].astype(real),
            shares.scale[:, None].astype(real),
            real(shares.votes),
        )
        self.rng = np.random.Generator(np.random.SFC64(seed))  # the fastest of NumPy's generators here
        self.count = NumpyCount(law, k, chunk)
        self.z = np.empty((len(shares.location), chunk), real)
        self.counted = np.empty(self.z.shape, np.int64)

    def __call__(self, n):
        """Histograms (k, seats + 1) and entries (k,) of n elections."""
        histogram = np.zeros((self.k, self.law.list_seats + 1), np.int64)
        entries = np.zeros(self.k, np.int64)
        for done in range(0, n, self.chunk):
            z, counted = self.z, self.counted
            self.rng.standard_normal(out=z, dtype=np.float32)
            np.multiply(z, self.scale, out=z)
            np.add(z, self.location, out=z)
            np.exp(z, out=z)
            np.multiply(z, self.votes / z.sum(axis=0), out=z)
            np.rint(z, out=z)
            np.copyto(counted, z, casting="unsafe")
            seats, admitted = self.count(counted[: self.k], counted.sum(axis=0))
            used = min(self.chunk, n - done)
            entries += admitted[:, :used].sum(axis=1)
            for i in range(self.k):
                histogram[i] += np.bincount(seats[i, :used], minlength=histogram.shape[1])
        return histogram, entries


class JaxElections:
    """The same elections in JAX: jitted, in 32 bits, on one thread."""

    def __init__(self, law, shares, k, seed=1, chunk=CHUNK):
        os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
        import jax

        jax.config.update("jax_default_prng_impl", "unsafe_rbg")
        self.jax, self.law, self.k, self.chunk = jax, law, k, chunk
        self.key = jax.random.key(seed)
        self.elections = jax.jit(self.compiled(shares))

    def compiled(self, shares):
        """Return the function that JAX compiles: a key to seats (k, n) and who was admitted (k, n)."""
        jnp, normal, law, k = self.jax.numpy, self.jax.random.normal, self.law, self.k
        location, scale = jnp.float32(shares.location)[:, None], jnp.float32(shares.scale)[:, None]
        num, den, house = law.threshold.numerator, law.threshold.denominator, law.list_seats
        weight, floor = law.fallback.weight, law.fallback.floor

        def elections(key):
            weights = jnp.exp(location + scale * normal(key, (len(location), self.chunk), jnp.float32))
            counted = jnp.rint(weights * (jnp.float32(shares.votes) / weights.sum(axis=0))).astype(jnp.int32)
            votes, base = counted[:k], counted.sum(axis=0)
            admitted = votes * den >= base * num
            masked = jnp.where(admitted, votes, 0)
            total = jnp.maximum(masked.sum(axis=0), 1)
            whole = (masked.astype(jnp.float32) * (jnp.float32(house) * (1 - 2.0**-21) / total)).astype(jnp.int32)
            rest = masked * house - whole * total
            low = rest >= total
            whole, rest = whole + low, jnp.where(admitted, rest - total * low, -1)
            left = house - whole.sum(axis=0)
            order = jnp.arange(k)
            ahead = (rest[:, None] > rest[None]) | ((rest[:, None] == rest[None]) & (order[:, None] < order[None])[..., None])
            seats = whole + (ahead.sum(axis=0) < left)
            return self.fall_back(jnp, votes, admitted, seats, weight, floor, house), admitted

        return elections

    def fall_back(self, jnp, votes, admitted, seats, weight, floor, house):
        """Apply the two-party rule where one list alone passed."""
        first = admitted.argmax(axis=0)
        others = jnp.where(admitted, -1, votes)
        second, most = others.argmax(axis=0), others.max(axis=0)
        together = jnp.maximum(votes.max(axis=0) + most, 1)
        share = most.astype(jnp.float32) * (weight.numerator * house) / (weight.denominator * together.astype(jnp.float32))
        won = jnp.clip(share.astype(jnp.int32), floor, house)  # rounded as floats are: JAX has no integers of 64 bits unless asked for
        order = jnp.arange(len(votes))[:, None]
        two = jnp.where(order == first, house - won, jnp.where(order == second, won, 0))
        return jnp.where(admitted.sum(axis=0) == 1, two, seats)

    def __call__(self, n):
        """Histograms (k, seats + 1) and entries (k,) of n elections."""
        histogram = np.zeros((self.k, self.law.list_seats + 1), np.int64)
        entries = np.zeros(self.k, np.int64)
        for done in range(0, n, self.chunk):
            self.key, key = self.jax.random.split(self.key)
            seats, admitted = map(np.asarray, self.elections(key))
            used = min(self.chunk, n - done)
            entries += admitted[:, :used].sum(axis=1)
            for i in range(self.k):
                histogram[i] += np.bincount(seats[i, :used], minlength=histogram.shape[1])
        return histogram, entries


def apportionment_count(votes):
    """Return a function that counts one election with ``apportionment`` (floats, no fallback)."""
    from apportionment.methods import compute

    return lambda: compute("hamilton", votes, 69, threshold=0.05, verbose=False)


def votelib_count(votes):
    """Return a function that counts one election with ``votelib``, its evaluator built beforehand (no fallback)."""
    from fractions import Fraction

    from votelib.evaluate.core import Conditioned
    from votelib.evaluate.proportional import LargestRemainder
    from votelib.evaluate.threshold import RelativeThreshold

    evaluator = Conditioned(RelativeThreshold(Fraction(1, 20)), LargestRemainder("hare"))
    named = {str(i): int(v) for i, v in enumerate(votes)}
    return lambda: evaluator.evaluate(named, 69)
