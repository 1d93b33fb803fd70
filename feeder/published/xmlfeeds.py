"""RSS and Atom in bytes -> PublishedFeed: the only module that knows feedparser.

feedparser would sanitise, resolve and, given text, fetch or open what it names. It is given bytes in a stream, and told
to leave them alone: what is compared is what was published.
"""

from __future__ import annotations

import warnings
from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from feeder.html.excerpts import text_of
from feeder.published.items import PublishedFeed, PublishedItem, is_picture, settled
from feeder.texts.plaintext import escape, fold, without_markup

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZES = {"width", "height", "filesize"}
"""Attributes of Media RSS, as feedparser spells them."""


def feed_from_xml(data: bytes) -> PublishedFeed | None:
    """Return the feed that ``data`` is, None when it is none that feedparser can read; one that is not well-formed has a ``fault``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            found = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
        except Exception:  # noqa: BLE001 - it trips over broken declarations, in ways of its own
            return None
    if not found.version and not found.entries:
        return None
    links = [link for link in found.feed.get("links", []) if link.get("href")]
    return PublishedFeed(
        format="atom" if found.version.startswith("atom") else "rss",
        title=without_markup(found.feed.get("title", "")),
        home=found.feed.get("link", ""),
        own_url=next((link["href"] for link in links if link.get("rel") == "self"), ""),
        items=tuple(map(_item, found.entries)),
        fault=_fault(found),
    )


def _fault(found: Any) -> str:
    """Return why the document is not well-formed; that its encoding was declared otherwise harms no reader."""
    error = found.get("bozo_exception")
    return fold(str(error)) if found.bozo and hasattr(error, "getLineNumber") else ""


def _item(entry: Any) -> PublishedItem:
    # `get` of a feedparser dictionary takes one key for another and warns of it; that of `dict` does not.
    given = dict(entry)
    contents = [_html(content) for content in given.get("content", [])]
    summary = _html(given.get("summary_detail", {}))  # HTML in RSS, whatever it was meant to be
    enclosures = [(link.get("href", ""), link.get("type", "")) for link in _links(given, "enclosure")]
    images = [url for url, kind in enclosures if is_picture(url, kind)]
    media = _media(given)
    return settled(
        PublishedItem(
            id=given.get("id", ""),
            url=_link(given),
            title=given.get("title", ""),
            published=_moment(given.get("published_parsed")),
            updated=_moment(given.get("updated_parsed")),
            categories=tuple(tag.get("term") or tag.get("label") or "" for tag in given.get("tags", [])),
            authors=tuple(person.get("name") or person.get("email") or "" for person in given.get("authors", [])),
            picture=next(filter(None, (*(found.get("url", "") for found in media), *images)), ""),
            thumbnail=next((found.get("url", "") for found in given.get("media_thumbnail", [])), ""),
            picture_found=any(_SIZES & set(found) for found in media) if media else None,
            enclosures=tuple(url for url, _ in enclosures if url not in images),
            summary=text_of(summary) if any(contents) else "",
            html=next(filter(None, contents), "") or summary,
        )
    )


def _link(entry: dict[str, Any]) -> str:
    """Return the entry's link: its own, not an id that feedparser takes for one though it leads nowhere."""
    link = str(entry.get("link", ""))
    return "" if entry.get("guidislink") and "://" not in link else link


def _links(entry: dict[str, Any], rel: str) -> Iterator[Any]:
    return (link for link in entry.get("links", []) if link.get("rel") == rel)


def _media(entry: dict[str, Any]) -> list[Any]:
    """Return the pictures of Media RSS, the large ones before the small ones."""
    contents = [
        found
        for found in entry.get("media_content", [])
        if found.get("medium") == "image" or is_picture(found.get("url", ""), found.get("type", ""))
    ]
    return [*contents, *entry.get("media_thumbnail", [])]


def _html(detail: Any) -> str:
    """Return a text construct as HTML."""
    value = str(detail.get("value", ""))
    return escape(value) if detail.get("type") == "text/plain" else value


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None  # a year that the calendar does not have
