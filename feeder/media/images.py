"""Facts of local files: a picture's type and size, an enclosure's length. Only inside the roots it is given."""

from __future__ import annotations

import os
import stat
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.kinds import stamp_of
from feeder.model import Facts, Sight
from feeder.problems import UnreadablePictureError
from feeder.records import NamedTuple
from feeder.texts.postnames import MAX_BYTES

if TYPE_CHECKING:
    from typing import BinaryIO

    from feeder.media.whereabouts import Where
    from feeder.model import Stamp

_SVG = (b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")
_LFS = b"version https://git-lfs.github.com/spec/"


class Found(NamedTuple):
    """A file that a post names: where it really is, and by which of its whereabouts it was found."""

    path: str
    where: Where[Path]


class Library(NamedTuple):
    """The directories in which local files may be looked at. Nothing else is ever opened.

    ``beside`` is the site's way to keep files with posts, a name of `feeder.media.whereabouts.BESIDE`.
    """

    posts: Path
    assets: tuple[Path, ...] = ()
    beside: str = "neighbour"

    def find(self, local: str, post_path: str) -> Found | None:
        """Return the file that a post means by ``local``, None when no root has it."""
        from feeder.media.whereabouts import FEATURED, whereabouts  # where nothing is looked for, it is not needed

        if local == FEATURED and not (local := self._featured(post_path)):
            return None
        for where in whereabouts(self.posts, self.assets, local, post_path, self.beside):
            path = f"{where.root}{os.sep}{where.path}"
            if not os.path.lexists(path):  # a tenth of what follows takes, and most are not here
                continue
            try:
                real = os.path.realpath(path, strict=True)
                if os.path.isfile(real) and self._is_within(real):  # noqa: PTH113 - for every picture of every body
                    return Found(real, where)
            except (OSError, RuntimeError, ValueError):
                continue  # not there, a loop of links, or no name a file can have: the next place may have it
        return None

    def _featured(self, post_path: str) -> str:
        """Return the name of the picture that a bundle has for its post."""
        from feeder.media.whereabouts import featured

        directory, _, name = post_path.rpartition("/")
        if self.beside != "bundle" or not directory or name.partition(".")[0] != "index":
            return ""
        try:
            return featured(os.listdir(self.posts / directory))  # noqa: PTH208 - names are all that is asked
        except OSError:
            return ""

    def see(self, local: str, post_path: str, *, as_picture: bool) -> Sight:
        """Return what is there for a post that names ``local``, looking into the file only ``as_picture``."""
        found = self.find(local, post_path)
        if found is None:
            return Sight(local, as_picture, there=False, missing=self.may_have(local))
        where = found.where
        sight = Sight(local, as_picture, there=True, asset=where.asset, own=where.own, renamed=where.renamed)
        try:
            stamp = stamp_of(os.stat(found.path))  # noqa: PTH116
            facts = picture_facts(Path(found.path)) if as_picture else Facts(stamp[2])
            if where.renamed and self.beside == "hashed":
                sight = sight._replace(copy=_copy(found.path, stamp))
        except (UnreadablePictureError, OSError) as error:
            return sight._replace(fault=str(error))
        return sight._replace(facts=facts, stamp=stamp)

    def read(self, local: str, post_path: str) -> bytes:
        """Return all that the file holds. Raises `UnreadablePictureError`."""
        found = self.find(local, post_path)
        try:
            with _opened(found.path if found else "") as stream:
                return whole(stream)
        except OSError as error:
            raise UnreadablePictureError(str(error)) from error

    def hear(self, local: str, post_path: str) -> Sight:
        """Return what is there for a post that names ``local``, and how long it plays."""
        sight = self.see(local, post_path, as_picture=False)._replace(as_audio=True)
        found = self.find(local, post_path)
        if found is None:
            return sight
        try:
            with open(found.path, "rb") as stream:  # noqa: PTH123
                return with_duration(sight, stream, os.path.basename(found.path))  # noqa: PTH119
        except OSError as error:
            return sight._replace(fault=str(error))

    def may_have(self, local: str) -> bool:
        """Whether a file that is not found is missing: of a site whose assets are elsewhere, nothing can be said."""
        return not local.startswith("/") or any(os.path.isdir(asset) for asset in self.assets)  # noqa: PTH112 - never raises

    def _is_within(self, real: str) -> bool:
        roots = (self.posts, *self.assets)
        # Most roots are their own real paths, which costs nothing to see.
        return any(real.startswith(f"{root}{os.sep}") for root in roots) or any(
            real.startswith(os.path.join(os.path.realpath(root), ""))  # noqa: PTH118
            for root in roots
        )


@lru_cache(1024)
def _copy(path: str, _: Stamp) -> str:
    """Return the name of a file that is made of its content, which is read once for each stamp."""
    from feeder.media.whereabouts import hashed_name

    with _opened(path) as stream:
        return hashed_name(path, whole(stream))


def with_duration(sight: Sight, stream: BinaryIO, name: str) -> Sight:
    """Return the sight of a file with how long it plays, or why that cannot be told."""
    from feeder.media.recordings import UnknownDurationError, duration_of_stream

    try:
        return sight._replace(facts=sight.facts._replace(duration=duration_of_stream(stream, name)))
    except UnknownDurationError as error:
        return sight._replace(fault=str(error))


def picture_facts(path: Path) -> Facts:
    """Return what the picture at ``path`` is, from its header. Raises `UnreadablePictureError`."""
    with _opened(str(path)) as stream:
        return facts_of_stream(stream, os.fstat(stream.fileno()).st_size)


def _opened(path: str) -> BinaryIO:
    """Return a regular file, opened without waiting for a pipe's other end. Raises `UnreadablePictureError`."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    stream = open(descriptor, "rb")  # noqa: PTH123, SIM115 - a descriptor, which the caller closes
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        message = "not a regular file"
        raise UnreadablePictureError(message)
    return stream


def whole(stream: BinaryIO) -> bytes:
    """Return all that is in ``stream``. Raises `UnreadablePictureError` beyond `MAX_BYTES`."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = f"more than {MAX_BYTES} bytes, too large for a thumbnail"
        raise UnreadablePictureError(message)
    return data


def facts_of_stream(stream: BinaryIO, length: int) -> Facts:
    """Return what the picture of ``length`` bytes in ``stream`` is, from its header. Raises `UnreadablePictureError`."""
    head = stream.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(_SVG) and b"<svg" in head:
        return Facts(length, "image/svg+xml")
    if head.startswith(_LFS):
        message = "a pointer of Git LFS in place of the picture; `git lfs pull` fetches it"
        raise UnreadablePictureError(message)
    stream.seek(0)
    from feeder.media.rasters import raster_facts  # where no file of pixels is named, it is not needed

    kind, width, height = raster_facts(stream)
    return Facts(length, kind, width, height)
