"""The command line, ``mazhilis-sim``; what it imports at the start is little, so that it answers at once."""

from mazhilis_sim.cli.program import app, main

__all__ = ["app", "main"]
