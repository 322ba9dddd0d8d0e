"""What a change of the law changes, on the same simulated voters."""

import warnings

import mazhilis_sim as ms

warnings.simplefilter("ignore", ms.DataWarning)
d = ms.simulate_paired(["2021", "2026"], ms.load_polls(2023), n_draws=200_000, seed=2023)

print(d)
print("JSDP gains:", d.p(lambda old, new: new["jsdp"] > old["jsdp"], draws="all"))
print("its chance of entering:", d["2026"].p_enters("jsdp") - d["2021"].p_enters("jsdp"))
