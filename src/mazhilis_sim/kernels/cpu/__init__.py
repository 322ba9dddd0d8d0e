"""Loops over lanes of elections for processors."""
