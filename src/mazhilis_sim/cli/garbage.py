"""When a program looks for garbage, circles of objects that nothing else refers to."""

import atexit
import gc

USUAL = gc.get_threshold()
"""How often Python looks by itself."""
YOUNG = 500_000
"""New objects among which a command looks: more than it loads, which took a tenth of a short one."""


def leave_alone_what_is_loaded() -> None:
    """Look neither among what a command loads nor, when it ends, once more through all there is: a sixth of a short one."""
    gc.set_threshold(YOUNG)
    atexit.register(gc.freeze)


def look_as_usual() -> None:
    """Look as often as Python does by itself, in a program that stays."""
    gc.set_threshold(*USUAL)
