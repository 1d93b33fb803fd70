"""Bytes -> PublishedFeed, for RSS, Atom and JSON Feed by any generator. Nothing is fetched, nothing written."""

from __future__ import annotations

import re

from feeder.problems import ConfigurationError
from feeder.published.items import MAX_BYTES, PublishedFeed
from feeder.texts.plaintext import clean, shorten

_PAGE = re.compile(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+)?html\b", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"application/(?:rss|atom|feed)\+(?:xml|json)", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_LINKS, _LONGEST_LINK = 5, 200


def read_feed(data: bytes, shown: str) -> PublishedFeed:
    """Return the feed that ``data`` is. Raises `ConfigurationError`, naming it as ``shown``, when it is none."""
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if len(data) > MAX_BYTES:
        why = f"it has {len(data)} bytes, and feeder reads feeds up to {MAX_BYTES}"
    elif not text:
        why = "it is empty"
    elif _PAGE.match(text[:10_000]):
        why = f"it is a web page{_feeds_named(text[:200_000])}"
    elif text.startswith((b"{", b"[")):
        from feeder.published.jsonfeeds import NoFeedError, feed_from_json

        try:
            return feed_from_json(text)
        except NoFeedError as error:
            why = str(error)
    elif not text.startswith((b"<", *_UTF_16)):
        why = "it is neither XML nor JSON"
    else:
        from feeder.published.xmlfeeds import feed_from_xml  # feedparser takes as long to load as a small build

        if feed := feed_from_xml(data):
            return feed
        why = "it is XML, but neither RSS nor Atom"
    message = f"{shown} is not a feed that feeder can read: {why}"
    raise ConfigurationError(message)


def _feeds_named(page: bytes) -> str:
    links = (tag for tag in _LINK.findall(page) if _FEED_TYPE.search(tag))
    named = [
        shorten(clean(found[1].decode("utf-8", "replace")), _LONGEST_LINK)
        for tag in links
        if (found := _HREF.search(tag))
    ]
    return f", which links to these feeds: {', '.join(named[:_MOST_LINKS])}" if named else ""
