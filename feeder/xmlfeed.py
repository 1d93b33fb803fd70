"""Feed and entries -> RSS 2.0 and Atom 1.0. With `feeder.xmlextensions`, the only module that knows feedgen.

feedgen builds the documents, and `feeder.xmlextensions` puts right what it cannot say. Each work-around has a test
named after it in ``tests/test_xmlfeed.py``. An item is the same in every feed, so it is built once, kept
as bytes, and put into the document of each feed that has it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from feeder.archives import links
from feeder.model import Author, Feed
from feeder.texts.dates import format_rfc3339
from feeder.texts.mailboxes import name_apart
from feeder.texts.plaintext import escape
from feeder.texts.urls import atom_id
from feeder.xmlextensions import ATOM, CONTENT, DC, MEDIA, Dress, new_generator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feedgen.entry import FeedEntry
    from feedgen.feed import FeedGenerator

    from feeder.model import Card, Category, Channel, Entry

RSS = Dress({"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA})
_ATOM = Dress({"media": MEDIA})
_MINUTES_OF_OFFSETS = 2 * 14 * 60
_UPDATED = b"<updated>%s</updated>"


def rss_items(entries: Sequence[Entry], channel: Channel, dress: Dress = RSS) -> list[bytes]:
    """Return each entry as an RSS ``item``, as it stands in any feed of ``channel``."""
    generator = _generator(_no_feed(channel), channel.base, "application/rss+xml", dress)
    for entry in entries:
        _add_entry(generator, entry, channel)
    return _cut(generator.rss_str(pretty=True), "    ", "item")


def atom_items(entries: Sequence[Entry], channel: Channel) -> list[bytes]:
    """Return each entry as an Atom ``entry``, as it stands in any feed of ``channel``."""
    generator = _generator(_no_feed(channel), channel.base, "application/atom+xml", _ATOM)
    for entry in map(_for_atom, entries):
        item = _add_entry(generator, entry, channel)
        item.updated(entry.post.updated)
        item.author([_person(author.name, author.email, author.url) for author in entry.post.authors])
    return _cut(generator.atom_str(pretty=True), "  ", "entry")


def _for_atom(entry: Entry) -> Entry:
    """Return an entry with the id that it has in Atom: feedgen has one for all formats."""
    identity = atom_id(entry.post.id, entry.post.url)
    return entry if identity == entry.post.id else entry._replace(post=entry.post._replace(id=identity))


def rss_short(item: bytes) -> bytes:
    """Return an RSS ``item`` without its text, as one has it that was made of a summary only."""
    return _without(item, b"content:encoded", b"<description>")


def atom_short(item: bytes) -> bytes:
    """Return an Atom ``entry`` without its text, as one has it that was made of a summary only."""
    return _without(item, b"content", b"<summary ")


def rss_document(feed: Feed, items: Sequence[bytes], url: str, dress: Dress = RSS) -> bytes:
    """Return the feed of these items as RSS 2.0 in UTF-8; ``url`` is its own address."""
    frame: bytes = _generator(feed, url, "application/rss+xml", dress).rss_str(pretty=True)
    return _filled(frame, b"  </channel>\n</rss>\n", items)


def atom_document(feed: Feed, items: Sequence[bytes], url: str) -> bytes:
    """Return the feed of these entries as Atom 1.0 in UTF-8; ``url`` is its own address."""
    frame: bytes = _generator(feed, url, "application/atom+xml", _ATOM).atom_str(pretty=True)
    return _filled(frame, b"</feed>\n", list(_distinct(feed.posts, items)))


def _no_feed(channel: Channel) -> Feed:
    """Return an empty feed, whose document holds items until they are cut out of it."""
    return Feed(
        id=channel.base, directory="", title=channel.title, home=channel.link,
        updated=datetime(2000, 1, 1, tzinfo=UTC), posts=(), channel=channel,
    )  # fmt: skip


def _cut(document: bytes, indent: str, name: str) -> list[bytes]:
    """Return the elements of a name out of a document; in text and attributes, ``<`` is always escaped."""
    opening, closing = f"{indent}<{name}>\n".encode(), f"{indent}</{name}>\n".encode()
    opening_with_language = f"{indent}<{name} ".encode()
    found: list[bytes] = []
    start = min((at for tag in (opening, opening_with_language) if (at := document.find(tag)) >= 0), default=-1)
    while start >= 0 and document.startswith((opening, opening_with_language), start):
        end = document.index(closing, start) + len(closing)
        found.append(document[start:end])
        start = end
    return found


def _without(item: bytes, name: bytes, summary: bytes) -> bytes:
    """Return an item without the element that has its text; one that has no summary keeps it."""
    start, closing = item.find(b"<" + name), b"</" + name + b">\n"
    if start < 0 or summary not in item:
        return item
    return item[: item.rindex(b"\n", 0, start) + 1] + item[item.index(closing, start) + len(closing) :]


def _filled(frame: bytes, end: bytes, items: Sequence[bytes]) -> bytes:
    """Return a document without items with these put before its end."""
    if not frame.endswith(end):
        message = f"feedgen ends a document otherwise than with {end!r}"
        raise AssertionError(message)
    return b"".join([frame[: -len(end)], *items, end])


def _generator(feed: Feed, url: str, media_type: str, dress: Dress) -> FeedGenerator:
    channel = feed.channel
    generator = new_generator(feed, dress, [(rel, href, media_type) for rel, href in links(feed, url)])
    generator.id(feed.id)
    generator.title(feed.title)
    generator.description(channel.description)
    generator.updated(feed.updated)
    generator.language(channel.language)
    generator.generator(channel.generator, channel.generator_version or None)
    # RSS takes its link from the last one added.
    for link in _feed_links(channel, url, media_type):
        generator.link(**link)
    generator.link(href=feed.home, rel="alternate", type="text/html")
    # Atom wants an author of every entry that has none of its own (RFC 4287 section 4.1.1).
    for author in channel.authors or (Author(name=name_apart(channel.title)[0]),):
        generator.author(_person(author.name, author.email, author.url))
    if channel.categories:
        generator.category([{"term": name, "label": name} for name in channel.categories])
    if channel.copyright:
        generator.rights(channel.copyright)
    if channel.icon:
        generator.icon(channel.icon)
    if channel.logo:
        generator.logo(channel.logo)
    generator.image(None)
    if channel.ttl:
        generator.ttl(channel.ttl)
    if channel.managing_editor:
        generator.managingEditor(channel.managing_editor)
    return generator


def _feed_links(channel: Channel, url: str, media_type: str) -> Iterator[dict[str, str]]:
    for hub in channel.hubs:
        yield {"href": hub, "rel": "hub"}
    yield {"href": url, "rel": "self", "type": media_type}


def _add_entry(generator: FeedGenerator, entry: Entry, channel: Channel) -> FeedEntry:
    """Add and return what an entry has in either format."""
    post = entry.post
    item: FeedEntry = generator.add_entry(order="append")
    item.feeder.entry, item.feeder.channel = entry, channel
    item.guid(post.id, permalink=False)  # and the id of Atom
    item.title(post.title)
    item.link(href=post.url, rel="alternate", type="text/html")
    if entry.html:
        item.content(entry.html, type="html")
    if entry.summary:
        item.summary(escape(entry.summary), type="html")  # RSS reads its description as HTML whatever we say
    if entry.categories:
        item.category([_category(category, channel) for category in entry.categories])
    if post.comments:
        item.comments(post.comments)
    return item


def _person(name: str, email: str, uri: str) -> dict[str, str]:
    return {key: value for key, value in (("name", name), ("email", email), ("uri", uri)) if value}


def _category(category: Category, channel: Channel) -> dict[str, str]:
    scheme = channel.tag_scheme if category.kind == "tag" else channel.category_scheme
    return {"term": category.name, "label": category.name, "scheme": scheme}


def _distinct(posts: Sequence[Card], items: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the entries, no two with an update that is spelled alike.

    Posts of one day often have one instant; the feed validator takes that for a clock's fault [DuplicateUpdated].
    The instant stays exact: a second entry of the same instant writes it with another offset.
    """
    seen: set[str] = set()
    for post, item in zip(posts, items, strict=True):
        own = text = format_rfc3339(post.updated)
        for minutes in range(1, _MINUTES_OF_OFFSETS):
            if text not in seen:
                break
            text = format_rfc3339(_in_offset(post.updated, minutes))
        seen.add(text)
        # The entry's own element is the first: in its text and attributes, "<" is always escaped.
        yield item if text == own else item.replace(_UPDATED % own.encode(), _UPDATED % text.encode(), 1)


def _in_offset(moment: datetime, minutes: int) -> datetime:
    shifted = ((moment.utcoffset() or timedelta()) // timedelta(minutes=1) + minutes + 840) % _MINUTES_OF_OFFSETS - 840
    try:
        return moment.astimezone(timezone(timedelta(minutes=shifted)))
    except OverflowError:  # the first or last day that there is
        return moment
