"""Pictures and enclosures as front matter names them -> references: an absolute URL, and a path to look for on disk."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from feeder.fields.lookup import FALSE, TRUE, Fields, scalar_text
from feeder.media.whereabouts import BUNDLED
from feeder.model import Reference
from feeder.nodes import Items, Node, Scalar, Table, each
from feeder.patterns import pattern
from feeder.records import NamedTuple
from feeder.texts import urls
from feeder.texts.fieldnames import folded_key
from feeder.texts.mediatypes import PLAYED, media_type_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_TARGETS = ("url", "src", "file", "path", "image", "href", "mp3")
"""The keys by which a table names what it refers to, best first."""
SWITCHES = TRUE | FALSE | {"undefined", "none"}
"""What a theme takes for a switch and not for a picture, as in ``image: false``; and what a program writes for none."""
_USUAL_RECORDING = "audio/mpeg"
"""What is behind an address without an extension, as most hosts of podcasts have them."""
_USUAL_TYPES = {"image/jpg": "image/jpeg", "audio/mp3": "audio/mpeg"}
_ABOUT = frozenset({"focalpoint", "placement", "previewonly"})
"""Keys of a table about a picture that a theme finds by its name, beside the post."""
_LENGTHS = ("length", "bytes", "size")
_MAX_LENGTH_DIGITS = 15
_THOUSANDS = pattern(r"\d{1,3}(?:([,._' ])\d{3})(?:\1\d{3})+")
"""In two groups or more, since ``12.345`` may be megabytes."""
_MARK = pattern(r"\s*(?:\{\{-?\s*([\w.]+)\s*-?\}\}|\{(\w+)\}|\|(\w+)\|)")
_OF_THE_SOURCE = (".", "@", "~", "src/")
"""What a path begins with that a bundler resolves, and replaces by one of its own."""
_LONGEST_URL = 2_000


def is_file_name(text: str) -> bool:
    """Whether a text may name a file or be an address, and is not just a word."""
    return any(sign in text for sign in "./:")


class Roots(NamedTuple):
    """What references are relative to: the site's URL, and the absolute paths of the directories that may be looked into."""

    site: str
    posts: str
    assets: tuple[str, ...]
    beside: str = "neighbour"
    """How files are kept with posts: a name of `feeder.media.whereabouts.BESIDE`."""
    marks: tuple[str, ...] = ()
    """Those of the dialect."""


def references(fields: Fields, name: str, post_url: str, roots: Roots) -> tuple[tuple[Node, Reference], ...]:
    """Return each node of the field ``name`` with the file that it refers to; some write what they have in place of a file."""
    named = (item for node in fields.nodes(name) for item in each(node) if _names_a_file(item))
    found = ((item, _reference(item, fields, post_url, roots)) for item in named)
    return tuple((item, reference) for item, reference in found if reference)


def _names_a_file(node: Node) -> bool:
    if isinstance(node, Table):
        return any(key.text.casefold() in _TARGETS for key, _ in node.pairs)
    return isinstance(node, Scalar) and "\n" not in node.text.strip() and len(node.text) <= _LONGEST_URL


def _is_played(node: Node) -> bool:
    return media_type_of(node.text).startswith(PLAYED) if isinstance(node, Scalar) else _names_a_file(node)


def picture(fields: Fields, name: str, post_url: str, roots: Roots) -> Reference | None:
    """Return the first usable picture that the field ``name`` gives; of a list, its first."""
    fields.nodes(name)  # which notes where they are
    for key, node in fields.all_pairs(name):
        for item in each(node):
            if isinstance(item, Table) and not _target(item) and (key != name or _is_about(item)):
                continue  # what a theme calls a banner or a hero may be anything
            if found := _reference(item, fields, post_url, roots):
                return found
    return None


def _is_about(table: Table) -> bool:
    return any(folded_key(key.text) in _ABOUT for key, _ in table.pairs)


