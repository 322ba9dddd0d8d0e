"""What a page is given to open: a file that was dropped on it, a poll that was typed."""

from __future__ import annotations

from mazhilis_sim.app.opening.dropped import open_file
from mazhilis_sim.app.opening.typed import open_text

__all__ = ["open_file", "open_text"]
