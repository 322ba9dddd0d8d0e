"""An engine of one's own: every piece is kept on disk, and a run that was killed goes on where it was when it is started again."""

from pathlib import Path

import mazhilis_sim as ms
from mazhilis_sim.simulation.engines import Piece

FOLDER = Path("pieces")
FOLDER.mkdir(exist_ok=True)


class Kept:
    """Runs 50,000 draws at a time, and keeps what they gave in a folder."""

    def run(self, question, spans, _progress):
        """Read the pieces that are there, and simulate the others."""
        for start, stop in ((first, min(first + 50_000, last)) for begin, last in spans for first in range(begin, last, 50_000)):
            path = FOLDER / f"{question.fingerprint}-{start}-{stop}.npz"
            if not path.exists():
                question.piece(start, stop).write(path)
            yield Piece.read(path)


ask = {"law": ms.law("2026"), "centre": ms.Poll({"a": 0.6, "b": 0.4}, sample_size=1000), "n_draws": 200_000, "seed": 1}
print(ms.simulate(**ask, engine=Kept()) == ms.simulate(**ask), len(list(FOLDER.iterdir())), "pieces")
