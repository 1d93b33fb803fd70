"""feeder/storage/locks.py and feeder/cli/turns.py: who works in an output directory, and who waits."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from processes import Command

from feeder.cli import main, turns
from feeder.problems import ConfigurationError
from feeder.storage.locks import BusyError, acquire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POST = "---\ntitle: A\ndate: 2024-01-31\n---\nBody.\n"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a small site."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    write("posts/a.md", POST)
    return tmp_path


def build(*arguments: str) -> Result:
    command = ["build", "--url", "https://site.example/", *arguments]
    return CliRunner().invoke(main, command, prog_name="feeder", catch_exceptions=False)


class Holder:
    """A process that has the lock of a directory until it is killed, and has a child of its own."""

    def __init__(self, directory: Path) -> None:
        reading, writing = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            acquire(directory)
            if os.fork() == 0:
                os.write(writing, str(os.getpid()).encode())
            time.sleep(60)
            os._exit(0)
        os.close(writing)
        self.child = int(os.read(reading, 20))
        os.close(reading)

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


@pytest.fixture
def holder(site: Path) -> Iterator[Holder]:
    """Return a process that works in public/."""
    (site / "public").mkdir()
    found = Holder(site / "public")
    yield found
    for process in (found.process, found.child):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


def test_a_directory_is_one_process_s_at_a_time(site: Path, holder: Holder) -> None:
    """Another process is refused, until the first is gone; a child that outlives it keeps nothing."""
    with pytest.raises(BusyError):
        acquire(site / "public")
    holder.kill()
    lock = acquire(site / "public")
    os.kill(holder.child, 0)
    assert lock.real
    with pytest.raises(BusyError):
        acquire(site / "public")
    lock.release()
    acquire(site / "public").release()


def test_a_lock_leaves_no_file(site: Path) -> None:
    """Nothing that would be published."""
    lock = acquire(site / "posts")
    lock.release()
    lock.release()
    assert [Path("posts/a.md")] == list(Path("posts").iterdir())


def test_the_second_build_waits_and_says_so(site: Path, holder: Holder) -> None:
    """It says after a second that it waits, and builds when the first has ended."""
    run = Command(site / "log", "build", "--url", "https://site.example/")
    time.sleep(1.5)
    assert "waiting for another build to finish in public" in run.err.splitlines()
    assert not (site / "public/rss.xml").exists()
    holder.kill()
    assert (0, True) == (run.wait(), (site / "public/rss.xml").exists())


def test_a_short_wait_is_not_told(site: Path, holder: Holder) -> None:
    """Two builds that meet for a moment make no noise."""
    run = Command(site / "log", "build", "-q", "--url", "https://site.example/")
    time.sleep(0.2)
    holder.kill()
    assert (0, "") == (run.wait(), run.err)


@pytest.mark.usefixtures("holder")
@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_a_wait_has_an_end(monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    """After that the message says why, and nothing is written."""
    monkeypatch.setattr(turns, "LONGEST", 0.1)
    result = build(*arguments)
    assert 2 == result.exit_code
    assert "error: cannot write to public: another build has been running there for 0 minutes" in result.stderr
    assert [] == list(Path("public").iterdir())


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EBADF, errno.EINVAL, errno.EIO])
def test_a_file_system_without_locks_is_built_on(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Where locking is not possible nobody waits, and nothing fails."""

    def refuse(*_: object) -> None:
        raise OSError(code, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert not acquire(Path("posts")).real
    assert (0, True) == (build().exit_code, Path("public/rss.xml").exists())
    assert 0 == build("--check").exit_code


def test_an_output_that_is_replaced_meanwhile_is_locked_anew(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock on a directory that is gone is none: it is told apart from the one in its place."""
    (site / "public").mkdir()
    real = fcntl.flock

    def replaced(descriptor: int, operation: int) -> None:
        monkeypatch.undo()
        real(descriptor, operation)
        (site / "public").rename(site / "gone")
        (site / "public").mkdir()

    monkeypatch.setattr(fcntl, "flock", replaced)
    with pytest.raises(BusyError):
        acquire(site / "public")
    monkeypatch.chdir(site)
    with turns.turn(site / "public") as alone:
        assert alone
        with pytest.raises(BusyError):
            acquire(site / "public")


def test_a_directory_that_nothing_was_written_to_is_gone_again(site: Path) -> None:
    """Refused and broken builds leave not so much as a directory; one that was there stays."""
    with turns.turn(site / "a/b/c") as alone:
        assert (True, True) == (alone, (site / "a/b/c").is_dir())
    assert not (site / "a").exists()
    (site / "d").mkdir()
    with turns.turn(site / "d/e"):
        pass
    assert [] == list((site / "d").iterdir())


@pytest.mark.parametrize(
    ("output", "why"),
    [("posts/a.md", "posts/a.md is not a directory"), ("posts/a.md/public", "posts/a.md is not a directory"),
     ("/dev/full", "/dev/full is not a directory"), ("loop", "loop is not a directory"), ("n" * 300, "File name too long")],
)  # fmt: skip
def test_an_output_that_cannot_be_made_is_named(output: str, why: str) -> None:
    """A file, a device, a loop of links or too long a name: exit code 2, and one line that says what is in the way."""
    Path("loop").symlink_to("loop")
    result = build("-o", output)
    assert (2, f"error: cannot write to {output}: {why}") == (result.exit_code, result.stderr.splitlines()[-1])


def test_a_directory_that_never_comes_to_be_is_named(monkeypatch: pytest.MonkeyPatch, site: Path) -> None:
    """What vanishes as often as it is made is not waited for as a build is."""

    def vanish(path: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))

    monkeypatch.setattr(turns, "acquire", vanish)
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    with pytest.raises(ConfigurationError, match=r"cannot write to .*: No such file"), turns.turn(site / "public"):
        pass
