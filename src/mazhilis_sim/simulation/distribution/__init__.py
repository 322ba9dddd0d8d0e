"""What simulated draws say: histograms of seats, events, whole chambers, each with its standard error, and all of it in words."""

from mazhilis_sim.simulation.distribution.seats import SeatDistribution

__all__ = ["SeatDistribution"]
