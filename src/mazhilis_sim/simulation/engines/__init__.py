"""What runs the draws of a question: threads of this process, tasks of any executor, or an engine of the user's."""

from mazhilis_sim.simulation.engines.base import Drawable, Engine
from mazhilis_sim.simulation.engines.pieces import Piece

__all__ = ["Drawable", "Engine", "Piece"]
