"""feeder/executors.py: work by any executor gives the same bytes, and one that fails is one line."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from services import environment, service
from sites import lay_out, run, tree

from feeder import executors
from feeder.cli import main
from feeder.executors import workers_named
from feeder.problems import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

THREADS = "concurrent.futures:ThreadPoolExecutor"
PROCESSES = "concurrent.futures:ProcessPoolExecutor"


@pytest.fixture
def site(built_site: Path) -> Path:
    """Return the directory of a site that was built without an executor."""
    return built_site


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], str]:
    """Return a function that makes a factory importable, and returns its name."""

    def name(factory: Any) -> str:
        module = ModuleType("own_executors")
        module.make = factory  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "own_executors", module)
        return "own_executors:make"

    return name


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a second where a person would wait for ten."""
    monkeypatch.setattr(executors, "PATIENCE", 1.0)


def failure(name: str, *tasks: Any, function: Callable[[Any], Any] = abs, needed: tuple[str, ...] = ()) -> str:
    """Return what is said when an executor cannot do its work, one line."""
    with pytest.raises(ConfigurationError) as caught, workers_named(name, None, needed) as workers:
        list(workers(function, tasks or (-1, -2)))
    assert "\n" not in str(caught.value)
    return str(caught.value)


Outcome = tuple[dict[str, bytes], int, list[str]]
"""The files of a build, its exit code, and the problems that it told."""


def local(site: Path) -> Outcome:
    """Return what came of the build without an executor."""
    return tree(site / "public"), 1, (site / "said.txt").read_text().splitlines()[:-1]


def outcome(site: Path, output: Path, *options: str) -> Outcome:
    """Return what comes of a build with an executor."""
    ran = run(site, "-o", str(output), *options)
    return tree(output), ran.returncode, ran.stderr.splitlines()[:-1]


