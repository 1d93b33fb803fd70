"""feeder as a library: the same as the command, with values in place of streams and exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feeder import __version__, config, pipeline
from feeder.storage import places
from feeder.storage.placenames import place_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from os import PathLike

    from feeder.model import Artifact


def build(
    posts: str | PathLike[str] | None = None,
    *,
    now: datetime,
    url: str | None = None,
    config_file: str | PathLike[str] | None = None,
    formats: Iterable[str] = (),
    limit: int | None = None,
    directory: str | PathLike[str] = ".",
    environ: Mapping[str, str] | None = None,
) -> pipeline.Build:
    """Return the feeds of the posts in ``posts`` as `Artifact` values, with every problem; nothing is written.

    ``now`` (aware) decides which posts are published. ``directory`` is what relative paths are relative to.
    ``environ`` stands in for the environment, which is not consulted. Raises `ConfigurationError` for
    configuration that cannot be used, and `ValueError` for a naive ``now``.
    """
    if now.tzinfo is None:
        message = "now must be an aware datetime"
        raise ValueError(message)
    options = config.Options(
        posts=None if posts is None else str(posts),
        config=None if config_file is None else str(config_file),
        url=url,
        formats=tuple(formats),
        limit=limit,
    )
    loaded = config.load(options, environ or {}, Path(directory))
    return pipeline.build(loaded.settings, Path(directory), now, __version__, pipeline.Means())


def write(artifacts: Iterable[Artifact], output: str | PathLike[str]) -> list[Path | str]:
    """Write artifacts below ``output``, a directory or the URL of one; return the paths or URLs that changed.

    It keeps no manifest and removes nothing; nor does it wait for others who write there. Raises `ConfigurationError`.
    """
    place = place_from_text(str(output))
    return [written.path for written in places.write(artifacts, place, Path()) if written.changed]
