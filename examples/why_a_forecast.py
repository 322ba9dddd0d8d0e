"""Why a forecast says what it says of a party."""

import warnings

import mazhilis_sim as ms

warnings.simplefilter("ignore", ms.DataWarning)
f = ms.simulate(ms.law("2026"), ms.load_polls(2023), n_draws=200_000, seed=2023)

print(f.why("jsdp"))
