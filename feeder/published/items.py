"""What a published feed says, whatever its format and whoever made it: the values that are compared and matched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.html.excerpts import pictures_of, text_of
from feeder.records import NamedTuple
from feeder.texts.plaintext import clean, escape, fold, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

MAX_BYTES = 32 * 2**20
"""Length of a feed beyond which it is not read."""
_PICTURE_NAME = re.compile(r"\.(?:avif|gif|jpe?g|png|svg|webp)(?:\?|$)", re.IGNORECASE)


class PublishedItem(NamedTuple):
    """One item as a reader has it: text is plain and on one line, but for ``html``; what it does not say is empty.

    ``id`` is what readers know it by: its own, else its link. ``updated`` is ``published`` where it says nothing else;
    both are aware, or None. ``html`` is as it was published, neither sanitised nor made absolute; an item without text
    has its summary there, and ``summary`` is "" then.
    """

    id: str
    url: str = ""
    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    picture: str = ""
    """The large one; the body's first picture stands in for it."""
    enclosures: tuple[str, ...] = ()
    """URLs of what goes with it, pictures left out."""
    summary: str = ""
    html: str = ""
    picture_found: bool | None = None
    """Whether the feed tells the picture's size, as who found the file can; None where it has no place for it."""
    thumbnail: str = ""
    """The small one, which some readers prefer; JSON Feed has no place for it."""


class PublishedFeed(NamedTuple):
    """A feed and its items, in its own order. ``format`` is "rss", "atom" or "json"; ``own_url`` is where it says it is."""

    format: str
    title: str
    home: str
    own_url: str
    items: tuple[PublishedItem, ...]
    fault: str = ""
    """Why strict readers will not read it, "" when they do."""


class Publication(NamedTuple):
    """What is published: the bytes of feeds, by their paths below the output directory.

    ``whole`` tells a whole output directory, in which a feed that is missing is not published, from a single feed, whose
    path is its own name or URL.
    """

    shown: str
    files: Mapping[str, bytes]
    whole: bool


def settled(item: PublishedItem) -> PublishedItem:
    """Return an item as a format says it, with its fallbacks and in plain text."""
    summary = fold(clean(item.summary))
    html = clean(item.html) or escape(summary)
    title = without_markup(clean(item.title))
    if "<" not in html and text_of(html) == title:
        html = summary = ""  # Atom demands a text, and is given the title where there is none
    return item._replace(
        id=clean(item.id).strip() or clean(item.url).strip(),
        url=clean(item.url).strip(),
        title=title,
        published=item.published or item.updated,
        updated=item.updated or item.published,
        categories=_distinct(item.categories),
        authors=_distinct(item.authors),
        picture=clean(item.picture) or next(pictures_of(html), ""),
        enclosures=_distinct(item.enclosures),
        summary=summary if item.html else "",
        html=html,
    )


def is_picture(url: str, media_type: str) -> bool:
    """Whether an enclosure is a picture: by its media type, and by its name where that says nothing."""
    return media_type.startswith("image/") if "/" in media_type else _PICTURE_NAME.search(url) is not None


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (fold(clean(text)) for text in texts))))
