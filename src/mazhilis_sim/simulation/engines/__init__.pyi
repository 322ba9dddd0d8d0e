from .base import Drawable, Engine
from .pieces import Piece

__all__ = ["Drawable", "Engine", "Piece"]
