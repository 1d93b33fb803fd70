"""Files that look like posts, since they have a date -> the directory that they lie in, where nobody names it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER = frozenset({"node_modules", "vendor", "venv", "dist", "build", "output", "site", "_site", "_build"})
DEEPEST, _MANY, _HEAD = 6, 20_000, 2048
_ENDINGS = (".md", ".mdx", ".markdown", ".rst")
_DATED = pattern(
    rb"(?mi)^(?:---|\+\+\+)?\s*(?::|\.\. )?(?:pub(?:lish(?:ed)?)?_?)?date(?:_?(?:published|created))?\"?\s*[:=]\s*\S"
)
_NAME = pattern(r"\d{4}-\d\d-\d\d-.")
_MOST = 0.9
"""The part of all dated files that a directory has for which the others do not count."""


def likely_posts(directory: Path) -> str:
    """Return the directory that nearly all files lie in that look like posts, "" where there are none, or only the top."""
    counts: dict[tuple[str, ...], int] = {}
    for path in dated(directory):
        for depth in range(len(path) + 1):
            counts[path[:depth]] = counts.get(path[:depth], 0) + 1
    found: tuple[str, ...] = ()
    while counts:
        below = {path: count for path, count in counts.items() if len(path) == len(found) + 1 and path[:-1] == found}
        best = max(below, key=lambda path: below[path], default=None)
        if best is None or below[best] < _MOST * counts[found]:
            break
        found = best
    return "/".join(found)


def dated(directory: Path) -> Iterator[tuple[str, ...]]:
    """Yield the directory, as its parts, of each file that looks like a post."""
    seen = 0
    for place, below, names in os.walk(directory):
        parts = Path(place).relative_to(directory).parts
        below[:] = sorted(name for name in below if name[0] != "." and name not in _NEVER and len(parts) < DEEPEST)
        for name in names:
            if name.endswith(_ENDINGS) and (seen := seen + 1) <= _MANY and _is_dated(Path(place, name)):
                yield parts


def _is_dated(path: Path) -> bool:
    if _NAME.match(path.name):
        return True
    try:
        with path.open("rb") as stream:
            return _DATED.search(stream.read(_HEAD)) is not None
    except OSError:
        return False
