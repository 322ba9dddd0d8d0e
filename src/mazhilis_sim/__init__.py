"""Votes into seats of Kazakhstan's Mazhilis to the letter of the law, and polls into honest seat distributions.

>>> import mazhilis_sim as ms
>>> ms.elect(ms.law("2023"), ms.load_election(2023)).seats["amanat"]
62

Where each public name lives stands in ``__init__.pyi``; it is loaded when first used, so that ``import mazhilis_sim`` needs
neither numpy nor numba.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
