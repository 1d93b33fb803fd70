"""Facts of local files: a picture's type and size, an enclosure's length. Only inside the roots it is given."""

from __future__ import annotations

import os
import stat
import warnings
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import quote

from feeder.model import Facts, Sight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

MAX_PIXELS = 100_000_000
"""Pixels beyond which a picture counts as a decompression bomb; its header is read, never its content."""
_Root = TypeVar("_Root")
_SVG = (b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")


class UnreadablePictureError(Exception):
    """A file that is there and is no picture one could show; the message says why."""


class Library(NamedTuple):
    """The directories in which local files may be looked at. Nothing else is ever opened."""

    posts: Path
    assets: tuple[Path, ...] = ()

    def find(self, local: str, post_path: str) -> tuple[Path, str] | None:
        """Return the file that a post means by ``local``, and its path below the site's root if it is an asset.

        A relative path is looked for beside the post, then in the assets; one with a leading ``/`` first there.
        """
        for root, relative in places(self.posts, self.assets, local, post_path):
            path = root / relative
            try:
                real = path.resolve(strict=True)
                if (
                    any(real.is_relative_to(allowed.resolve()) for allowed in (self.posts, *self.assets))
                    and real.is_file()
                ):
                    return real, "" if root == self.posts else quote(os.path.normpath(relative).replace(os.sep, "/"))
            except (OSError, RuntimeError, ValueError):
                continue  # not there, a loop of links, or no name a file can have: the next place may have it
        return None

    def see(self, local: str, post_path: str, *, as_picture: bool) -> Sight:
        """Return what is there for a post that names ``local``, looking into the file only ``as_picture``."""
        found = self.find(local, post_path)
        if found is None:
            return Sight(local, as_picture, there=False, missing=self.may_have(local))
        path, asset = found
        try:
            facts = picture_facts(path) if as_picture else Facts(length_of(path))
        except (UnreadablePictureError, OSError) as error:
            return Sight(local, as_picture, there=True, asset=asset, fault=str(error))
        return Sight(local, as_picture, there=True, asset=asset, facts=facts)

    def hear(self, local: str, post_path: str) -> Sight:
        """Return what is there for a post that names ``local``, and how long it plays."""
        sight = self.see(local, post_path, as_picture=False)._replace(as_audio=True)
        found = self.find(local, post_path)
        if found is None:
            return sight
        try:
            with found[0].open("rb") as stream:
                return with_duration(sight, stream, found[0].name)
        except OSError as error:
            return sight._replace(fault=str(error))

    def may_have(self, local: str) -> bool:
        """Whether a file that is not found is missing: of a site whose assets are elsewhere, nothing can be said."""
        return not local.startswith("/") or any(os.path.isdir(asset) for asset in self.assets)  # noqa: PTH112 - never raises


def places(posts: _Root, assets: Sequence[_Root], local: str, post_path: str) -> Iterator[tuple[_Root, str]]:
    """Yield each root with the path below it where a post may mean ``local`` to be, best first."""
    name = local.lstrip("/")
    if local.startswith("/"):
        yield from ((asset, name) for asset in assets)
        yield posts, name
    else:
        yield posts, str(PurePosixPath(post_path).parent / name)
        yield from ((asset, name) for asset in assets)


def with_duration(sight: Sight, stream: BinaryIO, name: str) -> Sight:
    """Return the sight of a file with how long it plays, or why that cannot be told."""
    from feeder.recordings import UnknownDurationError, duration_of_stream

    try:
        return sight._replace(facts=sight.facts._replace(duration=duration_of_stream(stream, name)))
    except UnknownDurationError as error:
        return sight._replace(fault=str(error))


def length_of(path: Path) -> int:
    """Return the file's length in bytes."""
    return path.stat().st_size


def picture_facts(path: Path) -> Facts:
    """Return what the picture at ``path`` is, from its header. Raises `UnreadablePictureError`."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor, not a path
        facts = os.fstat(descriptor)
        if not stat.S_ISREG(facts.st_mode):
            message = "not a regular file"
            raise UnreadablePictureError(message)
        return facts_of_stream(stream, facts.st_size)


def facts_of_stream(stream: BinaryIO, length: int) -> Facts:
    """Return what the picture of ``length`` bytes in ``stream`` is, from its header. Raises `UnreadablePictureError`."""
    head = stream.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_SVG) and b"<svg" in head:
        return Facts(length, "image/svg+xml")
    stream.seek(0)
    return _raster_facts(stream, length)


_ONE_BY_ONE = Lock()
"""Which warnings are heard is told to the whole process, so of several threads one at a time may tell it."""


def _raster_facts(stream: BinaryIO, length: int) -> Facts:
    from PIL import Image, UnidentifiedImageError

    try:
        with _ONE_BY_ONE, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(stream) as picture:
                width, height, kind = *picture.size, Image.MIME.get(picture.format or "", "")
    except UnidentifiedImageError as error:
        message = "not a picture that can be identified"
        raise UnreadablePictureError(message) from error
    except (Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise UnreadablePictureError(str(error) or type(error).__name__) from error
    if width * height > MAX_PIXELS:
        message = f"{width} x {height} pixels, more than any reader shows"
        raise UnreadablePictureError(message)
    return Facts(length, kind, width, height)
