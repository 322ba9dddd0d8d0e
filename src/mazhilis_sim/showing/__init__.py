"""How results show themselves: a repr of at most ten lines, a page in a notebook, and answers as tables, rows, frames and JSON."""

from mazhilis_sim.showing.answer import WIDTH, Answer, for_frame, for_json
from mazhilis_sim.showing.drawn import Drawn, DrawnInKinds, drawings_of
from mazhilis_sim.showing.pages import MOST_SHOWN, Sheet, Shown, in_lines, some, table_of

__all__ = [
    "MOST_SHOWN",
    "WIDTH",
    "Answer",
    "Drawn",
    "DrawnInKinds",
    "Sheet",
    "Shown",
    "drawings_of",
    "for_frame",
    "for_json",
    "in_lines",
    "some",
    "table_of",
]
