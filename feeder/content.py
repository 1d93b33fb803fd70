"""Bodies: Markdown or HTML -> safe HTML with absolute URLs, and plain text of it. The only module for nh3."""

from __future__ import annotations

import re
from functools import cache, partial
from html import unescape
from typing import TYPE_CHECKING

from feeder.flavors import ENDED_BY_BLANK_LINES, reader
from feeder.html.excerpts import text_of, without_asides
from feeder.html.htmltags import ATTRIBUTES, BLOCKS, DROPPED, TAGS
from feeder.html.rawhtml import BodyTooDeepError, prepared
from feeder.patterns import pattern
from feeder.records import NamedTuple
from feeder.texts import urls
from feeder.texts.plaintext import clean, escape
from feeder.texts.postnames import is_no_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nh3 import Cleaner

MAX_BODY = 1_000_000
"""Characters of a body that is rendered; readers refuse feeds of a megabyte."""
_MORE = "\ufdd1"
"""Stands in for ``<!-- more -->`` while a body is rendered: a noncharacter, which no author writes."""
_MORE_COMMENT = pattern(r"<!--\s*more\s*-->", re.IGNORECASE)
_BETWEEN_BLOCKS = pattern(rf"(?>(?:\s+|<!--.*?-->|{_MORE})*)", re.DOTALL)
_MARKDOWN_INSIDE = pattern(r"<\w+\b[^<>]*\bmarkdown\s*=", re.IGNORECASE)
_BLANK_LINE = pattern(r"\n[ \t]*\n")
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

_ALERT = pattern(
    r"(?P<quote><blockquote>\s*<p>)\[!(?P<kind>[A-Za-z][\w-]{0,30})\][+-]?[ \t]*(?:(?P<end>(?:<br>)?\n)|(?P<more>(?!</p>)))?"
)
"""What GitHub's alerts and Obsidian's callouts begin with."""


class Body(NamedTuple):
    """A rendered body: safe HTML, and the plain text of what comes before ``<!-- more -->`` ("" without one)."""

    html: str
    excerpt: str


def is_html(body: str, path: str, flavor: str) -> bool:
    """Whether a body is HTML rather than Markdown: by its extension, or since it is one block element after another.

    In CommonMark, a blank line ends HTML, whatever element is open (section 4.6): what follows is Markdown again.
    """
    if is_no_markdown(path):  # of which `feeder.markup` has made HTML
        return True
    position = _next_block(body, 0)
    blocks = 0
    unclosed: set[str] = set()
    while match := _STARTS_WITH_BLOCK.match(body, position):
        if _MARKDOWN_INSIDE.match(body, match.start()):
            return False
        end = _element_end(body, match, unclosed)
        if flavor in ENDED_BY_BLANK_LINES and _BLANK_LINE.search(body, match.start(), end):
            return False
        position = _next_block(body, end)
        blocks += 1
    return blocks > 0 and position == len(body)


def _next_block(body: str, position: int) -> int:
    """Return the offset of what follows white space and comments."""
    between = _BETWEEN_BLOCKS.match(body, position)
    return between.end() if between else position


def _element_end(body: str, opening: re.Match[str], unclosed: set[str]) -> int:
    """Return the offset behind the element that ``opening`` begins; that of the next empty line when it is not closed.

    ``unclosed`` has the names of those that are not, so that nobody looks for the end of each.
    """
    depth, name = 0, opening[1].lower()
    if name not in unclosed:
        for tag in re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE).finditer(body, opening.start()):
            depth += -1 if tag[1] else 1
            if depth == 0:
                return tag.end()
        unclosed.add(name)
    end = body.find("\n\n", opening.end())
    return end if end >= 0 else len(body)


class Written(NamedTuple):
    """A body in the file at ``path``, whose URLs are relative to ``base``, and whose ids will begin with ``prefix``."""

    text: str
    path: str
    base: str
    prefix: str


def rendered(body: str, path: str, base: str, prefix: str, flavor: str) -> Body:
    """Return one body of `all_rendered`. Raises `feeder.html.rawhtml.BodyTooDeepError`."""
    (made,) = all_rendered([Written(body, path, base, prefix)], flavor)
    if made is None:
        raise BodyTooDeepError
    return made


def all_rendered(
    bodies: Sequence[Written], flavor: str, *, breaks: bool = False, extras: str = ""
) -> list[Body | None]:
    """Return each body as safe HTML with absolute URLs; None for one that is nested too deeply to be rendered.

    ``flavor`` names the Markdown that a body is in, if it is no HTML; with ``breaks``, line ends are line breaks,
    and ``extras`` are what the site adds to it. Each
    step is done with all bodies before the next: what it needs drives what the others need out of the processor's memory.
    """
    html: list[str | None] = [_MORE_COMMENT.sub(_MORE, body.text) for body in bodies]
    for step in (
        partial(_as_html, flavor, reader(flavor, breaks=breaks, extras=extras)),
        _prepared,
        _sanitised,
        _settled,
    ):
        for number, (text, body) in enumerate(zip(html, bodies, strict=True)):
            try:
                html[number] = text if text is None else step(text, body)
            except BodyTooDeepError:
                html[number] = None
    return [text if text is None else _body(text) for text in html]


def _as_html(flavor: str, read: Callable[[str], str], text: str, body: Written) -> str:
    if is_html(body.text, body.path, flavor):
        return text
    if flavor == "python-markdown" and body.path.endswith(".mdx"):
        read = reader("commonmark")  # as MDX is, whatever the files beside it are written for
    return read(text)


def _prepared(html: str, body: Written) -> str:
    return prepared(html, body.base, body.prefix)


def _sanitised(html: str, _: Written) -> str:
    return _cleaner().clean(html)


def _settled(safe: str, body: Written) -> str:
    """Return safe HTML with absolute URLs, and ids that no other post has."""
    base, prefix = body.base, f' id="{body.prefix}'

    def settled(tag: re.Match[str]) -> str:
        name, attributes = tag[1], tag[2]
        if ' id="' in attributes:
            attributes = attributes.replace(' id="', prefix)
        return f"<{name}{_UNSETTLED.sub(absolute, attributes) if name in _LEADING else attributes}>"

    def absolute(attribute: re.Match[str]) -> str:
        try:
            url = urls.absolute(unescape(attribute[2]), base, urls.LINKS)
        except urls.BadUrlError:
            return ""
        return f' {attribute[1]}="{escape(url)}"'

    html = _TAG.sub(settled, safe)
    html = _NO_SOURCE.sub("", html) if "<img" in html else html
    return _EMPTY_LINK.sub("", html) if "#" in html else html


def _named(alert: re.Match[str]) -> str:
    """Return the beginning of a quote that has its kind in words: in bold, in a line of its own if nothing follows in that."""
    kind = alert["kind"].replace("-", " ").replace("_", " ").capitalize()
    if alert["more"] is not None:
        return f"{alert['quote']}<strong>{kind}:</strong> "
    return f"{alert['quote']}<strong>{kind}</strong>" + ("</p>\n<p>" if alert["end"] else "")


def _body(html: str) -> Body:
    html = _ALERT.sub(_named, html) if "[!" in html else html
    if _MORE not in html:
        return Body(clean(html).strip(), "")
    html = _CODE.sub(lambda match: match[0].replace(_MORE, escape("<!-- more -->")), html)
    before, more, _ = html.partition(_MORE)
    return Body(clean(_EMPTIED.sub("", html)).strip(), text_of(without_asides(before)) if more else "")


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
