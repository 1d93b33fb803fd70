"""Who does the work of a build: forked processes of this machine, or what ``--executor`` names."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from feeder.workers import Forked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.storage.places import Roots
    from feeder.workers import Workers

_WAITING = 16
"""Threads where posts lie behind URLs: most of the time each waits for an answer."""


@contextmanager
def workers_for(executor: str | None, jobs: int | None, where: Roots) -> Iterator[Workers]:
    """Yield the workers for a site whose posts and assets are ``where``. Raises `feeder.problems.ConfigurationError`."""
    if executor is None and not where.all_local:
        # What fetches has threads of its own, and a process that has some must not be forked.
        executor, jobs = "concurrent.futures:ThreadPoolExecutor", jobs or _WAITING
    if executor is None:
        yield Forked(jobs or os.cpu_count() or 1)
        return
    from feeder import executors

    with executors.workers_named(executor, jobs, where.needed) as workers:
        yield workers
