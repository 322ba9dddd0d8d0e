"""Another library's scores."""

from __future__ import annotations

import importlib
from typing import Any


def rival() -> Any:
    """Return scoringrules: it compiles for seconds when it is imported, which is not for a process that only collects tests."""
    return importlib.import_module("scoringrules")
