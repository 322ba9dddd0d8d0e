"""What one poll says about the Qurultay of 2026, and how much the answer depends on the error model."""

import mazhilis_sim as ms

poll = ms.Poll(
    {"a": "54%", "b": "17%", "c": "9%", "d": "5.4%", "e": "4.6%", "against_all": "2%"},
    undecided="8%",
    sample_size=1_600,
    pollster="Example",
)
law = ms.law("2026")

for model in ("margin", "multinomial", "total"):
    forecast = ms.simulate(law, poll, model=model, n_draws=100_000, seed=1)
    print(f"{model:12} d enters {forecast.p_enters('d')}   e enters {forecast.p_enters('e')}   a has {forecast.interval('a')} seats")
