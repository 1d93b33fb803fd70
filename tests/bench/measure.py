"""A command -> what it took; a directory of feeds -> whether it holds what was asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAUNCHER = (sys.executable, "-I", "-S", str(Path(__file__).with_name("launch.py")))
_ITEM = re.compile(rb"<item[ >]")
# An installed program has its byte code, and no one runs it unbuffered.
_NOT_PASSED_ON = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


class Refused(Exception):  # noqa: N818 - an outcome, not a fault
    """A program failed, or its feeds are not those that were asked for: its times mean nothing."""


class Run(NamedTuple):
    """One process: seconds of wall and CPU time, those of its children included, and peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


def measure(command: Sequence[str], directory: Path) -> Run:
    """Run a command to its end and return what it took. Raises `Refused` when it fails."""
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    with tempfile.TemporaryFile() as errors:
        launched = subprocess.run(
            [*_LAUNCHER, *command], cwd=directory, env=kept, stdout=subprocess.PIPE, stderr=errors, check=False
        )
        numbers = [float(number) for number in launched.stdout.split()]
        if launched.returncode or numbers[3]:
            errors.seek(0)
            message = f"{' '.join(command)} failed: {errors.read().decode(errors='replace')[-2000:]}"
            raise Refused(message)
    wall, cpu, memory, _ = numbers
    return Run(wall, cpu, memory / 2**20)


def items(output: Path) -> list[int]:
    """Return the number of items in each RSS feed below a directory, in ascending order."""
    numbers = (len(_ITEM.findall(path.read_bytes())) for path in output.rglob("*.xml"))
    return sorted(number for number in numbers if number)


def check(output: Path, expected: list[int], *, length: int = 0, shown: str = "", gone: str = "") -> None:
    """Raise `Refused` unless the feeds hold ``expected`` items, name what is ``shown`` and do not name what is gone.

    A feed that has fewer than ``length`` bytes for each item has summaries.
    """
    found = items(output)
    if found != expected:
        message = f"made feeds of {found} items where {expected} belong"
        raise Refused(message)
    short = [
        path.name
        for path in output.rglob("*.xml")
        if path.stat().st_size < length * len(_ITEM.findall(path.read_bytes()))
    ]
    if short:
        message = f"made {short[0]} without the whole text of its items"
        raise Refused(message)
    texts = [path.read_text(encoding="utf-8") for path in output.rglob("*.xml")] if shown or gone else []
    if shown and not any(shown in text for text in texts):
        message = f"did not publish {shown!r}"
        raise Refused(message)
    if gone and any(gone in text for text in texts):
        message = f"still publishes {gone!r}"
        raise Refused(message)
