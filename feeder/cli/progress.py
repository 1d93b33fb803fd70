"""A progress bar on standard error: on a terminal, for work of more than a second, and nowhere else."""

from __future__ import annotations

import sys
from time import monotonic

_PATIENCE, _PACE, _WIDTH = 1.0, 0.1, 30
"""Seconds before the bar appears, seconds between two drawings, characters of the bar."""


class Progress:
    """Call it with what is done, to how many posts, of how many; close it when the work ends."""

    def __init__(self) -> None:
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._next = monotonic() + _PATIENCE
        self._drawn = False

    def __call__(self, what: str, done: int, whole: int) -> None:
        """Draw the bar, if it is time to."""
        if not self._terminal or monotonic() < self._next:
            return
        self._next = monotonic() + _PACE
        filled = _WIDTH * done // max(whole, 1)
        sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{whole} posts {what}\x1b[K")
        sys.stderr.flush()
        self._drawn = True

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
