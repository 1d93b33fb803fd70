"""``python -m feeder``."""

from feeder.cli import run

run()
