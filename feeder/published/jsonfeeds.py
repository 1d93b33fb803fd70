"""JSON Feed 1.0 and 1.1 in bytes -> PublishedFeed.

A number where text is wanted is read as text, as the specification asks of ids; any other wrong type is as good as
nothing: no reader makes more of it.
"""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from feeder.published.items import PublishedFeed, PublishedItem, is_picture, settled
from feeder.texts.dates import BadDateError, parse_date
from feeder.texts.plaintext import escape, without_markup

if TYPE_CHECKING:
    from datetime import datetime


class NoFeedError(ValueError):
    """The bytes are no JSON Feed; the message says why."""


def feed_from_json(data: bytes) -> PublishedFeed:
    """Return the feed that ``data`` is. Raises `NoFeedError`."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        message = f"it is invalid JSON: {error}"
        raise NoFeedError(message) from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        message = "it is JSON, but not a JSON Feed: it has no list of items"
        raise NoFeedError(message)
    return PublishedFeed(
        format="json",
        title=without_markup(_text(document, "title")),
        home=_text(document, "home_page_url"),
        own_url=_text(document, "feed_url"),
        items=tuple(map(_item, _tables(document, "items"))),
    )


def _item(item: dict[str, Any]) -> PublishedItem:
    attachments = [(_text(found, "url"), _text(found, "mime_type")) for found in _tables(item, "attachments")]
    pictures = [url for url, kind in attachments if is_picture(url, kind)]
    sizes = [_text(found, "size_in_bytes") for found in _tables(item, "attachments") if _text(found, "url") in pictures]
    people = _tables(item, "authors") or _tables({"author": [item.get("author")]}, "author")  # 1.1, or 1.0
    return settled(
        PublishedItem(
            id=_text(item, "id"),
            url=_text(item, "url") or _text(item, "external_url"),
            title=_text(item, "title"),
            published=_moment(_text(item, "date_published")),
            updated=_moment(_text(item, "date_modified")),
            categories=tuple(name for name in _list(item, "tags") if isinstance(name, str)),
            authors=tuple(_text(person, "name") for person in people),
            picture=next(filter(None, (_text(item, "image"), _text(item, "banner_image"), *pictures)), ""),
            picture_found=any(sizes) if sizes else None,
            enclosures=tuple(url for url, _ in attachments if url not in pictures),
            summary=_text(item, "summary"),
            html=_text(item, "content_html") or escape(_text(item, "content_text")),
        )
    )


def _moment(text: str) -> datetime | None:
    try:
        return parse_date(text, UTC).astimezone(UTC) if text else None
    except (BadDateError, OverflowError):
        return None  # no reader could read it either


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(table: dict[str, Any], key: str) -> list[Any]:
    value = table.get(key)
    return value if isinstance(value, list) else []


def _tables(table: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return [value for value in _list(table, key) if isinstance(value, dict)]
