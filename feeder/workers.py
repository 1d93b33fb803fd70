"""How many calls of a pure function are made: one after the other, or in forked processes of this machine."""

from __future__ import annotations

import os
import pickle
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Task = TypeVar("Task")
Result = TypeVar("Result")


class Workers(Protocol):
    """Calls a function with each of the tasks, and yields the results in their order: ``map``, wherever it runs.

    `concurrent.futures.Executor.map` is one.
    """

    def __call__(self, function: Callable[[Task], Result], tasks: Iterable[Task], /) -> Iterable[Result]:
        """Yield ``function(task)`` for each task."""


def in_chunks(
    workers: Workers, function: Callable[[list[Task]], list[Result]], tasks: Sequence[Task], size: int,
    progress: Callable[[int, int], None],
) -> list[Result]:  # fmt: skip
    """Return what ``function`` makes of the tasks, in their order, handing out ``size`` of them at a time."""
    results: list[Result] = []
    for part in workers(function, [list(tasks[at : at + size]) for at in range(0, len(tasks), size)]):
        results += part
        progress(len(results), len(tasks))
    return results


class Forked:
    """Workers in ``jobs`` processes, this one included: each begins as a copy of this one, with all that is loaded.

    Nothing is imported again and nothing is sent but results. Where a process cannot be forked, all is done here.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs if hasattr(os, "fork") else 1

    def __call__(self, function: Callable[[Task], Result], tasks: Iterable[Task], /) -> Iterable[Result]:
        """Return ``function(task)`` for each task, in their order; an exception of a process is raised here."""
        listed = list(tasks)
        jobs = min(self._jobs, len(listed))
        children = [_Child(function, listed[number::jobs]) for number in range(1, jobs)]
        try:
            shares = [[function(task) for task in listed[:: max(jobs, 1)]], *(child.results() for child in children)]
        finally:
            for child in children:
                child.end()
        return [shares[number % jobs][number // jobs] for number in range(len(listed))]


class _Child:
    """A process that works through its tasks and sends back all results at once."""

    def __init__(self, function: Callable[[Any], Any], tasks: Sequence[Any]) -> None:
        reading, writing = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(reading)
            _work(function, tasks, writing)
        os.close(writing)
        self._pipe = open(reading, "rb")  # noqa: PTH123, SIM115 - a descriptor, closed by `end`

    def results(self) -> list[Any]:
        """Return what the function returned for each task. Raises what it raised."""
        data = self._pipe.read()
        if not data:
            message = "a worker process ended without an answer"
            raise RuntimeError(message)
        results, raised = pickle.loads(data)  # noqa: S301 - what this very program wrote
        if raised:
            raise raised
        return list(results)

    def end(self) -> None:
        """Wait for the process; one that still sends finds nobody listening, and ends."""
        self._pipe.close()
        os.waitpid(self._process, 0)


def _work(function: Callable[[Any], Any], tasks: Sequence[Any], writing: int) -> None:
    """Send the results of the tasks, or the exception that one raised, and leave without any of the parent's exits."""
    status = 1
    try:
        try:
            answer: tuple[list[Any], Exception | None] = ([function(task) for task in tasks], None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised in the parent
            answer = ([], error)
        with open(writing, "wb") as pipe:
            pickle.dump(answer, pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
