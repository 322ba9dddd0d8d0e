"""The command line, ``mazhilis-sim``; what it imports at the start is little, so that it answers at once."""

import sys
from typing import Any

INTERRUPTED = 130
"""The exit status after Ctrl-C; the same number stands in `mazhilis_sim.cli.shell.endings`, which is loaded later."""


def main() -> None:
    """Run ``mazhilis-sim``: a Ctrl-C while its modules are loaded is answered as any other."""
    try:
        from mazhilis_sim.cli import garbage

        garbage.leave_alone_what_is_loaded()
        from mazhilis_sim.cli.program import main as run
    except KeyboardInterrupt:
        sys.stderr.write("mazhilis-sim: interrupted\n")
        sys.exit(INTERRUPTED)
    run()


def __getattr__(name: str) -> Any:
    """Load the group of commands when it is asked for."""
    if name != "app":
        raise AttributeError(name)
    from mazhilis_sim.cli.program import app

    return app


__all__ = ["main"]
