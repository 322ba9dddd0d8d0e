"""An engine of one's own: every piece is kept on disk, so that a run that was killed goes on where it was."""

import tempfile
from pathlib import Path

import mazhilis_sim as ms
from mazhilis_sim.simulation.engines import Piece


class Kept:
    """Runs 50,000 draws at a time, and keeps what they gave in a folder."""

    def run(self, question, spans, progress):
        """Read the pieces that are there, and simulate the others."""
        for first in range(*spans[0], 50_000):
            path = folder / f"{question.fingerprint}-{first}.npz"
            if not path.exists():
                question.piece(first, min(first + 50_000, spans[0][1])).write(path)
            yield Piece.read(path)
            progress(first - spans[0][0], spans[0][1] - spans[0][0])


folder = Path(tempfile.mkdtemp())
ask = {"law": ms.law("2026"), "centre": ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), "n_draws": 200_000, "seed": 1}
print(ms.simulate(**ask, engine=Kept()) == ms.simulate(**ask, engine=Kept()) == ms.simulate(**ask), len(list(folder.iterdir())), "pieces")
