"""The only readers of numbers, shares, levels, seeds, dates and names: every public argument passes here."""
from __future__ import annotations

import numbers
import re
from decimal import Decimal
from fractions import Fraction

from mazhilis_sim.errors import LawError

SHARE = re.compile(r"\s*(?P<number>\d+(?:\.\d*)?|\.\d+|\d+\s*/\s*\d+)\s*(?P<percent>%?)\s*", re.ASCII)


def as_fraction(value: object, what: str) -> Fraction:
    """Read a share exactly: ``"7%"``, ``"0.07"``, ``Decimal``, ``Fraction``, or a float as its shortest decimal.

    Parameters
    ----------
    value : str, Decimal, Fraction, int or float
        The share; a float means the decimal that it prints as, so ``0.07`` is 7/100 and not its binary neighbour.
    what : str
        Name of the quantity, for the error message.

    Returns
    -------
    Fraction

    Raises
    ------
    LawError
        When the value is no finite number.
    """
    if isinstance(value, bool) or not isinstance(value, (str, Decimal, numbers.Real)):
        raise LawError(f'{what} must be a number such as "7%" or Fraction(7, 100), got {value!r}')
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    match = SHARE.fullmatch(value) if isinstance(value, str) else None
    try:
        if match:
            number = Fraction(match["number"].replace(" ", ""))
            return number / 100 if match["percent"] else number
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise LawError(f'{what} must be a finite number such as "7%" or Fraction(7, 100), got {value!r}') from None
