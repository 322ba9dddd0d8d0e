"""The search for the smallest election that breaks an axiom."""
