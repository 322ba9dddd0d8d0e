"""Names: what the labels of an input mean, parties of the record and ids that stand for no list, and what to call a party."""
