"""Every simulated election, as rows of a table that DuckDB, Polars and pandas read."""

import warnings

import pyarrow.parquet as pq

import mazhilis_sim as ms

warnings.simplefilter("ignore", ms.DataWarning)
f = ms.simulate(ms.law("2026"), ms.load_polls(2023), n_draws=50_000, seed=2023)
f.write_draws("draws.parquet")

table = pq.read_table("draws.parquet", columns=["draw", "seats_jsdp"])
print(table.num_rows, table["seats_jsdp"].to_numpy().mean() == f.mean("jsdp"))