def enclosures(fields: Fields, post_url: str, roots: Roots, media: str = "") -> tuple[Reference, ...]:
    """Return all enclosures, each URL once, a podcast's recording first.

    A relative path of a recording is one below ``media``, a URL, where that is given.
    """
    found: dict[str, Reference] = {}
    for name in ("recording", "file", "enclosures"):
        for node in fields.nodes(name):
            for item in each(node):
                if name == "file" and not _is_played(item):
                    continue  # a word that many use
                if name == "enclosures" and isinstance(item, Scalar) and not is_file_name(item.text):
                    continue  # what a host calls a film, in most cases
                if reference := _reference(item, fields, post_url, roots, media if name == "recording" else ""):
                    if name == "recording" and not reference.type:
                        reference = reference._replace(type=_USUAL_RECORDING)
                    if name != "file" or reference.type.startswith(PLAYED):
                        known = found.get(reference.url, reference)
                        found[reference.url] = known._replace(
                            length=reference.length if known.length is None else known.length,
                            duration=known.duration or reference.duration,
                        )
    first = next((url for url in found if found[url].type.startswith(PLAYED)), "")
    if first:
        found[first] = _completed(found[first], fields)
    return tuple(found.values())


def _completed(reference: Reference, fields: Fields) -> Reference:
    """Return the recording of a post with what other keys say of it."""
    length, kind = fields.node("media_length"), fields.node("media_type")
    reference = reference._replace(duration=reference.duration or scalar_text(fields.node("duration")))
    if reference.length is None and length is not None:
        reference = reference._replace(length=_digits(scalar_text(length)))
        if reference.length is None:
            fields.report("episode-value", length, "the length of a recording must be a number of bytes")
    if kind is not None:
        reference = reference._replace(type=_media_type(scalar_text(kind), reference.url) or reference.type)
    return reference


def _target(table: Table) -> Node | None:
    """Return what a table refers to: by a key that says so, else the first picture in it, as by ``light`` and ``dark``."""
    values = {key.text.casefold(): value for key, value in table.pairs}
    said = next((values[name] for name in _TARGETS if name in values), None)
    return said or next(
        (value for value in values.values() if media_type_of(scalar_text(value)).startswith("image/")), None
    )


def _reference(node: Node, fields: Fields, post_url: str, roots: Roots, media: str = "") -> Reference | None:
    """Return what a URL, or a table of URL, length, type and title, refers to; None, reported, when it cannot be used."""
    values: Mapping[str, Node] = {}
    target: Node | None = node
    if isinstance(node, Table):
        values = {key.text.casefold(): value for key, value in node.pairs}
        target = _target(node)
    if not isinstance(target, Scalar):
        fields.report("wrong-type", node, f"a table here needs one of {', '.join(_TARGETS)}")
        return None
    said, length, kind = _on_lines(target.text)
    text = unmarked(said, roots.marks).strip().replace("\\", "/")
    if not text or text.startswith("#") or text.lower() in SWITCHES:
        return None
    if media and not (urls.scheme(text) or text.startswith("/")):
        text = media + text
    try:
        found = located(text, fields.draft.path, post_url, roots)
    except urls.BadUrlError as error:
        fields.report("bad-url", target, str(error))
        return None
    if found is RENAMED:
        message = "the site renames this picture when it is built, so there is no URL to publish"
        fields.report("picture-renamed", target, message)
        return None
    if found is None:
        message = "this path leads out of the posts directory and site.assets; nothing outside is read or published"
        fields.report("outside", target, message)
        return None
    url, local = found
    size = next((values[name] for name in _LENGTHS if name in values), None)
    return Reference(
        url=url,
        local=local,
        mark=target.mark,
        length=_length(size, fields) if size else _digits(length),
        type=_media_type(scalar_text(values.get("type")) or kind, url),
        title=scalar_text(values.get("title")),
        duration=scalar_text(values.get("duration")),
    )


def _on_lines(text: str) -> tuple[str, str, str]:
    """Return a URL, a length and a type: what is exported of WordPress has them on lines of one text."""
    if "\n" not in text.strip():
        return text, "", ""
    url, length, kind, *_ = (*(line.strip() for line in text.splitlines() if line.strip(" |>")), "", "", "")
    return url, length, kind


RENAMED = ("", "")
"""What `located` returns for a file that the site gives a name of its own."""


def unmarked(text: str, marks: tuple[str, ...]) -> str:
    """Return a path without the marks of the site's root that stand before it."""
    while marks and (match := _MARK.match(text)) and match[match.lastindex or 0] in marks:
        text = text[match.end() :]
    return text


