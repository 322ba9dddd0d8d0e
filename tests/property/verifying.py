"""Verifications small enough to run by the dozen."""

import threading
from collections.abc import Callable
from typing import Any

from mazhilis_sim.testing import Report, verify

Answer = Callable[[list[int], int], Any]
SMALL: dict[str, Any] = {"exhaustive": (3, 6, 4), "max_examples": 150}


def quick(rule: Answer, *names: str, **options: Any) -> Report:
    """Verify a few axioms on few elections."""
    return verify(rule, axioms=names or ("exact_sum", "quota"), **SMALL | options)


def in_thread(action: Callable[[], Report]) -> Report:
    """Run outside the main thread."""
    found: list[Report] = []
    thread = threading.Thread(target=lambda: found.append(action()))
    thread.start()
    thread.join()
    return found[0]


def directly(action: Callable[[], Report]) -> Report:
    """Run in the main thread."""
    return action()
