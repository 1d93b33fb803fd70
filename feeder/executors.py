"""Workers by name: any `concurrent.futures.Executor`, or a Dask cluster. Imported where one is asked for only."""

from __future__ import annotations

import inspect
import logging
import pickle
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager, suppress
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feeder import __version__
from feeder.problems import ConfigurationError
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from feeder.workers import Result, Task, Workers

_DASK = "dask:"
_ADDRESS = re.compile(r"[a-z]+://[^/\s]+:\d+")
PATIENCE = 10.0
"""Seconds that a scheduler has to answer, and a cluster to have a worker (again)."""
_GLANCE = 1.0
"""Seconds between two looks at whether a cluster still has workers."""

Map = Callable[[Callable[[Any], Any], Sequence[Any]], Iterable[Any]]


@contextmanager
def workers_named(name: str, jobs: int | None, needed: Sequence[str] = ()) -> Iterator[Workers]:
    """Yield workers that run in the executor of this name, which is shut down at the end.

    ``module:callable`` names a factory; it is called with ``max_workers=jobs`` where jobs are given and it takes that.
    ``dask:ADDRESS`` is a cluster that runs already, whose workers must see the directories in ``needed``. Whatever goes
    wrong but what the work itself raises is a `ConfigurationError`.
    """
    if name.startswith(_DASK):
        with _cluster(name, needed) as mapped:
            yield _in_order(name, mapped)
        return
    executor = _made(name, _factory(name), jobs)
    try:
        yield _in_order(name, executor.map)
    except BaseException:
        with suppress(Exception):  # what went wrong before says more
            executor.shutdown()
        raise
    try:
        executor.shutdown()
    except (Exception, SystemExit) as error:
        # What is not written yet stays unwritten: an executor that fails at its end may not have done all its work.
        raise _failure(f"cannot shut down the executor {name}", error) from error


def _factory(name: str) -> Callable[..., Any]:
    module, _, path = name.partition(":")
    if not module or not path:
        message = (
            f"unknown executor {name!r}; write module:callable, such as "
            "concurrent.futures:ThreadPoolExecutor, or dask:tcp://scheduler:8786"
        )
        raise ConfigurationError(message)
    try:
        found: Any = import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
    except (Exception, SystemExit) as error:  # a module may raise anything while it is imported
        raise _failure(f"cannot import the executor {name}", error) from error
    if not callable(found):
        message = f"the executor {name} is not callable"
        raise ConfigurationError(message)
    factory: Callable[..., Any] = found
    return factory


def _made(name: str, factory: Callable[..., Any], jobs: int | None) -> Executor:
    try:
        made = factory(max_workers=jobs) if jobs and _takes_max_workers(factory) else factory()
    except (Exception, SystemExit) as error:
        raise _failure(f"cannot start the executor {name}", error) from error
    if not isinstance(made, Executor):
        message = f"{name} must return a concurrent.futures.Executor, not {type(made).__name__}"
        raise ConfigurationError(message)
    return made


def _takes_max_workers(factory: Callable[..., Any]) -> bool:
    try:
        parameters = inspect.signature(factory).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(item.name == "max_workers" or item.kind is item.VAR_KEYWORD for item in parameters)


_MAKERS = ("comrak", "feedgen", "lxml", "Markdown", "nh3", "Pillow", "PyYAML")
"""The packages whose release can change a byte of a feed."""
_EXTRA_MAKERS = ("docutils", "mutagen", "Unidecode")
"""Those that not everybody has."""


@cache
def releases() -> Mapping[str, str]:
    """Return what makes feeds here: the release of feeder and of each package that it makes them with."""
    from importlib.metadata import PackageNotFoundError, version  # not cheap, and needed here only

    extra: dict[str, str] = {}
    for name in _EXTRA_MAKERS:
        with suppress(PackageNotFoundError):
            extra[name] = version(name)
    return {"feeder": __version__, **{name: version(name) for name in _MAKERS}, **extra}


class _Answer(NamedTuple):
    """What came of one task, and what did it: `releases`."""

    releases: Mapping[str, str]
    result: Any
    raised: Exception | None


def _answer(function: Callable[[Any], Any], task: Any) -> _Answer:
    """Return what came of a task, be it an exception: so any that comes otherwise is the executor's own."""
    try:
        return _Answer(releases(), function(task), None)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the results are wanted
        return _Answer(releases(), None, error)


