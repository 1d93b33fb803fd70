"""Where something is published -> Publication: a directory, a file, a URL or a git revision."""

from __future__ import annotations

import re
from glob import escape
from typing import TYPE_CHECKING

from feeder.formats import FORMATS
from feeder.groups import patterns
from feeder.problems import ConfigurationError
from feeder.published.items import MAX_BYTES, Publication
from feeder.records import NamedTuple
from feeder.storage.manifest import NAME, manifest_from_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from feeder.settings import Feeds

OTHER_NAMES = ("index.xml", "feed.xml", "rss.xml", "atom.xml", "feed.json", "index.json", "feed.atom", "feed/index.xml")
"""What other generators call their feeds."""


class NoFeedsError(ConfigurationError):
    """A place that can be read, and holds no feeds."""


class Names(NamedTuple):
    """How the files of feeds are called, and the directories that they lie in, as patterns with ``:slug``."""

    names: frozenset[str]
    directories: tuple[str, ...] = ()

    @classmethod
    def of(cls, feeds: Feeds, *others: str) -> Names:
        """Return the names of all formats, as the configuration gives them and as they are without it, and ``others``."""
        names = frozenset({*(form.file_name for form in FORMATS.values()), *feeds.names.values(), *others})
        return cls(names, patterns(feeds))

    def is_feed(self, path: str) -> bool:
        """Whether the file at ``path`` below an output directory is a feed."""
        return any(
            path.endswith(name) and self._is_directory(path.removesuffix(name))
            for name in self.names
        )  # fmt: skip

    def _is_directory(self, path: str) -> bool:
        return not path or any(
            re.fullmatch(re.escape(pattern).replace(_SLUG, "[^/]+"), path) for pattern in self.directories
        )


_SLUG = ":slug"


def listed_feeds(manifest: bytes | None) -> frozenset[str]:
    """Return the paths of the feeds that a build's manifest names, wherever they lie; none for what is no manifest."""
    try:
        files = manifest_from_bytes(manifest or b"").files
    except ValueError:
        return frozenset()
    types = {form.media_type for form in FORMATS.values()}
    return frozenset(path for path, item in files.items() if item.media_type in types)


def from_disk(path: Path, names: Names) -> Publication:
    """Return what is published at ``path``: all feeds of a directory, or the one feed of a file.

    Raises `ConfigurationError` when there is none or one cannot be read.
    """
    shown = path.as_posix()
    try:
        if path.is_dir():
            inside = [path, *(child for pattern in names.directories for child in _directories(path, pattern))]
            found = {child / name for child in inside for name in names.names if (child / name).is_file()}
            manifest = path / NAME
            found |= {path / name for name in listed_feeds(_bytes(manifest) if manifest.is_file() else None)}
            files = {file.relative_to(path).as_posix(): _bytes(file) for file in sorted(found) if file.is_file()}
            return whole_publication(shown, files, (name for name in OTHER_NAMES if (path / name).is_file()))
        if path.is_file():
            return Publication(shown, {path.name: _bytes(path)}, whole=False)
        why = "it is neither a file nor a directory" if path.exists() else "it does not exist"
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
        message = f"{shown} contains no feeds with the configured names, but another one: feeder diff {shown}/{other}"
    else:
        message = f"{shown} contains no feeds: there is nothing to compare with. {HINT}"
    raise NoFeedsError(message)


def too_large(shown: str) -> ConfigurationError:
    """Return the complaint about a feed beyond `MAX_BYTES`."""
    return ConfigurationError(f"{shown} is too large to be compared: feeder reads feeds up to {MAX_BYTES} bytes")


def _directories(path: Path, pattern: str) -> list[Path]:
    return [child for child in path.glob(escape(pattern).replace(_SLUG, "*")) if child.is_dir()]


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise too_large(path.as_posix())
    return path.read_bytes()