@pytest.mark.parametrize("options", [(THREADS,), (PROCESSES, "--jobs", "2")])
def test_an_executor_changes_no_byte(site: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    """Threads and processes give the bytes, the problems and the exit code of a build without them."""
    assert local(site) == outcome(site, tmp_path, "--executor", *options)


def test_a_cluster_changes_no_byte(site: Path, tmp_path: Path, cluster: str) -> None:
    """So do processes that share nothing with this one but the directory."""
    assert local(site) == outcome(site, tmp_path, "--executor", cluster)


def test_a_thread_has_a_converter_of_its_own() -> None:
    """Bodies that are rendered at one time, in several threads, do not mix."""
    from feeder.flavors.python_markdown import html

    barrier = threading.Barrier(4)

    def rendered(number: int) -> list[str]:
        barrier.wait(10)
        return [html(f"Text[^{number}] *{turn}*\n\n[^{number}]: Note {number}") for turn in range(60)]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(rendered, range(4)))
    alone = [[html(f"Text[^{n}] *{turn}*\n\n[^{n}]: Note {n}") for turn in range(60)] for n in range(4)]
    assert alone == together


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("threads", "unknown executor 'threads'"),
        ("concurrent.futures:", "unknown executor"),
        (
            "nosuch:Executor",
            "cannot import the executor nosuch:Executor: ModuleNotFoundError: No module named 'nosuch'",
        ),
        ("concurrent.futures:Pool", "has no attribute 'Pool'"),
        ("concurrent.futures:FIRST_COMPLETED", "is not callable"),
        ("builtins:dict", "builtins:dict must return a concurrent.futures.Executor, not dict"),
        ("sys:exit", "cannot start the executor sys:exit: SystemExit"),
        ("concurrent.futures:Future.result", "cannot start the executor concurrent.futures:Future.result: TypeError"),
        ("dask:", "a Dask scheduler needs an address such as tcp://scheduler:8786 (got '')"),
        ("dask:localhost", "(got 'localhost')"),
    ],
)
def test_a_name_that_is_none_is_a_usage_error(site: Path, tmp_path: Path, name: str, said: str) -> None:
    """The message says what is wrong with the name in one line; the exit code is 2, and nothing is written."""
    arguments = ["build", str(site / "posts"), "--url", "https://site.example/", "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, [*arguments, "--no-cache", "--executor", name])
    assert (2, "") == (result.exit_code, result.stdout)
    assert said in result.stderr
    assert 1 == len(result.stderr.splitlines())
    assert not (tmp_path / "out").exists()


class Watched(ThreadPoolExecutor):
    """An executor that says how it was made, and whether it was shut down."""

    made: list[Watched] = []  # noqa: RUF012 - emptied by each test that looks

    def __init__(self, max_workers: int = 1) -> None:
        super().__init__(max_workers)
        self.number, self.ended = max_workers, False
        self.made.append(self)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
        self.ended = True


def _with_anything(**anything: int) -> Executor:
    return Watched(**anything)


@pytest.mark.parametrize(("factory", "number"), [(Watched, 3), (lambda: Watched(2), 2), (_with_anything, 3)])
def test_jobs_are_for_factories_that_take_them(own: Callable[[Any], str], factory: Any, number: int) -> None:
    """``--jobs`` is the factory's ``max_workers`` where it has one."""
    Watched.made.clear()
    with workers_named(own(factory), 3) as workers:
        assert [1, 2] == list(workers(abs, [-1, -2]))
    assert [number] == [item.number for item in Watched.made]


def test_an_executor_is_shut_down_whatever_happens(own: Callable[[Any], str]) -> None:
    """At the end, and when the work raises, the executor is shut down."""
    Watched.made.clear()
    with workers_named(own(Watched), None) as workers:
        list(workers(abs, [-1]))
    with pytest.raises(ValueError, match="invalid literal"), workers_named(own(Watched), None) as workers:
        list(workers(int, ["text"]))
    assert [True, True] == [item.ended for item in Watched.made]


def test_what_the_work_raises_is_raised(cluster: str) -> None:
    """An exception of the work is no failure of the executor: it is raised as it is."""
    for name in (THREADS, PROCESSES, cluster):
        with pytest.raises(ValueError, match="invalid literal"), workers_named(name, None) as workers:
            list(workers(int, ["text"]))


def test_results_come_in_the_order_of_tasks(cluster: str) -> None:
    """The results are in the order of the tasks, each once, in whichever order they are done."""
    for name in (THREADS, PROCESSES, cluster):
        with workers_named(name, None) as workers:
            assert list(range(40)) == list(workers(abs, range(0, -40, -1)))
            assert [] == list(workers(abs, []))


class Forgetful(ThreadPoolExecutor):
    """An executor that loses a result."""

    def map(self, *arguments: Any, **options: Any) -> Any:
        return iter(list(super().map(*arguments, **options))[1:])


class Refusing(Executor):
    """An executor that takes no work."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        message = "the queue\nis full"
        raise RuntimeError(message)


class Leaving(ThreadPoolExecutor):
    """An executor that ends the program instead of taking work."""

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        raise SystemExit(3)


class Foreign(ThreadPoolExecutor):
    """An executor that gives back something else than the work did."""

    def map(self, *arguments: Any, **options: Any) -> Any:
        return [None for _ in super().map(*arguments, **options)]


class Unending(ThreadPoolExecutor):
    """An executor that cannot be shut down."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
        message = "still\nbusy"
        raise RuntimeError(message)


@pytest.mark.parametrize(
    ("factory", "said"),
    [
        (Leaving, "the executor own_executors:make failed: SystemExit: 3"),
        (Foreign, "own_executors:make: got a NoneType that is no answer to a task"),
        (Unending, "cannot shut down the executor own_executors:make: RuntimeError: still busy"),
    ],
)
def test_a_build_whose_executor_misbehaves_is_one_line(
    site: Path, tmp_path: Path, own: Callable[[Any], str], factory: Any, said: str
) -> None:
    """The line says what the executor did; the exit code is 2, and nothing is written, even if all work is done."""
    arguments = ["build", str(site / "posts"), "--url", "https://site.example/", "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(main, [*arguments, "--no-cache", "--executor", own(factory)])
    assert (2, "", f"error: {said}\n") == (result.exit_code, result.stdout, result.stderr)
    assert not (tmp_path / "out").exists()


def test_a_failing_end_hides_no_failure_before_it(own: Callable[[Any], str]) -> None:
    """What the work raises is raised, though the executor cannot be shut down either."""
    with pytest.raises(ValueError, match="invalid literal"), workers_named(own(Unending), None) as workers:
        list(workers(int, ["text"]))


def test_a_signal_during_work_is_no_failure_of_the_executor(site: Path, tmp_path: Path) -> None:
    """A build that is told to end says nothing about its executor, and has the exit code of the signal."""
    code = """if True:
        import os, signal
        from concurrent.futures import ThreadPoolExecutor
        class make(ThreadPoolExecutor):
            def submit(self, *arguments, **options):
                os.kill(os.getpid(), signal.SIGTERM)
                return super().submit(*arguments, **options)
    """
    (tmp_path / "ended.py").write_text(code)
    arguments = [str(site / "posts"), "--url", "https://site.example/", "-o", str(tmp_path / "out"), "--no-cache"]
    result = subprocess.run(
        [sys.executable, "-m", "feeder", "build", *arguments, "--executor", "ended:make"],
        env={**environment(), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (143, "", "") == (result.returncode, result.stdout, result.stderr)


def test_an_executor_that_does_not_keep_its_word_is_reported(
    own: Callable[[Any], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lost results, refused work and workers with another feeder are said in one line."""
    assert "1 answers to 2 tasks" in failure(own(Forgetful))
    assert "the executor own_executors:make failed: RuntimeError: the queue is full" == failure(own(Refusing))
    here = executors.releases()
    for package in ("feeder", "nh3", "mutagen", "not there"):
        other = {**here, package: "0.0.1"}
        monkeypatch.setattr(executors, "_answer", lambda *_, other=other: executors._Answer(other, None, None))
        assert f"a worker has {package} 0.0.1, but here it is {here.get(package)}" in failure(THREADS)


def test_a_process_that_dies_is_reported() -> None:
    """A pool whose process dies says so."""
    assert "BrokenProcessPool" in failure(PROCESSES, 1, function=os._exit)


def test_a_worker_that_dies_is_reported(cluster: str) -> None:
    """A cluster whose worker dies says so."""
    assert "KilledWorker" in failure(cluster, 1, function=os._exit)


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_that_does_not_answer_is_reported() -> None:
    """Where no scheduler listens, or none of that kind, the message says so after a bounded time."""
    assert "no Dask scheduler answers at tcp://127.0.0.1:9: OSError: Timed out" in failure("dask:tcp://127.0.0.1:9")
    assert "unknown address scheme 'nosuch'" in failure("dask:nosuch://127.0.0.1:9")


@pytest.mark.usefixtures("impatient")
def test_a_cluster_without_workers_is_reported() -> None:
    """A scheduler that has no workers is not waited for for ever."""
    with service("cluster", "0", env=environment()) as address:
        assert f"the cluster dask:{address} has no usable worker" in failure(f"dask:{address}")


@pytest.mark.usefixtures("impatient")
def test_a_cluster_that_loses_its_workers_is_reported() -> None:
    """Workers that end while they work, and do not come back, are not waited for for ever."""

    class Gone:
        def ncores(self) -> dict[str, int]:
            return {}

    class Never:
        def result(self, timeout: float) -> bytes:
            raise TimeoutError(timeout)

    with pytest.raises(TimeoutError, match="all workers are gone"):
        executors._result(Gone(), Never())


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_that_goes_away_is_reported(capfd: pytest.CaptureFixture[str]) -> None:
    """When a cluster ends before the work does, that is one line, and Dask's client adds none of its own."""
    with ExitStack() as running, ExitStack() as working:
        name = f"dask:{running.enter_context(service('cluster', '1', env=environment()))}"
        results = iter(working.enter_context(workers_named(name, None))(time.sleep, [0, 60]))
        assert next(results) is None
        running.close()
        with pytest.raises(ConfigurationError, match=f"the executor {name} failed: "):
            next(results)
    assert "Traceback" not in capfd.readouterr().err


def test_workers_must_see_the_posts(cluster: str, tmp_path: Path) -> None:
    """Workers that do not see the posts directory are no workers for it, rather than makers of empty feeds."""
    there, missing = str(tmp_path), str(tmp_path / "posts")
    assert f"cannot see {missing}; share it" in failure(cluster, needed=(there, missing))


def test_dask_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Dask is not installed, the message names the extra."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install 'feeder[dask]'" in failure("dask:tcp://127.0.0.1:9")


def test_nothing_is_imported_without_the_option(tmp_path: Path) -> None:
    """A build on disk loads neither Dask nor fsspec, nor what would use them."""
    lay_out(tmp_path)
    code = (
        "import sys\nfrom feeder.cli import main\n"
        "main(['build', '--no-cache', '-q'], standalone_mode=False)\nprint(*sorted(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(result.stdout.split())
    assert "feeder.pipeline" in loaded
    assert set() == loaded & {
        "dask",
        "distributed",
        "fsspec",
        "s3fs",
        "cloudpickle",
        "feeder.executors",
        "feeder.storage.remote",
    }
