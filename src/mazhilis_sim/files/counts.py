"""Large numbers as people write them: ``10M``, ``1e6``, ``500k``, ``1_000_000``."""

from __future__ import annotations

import re
from decimal import Decimal

from mazhilis_sim.errors import FileError

WRITTEN = re.compile(r"(?P<digits>\d[\d_]{0,30}(?:\.\d{1,30})?)(?:e\+?(?P<power>\d{1,2}))?(?P<unit>[kmgb]?)", re.ASCII | re.IGNORECASE)
UNITS = {"": 0, "k": 3, "m": 6, "g": 9, "b": 9}


def read_count(value: object, most: int) -> int:
    """Read a number of things between 1 and ``most``.

    Raises
    ------
    FileError
        Saying what must hold; whoever asked names the place.

    Examples
    --------
    >>> [read_count(text, 10**12) for text in ("10M", "1e6", "500k", "1_000_000", "2.5k")]
    [10000000, 1000000, 500000, 1000000, 2500]
    """
    text = str(value).strip()
    match = WRITTEN.fullmatch(text.removesuffix(".0") if isinstance(value, float) else text)
    must = f"must be a whole number between 1 and {most:,}, such as 500k, 1e6 or 10M"
    if match is None or isinstance(value, bool):
        raise FileError(f"{must}, got {text!r}")
    exact = Decimal(match["digits"].replace("_", "")).scaleb(int(match["power"] or 0) + UNITS[match["unit"].lower()])
    if not 1 <= exact <= most or exact != exact.to_integral_value():
        raise FileError(f"{must}, got {text!r}")
    return int(exact)
