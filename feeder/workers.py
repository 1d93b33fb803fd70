"""How many calls of a pure function are made: one after the other, or in forked processes of this machine."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import partial
from typing import IO, TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from feeder.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_TASKS = 4_000
"""Tasks that are handed out, at the most; their numbers fit into a pipe."""
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

    Nothing is imported again, and nothing is sent but results. Each takes the next task as soon as it is done with one;
    this process first does what there is to do ``meanwhile``, once. Where none can be forked, all is done here.
    """

    def __init__(self, jobs: int, meanwhile: Callable[[], object] | None = None) -> None:
        self._jobs = jobs if hasattr(os, "fork") else 1
        self._meanwhile = meanwhile
        self._standby: _Standby | None = None

    def stand_by(self) -> None:
        """Let another process do what there is to do meanwhile, at once: it gets the next task that comes alone.

        Where little changed there is only one; what is loaded for it is loaded while this process looks for it.
        """
        if self._jobs > 1 and self._meanwhile and self._standby is None and not _threads():
            self._standby = _Standby(self._meanwhile)

    def __call__(self, function: Callable[[Task], Result], tasks: Iterable[Task], /) -> Iterable[Result]:
        """Return ``function(task)`` for each task, in their order; an exception of a process is raised here."""
        listed = list(tasks)
        if self._standby and len(listed) == 1:
            return [self._standby.ask(function, listed[0])]
        if min(self._jobs, len(listed)) <= 1 or len(listed) > MOST_TASKS or _threads():
            return map(function, listed)
        return self._spread(function, listed)

    def close(self) -> None:
        """End the process that stands by."""
        if self._standby:
            self._standby.end()
            self._standby = None

    def _spread(self, function: Callable[[Task], Result], tasks: list[Task]) -> list[Result]:
        tickets, giving = os.pipe()
        os.write(giving, b"".join(number.to_bytes(_TICKET, "big") for number in range(len(tasks))))
        os.close(giving)
        children = [_Child(function, tasks, tickets) for _ in range(1, min(self._jobs, len(tasks)))]
        try:
            if self._meanwhile and not self._standby:
                self._meanwhile()
                self._meanwhile = None
            done = _done(function, tasks, tickets)
            for child in children:
                done |= child.results()
        finally:
            os.close(tickets)
            for child in children:
                child.end()
        return [done[number] for number in range(len(tasks))]


def _threads() -> bool:
    """Whether this process has other threads: a copy of it would lack them, and could wait for what they hold."""
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


_TICKET = 4
"""Bytes of a ticket, the number of a task. Who reads it from the pipe has it alone: pipes give out whole writes."""


def _done(function: Callable[[Any], Any], tasks: Sequence[Any], tickets: int) -> dict[int, Any]:
    """Return what the function returned for each task that this process got hold of, by number."""
    done: dict[int, Any] = {}
    while ticket := os.read(tickets, _TICKET):
        number = int.from_bytes(ticket, "big")
        done[number] = function(tasks[number])
    return done


class _Process:
    """A copy of this process that does one thing with a pipe to write to and one to read from, and leaves."""

    def __init__(self, work: Callable[[IO[bytes], IO[bytes]], object]) -> None:
        (here, to_child), (from_child, there) = os.pipe(), os.pipe()
        self._number = os.fork()
        if self._number == 0:
            os.close(to_child)
            os.close(from_child)
            _leave_after(work, here, there)
        os.close(here)
        os.close(there)
        self._asking, self._answers = open(to_child, "wb"), open(from_child, "rb")  # noqa: PTH123, SIM115 - descriptors

    def answer(self) -> Any:
        """Return what the process sends next. Raises what it raised, and `ConfigurationError` when somebody killed it."""
        import pickle

        try:
            value, raised = pickle.load(self._answers)  # noqa: S301 - what this very program wrote
        except (EOFError, pickle.UnpicklingError) as error:
            message = "a worker process was ended from outside; nothing was written"
            raise ConfigurationError(message) from error
        if raised:
            raise raised
        return value

    def end(self) -> None:
        """Wait for the process; one that still sends finds nobody listening, and ends."""
        with suppress(OSError):
            self._asking.close()
        self._answers.close()
        os.waitpid(self._number, 0)


class _Child(_Process):
    """A process that takes tasks as long as there are any, and sends back all results at once."""

    def __init__(self, function: Callable[[Any], Any], tasks: Sequence[Any], tickets: int) -> None:
        super().__init__(lambda _, there: _send(there, lambda: _done(function, tasks, tickets)))

    def results(self) -> dict[int, Any]:
        """Return what the function returned for the tasks that the process took, by number. Raises what it raised."""
        return dict(self.answer())


class _Standby(_Process):
    """A process that gets ready, and then does whatever it is asked to."""

    def __init__(self, get_ready: Callable[[], object]) -> None:
        super().__init__(partial(_stand_by, get_ready))

    def ask(self, function: Callable[[Any], Any], task: Any) -> Any:
        """Return ``function(task)``. Raises what that raises."""
        import pickle

        try:
            pickle.dump((function, task), self._asking, pickle.HIGHEST_PROTOCOL)
            self._asking.flush()
        except BrokenPipeError:
            pass  # there will be no answer
        return self.answer()

    def end(self) -> None:
        """End the process, whatever it is at."""
        import signal

        os.kill(self._number, signal.SIGKILL)
        super().end()


def _stand_by(get_ready: Callable[[], object], here: IO[bytes], there: IO[bytes]) -> None:
    import pickle

    get_ready()
    while True:
        function, task = pickle.load(here)  # noqa: S301 - what this very program wrote
        _send(there, partial(function, task))


def _send(there: IO[bytes], work: Callable[[], Any]) -> None:
    """Send what ``work`` returns, or the exception that it raises."""
    import pickle

    try:
        answer: tuple[Any, Exception | None] = (work(), None)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised in the process that asked
        answer = (None, error)
    pickle.dump(answer, there, pickle.HIGHEST_PROTOCOL)
    there.flush()


def _leave_after(work: Callable[[IO[bytes], IO[bytes]], object], reading: int, writing: int) -> NoReturn:
    """Do the work and leave without any of the parent's exits."""
    status = 1
    try:
        with open(reading, "rb") as here, open(writing, "wb") as there:
            work(here, there)
        status = 0
    finally:
        os._exit(status)
