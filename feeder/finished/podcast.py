"""A finished podcast's feed -> what it is against the rules of Apple and of Podcasting 2.0."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_WHOLE = re.compile("[1-9][0-9]*")
_TRUTH = re.compile("true|false")
_SHAPES = {
    "explicit": _TRUTH,
    "duration": _WHOLE,
    "episode": _WHOLE,
    "season": _WHOLE,
    "episodeType": re.compile("full|trailer|bonus"),
    "block": re.compile("Yes"),
}
"""Apple's elements of an item that have a form, each once at most."""
_FILES = ("transcript", "chapters")


def podcast_faults(channel: Any) -> Iterator[str]:
    """Yield what a podcast's channel and its items lack or have against the rules."""
    for name, attribute in (("image", "href"), ("category", "text")):
        if not any(found.get(attribute) for found in channel.iterfind(_ITUNES + name)):
            yield f"a podcast needs itunes:{name} with {attribute}"
    if not _TRUTH.fullmatch(channel.findtext(f"{_ITUNES}explicit") or ""):
        yield "a podcast needs itunes:explicit, true or false"
    if not (channel.findtext(f"{_ITUNES}owner/{_ITUNES}email") or "").strip():
        yield "a podcast needs an itunes:owner with itunes:email"
    if not _UUID.fullmatch(channel.findtext(f"{_PODCAST}guid") or ""):
        yield "a podcast needs podcast:guid, a UUID"
    for item in channel.iterfind("item"):
        for fault in _item_faults(item):
            yield f"{item.findtext('guid')}: {fault}"


def _item_faults(item: Any) -> Iterator[str]:
    enclosure = item.find("enclosure")
    if enclosure is None or not (enclosure.get("type") or "").startswith(("audio/", "video/")):
        yield "an episode needs an enclosure of audio or video"
    for name, shape in _SHAPES.items():
        found = [element.text or "" for element in item.iterfind(_ITUNES + name)]
        if len(found) > 1 or not all(map(shape.fullmatch, found)):
            yield f"itunes:{name} has a value that Apple does not accept: {', '.join(found)}"
    for name in _FILES:
        if not all(element.get("url") and element.get("type") for element in item.iterfind(_PODCAST + name)):
            yield f"podcast:{name} needs a url and a type"
