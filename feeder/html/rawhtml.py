"""Raw HTML -> HTML that a reader can use, before the sanitiser has the last word: lazy pictures, players, fragments."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.html import embeds
from feeder.html.htmltags import DROPPED, KNOWN, Tag, rewrite_tags, without_unknown
from feeder.patterns import pattern
from feeder.texts import urls
from feeder.texts.plaintext import escape, resolve_references

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 10_000
"""Levels of nested elements; the sanitiser takes quadratic time beyond."""
_ANY_TAG = pattern(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_DROPPED_OR_MATH = frozenset({*DROPPED, "math"})
_NAME = pattern(r"<([a-z][^\s/>]*)")
"""The name of an element that begins in lower-cased HTML."""
_NEVER_DEEP = frozenset(
    "li p td th tr dt dd option thead tbody tfoot colgroup rp rt "
    "area base br col embed hr img input link meta param source track wbr".split()
)
"""Elements that may stay open, and those that hold nothing: however many there are, they nest nothing."""
_NOSCRIPT = pattern(r"<noscript\b[^<>]*>(.{0,5000}?)</noscript\s*>", re.IGNORECASE | re.DOTALL)
_PICTURE_TAG = pattern(r"<img\b[^<>]*>", re.IGNORECASE)
_PICTURE_URL = pattern(r"""[\s-](?:src|original|lazy|actualsrc|url)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_MATH = pattern(r"<math\b[^<>]*>(.{0,20000}?)</math\s*>", re.IGNORECASE | re.DOTALL)
_TEX = pattern(r"<annotation\b[^<>]*tex[^<>]*>([^<>]*)</annotation>", re.IGNORECASE)
_DROPPED_START = pattern(rf"<({'|'.join(sorted(DROPPED))})(?=[\s>/])", re.IGNORECASE)
_DROPPED_END = pattern(rf"</({'|'.join(sorted(DROPPED))})\s*>", re.IGNORECASE)
_IFRAME = pattern(r"(<iframe\b[^<>]*>)[^<]{0,5000}</iframe\s*>", re.IGNORECASE)
_IFRAME_END = pattern(r"</iframe\s*>", re.IGNORECASE)
_SELF_LINK = pattern(
    r"""<a\b[^<>]*\bhref\s*=\s*["']?#[^<>]*>\s*(?:¶|#|§|🔗|&para;|&sect;|&#182;)?\s*</a\s*>""", re.IGNORECASE
)
_PLAIN = r"""a\s+href="[^"#\t\n\r ][^"\t\n\r ]*"(?:\s+(?:title|rel|target|class)="[^"]*")*\s*"""
"""What a tag is like that is left as it is: a link that leads to another page, as most do."""
_ID = pattern(r"""\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_TAG = pattern(r"<[^>]*>")


class BodyTooDeepError(Exception):
    """A body nested so deeply that it cannot be rendered in reasonable time."""


def prepared(html: str, base: str, prefix: str) -> str:
    """Return HTML in which pictures, players, fragments and self links are what a reader can use; not yet safe.

    ``base`` is the post's URL, ``prefix`` what its ids will begin with. Raises `BodyTooDeepError`.
    """
    if html.count("<") > MAX_DEPTH and _depth(html) > MAX_DEPTH:
        raise BodyTooDeepError
    names = set(_NAME.findall(html.lower()))  # one search tells of most bodies that they have none of what follows
    html = _told_apart(html, names, base)
    if "#" in html:
        html = _SELF_LINK.sub("", html)

    @cache
    def ids() -> frozenset[str]:
        return frozenset(map(resolve_references, _ID.findall(html)))

    def link(tag: Tag) -> str:
        target = _one_line(tag, "href")
        if target.startswith("#") and target != "#":
            own = prefix if {target[1:], unquote(target[1:])} & ids() else ""
            tag.attributes["href"] = f"{base.partition('#')[0]}#{own}{target[1:]}"
        if name := tag.attributes.pop("name", ""):
            tag.attributes.setdefault("id", name)
        return str(tag)

    rewriters = {
        "a": link,
        "img": lambda tag: _picture(tag, base),
        "source": lambda tag: _picture(tag, base),
        "iframe": lambda tag: embeds.link(tag, base),
        **dict.fromkeys(("video", "audio"), _player),
    }
    if names.isdisjoint(rewriters):
        return html
    if "iframe" not in names:
        return rewrite_tags(html, rewriters, _PLAIN)
    return _IFRAME_END.sub("", rewrite_tags(_IFRAME.sub(r"\1", html), rewriters, _PLAIN))


def _told_apart(html: str, names: set[str], base: str) -> str:
    """Return HTML without what the sanitiser would take for an element that goes with all it holds."""
    if not names.isdisjoint(_DROPPED_OR_MATH):
        html = _without_dropped(html, base)
    return (
        without_unknown(html) if names - KNOWN else html
    )  # `<path>` is SVG's to the sanitiser, which drops what follows


def _without_dropped(html: str, base: str) -> str:
    """Return HTML in which what would go with its element is there, as far as a reader wants it."""
    return _without_fallbacks(_unclosed_escaped(_MATH.sub(_math_text, html)), base)


def _unclosed_escaped(html: str) -> str:
    """Return HTML in which a start tag that would take the rest of the body with it is text.

    A sentence about ``<select>`` is no form: the tag is never closed, and HTML drops what follows it.
    """
    ends = {match[1].lower(): match.start() for match in _DROPPED_END.finditer(html)}
    return _DROPPED_START.sub(
        lambda match: match[0] if ends.get(match[1].lower(), -1) > match.start() else f"&lt;{match[0][1:]}", html
    )


def _math_text(match: re.Match[str]) -> str:
    """Return a formula as text: its TeX, if it has some, else its symbols."""
    tex = _TEX.search(match[1])
    return escape(resolve_references(tex[1])) if tex else _TAG.sub("", match[1])


def _depth(html: str) -> int:
    depth = deepest = 0
    for match in _ANY_TAG.finditer(html):
        if match[2].lower() not in _NEVER_DEEP:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest


def _without_fallbacks(html: str, base: str) -> str:
    """Return HTML without ``<noscript>``: what it holds stays, unless it repeats a lazy picture that is there too."""
    if not _NOSCRIPT.search(html):
        return html
    shown = set(_picture_urls(_NOSCRIPT.sub("", html), base))
    return _NOSCRIPT.sub(lambda match: "" if shown.intersection(_picture_urls(match[1], base)) else match[1], html)


def _picture_urls(html: str, base: str) -> Iterator[str]:
    for match in _PICTURE_TAG.finditer(html):
        for url in _PICTURE_URL.findall(match[0]):
            try:
                yield urls.absolute(resolve_references(url), base)
            except urls.BadUrlError:
                continue  # a placeholder such as data:


_CANDIDATE = pattern(r"[\s,]*(\S*[^\s,])((?:\s[^,]*)?)(?:,|$)")
_DESCRIPTOR = pattern(r"\s*(?:(\d+(?:\.\d+)?)[wx](?:\s+\d+h)?)?\s*")
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-actualsrc", "data-original-src", "data-url")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset")


def _picture(tag: Tag, base: str) -> str:
    """Return an ``img`` or ``source`` whose ``src`` and ``srcset`` are what it will show once scripts have run."""
    attributes = tag.attributes
    _one_line(tag, "src")
    lazy = next((attributes[name] for name in _LAZY if _usable(attributes.get(name, ""))), "")
    lazy_set = next((attributes[name] for name in _LAZY_SETS if attributes.get(name)), "")
    candidates = _candidates(lazy_set or attributes.get("srcset", ""), base)
    if lazy:
        attributes["src"] = lazy
    elif tag.name == "img" and candidates and (lazy_set or not _usable(attributes.get("src", ""))):
        attributes["src"] = max(candidates, key=lambda candidate: candidate[1])[0]
    if not _usable(attributes.get("src", "")):
        attributes.pop("src", None)
    attributes.pop("srcset", None)
    if candidates:
        attributes["srcset"] = ", ".join(f"{url} {descriptor}".strip() for url, _, descriptor in candidates)
    return str(tag)


def _player(tag: Tag) -> str:
    _one_line(tag, "src")
    _one_line(tag, "poster")
    return str(tag)


def _one_line(tag: Tag, name: str) -> str:
    """Return an attribute's URL without the line breaks and tabs that browsers ignore and readers do not."""
    if name in tag.attributes:
        tag.attributes[name] = re.sub(r"[\t\n\r]+ *", "", tag.attributes[name]).strip()
    return tag.attributes.get(name, "")


def _usable(url: str) -> bool:
    return bool(url.strip()) and urls.scheme(url) in urls.WEB | {""}


def _candidates(srcset: str, base: str) -> list[tuple[str, float, str]]:
    """Return the pictures of a ``srcset`` as absolute URL, size (width or density) and descriptor.

    One whose descriptor is none (HTML, "image candidate string") or whose URL no reader could load is left out.
    """
    found = []
    for match in _CANDIDATE.finditer(srcset):
        descriptor = _DESCRIPTOR.fullmatch(match[2])
        try:
            url = urls.absolute(match[1], base)
        except urls.BadUrlError:
            continue
        if descriptor:
            found.append((url, float(descriptor[1] or 1), match[2].strip()))
    return found
