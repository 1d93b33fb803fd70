"""The output directory on disk, as `feeder.publish` needs it: read, write, remove, and nothing beyond a link."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.problems import ConfigurationError
from feeder.records import NamedTuple
from feeder.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.model import Artifact, Written

_TEMPORARY = re.compile(r"\.(.+)\.[0-9a-f]{12}\.tmp")
"""What `feeder.storage.files` calls a file while it is written."""


class OnDisk(NamedTuple):
    """A directory, which need not be there yet."""

    root: Path

    @property
    def lockable(self) -> Path:
        """The directory, of which builds can take turns."""
        return self.root

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, None when there is none, or none that feeder could have written."""
        target = self.root / path
        try:
            return target.read_bytes() if self._is_within(target) and not target.is_symlink() else None
        except OSError:
            return None  # gone, a directory, or for other eyes

    def write(self, artifacts: Iterable[Artifact]) -> Iterator[Written]:
        """Write each artifact whole or not at all. Raises `ConfigurationError`."""
        return files.write(artifacts, self.root)

    def remove(self, path: str) -> None:
        """Remove a file, and the directories below the root that are empty without it. Raises `ConfigurationError`."""
        target = self.root / path
        try:
            target.unlink(missing_ok=True)
        except OSError as error:
            message = f"cannot remove {target}: {error.strerror or error}"
            raise ConfigurationError(message) from error
        with suppress(OSError):  # the first that is not empty
            for parent in target.relative_to(self.root).parents[:-1]:
                (self.root / parent).rmdir()

    def same(self, path: str, other: str) -> bool:
        """Return whether two paths are one file."""
        try:
            return (self.root / path).samefile(self.root / other)
        except OSError:
            return False

    def sweep(self, paths: Iterable[str]) -> None:
        """Remove the temporary files of these paths that a killed build left."""
        names: dict[Path, set[str]] = {}
        for path in paths:
            target = self.root / path
            names.setdefault(target.parent, set()).add(target.name)
        for directory, ours in names.items():
            with suppress(OSError):  # no such directory, or not to be written to: what follows says so
                for name in os.listdir(directory):  # noqa: PTH208 - pathlib makes an object of each
                    if (match := _TEMPORARY.fullmatch(name)) and match[1] in ours and self._is_within(directory / name):
                        (directory / name).unlink()

    def shown(self, path: str) -> str:
        """Return the path as messages name it."""
        return (self.root / path).as_posix()

    def _is_within(self, target: Path) -> bool:
        return Path(os.path.realpath(target.parent)).is_relative_to(os.path.realpath(self.root))
