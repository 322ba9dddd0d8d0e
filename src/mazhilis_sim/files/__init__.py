"""A user's own files: votes, polls and districts as CSV or Parquet, and scenarios as TOML.

Whatever is wrong with a file ends in one `MazhilisError` that names the file, the row as an editor counts it and the
column, what must hold, what came, and what to write. The schemas: docs/reference/files.md.
"""

from mazhilis_sim.files.districts import read_districts
from mazhilis_sim.files.polls import add_polls, read_polls
from mazhilis_sim.files.scenario import Scenario, read_scenario
from mazhilis_sim.files.votes import read_votes

__all__ = ["Scenario", "add_polls", "read_districts", "read_polls", "read_scenario", "read_votes"]
