"""One process at a time in a directory. The lock is the system's, so it ends with the process, however that ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _opened(directory: Path) -> tuple[int, Path]:
        # A directory cannot be locked there, so a file in it is.
        path = directory / ".feeder.lock"
        return os.open(path, os.O_RDWR | os.O_CREAT), path

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    _BUSY: tuple[type[OSError], ...] = (PermissionError,)
else:
    import fcntl

    def _opened(directory: Path) -> tuple[int, Path]:
        # The directory itself: no file that would be published, and none that a read-only place must take.
        return os.open(directory, os.O_RDONLY), directory

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    _BUSY = (BlockingIOError,)


class BusyError(Exception):
    """Another process has the directory."""


class Lock:
    """A directory that is this process's until `release`. ``real`` is false where the file system knows no locks."""

    def __init__(self, descriptor: int | None, path: Path) -> None:
        self._descriptor = descriptor
        self._path = path
        self.real = descriptor is not None

    def release(self) -> None:
        """Give the directory back."""
        if self._descriptor is not None:
            _held.discard(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None
            if sys.platform == "win32":
                with suppress(OSError):  # others wait for it
                    self._path.unlink()


def acquire(directory: Path) -> Lock:
    """Return the lock of a directory. Raises `BusyError` while another process has it, and `OSError` when it is gone.

    Where locking is not possible the lock is not ``real``, and nobody waits.
    """
    descriptor, path = _opened(directory)
    try:
        _lock(descriptor)
        there = os.stat(path)  # noqa: PTH116 - the counterpart of fstat
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, _BUSY):
            raise BusyError from error
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            return Lock(None, path)
        raise
    if not os.path.samestat(there, os.fstat(descriptor)):
        os.close(descriptor)  # what was locked has been removed, and another made in its place
        raise BusyError
    _held.add(descriptor)
    return Lock(descriptor, path)


_held: set[int] = set()


def _drop() -> None:
    """Close in a forked process what its parent has locked, lest a worker keep the lock of a build that was killed."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drop)
