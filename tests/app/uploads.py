"""Files as the page sends them."""

from __future__ import annotations

import base64


def in_base64(text: str) -> str:
    """Return the bytes of a text as a message holds them."""
    return base64.b64encode(text.encode()).decode()
