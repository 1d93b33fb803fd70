"""Local pictures and recordings: where they lie, what they are, what a feed may say of them."""
