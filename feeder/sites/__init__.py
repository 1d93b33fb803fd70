"""What a site says without a word for feeder: its generator's configuration, as data."""
