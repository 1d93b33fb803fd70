"""Artifact -> FinishedFeed: what a stranger reads in a finished file. With `feeder.xmlextensions`, what knows lxml."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import etree

from feeder.finishedpodcast import podcast_faults
from feeder.patterns import pattern
from feeder.problems import Mark
from feeder.subjects import FinishedFeed, FinishedItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from feeder.model import Artifact
    from feeder.settings import Settings

_ADDRESS = pattern(r"[^\s@()<>]+@[^\s@()<>]+\.[^\s@()<>]+")
_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_MEDIA = "{http://search.yahoo.com/mrss/}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_VERSION = "https://jsonfeed.org/version/1.1"
_DOCS = "http://www.rssboard.org/rss-specification"


def finished_feed(artifact: Artifact, name: str, url: str, settings: Settings, now: datetime) -> FinishedFeed:
    """Return what a stranger reads in a file of the format ``name`` that is served at ``url``."""
    feed = FinishedFeed(
        shown=f"{settings.output}/{artifact.path}", name=name, data=artifact.data, settings=settings, moment=now
    )
    read = _READERS.get(name)
    if read is None:
        return feed
    try:
        return read(feed, url)
    except etree.XMLSyntaxError as error:
        return feed._replace(syntax=f"not well-formed XML: {error.msg}", mark=Mark(*map(_at_least_1, error.position)))
    except json.JSONDecodeError as error:
        return feed._replace(syntax=f"not valid JSON: {error.msg}", mark=Mark(error.lineno, error.colno))
    except UnicodeDecodeError as error:
        return feed._replace(syntax=f"not UTF-8: {error.reason}")


def _at_least_1(number: int | None) -> int:
    return max(number or 1, 1)


def _root(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True))


# RSS 2.0, with the RSS Advisory Board's profile


def _rss(feed: FinishedFeed, url: str) -> FinishedFeed:
    root = _root(feed.data)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return feed._replace(syntax='no <rss version="2.0"> with a <channel>', mark=_mark(root))
    own = [link for link in channel.iterfind(f"{_ATOM}link") if link.get("rel") == "self"]
    addresses = [("link", _text(channel, "link")), *((f"{link.get('rel')} link", link.get("href", "")) for link in own)]
    if (picture := channel.find("image")) is not None:
        addresses.append(("image", _text(picture, "url")))
    return feed._replace(
        updated=_text(channel, "lastBuildDate"),
        urls=tuple(addresses),
        items=tuple(map(_rss_item, channel.iterfind("item"))),
        faults=(*_rss_faults(channel, own, url), *(podcast_faults(channel) if feed.name == "podcast" else ())),
    )


def _rss_faults(channel: Any, own: list[Any], url: str) -> Iterator[str]:
    for name in ("title", "link", "description", "language"):
        if not _text(channel, name).strip():
            yield f"the channel has no {name}"
    if [link.get("href") for link in own] != [url]:
        yield f"the channel needs one atom:link rel=self, to {url}"
    if own and own[0].get("type") != "application/rss+xml":
        yield "the atom:link rel=self needs the type application/rss+xml"
    names = [child.tag for child in channel]
    if "item" in names and any(name != "item" for name in names[names.index("item") :]):
        yield "the channel's own elements must come before its items"
    if _text(channel, "docs") not in {"", _DOCS}:
        yield f"docs must be {_DOCS}"
    if (picture := channel.find("image")) is not None and (
        _text(picture, "title") != _text(channel, "title") or _text(picture, "link") != _text(channel, "link")
    ):
        yield "the title and link of the image must match those of the channel"


def _rss_item(item: Any) -> FinishedItem:
    return FinishedItem(
        mark=_mark(item),
        id=_text(item, "guid"),
        url=_text(item, "link"),
        title=_text(item, "title"),
        published=_text(item, "pubDate"),
        updated=_text(item, f"{_ATOM}updated"),
        html=_text(item, _CONTENT),
        text=_text(item, "description"),
        enclosures=tuple(map(_attributes, item.iterfind("enclosure"))),
        pictures=_media(item),
        faults=tuple(_rss_item_faults(item)),
    )


def _rss_item_faults(item: Any) -> Iterator[str]:
    names = [child.tag for child in item]
    for name in ("title", "link", "guid", "pubDate"):
        if names.count(name) != 1 or not _text(item, name).strip():
            yield f"an item needs one {name}"
    if _CONTENT in names and "description" in names and names.index(_CONTENT) < names.index("description"):
        yield "the description must come before content:encoded"
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") != "false":
        yield 'a guid needs isPermaLink="false": readers would open it instead of the link'
    if "author" in names and _CREATOR in names:
        yield "an item must not have both an author and a dc:creator"
    if names.count("enclosure") > 1:
        yield "an item must have at most one enclosure"
    if any(not category.strip() or "," in category for category in (found.text or "" for found in item.iterfind("category"))):  # fmt: skip
        yield "a category needs a name without commas"
    yield from _group_faults(item)


# Atom 1.0 (RFC 4287)


def _atom(feed: FinishedFeed, url: str) -> FinishedFeed:
    root = _root(feed.data)
    if root.tag != f"{_ATOM}feed":
        return feed._replace(syntax="no <feed> in the Atom namespace", mark=_mark(root))
    links = root.findall(f"{_ATOM}link")
    addresses = [(f"{link.get('rel', 'alternate')} link", link.get("href", "")) for link in links]
    addresses += [(name, _text(root, f"{_ATOM}{name}")) for name in ("icon", "logo") if root.find(f"{_ATOM}{name}") is not None]  # fmt: skip
    authored = root.find(f"{_ATOM}author/{_ATOM}name") is not None
    return feed._replace(
        updated=_text(root, f"{_ATOM}updated"),
        urls=tuple(addresses),
        items=tuple(_atom_item(entry, authored=authored) for entry in root.iterfind(f"{_ATOM}entry")),
        faults=tuple(_atom_faults(root, links, url)),
    )


def _atom_faults(root: Any, links: list[Any], url: str) -> Iterator[str]:
    if root.prefix:
        yield "the Atom namespace must be the default one: some readers match names, not namespaces"
    for name in ("id", "title", "updated"):
        if not _text(root, f"{_ATOM}{name}").strip():
            yield f"the feed has no {name}"
    own = [link.get("href") for link in links if link.get("rel") == "self"]
    if own != [url]:
        yield f"the feed needs one link rel=self, to {url}"
    if not any(link.get("rel", "alternate") == "alternate" for link in links):
        yield "the feed has no link rel=alternate to its page"
    if not root.get(_LANGUAGE):
        yield "the feed has no xml:lang"
    yield from _author_faults(root)


def _atom_item(entry: Any, *, authored: bool) -> FinishedItem:
    links = entry.findall(f"{_ATOM}link")
    return FinishedItem(
        mark=_mark(entry),
        id=_text(entry, f"{_ATOM}id"),
        url=next((link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"), ""),
        title=_text(entry, f"{_ATOM}title"),
        published=_text(entry, f"{_ATOM}published"),
        updated=_text(entry, f"{_ATOM}updated"),
        html=_text(entry, f"{_ATOM}content"),
        text=_text(entry, f"{_ATOM}summary"),
        enclosures=tuple(
            {"url": link.get("href", ""), "type": link.get("type", ""), "length": link.get("length", "")}
            for link in links
            if link.get("rel") == "enclosure"
        ),
        pictures=_media(entry),
        faults=tuple(_atom_item_faults(entry, links, authored=authored)),
    )


def _atom_item_faults(entry: Any, links: list[Any], *, authored: bool) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if not _text(entry, f"{_ATOM}{name}").strip():
            yield f"an entry needs one {name}"
    if not authored and entry.find(f"{_ATOM}author/{_ATOM}name") is None:
        yield "an entry needs an author, because the feed has none"
    kinds = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]
    if len(set(kinds)) < len(kinds):
        yield "an entry has two alternate links of the same type and language"
    content = entry.find(f"{_ATOM}content")
    if content is None and not kinds:
        yield "an entry needs content or an alternate link"
    if content is not None and content.get("type") != "html":
        yield 'content must have type="html"'
    if content is None and entry.find(f"{_ATOM}summary") is None:
        yield "an entry without content needs a summary"
    yield from _author_faults(entry)
    yield from _group_faults(entry)


def _author_faults(parent: Any) -> Iterator[str]:
    for name in parent.iterfind(f"{_ATOM}author/{_ATOM}name"):
        if not (name.text or "").strip() or _ADDRESS.search(name.text or ""):
            yield "an author needs a name without an email address in it"


# JSON Feed 1.1


def _json(feed: FinishedFeed, url: str) -> FinishedFeed:
    document = json.loads(feed.data.decode())
    if not isinstance(document, dict) or next(iter(document), "") != "version" or document["version"] != _VERSION:
        return feed._replace(syntax=f"not an object that begins with the version {_VERSION}")
    items = document.get("items")
    texts = feed.data.decode()
    return feed._replace(
        urls=tuple((name, document[name]) for name in ("home_page_url", "feed_url", "icon", "favicon") if name in document),
        items=tuple(_json_items(items, texts)) if isinstance(items, list) else (),
        faults=tuple(_json_faults(document, url)),
    )  # fmt: skip


def _json_faults(document: Mapping[str, Any], url: str) -> Iterator[str]:
    for name in ("title", "home_page_url"):
        if not document.get(name):
            yield f"the feed has no {name}"
    if not isinstance(document.get("items"), list):
        yield "the feed has no items"
    if document.get("feed_url") != url:
        yield f"feed_url must be {url}"
    if any(value is None for value in document.values()):
        yield "a missing value must be left out, not null"


def _json_items(items: list[Any], text: str) -> Iterator[FinishedItem]:
    at = 0
    for item in items:
        # Each item begins with its id, and items stand in their order: that finds its line.
        found = text.find(json.dumps(item.get("id", ""), ensure_ascii=False), at)
        at = max(found, at)
        yield FinishedItem(
            mark=Mark(text.count("\n", 0, at) + 1, 1),
            id=item.get("id") if isinstance(item.get("id"), str) else "",
            url=item.get("url", ""),
            title=item.get("title", ""),
            published=item.get("date_published", ""),
            updated=item.get("date_modified", ""),
            html=item.get("content_html", ""),
            text=item.get("content_text", "") or item.get("summary", ""),
            enclosures=tuple(
                {"url": found.get("url", ""), "type": found.get("mime_type", ""), "length": str(found.get("size_in_bytes", 0))}
                for found in item.get("attachments", ())
            ),
            pictures=tuple({"url": item[name]} for name in ("image", "banner_image") if name in item),
            faults=tuple(_json_item_faults(item)),
        )  # fmt: skip


def _json_item_faults(item: Mapping[str, Any]) -> Iterator[str]:
    for name in ("id", "url", "date_published"):
        if not isinstance(item.get(name), str) or not item[name].strip():
            yield f"an item needs {name}, as text"
    if "content_html" not in item and "content_text" not in item:
        yield "an item needs content_html or content_text"
    if any(value is None for value in item.values()):
        yield "a missing value must be left out, not null"


_READERS: Mapping[str, Callable[[FinishedFeed, str], FinishedFeed]] = {"rss": _rss, "podcast": _rss, "atom": _atom, "json": _json}  # fmt: skip
"""Format -> how it is read; a format that is not here is looked at as bytes only."""


def _mark(element: Any) -> Mark:
    return Mark(element.sourceline or 1, 1)


def _text(parent: Any, name: str) -> str:
    return str(parent.findtext(name) or "")


def _attributes(element: Any) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def _media(parent: Any) -> tuple[Mapping[str, str], ...]:
    found = [*parent.iterfind(f"{_MEDIA}content"), *parent.iterfind(f"{_MEDIA}thumbnail")]
    return tuple({"element": element.tag.removeprefix(_MEDIA), **_attributes(element)} for element in found)


def _group_faults(parent: Any) -> Iterator[str]:
    if any(len(group.findall(f"{_MEDIA}content")) <= 1 for group in parent.iterfind(f"{_MEDIA}group")):
        yield "a media:group needs at least two media:content"
