"""Pictures of what was expected beside what happened: polls, error models, forecasts, rules under test."""
