from .compiling import INT, OPTIONS, compiled, entry, part, plan, stage, step

__all__ = ["INT", "OPTIONS", "compiled", "entry", "part", "plan", "stage", "step"]
