"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Entry, Feed


def serialize(feed: Feed, entries: Sequence[Entry], url: str) -> bytes:
    """Return the feed as XML in UTF-8."""
    from feeder.xmlfeed import atom_bytes

    return atom_bytes(feed, entries, url)


FORMAT = Format(name="atom", file_name="atom.xml", media_type="application/atom+xml", serialize=serialize)
