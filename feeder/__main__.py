"""``feeder``, and ``python -m feeder``."""

import gc

_CYCLES = 50_000
"""Objects after which Python looks for cycles: what a build makes has few, and lives as long as the build."""


def run() -> None:
    """Run the command line. What is imported for it is there to stay, too."""
    gc.set_threshold(_CYCLES)
    from feeder.cli import run

    run()


if __name__ == "__main__":
    run()
