"""JSON Feed 1.1, as a stranger reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from feeder.finished.xml import language_faults
from feeder.problems import Mark
from feeder.subjects import FinishedItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from feeder.subjects import FinishedFeed

_VERSION = "https://jsonfeed.org/version/1.1"
_FEED_TEXTS = ("title", "home_page_url", "feed_url", "description", "user_comment", "next_url", "icon", "favicon", "language")  # fmt: skip
_ITEM_TEXTS = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image", "date_published", "date_modified", "language")  # fmt: skip
_ADDRESSES = ("home_page_url", "feed_url", "next_url", "icon", "favicon")


def read_json(feed: FinishedFeed, url: str) -> FinishedFeed:
    """Return what the feed at ``url`` says. Raises `json.JSONDecodeError` and `UnicodeDecodeError`."""
    text = feed.data.decode()
    document = json.loads(text, object_pairs_hook=_once, parse_constant=_refused)
    if not isinstance(document, dict) or next(iter(document), "") != "version" or document["version"] != _VERSION:
        return feed._replace(syntax=f"not an object that begins with the version {_VERSION}")
    addresses = [(name, str(document[name])) for name in _ADDRESSES if name in document]
    addresses += (("hub", str(hub.get("url", ""))) for hub in _objects(document, "hubs"))
    return feed._replace(
        urls=tuple(addresses),
        items=tuple(_items(_objects(document, "items"), text)),
        faults=tuple(_feed_faults(document, url)),
    )


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object. Raises `json.JSONDecodeError` for a name that it has twice (RFC 8259 section 4)."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        name = next(name for name in names if names.count(name) > 1)
        raise json.JSONDecodeError(f"the name {name!r} is there twice", "", 0)
    return found


def _refused(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is no number", "", 0)


def _objects(parent: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list."""
    found = parent.get(name, ())
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _feed_faults(document: Mapping[str, Any], url: str) -> Iterator[str]:
    for name in ("title", "home_page_url"):
        if not document.get(name):
            yield f"the feed has no {name}"
    for name in ("items", "hubs"):
        found = document.get(name, [] if name == "hubs" else None)
        if not isinstance(found, list) or len(_objects(document, name)) < len(found):
            yield f"{name} must be a list of objects"
    if document.get("feed_url") != url:
        yield f"feed_url must be {url}"
    if document.get("next_url") in {url, document.get("feed_url", "")}:
        yield "next_url must lead to another feed"
    if document.get("expired", True) is not True:
        yield "expired is true or not there"
    if any(not hub.get("type") for hub in _objects(document, "hubs")):
        yield "a hub needs a type"
    yield from _shared_faults(document, _FEED_TEXTS)
    if _has_null(document):
        yield "a missing value must be left out, not null"


def _shared_faults(found: Mapping[str, Any], texts: tuple[str, ...]) -> Iterator[str]:
    """Yield what the feed or an item has against the rules for both."""
    for name in texts:
        if not isinstance(found.get(name, ""), str):
            yield f"{name} must be text"
    yield from (
        f"the name of an extension has no dot: {name}" for name in found if name.startswith("_") and "." in name
    )
    if not isinstance(found.get("author", {}), dict):
        yield "author must be an object"
    authors = found.get("authors", [])
    if not isinstance(authors, list) or not all(isinstance(item, dict) and {*item} & {"name", "url", "avatar"} for item in authors):  # fmt: skip
        yield "authors must be a list of objects with a name, a url or an avatar"
    yield from language_faults(str(found.get("language") or ""))


def _has_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_null, value.values()))
    return any(map(_has_null, value)) if isinstance(value, list) else value is None


def _items(items: list[Mapping[str, Any]], text: str) -> Iterator[FinishedItem]:
    at = 0
    for item in items:
        # Each item begins with its id, and items stand in their order: that finds its line.
        found = text.find(json.dumps(item.get("id", ""), ensure_ascii=False), at)
        at = max(found, at)
        said = {name: item[name] if isinstance(item.get(name), str) else "" for name in _ITEM_TEXTS}
        people = [person for one in (*_objects(item, "authors"), item.get("author")) if isinstance(person := one, dict)]
        yield FinishedItem(
            mark=Mark(text.count("\n", 0, at) + 1, 1),
            id=said["id"],
            url=said["url"],
            title=said["title"],
            published=said["date_published"],
            updated=said["date_modified"],
            html=said["content_html"],
            enclosures=tuple(
                {"url": found.get("url", ""), "type": found.get("mime_type", ""), "length": str(found.get("size_in_bytes", 0))}
                for found in _objects(item, "attachments")
            ),
            pictures=tuple({"url": said[name]} for name in ("image", "banner_image") if name in item),
            urls=(
                *((f"author's {name}", str(person[name])) for person in people for name in ("url", "avatar") if name in person),
                *(("external_url", said[name]) for name in ("external_url",) if name in item),
            ),
            faults=tuple(_item_faults(item)),
        )  # fmt: skip


def _item_faults(item: Mapping[str, Any]) -> Iterator[str]:
    for name in ("id", "url", "date_published"):
        if not isinstance(item.get(name), str) or not item[name].strip():
            yield f"an item needs {name}, as text"
    if "content_html" not in item and "content_text" not in item:
        yield "an item needs content_html or content_text"
    tags = item.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) and tag.strip() for tag in tags):
        yield "tags must be a list of texts"
    attachments = item.get("attachments", [])
    if not isinstance(attachments, list) or len(_objects(item, "attachments")) < len(attachments):
        yield "attachments must be a list of objects"
    for name in ("size_in_bytes", "duration_in_seconds"):
        if any(type(found.get(name, 0)) not in {int, float} for found in _objects(item, "attachments")):
            yield f"{name} must be a number"
    yield from _shared_faults(item, _ITEM_TEXTS)
