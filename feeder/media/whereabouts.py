"""Where a file may lie that a post names, and where the site serves it then: the ways of generators, one line each."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import quote

from feeder.patterns import pattern
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Root = TypeVar("Root")


class Where(NamedTuple, Generic[Root]):
    """A place to look at: a path below a root. The other fields are those of `feeder.model.Sight`."""

    root: Root
    path: str
    asset: str = ""
    own: str = ""
    renamed: bool = False


def whereabouts(posts: Root, assets: Sequence[Root], local: str, post_path: str, beside: str) -> Iterator[Where[Root]]:
    """Yield the places where the post at ``post_path`` may mean ``local`` to be, best first.

    ``beside`` is a name of `BESIDE`. A relative path is looked for beside the post, then in the assets; one with a
    leading ``/`` in the assets, and then below the posts, of generators that serve what lies there.
    """
    name = local.lstrip("/")
    in_assets = (Where(asset, name, asset=_encoded(name)) for asset in assets)
    if local.startswith("/"):
        yield from in_assets
        if beside in _SERVING:
            yield Where(posts, name)
        return
    for place in BESIDE[beside](name, post_path):
        yield Where(posts, *place[1:])
    yield from in_assets


def _neighbour(name: str, post_path: str) -> Iterator[Where[None]]:
    directory, _, file = post_path.rpartition("/")
    yield Where(None, join(directory, name))
    if "/" not in name and file.startswith("index."):  # exports of WordPress name a cover's file alone
        yield Where(None, join(directory, "images", name), own=f"images/{_encoded(name)}")


def _bundle(name: str, post_path: str) -> Iterator[Where[None]]:
    directory, _, file = post_path.rpartition("/")
    if file.partition(".")[0] == "index":
        yield Where(None, join(directory, name), own=_within(name))


def _folder(name: str, post_path: str) -> Iterator[Where[None]]:
    stem = post_path.rpartition(".")[0]
    if within := _within(name):
        yield Where(None, join(stem, name), own=within)
    # Editors show the picture only if the path has the folder's name, and plug-ins take that off.
    folder = stem.rpartition("/")[2] + "/"
    if normpath(name).startswith(folder):
        yield Where(None, join(dirname(post_path), name), own=_within(normpath(name).removeprefix(folder)))


def _renamed(name: str, post_path: str) -> Iterator[Where[None]]:
    yield Where(None, join(dirname(post_path), name), renamed=True)


def _nowhere(*_: str) -> Iterator[Where[None]]:
    yield from ()


BESIDE: Mapping[str, Callable[[str, str], Iterator[Where[None]]]] = {
    "neighbour": _neighbour,
    "bundle": _bundle,
    "folder": _folder,
    "renamed": _renamed,
    "hashed": _renamed,
    "nowhere": _nowhere,
}
"""The ways in which files belong to a post.

``neighbour``: what lies beside it is served where the reference leads. ``bundle``: what lies beside ``index.md`` is
served below the post's address (Hugo). ``folder``: so is what lies in a directory of the post's name (Hexo).
``renamed``: what lies beside it is served under a name that only the build knows (Astro). ``hashed``: under a name that
is made of its content in a known way (Docusaurus). ``nowhere``: what lies beside it is not served (Jekyll).
"""
BUNDLED = frozenset({"renamed", "hashed"})
"""The ways of bundlers, which serve what lies beside a post where nobody would look for it."""
_SERVING = frozenset({"neighbour", "bundle"})
FEATURED = "*feature*"
"""Stands for the picture that a bundle has for its post by its name alone, as Hugo's own templates find it."""
_FEATURED = ("feature", "cover|thumb")
_PHOTO = pattern(r"\.(?:jpe?g|png|webp|avif|gif)$")


def featured(names: Iterable[str]) -> str:
    """Return the name in a bundle that is called like the picture of its post, "" for none."""
    photos = sorted((name for name in names if _PHOTO.search(name.lower())), key=str.lower)
    return next((name for called in _FEATURED for name in photos if re.search(called, name.lower())), "")


def hashed_name(path: str, data: bytes) -> str:
    """Return the name that Docusaurus gives a file of these bytes: webpack's ``[name]-[contenthash].[ext]``."""
    from feeder.media.md4 import md4  # few sites need it

    stem, dot, extension = path.rpartition("/")[2].rpartition(".")
    return _encoded(f"{stem}-{md4(data)}{dot}{extension}")


def _within(name: str) -> str:
    """Return a path below the post's own address, encoded; "" for one that leaves it."""
    path = normpath(name)
    return "" if path.split("/")[0] in {"..", "."} else _encoded(path)


def _encoded(name: str) -> str:
    return quote(normpath(name).replace("\\", "/"), errors="surrogatepass")
