"""Pictures; the only room that needs matplotlib (extra ``plot``)."""
