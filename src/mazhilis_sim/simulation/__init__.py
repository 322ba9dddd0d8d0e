"""Simulated elections: one question, many draws, and the distribution of seats that they give."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["models"])