def located(text: str, post_path: str, post_url: str, roots: Roots) -> tuple[str, str] | None:
    """Return the URL and the local path of a reference, None when it climbs out of every root.

    It is `RENAMED` where the URL is nobody's to know. Raises `urls.BadUrlError`.
    """
    if urls.scheme(text) or text.startswith("//"):
        return urls.absolute(text, post_url), ""
    path = unquote(urlsplit(text).path)
    if roots.beside in BUNDLED and path.startswith(_OF_THE_SOURCE):
        known = roots.beside == "hashed" and path.startswith("./") and _inside(join(dirname(post_path), path))
        return (urls.absolute(text, post_url), path) if known else _in_static(path, post_path, roots) or RENAMED
    if roots.beside in _OF_THE_SITE and not path.startswith(("/", ".")):
        text, path = f"/{text}", f"/{path}"
    if path.startswith("/") or "\0" in path:
        return _at_root(path, text, roots, post_url)
    if _inside(join(dirname(post_path), path)):
        return urls.absolute(text, post_url), path
    if roots.beside == "bundle":
        return _at_page(text, post_url, roots.site)
    return _in_assets(normpath(join(roots.posts, dirname(post_path), path)), roots)


def _in_static(path: str, post_path: str, roots: Roots) -> tuple[str, str] | None:
    """Return the URL and the local path of what is in the directories that Docusaurus copies as they are, None for the rest."""
    if roots.beside != "hashed":
        return None
    named = (f"@site/{asset.rstrip('/').rpartition('/')[2]}/" for asset in roots.assets)
    for alias, asset in zip(named, roots.assets, strict=True):
        if path.startswith(alias):
            return _in_assets(normpath(join(asset, path.removeprefix(alias))), roots)
    return _in_assets(normpath(join(roots.posts, dirname(post_path), path)), roots) if path.startswith("../") else None


def _in_assets(full: str, roots: Roots) -> tuple[str, str] | None:
    for asset in roots.assets:
        if full.startswith(normpath(asset) + "/"):
            local = full.removeprefix(normpath(asset))
            return urls.site_absolute(quote(local), roots.site), local
    return None


def _at_root(path: str, text: str, roots: Roots, post_url: str) -> tuple[str, str] | None:
    local = "/" + path.removeprefix(urlsplit(roots.site).path).lstrip("/")
    if not _may_be(local):
        return None
    url, own = urls.site_absolute(text, roots.site), urls.own_address(post_url)
    if roots.beside == "bundle" and url.startswith(own):  # a part of the post, by its address
        local = _path(url.removeprefix(own))
    return (url, local) if _may_be(local) else None


def _at_page(text: str, post_url: str, site: str) -> tuple[str, str] | None:
    """Return what is no part of a post and is found where a browser would look: by the address of its page."""
    url = urls.absolute(text, post_url)
    local = f"/{_path(url.removeprefix(site))}" if url.startswith(site) else ""
    return (url, local) if _may_be(local) else None


def _path(url: str) -> str:
    return unquote(urls.bare(url))


def _may_be(local: str) -> bool:
    return _inside(local.lstrip("/")) and "\0" not in local


_OF_THE_SITE = BUNDLED | {"nowhere"}
"""Where nothing beside a post is served by its name, a path is one below the site's root."""


def _inside(path: str) -> bool:
    return normpath(path).split("/")[0] != ".."


def _length(node: Node | None, fields: Fields) -> int | None:
    text = scalar_text(node)
    if not text and not isinstance(node, Items | Table):
        return None
    length = _digits(text)
    if length is None:
        fields.report("wrong-type", node, "a length must be a number of bytes")
    return length


def _digits(text: str) -> int | None:
    """Return a number of bytes, whose thousands some set apart."""
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"\D", "", text)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MAX_LENGTH_DIGITS else None


def _media_type(text: str, url: str) -> str:
    """Return the media type that the author gives, if it is one, else what the URL's extension says, or ""."""
    text = _USUAL_TYPES.get(text.lower(), text.lower())
    return text if re.fullmatch(r"[a-z]+/[a-z0-9][a-z0-9.+-]*", text) else media_type_of(url)
