"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Channel, Entry, Feed


def items(entries: Sequence[Entry], channel: Channel) -> list[bytes]:
    """Return each entry as XML in UTF-8."""
    from feeder.xmlfeed import atom_items

    return atom_items(entries, channel)


def document(feed: Feed, items: Sequence[bytes], url: str) -> bytes:
    """Return the feed as XML in UTF-8."""
    from feeder.xmlfeed import atom_document

    return atom_document(feed, items, url)


def short(item: bytes) -> bytes:
    """Return an entry without its text."""
    from feeder.xmlfeed import atom_short

    return atom_short(item)


FORMAT = Format(
    name="atom",
    file_name="atom.xml",
    media_type="application/atom+xml",
    items=items,
    document=document,
    short=short,
)
