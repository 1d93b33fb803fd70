"""The files that posts name, where some lie behind URLs: what `feeder.media.images` does on disk, through `feeder.storage.remote`."""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.media import images
from feeder.media.whereabouts import FEATURED, Where, hashed_name, whereabouts
from feeder.model import Facts, Sight
from feeder.problems import UnreadablePictureError
from feeder.records import NamedTuple
from feeder.storage.placenames import is_remote
from feeder.storage.remote import REFUSED, give_up, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_KEY = 1_024
"""Bytes of a name in a bucket; asking for a longer one is an error there, not an answer."""
_BLOCK = 2**16
"""Bytes to fetch of a picture at a time: its header is enough, and seldom longer."""


class Library(NamedTuple):
    """The places in which files that posts name may be looked at, where some are URLs. Nothing else is ever opened.

    ``beside`` is that of `feeder.media.images.Library`.
    """

    posts: str
    assets: tuple[str, ...] = ()
    beside: str = "neighbour"

    def see(self, local: str, post_path: str, *, as_picture: bool) -> Sight:
        """Return what is there for a post that names ``local``, looking into the file only ``as_picture``."""
        if local == FEATURED:  # nothing is listed that lies behind a URL
            return Sight(local, as_picture, there=False)
        for where in self._whereabouts(local, post_path):
            look = _sight if is_remote(where.root) else _sight_on_disk
            if found := look(where.root, normpath(where.path), as_picture=as_picture):
                data = self.read(local, post_path) if where.renamed and self.beside == "hashed" else None
                copy = "" if data is None else hashed_name(where.path, data)
                return found._replace(local=local, asset=where.asset, own=where.own, renamed=where.renamed, copy=copy)
        return Sight(
            local, as_picture, there=False, missing=not local.startswith("/") or any(map(_is_there, self.assets))
        )

    def hear(self, local: str, post_path: str) -> Sight:
        """Return what is there for a post that names ``local``; not how long it plays, which takes reading it."""
        return self.see(local, post_path, as_picture=False)._replace(as_audio=True, fault="it is behind a URL")

    def read(self, local: str, post_path: str) -> bytes:
        """Return all that the file holds. Raises `feeder.problems.UnreadablePictureError`."""
        for where in self._whereabouts(local, post_path):
            look = _content if is_remote(where.root) else _content_on_disk
            if (data := look(where.root, normpath(where.path))) is not None:
                return data
        message = "it is gone"
        raise UnreadablePictureError(message)

    def _whereabouts(self, local: str, post_path: str) -> Iterator[Where[str]]:
        return whereabouts(self.posts, self.assets, local, post_path, self.beside)


def _sight(root: str, relative: str, *, as_picture: bool) -> Sight | None:
    """Return what is at a path below a URL, None when nothing is, or it leads out."""
    system, base = opened(root)
    key = f"{base}/{relative}"
    if relative.split("/", 1)[0] == ".." or len(key.encode("utf-8", "replace")) > _LONGEST_KEY:
        return None
    try:
        facts = system.info(key)
        if facts.get("type") != "file":
            return None
        length = int(facts.get("size") or 0)
        if not as_picture:
            return Sight("", as_picture, there=True, facts=Facts(length))
        with system.open(key, "rb", block_size=_BLOCK) as stream:
            return Sight("", as_picture, there=True, facts=images.facts_of_stream(stream, length))
    except UnreadablePictureError as error:
        return Sight("", as_picture, there=True, fault=str(error))
    except REFUSED:
        return None
    except Exception as error:  # noqa: BLE001
        give_up("read", f"{root}/{relative}", error)


def _content(root: str, relative: str) -> bytes | None:
    """Return what the file at a path below a URL holds, None when nothing is there, or it leads out."""
    sight = _sight(root, relative, as_picture=False)
    if sight is None:
        return None
    system, base = opened(root)
    try:
        with system.open(f"{base}/{relative}", "rb") as stream:
            return images.whole(stream)
    except REFUSED:
        return None
    except UnreadablePictureError:
        raise
    except Exception as error:  # noqa: BLE001
        give_up("read", f"{root}/{relative}", error)


def _sight_on_disk(root: str, relative: str, *, as_picture: bool) -> Sight | None:
    sight = images.Library(Path(root)).see(relative, "", as_picture=as_picture)
    return sight if sight.there else None


def _content_on_disk(root: str, relative: str) -> bytes | None:
    library = images.Library(Path(root))
    return library.read(relative, "") if library.find(relative, "") else None


def _is_there(root: str) -> bool:
    if not is_remote(root):
        return Path(root).is_dir()
    system, path = opened(root)
    try:
        return bool(system.isdir(path))
    except Exception as error:  # noqa: BLE001
        give_up("read", root, error)
