"""Where the cache is on this machine, and what is installed here."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from feeder import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAME = "feeder.sqlite3"
_ZONES = os.pathsep.join(("/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"))


def cache_file(directory: str | None, environ: Mapping[str, str]) -> Path:
    """Return the cache's file: in the directory that is named, else where the system keeps a user's caches.

    That is ``$XDG_CACHE_HOME`` (XDG Base Directory Specification), ``~/Library/Caches`` on macOS, ``%LOCALAPPDATA%``
    on Windows.
    """
    if directory:
        return Path(directory) / _NAME
    base = Path(environ.get("XDG_CACHE_HOME", ""))
    if base.is_absolute():  # the specification has others ignored
        return base / "feeder" / _NAME
    if sys.platform == "darwin":
        return Path("~/Library/Caches/feeder").expanduser() / _NAME
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA", "~")).expanduser() / "feeder" / "cache" / _NAME
    return Path("~/.cache/feeder").expanduser() / _NAME


def installed(environ: Mapping[str, str]) -> str:
    """Return what differs when feeder, Python, a package or the time zones do: what made a feed may be any of them.

    Packages are known by the names of their directories, since asking for their metadata takes longer than a build;
    feeder itself by its code, which changes more often than its version.
    """
    names: set[str] = set()
    for place in sys.path:
        try:
            names.update(name for name in os.listdir(place or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - pathlib makes an object of each
        except OSError:
            continue  # not every entry is a directory
    return "\n".join([__version__, sys.version, *sorted(names), *_own_code(), *_zones(environ)])


def _own_code() -> Iterator[str]:
    """Yield what tells feeder's own code: the list of checksums that it was installed with, else its files' stamps."""
    package = Path(__file__).parent.parent
    with suppress(OSError):
        record = (package.parent / f"feeder-{__version__}.dist-info" / "RECORD").read_bytes()
        if b"feeder/__init__.py," in record:
            yield str(crc32(record))
            return
    pending = [str(package)]  # a checkout
    while pending:
        for entry in sorted(os.scandir(pending.pop()), key=lambda entry: entry.name):
            if entry.is_dir() and entry.name != "__pycache__":
                pending.append(entry.path)
            elif entry.name.endswith(".py"):
                yield f"{entry.name} {entry.stat().st_size} {entry.stat().st_mtime_ns}"


def _zones(environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the places of time zones, with the release that each says it has (PEP 615)."""
    for place in (environ.get("PYTHONTZPATH") or _ZONES).split(os.pathsep):
        with suppress(OSError), (Path(place) / "tzdata.zi").open("rb") as release:
            yield release.readline(80).decode(errors="replace").strip()
        yield place
