"""What a generator must give to be compared: the items of a site as the generator itself makes them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Item(NamedTuple):
    """A post: ``path`` is its file below the site, ``date`` RFC 3339 as the generator has it, "" for none."""

    path: str
    title: str
    link: str
    date: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    html: str = ""
    links: tuple[str, ...] = ()
    """The addresses that its body links to, of a site whose name ends in ``-links``."""


class Peer(NamedTuple):
    """A generator. ``items`` builds a site in a directory that it may write to.

    ``version`` returns the empty string for a generator that is not installed.
    """

    name: str
    version: Callable[[], str]
    items: Callable[[Path], list[Item]]


class NotBuiltError(Exception):
    """A generator did not build a site; the message is what it said."""


def program(name: str) -> str:
    """Return the path of a program, beside this Python or elsewhere; the empty string if there is none."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name) or ""


def run(command: Sequence[str | Path], directory: Path, zone: str = "UTC") -> str:
    """Return what a program printed, on a machine in a time zone. Raises `NotBuiltError`."""
    env = {**os.environ, "TZ": zone, "LC_ALL": "C.UTF-8", "ASTRO_TELEMETRY_DISABLED": "1"}
    ran = subprocess.run(list(map(str, command)), cwd=directory, capture_output=True, text=True, check=False, env=env)
    if ran.returncode:
        raise NotBuiltError(f"{command[0]} ended with {ran.returncode}:\n{ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return ran.stdout


def lay(path: Path, text: str) -> None:
    """Write a file and the directories above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def items_from_json(found: Iterable[Mapping[str, Any]]) -> list[Item]:
    """Return items that were written as JSON, in the order of their paths and links."""
    items = [
        Item(
            path=one["path"],
            title=one["title"] or "",
            link=one["link"],
            date=one["date"] or "",
            categories=tuple(map(str, one["categories"])),
            tags=tuple(map(str, one["tags"])),
            html=one.get("html", ""),
            links=tuple(one.get("links", ())),
        )
        for one in found
    ]
    return sorted(items, key=lambda item: (item.path, item.link))
