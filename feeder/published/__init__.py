"""What is published, as values: `read` makes a feed of bytes, whoever wrote them; `places` finds the bytes."""
