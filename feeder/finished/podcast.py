"""A finished podcast's feed -> what it is against the rules of Apple and of Podcasting 2.0."""

from __future__ import annotations

import re
from collections import Counter
from posixpath import splitext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from feeder.podcastkeys import APPLE
from feeder.texts.urls import WEB, scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_WHOLE = re.compile("[1-9][0-9]*")
_TRUTH = re.compile("true|false")
_SHAPES = {
    "explicit": _TRUTH,
    "type": re.compile("episodic|serial"),
    "author": re.compile(r"[^\n]{1,255}"),
    "summary": re.compile(r"(?s).{0,4000}"),
    "duration": _WHOLE,
    "episode": _WHOLE,
    "season": _WHOLE,
    "episodeType": re.compile("full|trailer|bonus"),
    "block": re.compile("Yes"),
}
"""Apple's elements of a show or an episode that have a form, each once at most."""
_FILES = ("transcript", "chapters")
_NAMED = {"transcript": "url", "chapters": "url", "funding": "url", "person": "href"}
"""Elements of Podcasting 2.0 that lead somewhere, and by which attribute."""
_ARTWORK = frozenset({"", ".jpg", ".jpeg", ".png"})
_ADDRESS = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\.[^\s@()<>]+")


def podcast_faults(channel: Any) -> Iterator[str]:
    """Yield what a podcast's channel and its items lack or have against the rules."""
    if channel.find(f"{ITUNES}image") is None:
        yield "a podcast needs itunes:image with href"
    categories = [found.get("text", "") for found in channel.iterfind(f"{ITUNES}category")]
    if not any(categories):
        yield "a podcast needs itunes:category with text"
    yield from (f"Apple has no category {name!r}" for name in categories if name and name not in APPLE)
    if not _TRUTH.fullmatch(channel.findtext(f"{ITUNES}explicit") or ""):
        yield "a podcast needs itunes:explicit, true or false"
    if not _ADDRESS.fullmatch(channel.findtext(f"{ITUNES}owner/{ITUNES}email") or ""):
        yield "a podcast needs an itunes:owner with itunes:email"
    if not (channel.findtext(f"{ITUNES}owner/{ITUNES}name") or "").strip():
        yield "a podcast needs an itunes:owner with itunes:name"
    if not _UUID.fullmatch(channel.findtext(f"{_PODCAST}guid") or ""):
        yield "a podcast needs podcast:guid, a UUID"
    if channel.findtext(f"{_PODCAST}locked", "no") not in {"yes", "no"}:
        yield "podcast:locked must be yes or no"
    yield from _shared_faults(channel)
    items = channel.findall("item")
    for item in items:
        for fault in (*_item_faults(item), *_shared_faults(item)):
            yield f"{item.findtext('guid')}: {fault}"
    recordings = Counter(found.get("url") for item in items for found in item.iterfind("enclosure"))
    yield from (f"two episodes have one recording: {url}" for url, number in recordings.items() if number > 1)


def _shared_faults(parent: Any) -> Iterator[str]:
    """Yield what the show or an episode has against the rules for both."""
    for name, shape in _SHAPES.items():
        found = [element.text or "" for element in parent.iterfind(ITUNES + name)]
        if len(found) > 1 or not all(map(shape.fullmatch, found)):
            yield f"itunes:{name} has a value that Apple does not accept: {', '.join(found)}"
    for picture in parent.iterfind(f"{ITUNES}image"):
        url = picture.get("href", "")
        if scheme(url) not in WEB or splitext(urlsplit(url).path)[1].lower() not in _ARTWORK:
            yield f"itunes:image needs the absolute URL of a JPEG or PNG, not {url!r}"
    for name, attribute in _NAMED.items():
        for element in parent.iterfind(_PODCAST + name):
            if attribute in element.attrib and scheme(element.get(attribute)) not in WEB:
                yield f"podcast:{name} needs an absolute URL, not {element.get(attribute)!r}"


def _item_faults(item: Any) -> Iterator[str]:
    enclosure = item.find("enclosure")
    if enclosure is None or not (enclosure.get("type") or "").startswith(("audio/", "video/")):
        yield "an episode needs an enclosure of audio or video"
    for name in _FILES:
        if not all(element.get("url") and element.get("type") for element in item.iterfind(_PODCAST + name)):
            yield f"podcast:{name} needs a url and a type"
