"""Named sets of parameters of `Total`, each with what it rests on. docs/explanation/models.md explains every number.

``python benchmarks/elsewhere.py`` measures what is said to be measured elsewhere: 37 elections of nine countries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Preset(NamedTuple):
    """Parameters of `Total` that go together; ``df`` is infinite for normal tails."""

    sigma_bias: float
    sigma_house: float
    tau: float = 0.0
    size: float = 0.0
    df: float = math.inf


FIRST = "2025"
"""What there was before presets had names: what a result saved then means."""
DEFAULT = "kazakhstan"
"""What `Total` takes where no preset is named."""

PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        FIRST: Preset(0.25, 0.25),  # chosen when the results of 2021 and 2023 were known
        "kazakhstan": Preset(0.25, 0.25, tau=0.026, df=8.0),  # widths of 2025; drift and tails as measured elsewhere
        "mature": Preset(0.14, 0.11, tau=0.026, size=0.36, df=8.0),  # measured elsewhere
        "exit_poll": Preset(0.04, 0.09, df=8.0),  # six exit polls of 2021 and 2023
    }
)
