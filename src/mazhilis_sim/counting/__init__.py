"""Counting: the oracle in fractions, arrays on the compiled path, chambers, and the protocol of a count."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=["exact"])
