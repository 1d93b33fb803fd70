"""RSS 2.0, with the RSS Advisory Board's profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Entry, Feed


def serialize(feed: Feed, entries: Sequence[Entry], url: str) -> bytes:
    """Return the feed as XML in UTF-8."""
    from feeder.xmlfeed import rss_bytes

    return rss_bytes(feed, entries, url)


FORMAT = Format(name="rss", file_name="rss.xml", media_type="application/rss+xml", serialize=serialize)
