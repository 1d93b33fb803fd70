"""What only podcasts need, loaded where there is one: episodes, the show, its settings and its XML."""
