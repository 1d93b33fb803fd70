"""RSS 2.0 as podcast apps want it: Apple's elements, and Podcasting 2.0's. Made where a podcast is configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeder.model import Channel, Entry, Feed


def items(entries: Sequence[Entry], channel: Channel) -> list[bytes]:
    """Return each entry that is an episode as XML in UTF-8; nothing for the others."""
    from feeder.podcasts.show import channel_of
    from feeder.podcasts.xml import DRESS
    from feeder.xmlfeed import rss_items

    made = iter(rss_items([entry for entry in entries if entry.recording], channel_of(channel), DRESS))
    return [next(made) if entry.recording else b"" for entry in entries]


def document(feed: Feed, items: Sequence[bytes], url: str) -> bytes:
    """Return the feed as XML in UTF-8."""
    from feeder.podcasts.show import channel_of
    from feeder.podcasts.xml import DRESS
    from feeder.xmlfeed import rss_document

    return rss_document(feed._replace(channel=channel_of(feed.channel)), items, url, DRESS)


FORMAT = Format(
    name="podcast",
    file_name="podcast.xml",
    media_type="application/rss+xml",
    items=items,
    document=document,
    short=bytes,  # an episode keeps its text: no budget counts here
)
