"""The axioms by name, all of them, and what makes one of your own: `axiom`, and the `Trial` that its check sees."""

from mazhilis_sim.testing.axioms.catalogue import ALL, CLASSICAL, find
from mazhilis_sim.testing.axioms.catalogue import DIVISOR_RULES as DIVISOR_RULES
from mazhilis_sim.testing.axioms.catalogue import anonymous as anonymous
from mazhilis_sim.testing.axioms.catalogue import coherent as coherent
from mazhilis_sim.testing.axioms.catalogue import concordant as concordant
from mazhilis_sim.testing.axioms.catalogue import exact as exact
from mazhilis_sim.testing.axioms.catalogue import exact_sum as exact_sum
from mazhilis_sim.testing.axioms.catalogue import fallback_floor as fallback_floor
from mazhilis_sim.testing.axioms.catalogue import homogeneous as homogeneous
from mazhilis_sim.testing.axioms.catalogue import house_monotone as house_monotone
from mazhilis_sim.testing.axioms.catalogue import lower_quota as lower_quota
from mazhilis_sim.testing.axioms.catalogue import no_seat_without_votes as no_seat_without_votes
from mazhilis_sim.testing.axioms.catalogue import population_monotone as population_monotone
from mazhilis_sim.testing.axioms.catalogue import quota as quota
from mazhilis_sim.testing.axioms.catalogue import threshold_respected as threshold_respected
from mazhilis_sim.testing.axioms.catalogue import upper_quota as upper_quota
from mazhilis_sim.testing.axioms.catalogue import vote_monotone as vote_monotone
from mazhilis_sim.testing.axioms.definition import Axiom, Outcome, Question, Trial, axiom

__all__ = ["ALL", "CLASSICAL", "Axiom", "Outcome", "Question", "Trial", "axiom", "find"]
