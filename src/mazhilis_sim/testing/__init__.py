"""For those who design, implement or doubt a seat-allocation rule.

``verify(rule)`` holds a rule against the `axioms`; ``rules.find(name)`` returns a classical one. ``strategies`` draws
elections, laws and polls; it is imported by name, ``from mazhilis_sim.testing import strategies``, and is the only part
that needs Hypothesis.
"""

from mazhilis_sim.testing import axioms, rules
from mazhilis_sim.testing.counterexamples import Counterexample
from mazhilis_sim.testing.report import Report, RuleRefutedError, Verdict
from mazhilis_sim.testing.verifier import verify

__all__ = ["Counterexample", "Report", "RuleRefutedError", "Verdict", "axioms", "rules", "verify"]
