"""Feeds -> one record that can be compared, whatever the format and whoever reads it: lxml, json or feedparser.

No line of feeder is used here: what is read is what a stranger would read.
"""

from __future__ import annotations

import html
import json
import warnings
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime  # noqa: TID251 - reads what feeder wrote, and must not be feeder
from typing import TYPE_CHECKING, Any

from lxml import etree

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder import Build

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadEntry:
    """One entry as a reader has it; dates in UTC, text as a person sees it."""

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    categories: tuple[str, ...]
    authors: tuple[str, ...]
    enclosures: tuple[tuple[str, str, int], ...]
    """URL, media type, length of each; the pictures that JSON Feed repeats among its attachments left out."""
    image: str
    comments: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFeed:
    """A feed as a reader has it."""

    title: str
    home: str
    own_url: str
    description: str
    language: str
    hubs: tuple[str, ...]
    entries: tuple[ReadEntry, ...]


def data_of(build: Build, path: str) -> bytes:
    """Return the bytes of the artifact at ``path``."""
    return next(artifact.data for artifact in build.artifacts if artifact.path == path)


def read_all(build: Build, directory: str = "") -> dict[str, ReadFeed]:
    """Return the three feeds in a directory, each by each of its readers; the key names format and reader."""
    return {
        f"{name} by {reader.__name__}": reader(data_of(build, directory + path))
        for name, path, readers in READERS
        for reader in readers
    }


def tree(data: bytes) -> Any:
    """Return the root of an XML document; lxml is told to mend nothing."""
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=True, no_network=True))


def items(data: bytes) -> list[Any]:
    """Return the ``item`` or ``entry`` elements of a feed."""
    root = tree(data)
    return list(root.iterfind("channel/item")) or list(root.iterfind(f"{ATOM}entry"))


def names(element: Any) -> list[str]:
    """Return the names of an element's children, in their order."""
    return [child.tag for child in element if isinstance(child.tag, str)]


def rss(data: bytes) -> ReadFeed:
    """Return what RSS says, element by element."""
    channel = tree(data).find("channel")
    links = channel.findall(f"{ATOM}link")
    return ReadFeed(
        title=_text(channel, "title"),
        home=_text(channel, "link"),
        own_url=next(link.get("href") for link in links if link.get("rel") == "self"),
        description=_text(channel, "description"),
        language=_text(channel, "language"),
        hubs=tuple(link.get("href") for link in links if link.get("rel") == "hub"),
        entries=tuple(map(_rss_entry, channel.iterfind("item"))),
    )


def _rss_entry(item: Any) -> ReadEntry:
    published = parsedate_to_datetime(_text(item, "pubDate")).astimezone(UTC)
    updated = _text(item, f"{ATOM}updated")
    return ReadEntry(
        id=_text(item, "guid"),
        url=_text(item, "link"),
        title=_text(item, "title"),
        published=published,
        updated=_moment(updated) if updated else published,
        summary=html.unescape(_text(item, "description")),
        html=_text(item, f"{CONTENT}encoded"),
        categories=_texts(item, "category"),
        authors=_texts(item, f"{DC}creator"),
        enclosures=tuple(
            (found.get("url"), found.get("type"), int(found.get("length"))) for found in item.iterfind("enclosure")
        ),
        image=_attribute(item, f"{MEDIA}content", "url"),
        comments=_text(item, "comments"),
    )


def atom(data: bytes) -> ReadFeed:
    """Return what Atom says, element by element."""
    root = tree(data)
    links = root.findall(f"{ATOM}link")
    return ReadFeed(
        title=_text_construct(root.find(f"{ATOM}title")),
        home=_link(links, "alternate"),
        own_url=_link(links, "self"),
        description=_text_construct(root.find(f"{ATOM}subtitle")),
        language=root.get(LANG, ""),
        hubs=tuple(link.get("href") for link in links if link.get("rel") == "hub"),
        entries=tuple(map(_atom_entry, root.iterfind(f"{ATOM}entry"))),
    )


def _atom_entry(entry: Any) -> ReadEntry:
    links = entry.findall(f"{ATOM}link")
    return ReadEntry(
        id=_text(entry, f"{ATOM}id"),
        url=_link(links, "alternate"),
        title=_text_construct(entry.find(f"{ATOM}title")),
        published=_moment(_text(entry, f"{ATOM}published")),
        updated=_moment(_text(entry, f"{ATOM}updated")),
        summary=_text_construct(entry.find(f"{ATOM}summary")),
        html=_text(entry, f"{ATOM}content"),
        categories=tuple(found.get("term") for found in entry.iterfind(f"{ATOM}category")),
        authors=_texts(entry, f"{ATOM}author/{ATOM}name"),
        enclosures=tuple(
            (link.get("href"), link.get("type"), int(link.get("length")))
            for link in links
            if link.get("rel") == "enclosure"
        ),
        image=_attribute(entry, f"{MEDIA}content", "url"),
        comments=_link(links, "replies"),
    )


