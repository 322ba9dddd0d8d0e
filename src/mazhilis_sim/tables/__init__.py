"""Text tables, and numbers as they are shown."""

from mazhilis_sim.tables.digits import Chance, chance, decimal, per_cent, percent, root, rough_chance, short_percent
from mazhilis_sim.tables.sparklines import BLOCKS, PLAIN_BLOCKS, sparkline
from mazhilis_sim.tables.table import GAP, Column, Table, aligned, filled_by, fitting, party_column
from mazhilis_sim.tables.widths import broken, cut, width
from mazhilis_sim.tables.wording import day, list_names, numbers, plural, without_gaps

__all__ = [
    "BLOCKS",
    "GAP",
    "PLAIN_BLOCKS",
    "Chance",
    "Column",
    "Table",
    "aligned",
    "broken",
    "chance",
    "cut",
    "day",
    "decimal",
    "filled_by",
    "fitting",
    "list_names",
    "numbers",
    "party_column",
    "per_cent",
    "percent",
    "plural",
    "root",
    "rough_chance",
    "short_percent",
    "sparkline",
    "width",
    "without_gaps",
]
