"""What a user would write or install instead, each as well as we can.

The NumPy rival keeps one row a party and one column an election, so that every operation runs along memory; it works in
chunks that stay in the second-level cache, draws in floats of 32 bits, writes into arrays made once, counts in integers, and ranks
the remainders by comparing pairs instead of sorting. The JAX rival is the same program in one compiled function on one thread, with
the fastest of its generators; its seats are tallied by NumPy, which is faster at it.
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
    """The same elections in JAX: jitted, in 32 bits, on one thread.

    Of its generators threefry makes normals fastest on a processor; barriers keep XLA from computing a row anew wherever it is used,
    and claims are ranked by one comparison a pair, of the remainder and the order in one number.
    """

    def __init__(self, law, shares, k, seed=1, chunk=CHUNK):
        os.environ["NPROC"] = "1"  # how many threads XLA makes, if it is not loaded yet
        import jax

        jax.config.update("jax_cpu_enable_async_dispatch", False)
        self.jax, self.law, self.k, self.chunk = jax, law, k, chunk
        self.key = jax.random.key(seed, impl="threefry2x32")
        self.elections = jax.jit(self.compiled(shares))

    def compiled(self, shares):
        """Return the function that JAX compiles: a key to the next key, seats (k, n), and how often each list was admitted (k,)."""
        jnp, random = self.jax.numpy, self.jax.random
        location, scale, votes = jnp.float32(shares.location)[:, None], jnp.float32(shares.scale)[:, None], jnp.float32(shares.votes)
        shape, held = (len(location), self.chunk), self.jax.lax.optimization_barrier

        def elections(key):
            key, now = random.split(key)
            weights = held(jnp.exp(location + scale * held(random.normal(now, shape, jnp.float32))))
            counted = held(jnp.rint(weights * (votes / weights.sum(axis=0))).astype(jnp.int32))
            seats, admitted = self.count(counted[: self.k], counted.sum(axis=0))
            return key, seats, admitted.sum(axis=1)

        return elections

    def count(self, votes, base):
        """Seats (k, n) and who is admitted (k, n)."""
        jnp, law, held = self.jax.numpy, self.law, self.jax.lax.optimization_barrier
        admitted = votes * law.threshold.denominator >= base * law.threshold.numerator
        admitted, masked = held((admitted, jnp.where(admitted, votes, 0)))
        whole, rest = self.whole_parts(masked)
        order = jnp.arange(len(votes))[:, None]
        claims = held(jnp.where(admitted, rest * len(votes) + len(votes) - 1 - order, -1 - order))  # all differ
        left = held(law.list_seats - whole.sum(axis=0))
        seats = held(jnp.stack([row + (self.ahead(claims, i) < left) for i, row in enumerate(whole)]))
        alone = admitted.sum(axis=0) == 1

        def with_fallbacks():
            return jnp.where(alone, self.fall_back(votes, admitted), seats)

        return self.jax.lax.cond(alone.any(), with_fallbacks, lambda: seats), admitted

    def whole_parts(self, votes):
        """Whole seats and remainders: an estimate in floats that may be one too low, then corrected."""
        jnp, house, held = self.jax.numpy, self.law.list_seats, self.jax.lax.optimization_barrier
        total = jnp.maximum(votes.sum(axis=0), 1)
        whole = (votes.astype(jnp.float32) * held(jnp.float32(house * (1 - 2.0**-21)) / total.astype(jnp.float32))).astype(jnp.int32)
        rest = votes * house - whole * total
        low = rest >= total
        return held((whole + low, rest - total * low))

    def ahead(self, claims, i):
        """Count the claims larger than one."""
        return sum((claims[j] > claims[i]).astype(self.jax.numpy.int32) for j in range(len(claims)) if j != i)

    def fall_back(self, votes, admitted):
        """Apply the two-party rule where one list alone passed."""
        jnp, house, weight = self.jax.numpy, self.law.list_seats, self.law.fallback.weight
        first = admitted.argmax(axis=0)
        others = jnp.where(admitted, -1, votes)
        second, most = others.argmax(axis=0), others.max(axis=0)
        together = jnp.maximum(votes.max(axis=0) + most, 1)
        share = most.astype(jnp.float32) * (weight.numerator * house) / (weight.denominator * together.astype(jnp.float32))
        won = jnp.clip(share.astype(jnp.int32), self.law.fallback.floor, house)  # in floats: JAX has no 64 bits unless asked for
        order = jnp.arange(len(votes))[:, None]
        return jnp.where(order == first, house - won, jnp.where(order == second, won, 0))

    def __call__(self, n):
        """Histograms (k, seats + 1) and entries (k,) of n elections, a whole number of chunks."""
        histogram = np.zeros((self.k, self.law.list_seats + 1), np.int64)
        entries = np.zeros(self.k, np.int64)
        for _ in range(0, n, self.chunk):
            self.key, seats, admitted = self.elections(self.key)
            entries += np.asarray(admitted)
            for i, row in enumerate(np.asarray(seats)):
                histogram[i] += np.bincount(row, minlength=histogram.shape[1])
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
