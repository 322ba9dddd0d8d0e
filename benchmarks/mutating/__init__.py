"""Faults made on purpose, the tests that have to notice them, and the record of those that none did."""
