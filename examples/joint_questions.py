"""Questions of whole chambers: who is ahead of whom, with whom, and given what."""

import warnings

import mazhilis_sim as ms

warnings.simplefilter("ignore", ms.DataWarning)  # what the polls on record are in doubt about
f = ms.simulate(ms.law("2026"), ms.load_polls(2023), n_draws=200_000, seed=2023)

print("Auyl and Aq Jol together have 30 seats:", f.p(lambda s: s["auyl"] + s["aq_jol"] >= 30, draws="all"))
print("JSDP enters, given that Respublica does:", f.p(lambda s: s["jsdp"] > 0, given=lambda s: s["respublica"] > 0))
print("Auyl has more than Aq Jol:", f.p_greater("auyl", "aq_jol", draws="all"))
print(f.likeliest(3))
