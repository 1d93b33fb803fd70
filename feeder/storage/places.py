"""Where a site's posts, pictures and feeds lie: on disk or behind a URL, decided here and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feeder.kinds import Site
from feeder.media import images
from feeder.records import NamedTuple
from feeder.storage import files
from feeder.storage.outlet import OnDisk
from feeder.storage.placenames import beside, is_remote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.kinds import Directory, FileStore, Outlet
    from feeder.model import Artifact, Written
    from feeder.settings import Settings


class Roots(NamedTuple):
    """The posts directory and the directories of assets: absolute paths, or URLs, the same on every machine."""

    posts: str
    assets: tuple[str, ...]

    @property
    def all_local(self) -> bool:
        """Whether none of them is a URL."""
        return not any(map(is_remote, (self.posts, *self.assets)))

    @property
    def needed(self) -> tuple[str, ...]:
        """The local directories that there are, without which nobody gives the same feeds."""
        return tuple(root for root in (self.posts, *self.assets) if not is_remote(root) and Path(root).is_dir())


def roots(settings: Settings, directory: Path) -> Roots:
    """Return what ``settings`` name. Relative paths are relative to ``directory``.

    Relative assets of remote posts lie beside the posts: a worker elsewhere has no directory to start from.
    """
    posts = settings.posts.path
    far = is_remote(posts)
    return Roots(
        _absolute(posts, directory),
        tuple(
            beside(posts, asset) if far and not is_remote(asset) and not Path(asset).is_absolute()
            else _absolute(asset, directory)
            for asset in settings.site.assets
        ),
    )  # fmt: skip


def posts_directory(settings: Settings, directory: Path) -> Directory:
    """Return where the posts are read from."""
    posts, output = settings.posts, settings.output
    if is_remote(posts.path):
        from feeder.storage import remote

        return remote.PostsDirectory(posts.path, posts.include, posts.exclude, output if is_remote(output) else "")
    named = Path(posts.path) if directory == Path() else directory / posts.path
    skipped = None if is_remote(output) else directory / output
    return files.PostsDirectory(named.absolute(), posts.include, posts.exclude, skipped, named)


def library(where: Roots, beside: str) -> FileStore:
    """Return where the files are looked for that posts name, kept with posts ``beside``, as `feeder.media.whereabouts` says."""
    if where.all_local:
        return images.Library(Path(where.posts), tuple(map(Path, where.assets)), beside)
    from feeder.storage import stores

    return stores.Library(*where, beside)


def site(settings: Settings, directory: Path, top: str) -> Site:
    """Return the files below ``top``, a directory of the site's, that bodies may name."""
    posts = settings.posts._replace(path=top, include=(), exclude=())
    pages = posts_directory(settings._replace(posts=posts), directory)
    return Site(pages, library(Roots(_absolute(top, directory), ()), "neighbour"))


def write(artifacts: Iterable[Artifact], output: str, directory: Path) -> Iterator[Written]:
    """Write each artifact below ``output``, whole or not at all; an identical file is left untouched.

    Raises `feeder.problems.ConfigurationError`.
    """
    if not is_remote(output):
        return files.write(artifacts, directory / output)
    from feeder.storage import remote

    return remote.write(artifacts, output)


def outlet(output: str, directory: Path) -> Outlet:
    """Return the output as a whole, of which a build removes what is no longer built."""
    if not is_remote(output):
        return OnDisk(directory / output)
    from feeder.storage import remote

    return remote.Outlet(output)


def _absolute(place: str, directory: Path) -> str:
    return place if is_remote(place) else str((directory / place).absolute())
