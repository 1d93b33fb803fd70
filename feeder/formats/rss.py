"""RSS 2.0, with the RSS Advisory Board's profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Channel, Entry, Feed


def items(entries: Sequence[Entry], channel: Channel) -> list[bytes]:
    """Return each entry as XML in UTF-8."""
    from feeder.xmlfeed import rss_items

    return rss_items(entries, channel)


def document(feed: Feed, items: Sequence[bytes], url: str) -> bytes:
    """Return the feed as XML in UTF-8."""
    from feeder.xmlfeed import rss_document

    return rss_document(feed, items, url)


def short(item: bytes) -> bytes:
    """Return an item without its text."""
    from feeder.xmlfeed import rss_short

    return rss_short(item)


FORMAT = Format(
    name="rss",
    file_name="rss.xml",
    media_type="application/rss+xml",
    items=items,
    document=document,
    short=short,
)
