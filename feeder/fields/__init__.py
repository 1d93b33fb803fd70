"""Parts of `feeder.normalize`: one kind of front matter each, by the names that a dialect gives it."""
