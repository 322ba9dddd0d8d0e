"""Chances at one threshold after another, all on the same simulated voters."""

import warnings

import mazhilis_sim as ms

warnings.simplefilter("ignore", ms.DataWarning)
thresholds = ["0%", "2%", "3%", "4%", "5%", "6%", "7%", "10%"]
sweep = ms.sweep_forecast(ms.law("2026"), ms.load_polls(2023), "threshold", thresholds, n_draws=200_000, seed=2023)

print("\n".join(sweep.table_of("jsdp").lines()))
