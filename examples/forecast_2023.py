"""Forecast the Mazhilis of 2023 from the polls on record, and hold the forecast against what happened."""

import warnings

import mazhilis_sim as ms

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ms.PollWarning)  # the doubts about these polls are known and listed in the docs
    polls = ms.load_polls(2023)

law, election = ms.law("2023"), ms.load_election(2023)
forecast = ms.simulate(law, polls, n_draws=200_000, seed=2023)
official = ms.elect(law, election).seats

print(f"{'party':14}{'median':>7}{'90 %':>10}{'official':>10}")
for party in forecast.parties:
    low, high = forecast.interval(party, 0.9)
    print(f"{party:14}{forecast.quantile(party, 0.5):>7}{f'{low}-{high}':>10}{official[party]:>10}")

print(f"\nThe social democrats reach the threshold: {forecast.p_enters('jsdp')}")
print(f"Amanat has a majority: {forecast.p_majority('amanat')}")
