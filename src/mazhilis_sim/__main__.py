"""``python -m mazhilis_sim``: the command line."""

from mazhilis_sim.cli import main

if __name__ == "__main__":
    main()
