"""Bodies: Markdown or HTML -> safe HTML with absolute URLs, and plain text of it. The only module for Markdown and nh3."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from feeder import embeds, urls
from feeder.htmltags import ATTRIBUTES, BLOCKS, DROPPED, TAGS, Tag, rewrite_tags
from feeder.plaintext import clean, escape, fold, resolve_references, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

MAX_BODY = 1_000_000
"""Characters of a body that is rendered; readers refuse feeds of a megabyte."""
MAX_DEPTH = 10_000
"""Levels of nested elements; the sanitiser takes quadratic time beyond."""
MAX_OPEN = 5_000
"""Tags or brackets that begin and never end in Markdown; Python-Markdown takes quadratic time over them."""
SUMMARY_LENGTH = 300
"""Characters of a summary that is made from the body."""

_MORE = "\ufdd1"
"""Stands in for ``<!-- more -->`` while a body is rendered: a noncharacter, which no author writes."""
_MORE_COMMENT = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)
_BETWEEN_BLOCKS = re.compile(rf"(?:\s+|<!--.*?-->|{_MORE})*+", re.DOTALL)
_MARKDOWN_INSIDE = re.compile(r"<\w+\b[^<>]*\bmarkdown\s*=", re.IGNORECASE)
_STARTS_WITH_BLOCK = re.compile(rf"<({'|'.join(sorted(BLOCKS))})\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEVER_DEEP = frozenset(
    "li p td th tr dt dd option thead tbody tfoot colgroup rp rt area base br col embed hr img input link meta param source track wbr".split()
)
_NOSCRIPT = re.compile(r"<noscript\b[^<>]*>(.{0,5000}?)</noscript\s*>", re.IGNORECASE | re.DOTALL)
_PICTURE_TAG = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_PICTURE_URL = re.compile(r"""[\s-](?:src|original|lazy|actualsrc|url)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_MATH = re.compile(r"<math\b[^<>]*>(.{0,20000}?)</math\s*>", re.IGNORECASE | re.DOTALL)
_TEX = re.compile(r"<annotation\b[^<>]*tex[^<>]*>([^<>]*)</annotation>", re.IGNORECASE)
_DROPPED_START = re.compile(rf"<({'|'.join(sorted(DROPPED))})(?=[\s>/])", re.IGNORECASE)
_DROPPED_END = re.compile(rf"</({'|'.join(sorted(DROPPED))})\s*>", re.IGNORECASE)
_IFRAME = re.compile(r"(<iframe\b[^<>]*>)[^<]{0,5000}</iframe\s*>", re.IGNORECASE)
_IFRAME_END = re.compile(r"</iframe\s*>", re.IGNORECASE)
_SELF_LINK = re.compile(
    r"""<a\b[^<>]*\bhref\s*=\s*["']?#[^<>]*>\s*(?:¶|#|§|🔗|&para;|&sect;|&#182;)?\s*</a\s*>""", re.IGNORECASE
)
_ID = re.compile(r"""\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_NO_SOURCE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")
_CODE = re.compile(r"<(code|pre)\b.*?</\1>", re.DOTALL)
_EMPTY_LINK = re.compile(r'<a\b(?=[^>]*\shref="[^"]*#)[^>]*>(?:\s|<span[^>]*></span>)*</a>')
_EMPTIED = re.compile(rf"<p>\s*{_MORE}\s*</p>\n?|{_MORE}")
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
_NOTE_MARK = re.compile(r'<sup id="[^"]*fnref[^"]*">.*?</sup>', re.DOTALL)
_ASIDE = re.compile(r"<(pre|figcaption)\b.*?</\1>", re.DOTALL)
_FOOTNOTES = re.compile(r'<li id="[^"]*\bfn[:-]')
_HEADING = re.compile(r"<h([1-6])\b[^>]*>.*?</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))}|br|hr|li|td|th|tr|dd|dt)\b[^>]*>")
_PICTURE = re.compile(r"<img ([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_PIXEL = re.compile(
    r"/(?:pixel|beacon|spacer|blank|transparent|1x1|clear)(?:\.(?:gif|png))?(?:\?|$)|/b\.gif|feedburner\.com/~r/"
    r"|//img\.shields\.io/|/badge\.svg",
    re.IGNORECASE,
)
"""Pictures that show nothing of a post: trackers, spacers, badges."""
_SMALLEST = 16
"""Pixels; a picture that the page shows smaller is a tracker, an icon or an emoji."""


class BodyTooDeepError(Exception):
    """A body nested so deeply that it cannot be rendered in reasonable time."""


class Body(NamedTuple):
    """A rendered body: safe HTML, and the plain text of what comes before ``<!-- more -->`` ("" without one)."""

    html: str
    excerpt: str


def is_html(body: str, path: str) -> bool:
    """Whether a body is HTML rather than Markdown: by its extension, or since it is one block element after another."""
    if path.lower().endswith((".html", ".htm")):
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


def rendered(body: str, path: str, base: str, prefix: str) -> Body:
    """Return ``body`` as safe HTML whose URLs are absolute against ``base``, and whose ids begin with ``prefix``.

    Raises `BodyTooDeepError`.
    """
    marked = _MORE_COMMENT.sub(_MORE, body)
    source = marked if is_html(body, path) else _markdown(marked)
    html = _sanitised(_prepared(source, base, prefix), base, prefix)
    html = _CODE.sub(lambda match: match[0].replace(_MORE, escape("<!-- more -->")), html) if _MORE in html else html
    before, more, _ = html.partition(_MORE)
    return Body(clean(_EMPTIED.sub("", html)).strip(), text_of(before) if more else "")


def summary_of(html: str) -> str:
    """Return the first paragraphs of safe HTML as plain text, cut at a word; without paragraphs, of all its text."""
    if footnotes := _FOOTNOTES.search(html):
        html = html[: footnotes.start()]
    html = _ASIDE.sub(" ", _NOTE_MARK.sub("", html))
    texts: list[str] = []
    length = 0
    for match in _PARAGRAPH.finditer(html):
        if text := text_of(match[1]):
            texts.append(text)
            length += len(text) + 1
        if length > SUMMARY_LENGTH:
            break
    return shorten(" ".join(texts) or text_of(_HEADING.sub(" ", html)) or text_of(html), SUMMARY_LENGTH)


def text_of(html: str) -> str:
    """Return the text of safe HTML on one line."""
    return fold(resolve_references(_TAG.sub("", _BLOCK_TAG.sub(" ", html))))


def pictures_of(html: str) -> Iterator[str]:
    """Yield the URLs of the real pictures in safe HTML: no tracking pixels, no icons, no data."""
    for match in _PICTURE.finditer(html):
        attributes = dict(_ATTRIBUTE.findall(match[1]))
        sizes = (attributes.get("width", ""), attributes.get("height", ""))
        url = resolve_references(attributes.get("src", ""))
        if url and not _PIXEL.search(url) and not any(size.isdigit() and int(size) < _SMALLEST for size in sizes):
            yield url


# Markdown


def _markdown(body: str) -> str:
    from feeder.fencedcode import TAB

    if any(body.count(opening) - body.count(closing) > MAX_OPEN for opening, closing in ("<>", "[]")):
        raise BodyTooDeepError
    try:
        return _converter().reset().convert(body).replace(TAB, "\t")
    except RecursionError as error:
        _converter.cache_clear()  # its parser's state is left where the recursion broke
        raise BodyTooDeepError from error


@cache
def _converter() -> Markdown:
    from markdown import Markdown

    from feeder.fencedcode import FencedCode

    converter = Markdown(
        extensions=[
            "abbr", "attr_list", "def_list", FencedCode(), "footnotes", "md_in_html", "sane_lists", "tables",
        ],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )  # fmt: skip
    converter.ESCAPED_CHARS += ["<"]  # or "List\\<T>" would lose its <T>
    return converter


# HTML


def _prepared(html: str, base: str, prefix: str) -> str:
    """Return HTML in which lazy pictures, embeds, fragments and self links are what a reader can use, not yet safe."""
    if html.count("<") > MAX_DEPTH and _depth(html) > MAX_DEPTH:
        raise BodyTooDeepError
    html = _unclosed_escaped(_MATH.sub(_math_text, html))
    html = _without_fallbacks(html, base)
    html = _SELF_LINK.sub("", html)
    ids = {resolve_references(found) for found in _ID.findall(html)}

    def link(tag: Tag) -> str:
        target = _one_line(tag, "href")
        if target.startswith("#") and target != "#":
            own = prefix if {target[1:], unquote(target[1:])} & ids else ""
            tag.attributes["href"] = f"{base.partition('#')[0]}#{own}{target[1:]}"
        if name := tag.attributes.pop("name", ""):
            tag.attributes.setdefault("id", name)
        return str(tag)

    html = rewrite_tags(_IFRAME.sub(r"\1", html), {
        "a": link,
        "img": lambda tag: _picture(tag, base),
        "source": lambda tag: _picture(tag, base),
        "iframe": lambda tag: embeds.link(tag, base),
        **dict.fromkeys(("video", "audio"), _player),
    })  # fmt: skip
    return _IFRAME_END.sub("", html)


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


_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])((?:\s[^,]*)?)(?:,|$)")
_DESCRIPTOR = re.compile(r"\s*(?:(\d+(?:\.\d+)?)[wx](?:\s+\d+h)?)?\s*")
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


def _sanitised(html: str, base: str, prefix: str) -> str:
    import nh3

    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        clean_content_tags=DROPPED,
        url_schemes=set(urls.LINKS),
        url_relative=("rewrite_with_base", base),
        link_rel=None,
        id_prefix=prefix,
    )
    return _EMPTY_LINK.sub("", _NO_SOURCE.sub("", safe))
