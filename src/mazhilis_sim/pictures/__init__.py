"""Pictures, one module each, and what they share; the only room that needs matplotlib (extra ``plot``)."""

from importlib import import_module

from mazhilis_sim.errors import missing_extra

try:
    import_module("matplotlib")  # asked here, once for the whole room
except ImportError:
    raise missing_extra("matplotlib", "plot") from None
