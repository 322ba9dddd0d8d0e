"""Pictures of answers: laws compared, sweeps, margins, what it would take, indices, power, whole chambers, laws on the same voters."""
