"""Pictures and enclosures as front matter names them -> references: an absolute URL, and a path to look for on disk."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from feeder import urls
from feeder.fields import FALSE, TRUE, Fields, scalar_text
from feeder.mediatypes import media_type_of
from feeder.model import Items, Node, Reference, Scalar, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

_TARGETS = ("url", "src", "file", "path", "image")
"""The keys by which a table names what it refers to, best first."""
SWITCHES = TRUE | FALSE
"""What a theme takes for a switch and not for a picture, as in ``image: false``."""
_USUAL_TYPES = {"image/jpg": "image/jpeg", "audio/mp3": "audio/mpeg"}
_MAX_LENGTH_DIGITS = 15


class Roots(NamedTuple):
    """What references are relative to: the site's URL, and the absolute paths of the directories that may be looked into."""

    site: str
    posts: str
    assets: tuple[str, ...]


def picture(look: Fields, name: str, post_url: str, roots: Roots) -> Reference | None:
    """Return the first usable picture that the field ``name`` gives; of a list, its first."""
    for node in look.nodes(name):
        for item in _items(node):
            if found := _reference(item, look, post_url, roots):
                return found
    return None


def enclosures(look: Fields, post_url: str, roots: Roots) -> tuple[Reference, ...]:
    """Return all enclosures, each URL once."""
    found: dict[str, Reference] = {}
    for node in look.nodes("enclosures"):
        for item in _items(node):
            if reference := _reference(item, look, post_url, roots):
                found.setdefault(reference.url, reference)
    return tuple(found.values())


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else (node,)


def _reference(node: Node, look: Fields, post_url: str, roots: Roots) -> Reference | None:
    """Return what a URL, or a table of URL, length, type and title, refers to; None, reported, when it cannot be used."""
    values: Mapping[str, Node] = {}
    target: Node | None = node
    if isinstance(node, Table):
        values = {key.text.casefold(): value for key, value in node.pairs}
        target = next((values[name] for name in _TARGETS if name in values), None)
    if not isinstance(target, Scalar):
        look.report("wrong-type", node, f"a table here needs one of {', '.join(_TARGETS)}")
        return None
    text = target.text.strip().replace("\\", "/")
    if not text or text.startswith("#") or text.lower() in SWITCHES:
        return None
    try:
        found = located(text, look.draft.path, post_url, roots)
    except urls.BadUrlError as error:
        look.report("bad-url", target, str(error))
        return None
    if found is None:
        message = "this path leaves the posts directory and site.assets; nothing outside is read or published"
        look.report("outside", target, message)
        return None
    url, local = found
    return Reference(
        url=url,
        local=local,
        mark=target.mark,
        length=_length(values.get("length"), look),
        type=_media_type(scalar_text(values.get("type")), url),
        title=scalar_text(values.get("title")),
    )


def located(text: str, post_path: str, post_url: str, roots: Roots) -> tuple[str, str] | None:
    """Return the URL and the local path of a reference, None when it climbs out of every root.

    Raises `urls.BadUrlError`.
    """
    if urls.scheme(text) or text.startswith("//"):
        return urls.absolute(text, post_url), ""
    path = unquote(urlsplit(text).path)
    if "\0" in path:
        return None
    if path.startswith("/"):
        own = urlsplit(roots.site).path
        local = "/" + path.removeprefix(own).lstrip("/")
        return (urls.site_absolute(text, roots.site), local) if _inside(local.lstrip("/")) else None
    if _inside(join(dirname(post_path), path)):
        return urls.absolute(text, post_url), path
    full = normpath(join(roots.posts, dirname(post_path), path))
    for asset in roots.assets:
        if full.startswith(normpath(asset) + "/"):
            local = full.removeprefix(normpath(asset))
            return urls.site_absolute(quote(local), roots.site), local
    return None


def _inside(path: str) -> bool:
    return normpath(path).split("/")[0] != ".."


def _length(node: Node | None, look: Fields) -> int | None:
    text = scalar_text(node)
    if not text and not isinstance(node, Items | Table):
        return None
    if text.isascii() and text.isdigit() and len(text) <= _MAX_LENGTH_DIGITS:
        return int(text)
    look.report("wrong-type", node, "a length is a number of bytes")
    return None


def _media_type(text: str, url: str) -> str:
    """Return the media type that the author gives, if it is one, else what the URL's extension says, or ""."""
    text = _USUAL_TYPES.get(text.lower(), text.lower())
    return text if re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", text) else media_type_of(url)
