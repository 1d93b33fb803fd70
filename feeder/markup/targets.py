"""What a body names -> the paths that it may mean: of posts, below their directory; of other files, below the site's sources."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from feeder.texts.postnames import TEXTS, UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMED = (*TEXTS, *UNREAD, ".qmd")
"""What the name of a post ends in that a body names, be it read or not."""
_ROOTS = ("/", "@site/", "~/")
"""What a path begins with that begins at the root of the site."""


def posts_named(path: str, post: str, directory: str) -> Iterator[str]:
    """Yield the stems below the posts directory that a path may mean: beside the ``post``, in the site, among the posts."""
    if not path.startswith(_ROOTS):
        for base in _bases(post):
            beside = normpath(join(base, path))
            if not beside.startswith(".."):
                yield stem_of(beside)
            elif inside := _below(_from_site(path, post, directory), directory):
                yield stem_of(inside)
    if path.startswith("."):
        return
    path = _rootless(path)
    if inside := _below(path, directory):
        yield stem_of(inside)
    elif len(path.split("/")) == 1 or not _is_elsewhere(path, directory):
        yield stem_of(path)


def files_named(path: str, post: str, root: str) -> Iterator[str]:
    """Yield the paths below the site's sources that a path may mean; ``root`` is the posts directory there."""
    full = normpath(join(root, post))
    beside = () if path.startswith(_ROOTS) else tuple(join(base, path) for base in _bases(full))
    for named in (*beside, *(() if path.startswith(".") else (_rootless(path),))):
        found = normpath(named)
        if found != "." and not found.startswith("../") and found != "..":
            yield found


def stem_of(path: str) -> str:
    """Return a path without extension, and without an ``index`` that stands for its directory."""
    path = path.strip("/")
    extension = next(filter(path.lower().endswith, _NAMED), "")
    path = path[: len(path) - len(extension)]
    directory, _, name = path.rpartition("/")
    return (directory if name in {"index", "_index"} else path).casefold()


def _bases(post: str) -> tuple[str, ...]:
    """Return the directories that a relative path may begin at: that of the file, and of the bundle that it is the page of."""
    here = dirname(post)
    return (here, dirname(here)) if post.rpartition("/")[2].startswith("index.") else (here,)


def _rootless(path: str) -> str:
    return path.removeprefix("@site/").removeprefix("~/").strip("/")


def _from_site(path: str, post: str, directory: str) -> str:
    """Return a path below the site's sources, "" when it leaves them."""
    full = normpath(join(directory.strip("/"), dirname(post), path))
    full = full.removeprefix("content/").removeprefix("src/content/")
    return "" if full.startswith("..") else full


def _below(path: str, directory: str) -> str:
    """Return a path of the site as one below the posts directory, "" when it is not there."""
    parts = _parts(directory)
    for at in range(len(parts)):
        tail = "/".join(parts[at:]) + "/"
        if path.startswith(tail):
            return path.removeprefix(tail)
    return ""


def _is_elsewhere(path: str, directory: str) -> bool:
    """Whether a path of the site leads past the posts: they have a directory of their own within its sources."""
    parts = _parts(directory)
    return (
        bool(parts)
        and parts[-1] not in {"content", "src", "source", "docs", "pages"}
        and not path.startswith(parts[-1] + "/")
    )


def _parts(directory: str) -> list[str]:
    return [part for part in directory.split("/") if part not in {"", "."}]
