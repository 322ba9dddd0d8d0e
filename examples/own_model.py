"""An error model of one's own: every list errs by itself, and all polls may overstate the largest list together."""

import numpy as np

import mazhilis_sim as ms


def overstated(z, q):
    """Return log shares (lists, draws): an error of 20 % a list, and one row of normals more for the largest."""
    y = np.log(q)[:, None] + 0.2 * z[: len(q)]
    y[np.argmax(q)] -= 0.15 * np.abs(z[-1])
    return y


poll = ms.Poll({"a": 0.55, "b": 0.25, "c": 0.12, "d": 0.08}, sample_size=1067)
law = ms.law("2026")
for model in (ms.models.Total(), ms.models.Own(overstated, normals=1)):
    print(ms.simulate(law, poll, model=model, n_draws=100_000, seed=1), end="\n\n")
