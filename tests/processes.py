"""Processes for tests of what happens between processes: copies of this one, with feeder loaded, that run a command."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable


class Command:
    """``feeder`` with these arguments, at work in a process of its own. What it prints goes to files."""

    def __init__(self, log: Path, *arguments: str, first: Callable[[], object] = lambda: None) -> None:
        self._log = log
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if self.process == 0:
            status = 70
            try:
                for stream, suffix in ((1, ".out"), (2, ".err")):
                    os.dup2(os.open(f"{log}{suffix}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), stream)
                sys.stdout, sys.stderr = (open(stream, "w", closefd=False) for stream in (1, 2))  # noqa: SIM115
                first()
                main(list(arguments), prog_name="feeder")
            except SystemExit as leaving:
                status = int(leaving.code or 0)
            except BaseException:  # noqa: BLE001 - nobody above would print it
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)

    def kill(self) -> int:
        """Kill it, if it is still there, and return its exit code, negative for a signal."""
        os.kill(self.process, signal.SIGKILL)
        return self.wait()

    def wait(self) -> int:
        """Return its exit code when it has ended."""
        return os.waitstatus_to_exitcode(os.waitpid(self.process, 0)[1])

    @property
    def err(self) -> str:
        """What it printed to standard error."""
        return Path(f"{self._log}.err").read_text()
