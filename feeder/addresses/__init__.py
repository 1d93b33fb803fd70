"""Patterns of addresses: their tokens, and what a generator writes for each."""
