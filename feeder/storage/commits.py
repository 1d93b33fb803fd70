"""Files -> when git first had them, which is the date that some generators give a post without another."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PATIENCE = 60
"""Seconds that git may take for one file."""
_QUIET = (
    "git", "--no-optional-locks",
    "-c", "protocol.allow=never",  # a clone without all files would fetch those
    "-c", "log.showSignature=false",
    "-c", "core.fsmonitor=false",
)  # fmt: skip


def first_commits(directory: str, paths: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield those of the paths below a local directory that git has, each with the moment of the commit that brought it.

    A file keeps it when it is renamed. Nothing is known without git, and in a clone without its whole history, where
    each file seems to be as old as the clone.
    """
    if not os.path.isdir(directory) or _said(directory, "rev-parse", "--is-shallow-repository") != "false":  # noqa: PTH112 - never raises
        return
    for path in paths:
        seconds = _said(
            directory, "log", "-1", "--format=%ct", "--follow", "--diff-filter=A", "--", f":(literal){path}"
        )
        if seconds.isdigit():
            yield path, datetime.fromtimestamp(int(seconds), UTC).isoformat()


def _said(directory: str, *arguments: str) -> str:
    """Return what git prints, "" where it cannot be asked or does not know."""
    try:
        said = subprocess.check_output(  # noqa: S603 - no shell, and git is whatever the user calls so
            [*_QUIET, *arguments], cwd=directory, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_PATIENCE
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.decode("ascii", "replace").strip()
