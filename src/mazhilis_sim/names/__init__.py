"""Names: ids that stand for no list, and what to call a party."""
