"""Entry -> what each reader shows of it: the picture, the author, the link and the date that it picks in RSS and Atom.

What readers do is read from their sources; each chain is in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.html.excerpts import pictures_of
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from feeder.model import Entry


class Pick(NamedTuple):
    """What one reader shows. ``picture`` is a URL, or ""; ``place`` says where it comes from, or why there is none."""

    reader: str
    picture: str
    place: str
    author: str
    link: str
    date: datetime


class Place(NamedTuple):
    """A place where a reader looks for a picture, and what an entry has there."""

    name: str
    picture: Callable[[Entry], str]


def _enclosed(entry: Entry) -> str:
    first = entry.enclosures[:1]  # RSS has one at most
    return next((item.url for item in first if item.type.startswith("image/")), "")


_THUMBNAIL = Place("media:thumbnail", lambda entry: entry.thumbnail.url if entry.thumbnail else "")
_CONTENT = Place("media:content", lambda entry: entry.image.url if entry.image else "")
_ENCLOSURE = Place("enclosure", _enclosed)
_BODY = Place("the text", lambda entry: next(iter(pictures_of(entry.html)), ""))
_READERS: tuple[tuple[str, tuple[Place, ...], str], ...] = (
    ("Miniflux", (_THUMBNAIL, _ENCLOSURE, _CONTENT), "there is none"),
    ("NetNewsWire", (_BODY,), "it ignores Media RSS, and the text has no picture"),
    ("FreshRSS", (_THUMBNAIL, _ENCLOSURE, _BODY), "there is none"),
    ("Thunderbird", (_BODY,), "it lists media:content as an attachment, and the text has no picture"),
)
"""A reader, the places where it looks for a picture, in its order, and what it is when all are empty."""


def picks(entry: Entry) -> Iterable[Pick]:
    """Yield what each reader shows of an entry.

    All of them take the link for what it is, since the id is declared to be no permalink, the author's name, since an
    address stands beside it at most, and the date of publication before that of an update.
    """
    post = entry.post
    for reader, places, none in _READERS:
        place = next((place for place in places if place.picture(entry)), None)
        yield Pick(
            reader=reader,
            picture=place.picture(entry) if place else "",
            place=place.name if place else none,
            author=", ".join(author.name for author in post.authors),
            link=post.url,
            date=post.published,
        )