def _in_order(name: str, mapped: Map) -> Workers:
    def workers(function: Callable[[Task], Result], tasks: Iterable[Task], /) -> Iterator[Result]:
        listed = list(tasks)
        done = 0
        for answer in _answers(name, mapped, partial(_answer, function), listed):
            if not isinstance(answer, _Answer):
                message = f"{name}: got a {type(answer).__name__} that is no answer to a task"
                raise ConfigurationError(message)
            here, there = releases(), answer.releases
            for package in {**here, **there}:  # what it made is kept as if it was made here
                if here.get(package) != there.get(package):
                    message = f"{name}: a worker has {package} {there.get(package)}, but here it is {here.get(package)}"
                    raise ConfigurationError(message)
            if answer.raised:
                raise answer.raised
            done += 1
            yield answer.result
        if done != len(listed):
            message = f"{name}: got {done} answers to {len(listed)} tasks"
            raise ConfigurationError(message)

    return workers


def _answers(name: str, mapped: Map, call: Callable[[Any], _Answer], tasks: Sequence[Any]) -> Iterator[Any]:
    try:
        yield from mapped(call, tasks) if tasks else ()
    except (Exception, CancelledError, SystemExit) as error:
        raise _failure(f"the executor {name} failed", error) from error


def _failure(what: str, error: BaseException) -> BaseException:
    """Return what to raise for an error of an executor: but for the end that a signal asks for, which stays what it is."""
    ends = isinstance(error, SystemExit) and type(error) is not SystemExit
    return error if ends else ConfigurationError(f"{what}: {_said(error)}")


def _said(error: BaseException) -> str:
    """Return an exception on one line, with its kind, since the words of many make no sense without it."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


# Dask


@contextmanager
def _cluster(name: str, needed: Sequence[str]) -> Iterator[Map]:
    address = name.removeprefix(_DASK)
    if not _ADDRESS.fullmatch(address):
        message = f"a Dask scheduler needs an address such as tcp://scheduler:8786 (got {address!r})"
        raise ConfigurationError(message)
    try:
        from distributed import Client
    except ImportError as error:
        message = f"{name} needs Dask, which is not installed: pip install 'feeder[dask]' ({_said(error)})"
        raise ConfigurationError(message) from error
    with _quiet():
        client = _connected(Client, address)
        try:
            _ready(client, name, needed)
            yield lambda function, tasks: _gathered(client, function, tasks)
        finally:
            with suppress(Exception):  # a scheduler that is gone need not be told
                client.close(timeout=PATIENCE)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's client from saying, with a whole traceback, what it raises as well."""
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


def _connected(client: Any, address: str) -> Any:
    """Return a client, of Dask's class for them, of the scheduler at ``address``. Raises `ConfigurationError`."""

    class Started(client):  # type: ignore[misc]
        """A client that is closed when it cannot start; else its end would wait for a scheduler that is not there."""

        def start(self, **options: Any) -> None:
            try:
                super().start(**options)
            except BaseException:
                self.status = "closed"
                raise

    try:
        return Started(address, timeout=PATIENCE, set_as_default=False, name="feeder")
    except Exception as error:
        message = f"no Dask scheduler answers at {address}: {_said(error)}"
        raise ConfigurationError(message) from error


def _ready(client: Any, name: str, needed: Sequence[str]) -> None:
    """Raise `ConfigurationError` unless the cluster has workers, and all of them see the directories they need."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        seen: dict[str, list[str]] = client.run(_missing, list(needed))
    except Exception as error:
        message = f"the cluster {name} has no usable worker: {_said(error)}"
        raise ConfigurationError(message) from error
    for worker, missing in sorted(seen.items()):
        if missing:
            message = f"{name}: the worker {worker} cannot see {missing[0]}; share it, or read posts from a URL"
            raise ConfigurationError(message)


def _missing(directories: list[str]) -> list[str]:
    return [directory for directory in directories if not Path(directory).is_dir()]


def _gathered(client: Any, function: Callable[[Any], Any], tasks: Sequence[Any]) -> Iterator[Any]:
    """Yield the results of tasks in their order. Raises what Dask says of workers that die."""
    # Bytes, since Dask looks into lists and tuples for tasks of its own, and posts could look like one.
    calls = [pickle.dumps((function, task), pickle.HIGHEST_PROTOCOL) for task in tasks]
    futures = client.map(_answered, calls, pure=False)  # never from the cluster's memory: files change
    try:
        for future in futures:
            yield pickle.loads(_result(client, future))  # noqa: S301 - what this very program sent out
    finally:
        client.cancel(futures)


def _answered(call: bytes) -> bytes:
    function, task = pickle.loads(call)  # noqa: S301 - sent by `_gathered`
    return pickle.dumps(function(task), pickle.HIGHEST_PROTOCOL)


def _result(client: Any, future: Any) -> bytes:
    """Return a future's result. Raises `TimeoutError` when the cluster has no worker left for it."""
    alone_since: float | None = None
    while True:
        try:
            data: bytes = future.result(timeout=_GLANCE)
        except TimeoutError:
            if client.ncores():
                alone_since = None
                continue
            alone_since = alone_since or time.monotonic()
            if time.monotonic() - alone_since > PATIENCE:
                message = "all workers are gone"
                raise TimeoutError(message) from None
        else:
            return data
