"""RSS 2.0 with the RSS Advisory Board's profile, as a stranger reads it."""

from __future__ import annotations

from posixpath import splitext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeder.finished.podcast import ITUNES, podcast_faults
from feeder.finished.xml import (
    ATOM,
    attributes_of,
    entry_faults,
    history_faults,
    language_faults,
    links_of,
    mark_of,
    namespace_faults,
    pictures_of,
    repeated,
    root_of,
    text_in,
)
from feeder.patterns import pattern
from feeder.subjects import FinishedItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.subjects import FinishedFeed

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_DOCS = "http://www.rssboard.org/rss-specification"
_DATE = pattern(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_WHOLE = pattern("[1-9][0-9]*")
_AUTHOR = pattern(r"[^\s@()<>]+@[^\s@()<>]+\.[^\s@()<>]+ \([^()]+\)")
_CONTACT = pattern(r"[^\s@()<>]+@[^\s@()<>]+\.[^\s@()<>]+(?: \([^()]+\))?")
_ONCE = ("title", "link", "description", "language", "copyright", "managingEditor", "webMaster", "pubDate", "lastBuildDate", "generator", "docs", "ttl", "image", "rating")  # fmt: skip
_UNUSED = ("textInput", "cloud", "skipHours", "skipDays")
"""Elements of RSS that no reader of today heeds, or that promise what is not there."""
_PICTURES = frozenset({"", ".gif", ".jpeg", ".jpg", ".png"})
_MOST = {"width": 144, "height": 400}


def read_rss(feed: FinishedFeed, url: str) -> FinishedFeed:
    """Return what the feed at ``url`` says. Raises `feeder.finished.xml.NotWellFormedError`."""
    root = root_of(feed.data)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return feed._replace(syntax='no <rss version="2.0"> with a <channel>', mark=mark_of(root))
    links = channel.findall(f"{ATOM}link")
    addresses = [("link", text_in(channel, "link")), *links_of(links)]
    if (picture := channel.find("image")) is not None:
        addresses.append(("image", text_in(picture, "url")))
    faults = [*_channel_faults(channel, links, url), *namespace_faults(root)]
    if feed.name != "podcast" and next(root.iter(f"{ITUNES}*"), None) is not None:
        faults.append("one itunes element makes a podcast of a feed, with all that one needs")
    return feed._replace(
        updated=text_in(channel, "lastBuildDate"),
        urls=tuple(addresses),
        items=tuple(map(_item, channel.iterfind("item"))),
        faults=(*faults, *(podcast_faults(channel) if feed.name == "podcast" else ())),
    )


def _channel_faults(channel: Any, links: list[Any], url: str) -> Iterator[str]:
    dated = ("lastBuildDate",) if channel.find("item") is not None else ()
    for name in ("title", "link", "description", "language", *dated):
        if not text_in(channel, name).strip():
            yield f"the channel has no {name}"
    yield from repeated(channel, _ONCE)
    own = [link for link in links if link.get("rel") == "self"]
    if [link.get("href") for link in own] != [url]:
        yield f"the channel needs one atom:link rel=self, to {url}"
    if own and own[0].get("type") != "application/rss+xml":
        yield "the atom:link rel=self needs the type application/rss+xml"
    names = [child.tag for child in channel]
    if "item" in names and any(name != "item" for name in names[names.index("item") :]):
        yield "the channel's own elements must come before its items"
    yield from _value_faults(channel, names)
    yield from language_faults(text_in(channel, "language"))
    yield from history_faults(channel, links, url)
    if (picture := channel.find("image")) is not None:
        yield from _image_faults(picture, channel)


def _value_faults(channel: Any, names: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with single elements of the channel."""
    yield from (f"the channel has {name}, which has no use" for name in _UNUSED if name in names)
    if text_in(channel, "docs") not in {"", _DOCS}:
        yield f"docs must be {_DOCS}"
    if "ttl" in names and not _WHOLE.fullmatch(text_in(channel, "ttl")):
        yield "ttl must be a positive number of minutes"
    for name in ("managingEditor", "webMaster"):
        if name in names and not _CONTACT.fullmatch(text_in(channel, name)):
            yield f"{name} must be an email address, with a name in parentheses if there is one"
    if "pubDate" in names and not _DATE.fullmatch(text_in(channel, "pubDate")):
        yield "the pubDate of the channel must be a date of RFC 822 with four digits of the year"


def _image_faults(picture: Any, channel: Any) -> Iterator[str]:
    if any(text_in(picture, name) != text_in(channel, name) for name in ("title", "link")):
        yield "the title and link of the image must match those of the channel"
    if splitext(urlsplit(text_in(picture, "url")).path)[1].lower() not in _PICTURES:
        yield "the image must be a GIF, JPEG or PNG"
    for name, most in _MOST.items():
        size = text_in(picture, name)
        if size and not (_WHOLE.fullmatch(size) and int(size) <= most):
            yield f"the {name} of the image must be a number from 1 to {most}"


def _item(item: Any) -> FinishedItem:
    links = item.findall(f"{ATOM}link")
    schemes = [("category's domain", found.get("domain")) for found in item.iterfind("category") if found.get("domain")]
    comments = [("comments", found.text or "") for found in item.iterfind("comments")]
    sources = [("source", found.get("url", "")) for found in item.iterfind("source")]
    return FinishedItem(
        mark=mark_of(item),
        id=text_in(item, "guid"),
        url=text_in(item, "link"),
        title=text_in(item, "title"),
        published=text_in(item, "pubDate"),
        updated=text_in(item, f"{ATOM}updated"),
        html=f"{text_in(item, _CONTENT)}\n{text_in(item, 'description')}",
        enclosures=tuple(map(attributes_of, item.iterfind("enclosure"))),
        pictures=pictures_of(item),
        urls=(*schemes, *comments, *sources, *links_of(links)),
        faults=(*_item_faults(item), *entry_faults(item, links)),
    )


def _item_faults(item: Any) -> Iterator[str]:
    names = [child.tag for child in item]
    for name in ("title", "link", "guid", "pubDate"):
        if names.count(name) != 1 or not text_in(item, name).strip():
            yield f"an item needs one {name}"
    yield from repeated(item, ("description", _CONTENT, "author", "comments", "source", f"{ATOM}updated"))
    if _CONTENT in names and "description" in names and names.index(_CONTENT) < names.index("description"):
        yield "the description must come before content:encoded"
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        yield 'a guid needs isPermaLink="false": readers would open it instead of the link'
    if "author" in names and _CREATOR in names:
        yield "an item must not have both an author and a dc:creator"
    if any(not (found.text or "").strip() for found in item.iterfind(_CREATOR)):
        yield "a dc:creator needs a name"
    if "author" in names and not _AUTHOR.fullmatch(text_in(item, "author")):
        yield "an author must be a mail address with a name behind it: ada@example.org (Ada)"
    if names.count("enclosure") > 1:
        yield "an item must have at most one enclosure"
    if any(not name.strip() or "," in name for name in (found.text or "" for found in item.iterfind("category"))):
        yield "a category needs a name without commas"
