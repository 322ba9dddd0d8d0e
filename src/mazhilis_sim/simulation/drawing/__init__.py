"""A question packed for the kernels, its draws in one thread's room, and its centre counted without error."""
