"""The compiled core: loops over lanes of elections, built from scalar steps of a few lines.

No compiled function checks its input, raises, makes an array or knows a party's name; the modules above check before and
name after. Every function runs the same with the JIT switched off (``NUMBA_DISABLE_JIT=1``), bit for bit.
"""

from mazhilis_sim.kernels.compiling import INT, OPTIONS, compiled, entry, part, plan, stage, step

__all__ = ["INT", "OPTIONS", "compiled", "entry", "part", "plan", "stage", "step"]
