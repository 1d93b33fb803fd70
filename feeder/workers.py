"""How many calls of a pure function are made: one after the other, or in forked processes of this machine."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from feeder.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_TASKS = 1_000
"""Tasks that are handed out, at the most; their numbers fit into a pipe, even where the system is short of memory for those."""
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
    size = max(size, -(-len(tasks) // MOST_TASKS))
    results: list[Result] = []
    for part in workers(function, [list(tasks[at : at + size]) for at in range(0, len(tasks), size)]):
        results += part
        progress(len(results), len(tasks))
    return results


class Forked:
    """Workers in ``jobs`` processes, this one included: each begins as a copy of this one, with all that is loaded.

    Nothing is imported again, and nothing is sent but results. Each takes the next task as soon as it is done with one.
    Where no process can be forked, all is done here.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def __call__(
        self, function: Callable[[Task], Result], tasks: Iterable[Task], /, meanwhile: Callable[[], None] | None = None
    ) -> Iterable[Result]:
        """Return ``function(task)`` for each task, in their order; an exception of a process is raised here.

        ``meanwhile`` is what this process does first while others work: it is not called where there are none.
        """
        listed = list(tasks)
        jobs = min(self._jobs, len(listed))
        if jobs <= 1 or len(listed) > MOST_TASKS or not can_fork():
            return map(function, listed)
        tickets, giving = os.pipe()
        os.write(giving, b"".join(number.to_bytes(_TICKET, "big") for number in range(len(listed))))
        os.close(giving)
        children: list[_Child] = []
        try:
            with suppress(OSError):  # no more processes are to be had: those that there are do the work
                for _ in range(1, jobs):
                    children.append(_Child(function, listed, tickets))  # noqa: PERF401 - those before a fault are kept
            if children and meanwhile:
                meanwhile()
            done = _done(function, listed, tickets)
            for child in children:
                done |= child.results()
        finally:
            os.close(tickets)
            for child in children:
                child.end()
        return [done[number] for number in range(len(listed))]


def can_fork() -> bool:
    """Whether a copy of this process can work.

    On macOS, what the system has loaded may not survive it. A copy of a process with threads lacks them, and could wait
    for what they hold.
    """
    threading = sys.modules.get("threading")
    return hasattr(os, "fork") and sys.platform != "darwin" and (threading is None or threading.active_count() == 1)


_TICKET = 4
"""Bytes of a ticket, the number of a task. Who reads it from the pipe has it alone: a read this short is never parted."""


def _done(function: Callable[[Any], Any], tasks: Sequence[Any], tickets: int) -> dict[int, Any]:
    """Return what the function returned for each task that this process got hold of, by number."""
    done: dict[int, Any] = {}
    while ticket := os.read(tickets, _TICKET):
        number = int.from_bytes(ticket, "big")
        done[number] = function(tasks[number])
    return done


class _Child:
    """A process that takes tasks as long as there are any, and sends back all results at once."""

    def __init__(self, function: Callable[[Any], Any], tasks: Sequence[Any], tickets: int) -> None:
        reading, writing = os.pipe()
        try:
            self._number = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if self._number == 0:
            os.close(reading)
            _work(function, tasks, tickets, writing)
        os.close(writing)
        self._told = False
        self._answer = open(reading, "rb")  # noqa: PTH123, SIM115 - a descriptor, closed by `end`

    def results(self) -> dict[int, Any]:
        """Return what the function returned for the tasks that the process took, by number. Raises what it raised.

        Raises `ConfigurationError` when somebody killed it.
        """
        import pickle

        try:
            done, raised = pickle.load(self._answer)  # noqa: S301 - what this very program wrote
        except (EOFError, pickle.UnpicklingError) as error:
            self._told = True
            message = "a worker process was killed; nothing was written"
            raise ConfigurationError(message) from error
        self._told = True
        if raised:
            raise raised
        return {number: pickle.loads(data) for number, data in done.items()}  # noqa: S301 - the same

    def end(self) -> None:
        """See the process end, and end it if nobody heard what it did: what it does is no longer wanted."""
        self._answer.close()
        with suppress(ProcessLookupError, ChildProcessError):  # the system may have reaped it, if it was told to
            if not self._told:
                os.kill(self._number, signal.SIGKILL)
            os.waitpid(self._number, 0)


def _work(function: Callable[[Any], Any], tasks: Sequence[Any], tickets: int, writing: int) -> NoReturn:
    """Send the results of the tasks, or the exception that one raised, and leave without any of the parent's exits."""
    import pickle

    status = 1
    parent = os.getppid()

    def as_long_as_wanted(task: Any) -> bytes:
        if os.getppid() != parent:  # it was killed: nobody waits
            os._exit(status)
        # Not all results at the end, when the parent would wait for it.
        return pickle.dumps(function(task), pickle.HIGHEST_PROTOCOL)

    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        try:
            answer: tuple[dict[int, bytes], Exception | None] = (_done(as_long_as_wanted, tasks, tickets), None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised in the parent
            answer = ({}, error)
        with open(writing, "wb") as pipe:
            pickle.dump(answer, pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)
