"""Saved forecasts: one module a format number, each read for ever."""