def json_feed(data: bytes) -> ReadFeed:
    """Return what JSON Feed says."""
    document = json.loads(data)
    return ReadFeed(
        title=document["title"],
        home=document["home_page_url"],
        own_url=document["feed_url"],
        description=document.get("description", ""),
        language=document.get("language", ""),
        hubs=tuple(hub["url"] for hub in document.get("hubs", [])),
        entries=tuple(map(_json_entry, document["items"])),
    )


def _json_entry(item: Mapping[str, Any]) -> ReadEntry:
    attachments = [attachment for attachment in item.get("attachments", []) if attachment["url"] != item.get("image")]
    return ReadEntry(
        id=item["id"],
        url=item["url"],
        title=item["title"],
        published=_moment(item["date_published"]),
        updated=_moment(item["date_modified"]),
        summary=item.get("summary", ""),
        html=item.get("content_html", ""),
        categories=tuple(item.get("tags", [])),
        authors=tuple(author["name"] for author in item.get("authors", [])),
        enclosures=tuple((found["url"], found["mime_type"], found.get("size_in_bytes", 0)) for found in attachments),
        image=item.get("image", ""),
        comments="",
    )


def feedparser_feed(data: bytes) -> ReadFeed:
    """Return what feedparser makes of RSS or Atom, as an application has it that changes none of its settings."""
    found = feedparser.parse(data)
    assert not found.bozo, found.bozo_exception
    feed = found.feed
    return ReadFeed(
        title=feed.title,
        home=feed.link,
        own_url=next(link.href for link in feed.links if link.rel == "self"),
        description=feed.get("subtitle", ""),
        language=feed.get("language", ""),
        hubs=tuple(link.href for link in feed.links if link.rel == "hub"),
        entries=tuple(map(_feedparser_entry, found.entries)),
    )


def _feedparser_entry(entry: Any) -> ReadEntry:
    published = datetime.fromtimestamp(timegm(entry.published_parsed), UTC)
    markup = entry.summary_detail.type == "text/html" if "summary_detail" in entry else False
    contents = entry.get("content", [])
    pictures = entry.get("media_content", [])
    return ReadEntry(
        id=entry.id,
        url=entry.link,
        title=entry.title,
        published=published,
        updated=datetime.fromtimestamp(timegm(entry.updated_parsed), UTC) if "updated_parsed" in entry else published,
        summary=html.unescape(entry.summary) if markup else entry.get("summary", ""),
        html=contents[0].value if contents else "",
        categories=tuple(tag.term for tag in entry.get("tags", [])),
        authors=tuple(author.name for author in entry.get("authors", []) if author.get("name")),
        enclosures=tuple((found.href, found.type, int(found.length)) for found in entry.get("enclosures", [])),
        image=pictures[0]["url"] if pictures else "",
        comments=entry.get("comments", "") or next((link.href for link in entry.links if link.rel == "replies"), ""),
    )


READERS: tuple[tuple[str, str, tuple[Callable[[bytes], ReadFeed], ...]], ...] = (
    ("RSS", "rss.xml", (rss, feedparser_feed)),
    ("Atom", "atom.xml", (atom, feedparser_feed)),
    ("JSON", "feed.json", (json_feed,)),
)
"""A format, its file, and who reads it."""


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _text(parent: Any, name: str) -> str:
    found = parent.find(name)
    return "" if found is None else "".join(found.itertext())


def _text_construct(found: Any) -> str:
    """Return the plain text of an Atom text construct of type text or html (RFC 4287 section 3.1)."""
    text = "" if found is None else str(found.text or "")
    return html.unescape(text) if found is not None and found.get("type") == "html" else text


def _texts(parent: Any, name: str) -> tuple[str, ...]:
    return tuple("".join(found.itertext()) for found in parent.iterfind(name))


def _attribute(parent: Any, name: str, attribute: str) -> str:
    found = parent.find(name)
    return "" if found is None else str(found.get(attribute))


def _link(links: list[Any], rel: str) -> str:
    return next((str(link.get("href")) for link in links if link.get("rel") == rel), "")
