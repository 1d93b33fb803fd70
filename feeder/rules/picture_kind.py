"""A picture of a kind that readers do not show, or one in a body that nobody can."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.model import Reference
    from feeder.subjects import Reading

CODE = Code(
    name="picture-kind",
    severity=Severity.WARNING,
    meaning="A post's picture that is not JPEG, PNG, GIF, WebP or AVIF, or a picture in its body that is none of these and not SVG.",
    why="Readers and mail clients refuse SVG, because it can run scripts, and cannot show TIFF, BMP, ICO or HEIC.",
    mend="Save the picture as JPEG, PNG or WebP.",
    example="image: logo.svg\n--\nimage: logo.png",
)
SHOWN = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
_DRAWN = frozenset({"image/svg+xml"})


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each picture that the front matter names, or the body shows, and that is of another kind."""
    yield from _named(reading)
    yield from _shown(reading)


def _named(reading: Reading) -> Iterator[Problem]:
    pairs = [(reading.post.image, reading.entry.image)]
    if reading.post.thumbnail != reading.post.image:
        pairs.append((reading.post.thumbnail, reading.entry.thumbnail))
    for named, picture in pairs:
        if named and picture and picture.type not in SHOWN and not _is_told(named, reading):
            yield problem(reading.post.shown, named.mark, CODE, _message(picture.type), named.local or named.url)


def _is_told(named: Reference, reading: Reading) -> bool:
    """Whether a picture is a file that is not there, or cannot be read, which is told as that."""
    if not named.local:
        return False
    sight = reading.library.see(named.local, reading.post.path, as_picture=True)
    return bool(sight.fault) or (sight.missing and not sight.there)


def _shown(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for each file that the body shows and readers do not, or nobody can; that of the entry was looked at.

    A drawing in SVG is no fault there: many readers show it within a text, and it has no other form.
    """
    picture = reading.entry.image
    for link in reading.body.links:
        url = reading.url_of(link) if link.alt is not None else ""
        sight = reading.library.see(_local(link.target, reading), reading.post.path, as_picture=True) if url else None
        if sight is None or not sight.there:
            continue
        mark = reading.body.mark(link.offset)
        if sight.fault and not (picture and url == picture.url):
            message = f"{sight.local.lstrip('/')}: {sight.fault}"
            yield problem(reading.post.shown, mark, "picture-unreadable", message)
        elif not (sight.fault or (sight.renamed and not sight.copy) or sight.facts.type in SHOWN | _DRAWN):
            yield problem(reading.post.shown, mark, CODE, _message(sight.facts.type), link.target)


def _local(target: str, reading: Reading) -> str:
    """Return the path of a file that a body shows, from the site's root where it begins so."""
    parts = urlsplit(target)
    path = unquote(parts.path)
    if parts.netloc or path.startswith("/"):
        return "/" + path.removeprefix(urlsplit(reading.settings.site.url).path).lstrip("/")
    return path


def _message(kind: str) -> str:
    return f"readers do not show {kind or 'this kind of picture'}"


RULE: Rule[Reading] = Rule(code=CODE, check=check)
