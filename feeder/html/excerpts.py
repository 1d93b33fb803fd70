"""What can be read off safe HTML: its text, a summary, its pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.html.htmltags import BLOCKS
from feeder.patterns import pattern
from feeder.texts.plaintext import fold, resolve_references, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

SUMMARY_LENGTH = 300
"""Characters of a summary that is made from the body."""

_PARAGRAPH = pattern(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_NOTE_MARK = pattern(r'<sup(?: id="[^"]*fnref[^"]*">|><a\b[^>]*\bid="[^"]*fnref[^"]*").*?</sup>', re.DOTALL)
_ASIDE = pattern(r"<(pre|figcaption)\b.*?</\1>", re.DOTALL)
_FOOTNOTES = pattern(r'<li id="[^"]*\bfn[:-]')
_HEADING = pattern(r"<h([1-6])\b[^>]*>.*?</h\1>", re.DOTALL)
_TAG = pattern(r"<[^>]*>")
_BLOCK_TAG = pattern(rf"</?(?:{'|'.join(sorted(BLOCKS))}|br|hr|li|td|th|tr|dd|dt)\b[^>]*>")
_PICTURE = pattern(r"<img ([^>]*)>")
PICTURE = pattern(r'<img (?=(?:[^>]*\s)?src="(?P<src>[^"]*)")(?:(?=(?:[^>]*\s)?alt="(?P<alt>[^"]*)"))?[^>]*>')
"""A picture of safe HTML, its URL and its text, both as they are escaped there."""
_SHOWN = pattern(r"<(?:img|audio|video|source|track) ([^>]*)>")
_ATTRIBUTE = pattern(r'([\w-]+)="([^"]*)"')
_PIXEL = pattern(
    r"/(?:pixel|beacon|spacer|blank|transparent|1x1|clear)(?:\.(?:gif|png))?(?:\?|$)|/b\.gif|feedburner\.com/~r/"
    r"|//img\.shields\.io/|/badge\.svg",
    re.IGNORECASE,
)
"""Pictures that show nothing of a post: trackers, spacers, badges."""
_SMALLEST = 16
"""Pixels; a picture that the page shows smaller is a tracker, an icon or an emoji."""


def summary_of(html: str) -> str:
    """Return the first paragraphs of safe HTML as plain text, cut at a word; without paragraphs, of all its text."""
    if footnotes := _FOOTNOTES.search(html):
        html = html[: footnotes.start()]
    html = without_asides(html)
    texts: list[str] = []
    length = 0
    for match in _PARAGRAPH.finditer(html):
        if text := text_of(match[1]):
            texts.append(text)
            length += len(text) + 1
        if length > SUMMARY_LENGTH:
            break
    return shorten(" ".join(texts) or text_of(_HEADING.sub(" ", html)) or text_of(html), SUMMARY_LENGTH)


def without_asides(html: str) -> str:
    """Return safe HTML without what is no running text: marks of footnotes, code blocks, captions."""
    return _ASIDE.sub(" ", _NOTE_MARK.sub("", html))


def text_of(html: str) -> str:
    """Return the text of safe HTML on one line."""
    return fold(resolve_references(_TAG.sub("", _BLOCK_TAG.sub(" ", html))))


def pictures_of(html: str) -> Iterator[str]:
    """Yield the URLs of the real pictures in safe HTML: no tracking pixels, no icons, no data."""
    for match in _PICTURE.finditer(html):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        sizes = (attributes.get("width", ""), attributes.get("height", ""))
        url = resolve_references(attributes.get("src", ""))
        if (
            url
            and not url.startswith("data:")
            and not _PIXEL.search(url)
            and not any(size.isdigit() and int(size) < _SMALLEST for size in sizes)
        ):
            yield url


def shown_in(html: str) -> Iterator[str]:
    """Yield the URLs of all that safe HTML shows or plays: pictures in every size, sounds, films and their posters."""
    for match in _SHOWN.finditer(html):
        for name, value in _ATTRIBUTE.findall(match[1]):
            if name in {"src", "poster"}:
                yield resolve_references(value)
            elif name == "srcset":
                yield from (candidate.split(" ")[0] for candidate in resolve_references(value).split(", "))
