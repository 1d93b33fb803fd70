"""Where something is published -> Publication: a directory, a file, a URL or a git revision."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeder.assemble import GROUPINGS
from feeder.formats import FORMATS
from feeder.problems import ConfigurationError
from feeder.published.items import MAX_BYTES, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

OTHER_NAMES = ("index.xml", "feed.xml", "rss.xml", "atom.xml", "feed.json", "index.json", "feed.atom", "feed/index.xml")
"""What other generators call their feeds."""


class NoFeedsError(ConfigurationError):
    """A place that can be read, and holds no feeds."""


class Names(NamedTuple):
    """How the files of feeds are called, wherever in the output directory they lie."""

    names: frozenset[str]

    @classmethod
    def of(cls, configured: Mapping[str, str], *others: str) -> Names:
        """Return the names of all formats, as the configuration gives them and as they are without it, and ``others``."""
        return cls(frozenset({*(form.file_name for form in FORMATS.values()), *configured.values(), *others}))

    def is_feed(self, path: str) -> bool:
        """Whether the file at ``path`` below an output directory is a feed."""
        *directories, name = path.split("/")
        grouped = len(directories) == _GROUP_DEPTH and directories[0] in _GROUPS
        return path in self.names or (grouped and name in self.names)


_GROUPS = frozenset(grouping.name for grouping in GROUPINGS)
_GROUP_DEPTH = 2
"""The directories in which the feed of a group lies: ``categories/<slug>/``."""


def from_disk(path: Path, names: Names) -> Publication:
    """Return what is published at ``path``: all feeds of a directory, or the one feed of a file.

    Raises `ConfigurationError` when there is none or one cannot be read.
    """
    shown = path.as_posix()
    try:
        if path.is_dir():
            inside = [path, *(child for group in sorted(_GROUPS) for child in _directories(path / group))]
            found = [child / name for child in inside for name in sorted(names.names) if (child / name).is_file()]
            files = {file.relative_to(path).as_posix(): _bytes(file) for file in found}
            return whole_publication(shown, files, (name for name in OTHER_NAMES if (path / name).is_file()))
        if path.is_file():
            return Publication(shown, {path.name: _bytes(path)}, whole=False)
        why = "it is neither a file nor a directory" if path.exists() else "there is nothing"
    except OSError as error:
        why = error.strerror or str(error)
    message = f"cannot compare with {shown}: {why}. {HINT}"
    raise ConfigurationError(message)


HINT = "Name what is published: feeder diff DIRECTORY, FILE, https://…, or git:REVISION"


def whole_publication(shown: str, files: Mapping[str, bytes], others: Iterable[str]) -> Publication:
    """Return the publication of a directory. Raises `NoFeedsError` when it has no feeds, naming ``others``."""
    if files:
        return Publication(shown, files, whole=True)
    if other := next(iter(others), ""):
        message = f"{shown} holds no feeds by their configured names, but one of another: feeder diff {shown}/{other}"
    else:
        message = f"{shown} holds no feeds: there is nothing to compare with. {HINT}"
    raise NoFeedsError(message)


def too_large(shown: str) -> ConfigurationError:
    """Return the complaint about a feed beyond `MAX_BYTES`."""
    return ConfigurationError(f"{shown} is too large to be compared: feeder reads feeds up to {MAX_BYTES} bytes")


def _directories(path: Path) -> list[Path]:
    return sorted(child for child in path.iterdir() if child.is_dir()) if path.is_dir() else []


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise too_large(path.as_posix())
    return path.read_bytes()
