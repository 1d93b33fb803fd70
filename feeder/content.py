"""Bodies: Markdown or HTML -> safe HTML with absolute URLs, and plain text of it. The only module for nh3."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import TYPE_CHECKING

from feeder import urls
from feeder.excerpts import text_of, without_asides
from feeder.flavors import FLAVORS
from feeder.htmltags import ATTRIBUTES, BLOCKS, DROPPED, TAGS
from feeder.patterns import pattern
from feeder.plaintext import clean, escape
from feeder.postnames import is_restructured
from feeder.rawhtml import prepared
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from nh3 import Cleaner

MAX_BODY = 1_000_000
"""Characters of a body that is rendered; readers refuse feeds of a megabyte."""
_MORE = "\ufdd1"
"""Stands in for ``<!-- more -->`` while a body is rendered: a noncharacter, which no author writes."""
_MORE_COMMENT = pattern(r"<!--\s*more\s*-->", re.IGNORECASE)
_BETWEEN_BLOCKS = pattern(rf"(?>(?:\s+|<!--.*?-->|{_MORE})*)", re.DOTALL)
_MARKDOWN_INSIDE = pattern(r"<\w+\b[^<>]*\bmarkdown\s*=", re.IGNORECASE)
_STARTS_WITH_BLOCK = pattern(rf"<({'|'.join(sorted(BLOCKS))})\b", re.IGNORECASE)
_PLAIN = r"https?://[A-Za-z0-9_.~!$&'()*+,;=:@/?#%-]*"
"""Addresses that are absolute, and have nothing that would have to be encoded."""
# The sanitiser writes every tag like this; a quote or angle in a value is a reference.
_TAG = pattern(rf'<(?!a href="{_PLAIN}">)([a-z][a-z0-9]*)((?: [^\s"=<>/]+="[^"]*")+)>')
_LEADING = frozenset("a audio img source track video".split())
"""The elements that have attributes of `_UNSETTLED`."""
_UNSETTLED = pattern(rf' (href|src|poster)="(?!{_PLAIN}")([^"]*)"')
_NO_SOURCE = pattern(r"<img(?![^>]*\ssrc=)[^>]*>")
_CODE = pattern(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_EMPTY_LINK = pattern(r'<a\b(?=[^>]*\shref="[^"]*#)[^>]*>(?:\s|<span[^>]*></span>)*</a>')
_EMPTIED = pattern(rf"<p>\s*{_MORE}\s*</p>\n?|{_MORE}")


class Body(NamedTuple):
    """A rendered body: safe HTML, and the plain text of what comes before ``<!-- more -->`` ("" without one)."""

    html: str
    excerpt: str


def is_html(body: str, path: str) -> bool:
    """Whether a body is HTML rather than Markdown: by its extension, or since it is one block element after another."""
    if path.lower().endswith((".html", ".htm")) or is_restructured(path):  # of which `feeder.markup` has made HTML
        return True
    position = _next_block(body, 0)
    blocks = 0
    while match := _STARTS_WITH_BLOCK.match(body, position):
        if _MARKDOWN_INSIDE.match(body, match.start()):
            return False
        position = _next_block(body, _element_end(body, match))
        blocks += 1
    return blocks > 0 and position == len(body)


def _next_block(body: str, position: int) -> int:
    """Return the offset of what follows white space and comments."""
    between = _BETWEEN_BLOCKS.match(body, position)
    return between.end() if between else position


def _element_end(body: str, opening: re.Match[str]) -> int:
    """Return the offset behind the element that ``opening`` begins; the end of the body when it is not closed."""
    depth = 0
    for tag in re.compile(rf"<(/?){opening[1]}\b[^<>]*>", re.IGNORECASE).finditer(body, opening.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return len(body)


def rendered(body: str, path: str, base: str, prefix: str, flavor: str) -> Body:
    """Return ``body`` as safe HTML whose URLs are absolute against ``base``, and whose ids begin with ``prefix``.

    ``flavor`` names the Markdown that the body is in, if it is no HTML. Raises `feeder.rawhtml.BodyTooDeepError`.
    """
    marked = _MORE_COMMENT.sub(_MORE, body)
    source = marked if is_html(body, path) else FLAVORS[flavor](marked)
    html = _sanitised(prepared(source, base, prefix), base, prefix)
    html = _CODE.sub(lambda match: match[0].replace(_MORE, escape("<!-- more -->")), html) if _MORE in html else html
    before, more, _ = html.partition(_MORE)
    return Body(clean(_EMPTIED.sub("", html)).strip(), text_of(without_asides(before)) if more else "")


def _sanitised(html: str, base: str, prefix: str) -> str:
    safe = _cleaner().clean(html)

    def settled(tag: re.Match[str]) -> str:
        name, attributes = tag[1], tag[2]
        if ' id="' in attributes:
            attributes = attributes.replace(' id="', f' id="{prefix}')
        return f"<{name}{_UNSETTLED.sub(absolute, attributes) if name in _LEADING else attributes}>"

    def absolute(attribute: re.Match[str]) -> str:
        try:
            url = urls.absolute(unescape(attribute[2]), base, urls.LINKS)
        except urls.BadUrlError:
            return ""
        return f' {attribute[1]}="{escape(url)}"'

    return _EMPTY_LINK.sub("", _NO_SOURCE.sub("", _TAG.sub(settled, safe)))


@cache
def _cleaner() -> Cleaner:
    """Return the sanitiser, which takes as long to make as a body to clean; so it is not told the base of each."""
    from nh3 import Cleaner

    return Cleaner(
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=DROPPED,
        url_schemes=set(urls.LINKS),
        url_relative="pass_through",
        link_rel=None,
    )
