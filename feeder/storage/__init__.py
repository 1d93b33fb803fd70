"""Where posts, pictures and feeds lie, on disk or behind a URL, and how feeds get there."""
