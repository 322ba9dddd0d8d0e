"""Polls as published: checked, with margin, size and undecided voters resolved, and pooled."""
