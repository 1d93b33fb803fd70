"""feeder/workers.py: every task is done once and its result is in its place, whatever happens to the processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from feeder.problems import ConfigurationError
from feeder.workers import MOST_TASKS, Forked, in_chunks

# Other tests' threads may be idling: a copy of this process does not need them.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


@pytest.fixture(autouse=True)
def _as_if_alone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.name != "test_no_fork_beside_threads":
        monkeypatch.setattr("feeder.workers.can_fork", lambda: True)


def test_results_are_in_the_order_of_the_tasks() -> None:
    """Each task is done once, by one of several processes, and its result stands where the task stood."""
    done = list(Forked(4)(lambda task: (task, os.getpid()), range(200)))
    assert list(range(200)) == [task for task, _ in done]


def test_tasks_are_done_in_several_processes() -> None:
    """With two jobs another process takes part; with one, none does."""
    this = os.getpid()

    def slow(_: int) -> int:
        threading.Event().wait(0.01)
        return os.getpid()

    assert 2 == len(set(Forked(2)(slow, range(20))))
    assert {this} == set(Forked(1)(slow, range(2)))


@pytest.mark.parametrize(("jobs", "calls"), [(1, 0), (2, 1)])
def test_what_is_done_meanwhile(jobs: int, calls: int) -> None:
    """This process does it once while others work, and not where it works alone."""
    called: list[int] = []
    done = Forked(jobs)(str, range(8), meanwhile=lambda: called.append(os.getpid()))
    assert [str(number) for number in range(8)] == list(done)
    assert [os.getpid()] * calls == called


@pytest.mark.parametrize("number", [0, 1, MOST_TASKS + 1])
def test_any_number_of_tasks(number: int) -> None:
    """None, one, and more than are handed out: all are done."""
    assert list(range(number)) == list(Forked(2)(int, range(number)))


@pytest.mark.skipif(sys.platform != "linux", reason="sets the size of a pipe as Linux does")
def test_pipes_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone who has many pipes gets some of a page only (pipe(7)): all tasks are handed out nevertheless."""
    import fcntl

    made, tickets = os.pipe, list[int]()

    def short() -> tuple[int, int]:
        ends = made()
        fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, 4096)
        os.set_blocking(ends[1], bool(tickets))  # a write that does not fit is cut off, rather than wait for ever
        tickets.append(ends[1])
        return ends

    monkeypatch.setattr("feeder.workers.os.pipe", short)
    assert list(range(MOST_TASKS)) == list(Forked(2)(int, range(MOST_TASKS)))


@pytest.mark.parametrize("bad", [0, 7, 19])
def test_an_exception_is_raised_here(bad: int) -> None:
    """What a task raises, in whichever process, is raised to the caller, and no process is left behind."""

    def picky(task: int) -> int:
        if task == bad:
            message = f"not {task}"
            raise ConfigurationError(message)
        return task

    before = _children(os.getpid())
    with pytest.raises(ConfigurationError, match=f"not {bad}"):
        list(Forked(3)(picky, range(20)))
    assert set() == _children(os.getpid()) - before


def test_a_process_that_is_killed_is_told() -> None:
    """A worker that was killed is an error in words, not a result that is missing."""
    this = os.getpid()

    def fatal(task: int) -> int:
        threading.Event().wait(0.005)
        if os.getpid() != this:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    with pytest.raises(ConfigurationError, match="was killed"):
        list(Forked(2)(fatal, range(20)))


def test_no_fork_beside_threads() -> None:
    """A process with threads is not copied: all is done in it."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert {os.getpid()} == set(Forked(2)(lambda _: os.getpid(), range(20)))
    finally:
        stop.set()
        thread.join()


def test_chunks_cover_all_tasks() -> None:
    """Tasks are handed out some at a time; progress hears how many are done, of how many."""
    heard: list[tuple[int, int]] = []
    assert list(range(10)) == in_chunks(map, list, range(10), 4, lambda done, whole: heard.append((done, whole)))
    assert [(4, 10), (8, 10), (10, 10)] == heard


def test_where_no_process_can_be_had_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that gives no more processes costs time, and no result; nor do those that were had before it refused."""
    fork, left = os.fork, [1]

    def refused() -> int:
        if left.pop() == 0:
            raise BlockingIOError
        left.append(0)
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    assert list(range(50)) == list(Forked(4)(int, range(50)))
    left[:] = [0]
    assert list(range(50)) == list(Forked(4)(int, range(50)))


def test_children_that_the_system_reaps() -> None:
    """Where somebody told the system to reap processes by itself, nobody waits for them in vain."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert list(range(50)) == list(Forked(2)(int, range(50)))
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_a_build_that_is_ended(number: signal.Signals, tmp_path: Path) -> None:
    """When a build is cancelled, interrupted or killed, its workers end too, and soon."""
    (tmp_path / "posts").mkdir()
    for post in range(1_000):
        (tmp_path / "posts" / f"{post}.md").write_text(f"---\ndate: 2024-01-01\n---\n{'*text* ' * 300}\n")
    command = [
        sys.executable,
        "-m",
        "feeder",
        "build",
        "--url",
        "https://x.example/",
        "--limit",
        "0",
        "--no-cache",
        "--jobs",
        "2",
    ]
    # What runs in the background may have been told to ignore Ctrl-C, and hands that down.
    heeding = (
        "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    )
    build = subprocess.Popen(
        [sys.executable, "-c", heeding, *command], cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not (children := _children(build.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.2)
    children |= _children(build.pid)
    build.send_signal(number)
    expected = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGKILL: -9}
    assert expected[number] == build.wait(30)
    while any(map(_lives, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [] == [child for child in children if _lives(child)]
    assert not (tmp_path / "public" / "rss.xml").exists()


def _lives(process: int) -> bool:
    """Whether a process is there and has not ended, though perhaps nobody has asked how."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def _children(process: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()}
