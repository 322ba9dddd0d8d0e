"""Format 2 of saved forecasts: the content and a checksum of it, so that a file that was damaged says so."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from mazhilis_sim.errors import SimulationError
from mazhilis_sim.simulation.distribution.seats import SeatDistribution
from mazhilis_sim.simulation.saving.reader import read_content

DOUBT = ""
"""Nothing is left open when one is read."""
CHECKSUM = "checksum"


def sealed(saved: dict[str, Any]) -> dict[str, Any]:
    """Return what is to be saved with its checksum, in the second place."""
    (first, name), *rest = ((key, value) for key, value in saved.items() if key != CHECKSUM)
    return {first: name, CHECKSUM: checksum(saved), **dict(rest)}


def checksum(saved: dict[str, Any]) -> str:
    """Return the SHA-256 of all else, as sorted JSON without blanks: how a file is laid out does not matter."""
    rest = {key: value for key, value in saved.items() if key != CHECKSUM}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode(errors='replace')).hexdigest()}"


def read(saved: dict[str, Any]) -> SeatDistribution:
    """Read what stands there, where it is what was written."""
    found, known = saved[CHECKSUM], checksum(saved)
    if found != known:
        altered = "it was altered or damaged: its checksum is not that of its content"
        remedy = "take the file from where it came, or simulate again"
        raise SimulationError(altered, field=CHECKSUM, got=found, must=f"be {known}", remedy=remedy)
    return read_content(saved)
