"""Where the cache is on this machine, and what is installed here."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from feeder import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = "feeder.sqlite3"


def cache_file(directory: str | None, environ: Mapping[str, str]) -> Path:
    """Return the cache's file: in the directory that is named, else where the system keeps a user's caches.

    That is ``$XDG_CACHE_HOME`` (XDG Base Directory Specification), ``~/Library/Caches`` on macOS, ``%LOCALAPPDATA%``
    on Windows.
    """
    if directory:
        return Path(directory) / _NAME
    if base := environ.get("XDG_CACHE_HOME"):
        return Path(base) / "feeder" / _NAME
    if sys.platform == "darwin":
        return Path("~/Library/Caches/feeder").expanduser() / _NAME
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA", "~")).expanduser() / "feeder" / "cache" / _NAME
    return Path("~/.cache/feeder").expanduser() / _NAME


def installed() -> str:
    """Return the versions of feeder, Python and every installed package: what rendered a post may be any of them.

    They are read off the names of the packages' directories, since asking for their metadata takes longer than a build.
    """
    names: set[str] = set()
    for place in sys.path:
        try:
            names.update(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - pathlib makes an object of each
        except OSError:
            continue  # not every entry is a directory
    return " ".join([__version__, sys.version, *sorted(names)])
