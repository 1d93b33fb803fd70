"""What a program must give to be measured."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..scenarios import Site


class Peer(NamedTuple):
    """A program: ``prepare`` writes its site around the posts and returns the command that builds it.

    ``version`` returns the empty string for a program that is not installed.
    """

    name: str
    prepare: Callable[[Site], Sequence[str | Path]]
    version: Callable[[], str]


def program(name: str) -> str:
    """Return the path of a program, beside this Python or elsewhere; the empty string if there is none."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name) or ""
