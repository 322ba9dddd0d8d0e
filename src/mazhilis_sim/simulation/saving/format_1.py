"""Format 1 of saved forecasts, read for ever: the content alone, without anything that tells whether it is whole."""

from __future__ import annotations

from typing import Any

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.saving.reader import read_content

DOUBT = "is of format 1, which has no checksum: that its numbers are those that were written is not checked; save it anew to have one"
"""What is said when one is read."""


def read(saved: dict[str, Any]) -> SeatDistribution:
    """Read what stands there; one that has a checksum is of another format, whatever it says."""
    if "checksum" in saved:
        raise SimulationError(field="its format", got=saved["format"], must="be that of a file with a checksum")
    return read_content(saved)
