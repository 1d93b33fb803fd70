"""Taking turns: a build waits until no other one works in the same output directory, and says that it does."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING

from feeder.cli.printing import messages
from feeder.problems import ConfigurationError
from feeder.storage.locks import BusyError, Lock, acquire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE, LONGEST, PAUSE = 1.0, 600.0, 0.05
"""Seconds before it says that it waits, before it gives up, and between two looks."""


@contextmanager
def turn(output: Path | None, *, make: bool = True) -> Iterator[bool]:
    """Keep other builds out of the output directory meanwhile; yield whether that can be done there (not for None).

    The directory is made, unless ``make`` is false; one that is still empty at the end, and was not there before, is
    gone again.
    Raises `ConfigurationError` when it cannot be made, and when the other build does not end.
    """
    if output is None or (not make and not output.is_dir()):
        yield False
        return
    absent = [path for path in (output, *output.parents) if not os.path.exists(path)]  # noqa: PTH110 - pathlib's raises where one may not look
    lock = _lock(output)
    try:
        yield lock.real
    finally:
        with suppress(OSError):  # something is in it
            for path in absent:
                path.rmdir()
        lock.release()


def _lock(output: Path) -> Lock:
    began = monotonic()
    told = False
    while True:
        patience = LONGEST
        try:
            output.mkdir(parents=True, exist_ok=True)
            return acquire(output)
        except BusyError:
            reason = f"another build has been running there for {LONGEST / 60:.0f} minutes"
        except FileNotFoundError as error:
            patience, reason = PATIENCE, str(error.strerror)  # the other build may just have taken it away
        except (FileExistsError, NotADirectoryError) as error:
            raise ConfigurationError(_CANNOT.format(output, f"{_obstacle(output)} is not a directory")) from error
        except OSError as error:
            if isinstance(error, PermissionError) and output.is_dir():
                return Lock(None, output)  # what cannot be done there is told when it is to be done
            raise ConfigurationError(_CANNOT.format(output, error.strerror or error)) from error
        waited = monotonic() - began
        if waited > patience:
            raise ConfigurationError(_CANNOT.format(output, reason))
        if waited > PATIENCE and not told:
            messages([f"waiting for another build to finish in {output}"])
            told = True
        sleep(PAUSE)


def _obstacle(output: Path) -> Path:
    """Return what stands where a directory should be."""
    return next((path for path in (*reversed(output.parents), output) if path.exists() and not path.is_dir()), output)


_CANNOT = "cannot write to {}: {}"
