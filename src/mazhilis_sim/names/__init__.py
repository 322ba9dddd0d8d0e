"""Names: reserved ids, parties, and the search in them."""
