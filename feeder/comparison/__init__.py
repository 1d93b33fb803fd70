"""Two sets of items, old and new: which is which, what changed in one, and what readers make of it."""
