"""What the tags of generators mean, by name: one function each, from a call to the Markdown or HTML in its place.

A function returns None for a call that it makes nothing of. A dialect's table says which of its tags has which meaning.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from feeder.markup import pieces
from feeder.markup.desk import NOWHERE
from feeder.plaintext import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.markup.desk import Desk


class Call(NamedTuple):
    """A tag with its arguments. ``inner`` is what is between it and its end, None where it has none.

    ``margin`` is the white space before a tag that has its lines for itself, None for one within a line.
    """

    name: str
    offset: int
    text: str = ""
    words: tuple[str, ...] = ()
    named: Mapping[str, str] = {}
    inner: str | None = None
    margin: str | None = None

    def first(self, *names: str, word: int | None = None) -> str:
        """Return the first of these named values that there is, else a word by its number, else ""."""
        found = next((self.named[name] for name in names if self.named.get(name)), "")
        return found or (self.words[word] if word is not None and word < len(self.words) else "")

    def block(self, html: str) -> str:
        """Return HTML that must stand on lines of its own."""
        if self.margin is None:
            return f"\n\n{html}\n\n"
        return html.replace("\n", f"\n{self.margin}") + "\n" if "markdown=" not in html else _within(html, self.margin)


def _within(html: str, margin: str) -> str:
    """Return a block with Markdown in it, whose lines have their margin already, but for the first and the last ones."""
    if not margin:
        return html + "\n"
    first, _, rest = html.partition("\n\n")
    inner, _, last = rest.rpartition("\n\n")
    return f"{first.replace(chr(10), chr(10) + margin)}\n\n{inner}\n\n{margin}{last}\n"


# Code


def _raw(call: Call, desk: Desk) -> str:
    from feeder.markup.leftovers import shielded

    inner = call.inner or ""
    return shielded(inner.strip("\n") if call.margin is not None else inner, html=desk.html)


def _code(call: Call, desk: Desk) -> str:
    words = [word for word in call.words if ":" not in word or word.startswith("lang:")]
    language = next((word[5:] for word in words if word.startswith("lang:")), "") or call.first("lang", "language", "type")
    title = call.first("title", "caption")
    if not language and words and call.name not in {"codeblock", "mermaid"}:
        language = words[0]
    elif call.name == "codeblock":
        shown = [word for word in call.words if not re.match(r"\w+:(?!//)", word)]
        title = title or " ".join(word for word in shown if "://" not in word)
    if not re.fullmatch(r"[\w#+.-]+", language):
        language = ""
    inner = call.inner or ""
    if call.margin is None and "\n" not in inner:
        return pieces.literal(inner.strip())
    return call.block(pieces.code(_dedented(inner), language, title))


def _dedented(text: str) -> str:
    from textwrap import dedent

    return dedent(text.strip("\n"))


def _include_code(call: Call, desk: Desk) -> str | None:
    path = next((word for word in reversed(call.words) if "." in word), "")
    title = " ".join(word for word in call.words if word != path and ":" not in word)
    return pieces.link(desk.of_site(f"downloads/code/{path}"), escape(title or path)) if path else None


# Text


def _nothing(call: Call, desk: Desk) -> str:
    return ""


def _inner(call: Call, desk: Desk) -> str:
    return call.inner or ""


def _text(call: Call, desk: Desk) -> str | None:
    return call.inner or call.first("text", "content", "title", "label", "name", "term", word=0) or None


def _words(call: Call, desk: Desk) -> str:
    return escape(" ".join(call.words)) if call.inner is None else call.inner


_TITLED = frozenset("note notice admonition callout alert hint tip info warning danger caution important success error question example abstract".split())
_NO_TITLE = frozenset("default primary info success warning danger error tip simple modern flat disabled no-icon note secondary light dark".split())


def _aside(call: Call, desk: Desk) -> str | None:
    """Return a note as a quote: its title is what is named so, the words of Hexo's that are no style, or its kind."""
    inner = call.inner if call.inner is not None else call.first("content", "text", "message", "body")
    title = call.first("title", "heading")
    kind = call.first("type", "kind", word=0).lower()
    if not title and desk.dialect.name == "hexo":
        title = " ".join(word for word in call.words if word.lower() not in _NO_TITLE and not re.match(r"fa[sbr]?[ -]|['#]", word))
    elif not title:
        title = call.first(word=1) or (kind if kind in _TITLED else call.name if call.name in _TITLED else "").capitalize()
    if not inner:
        return None
    if call.margin is None and "\n" not in inner:
        return inner
    return call.block(pieces.quote(inner, escape(title)))


def _quote(call: Call, desk: Desk) -> str | None:
    """Return a quote: who said it, where, and the link to that, as Hexo and Octopress have them."""
    if call.inner is None:
        return None
    url = next((word for word in call.words if "://" in word), "") or call.first("link", "url", "cite")
    before = call.text.partition(url)[0] if url else call.text
    foot = call.first("author", "by") or (" ".join(before.replace('"', "").split()) if not call.named else "")
    title = " ".join(call.text.partition(url)[2].split()) if url else ""
    foot = escape(foot.strip(" ,"))
    if url:
        foot = f"{foot} {pieces.link(url, escape(title or url))}".strip()
    return call.block(pieces.quote(call.inner, foot=f"— {foot}" if foot and call.name != "pullquote" else ""))


def _center(call: Call, desk: Desk) -> str:
    return _words(call, desk) if call.inner is None else call.block(pieces.quote(call.inner))


def _label(call: Call, desk: Desk) -> str:
    text = call.text.strip()
    return escape(text.partition("@")[2] if "@" in text else " ".join(call.words[:-1] or call.words))


def _details(call: Call, desk: Desk) -> str | None:
    if call.inner is None:
        return None
    hexo = desk.dialect.name == "hexo"
    words = call.text.partition(",")[0] if hexo else call.first(word=0)
    summary = call.first("summary", "title", "label") or words.strip() or "…"
    return call.block(pieces.details(call.inner, escape(summary)))


_TAB = re.compile(r"<!--\s*(?:tab|timeline|node)\b[ \t]*([^\n]{0,200}?)[ \t]*-->|<!--\s*(?:end\w*)\s*-->")


def _tabs(call: Call, desk: Desk) -> str:
    """Return what is on each tab, below the name of the tab."""
    inner = call.inner or ""
    return _TAB.sub(lambda match: f"\n\n<strong>{escape((match[1] or '').partition('@')[0])}</strong>\n\n" if match[1] else "\n", inner)  # fmt: skip


def _tab(call: Call, desk: Desk) -> str:
    title = call.first("name", "label", "title", "header", "tabname", "text", "lang", "value", word=0)
    head = f"\n\n{call.margin or ''}<strong>{escape(title)}</strong>\n\n" if title else ""
    return f"{head}{call.inner or ''}\n"


def _param(call: Call, desk: Desk) -> str | None:
    name = call.first("name", word=0)
    value = desk.variable(name)
    return escape(value) if value is not None else (None if (told := desk.variable(f"site.{name}")) is None else escape(told))


# Pictures, players, and other pages


_SOURCES = ("src", "image_path", "path", "url", "file", "image", "img", "imageurl", "source", "href", "link", "filename")
_CAPTIONS = ("caption", "title", "description", "desc", "text")


def _picture(call: Call, desk: Desk) -> str | None:
    source = call.first(*_SOURCES, word=0)
    if not source:
        return None
    alt = call.first("alt", "alttext") or (call.words[1] if len(call.words) > 1 else "")
    caption = call.first(*_CAPTIONS) or (call.inner or "").strip()
    attribution = call.first("attr", "credit", "attribution")
    if attribution:
        where = call.first("attrlink")
        shown = pieces.link(where, escape(attribution)) if where else escape(attribution)
        caption = f"{caption} {shown}".strip()
    shown = pieces.image(source, alt or _plain(caption), "", _pixels(call, "width"), _pixels(call, "height"))
    link = call.named.get("link", "") if source != call.named.get("link") else ""
    if link:
        shown = pieces.link(link, shown)
    if call.margin is None:
        return shown
    return call.block(pieces.figure(shown, caption))


def _plain(html: str) -> str:
    return re.sub(r"<[^<>]*>|[*_`]|\]\([^()]*\)|\[", "", html)


def _pixels(call: Call, name: str) -> str:
    return call.named[name].removesuffix("px") if call.named.get(name, "").removesuffix("px").isdigit() else ""


def _hexo_picture(call: Call, desk: Desk) -> str | None:
    """Return Hexo's ``{% img [class] path [width] [height] "title" "alt" %}``, or that of a post's own asset."""
    own = call.name.startswith("asset")
    words = list(call.words)
    at = next((number for number, word in enumerate(words) if pieces.is_picture(word) or "/" in word), None)
    if at is None:
        at = 0 if own and words else None
    if at is None:
        return None
    source, rest = words[at], words[at + 1 :]
    sizes = [rest.pop(0) for _ in range(2) if rest and rest[0].isdigit()]
    texts = re.findall(r"\"([^\"]*)\"|'([^']*)'", " ".join(rest)) if len(rest) == 1 else []
    said = [one or other for one, other in texts] or rest
    if own and len(said) > 2:  # noqa: PLR2004 - a title and a text; more are the words of one title
        said = [" ".join(said)]
    title = said[0].strip("\"'") if said else ""
    alt = said[1].strip("\"'") if len(said) > 1 else title
    width, height = (*sizes, "", "")[:2]
    return pieces.image(desk.beside(source) if own else source, alt, title, width, height)


def _asset_path(call: Call, desk: Desk) -> str | None:
    return desk.beside(call.words[0]) if call.words else None


def _asset_link(call: Call, desk: Desk) -> str | None:
    words = [word for word in call.words if word not in {"true", "false"}]
    return pieces.link(desk.beside(words[0]), escape(" ".join(words[1:]) or words[0])) if words else None


def _site_path(call: Call, desk: Desk) -> str | None:
    return desk.of_site(call.words[0]) if call.words else None


def _hosted(page: str) -> Callable[[Call, Desk], str | None]:
    r"""Return what makes a player of a video's id, ``{}`` in the address of its page."""

    def made(call: Call, desk: Desk) -> str | None:
        identity = call.first("id", "youtubeid", "vimeoid", "videoid", "youtube_id", "video", "v", "bvid", word=0)
        if found := re.search(r"(?:v=|youtu\.be/|/embed/|vimeo\.com/(?:video/)?|/video/)([\w-]{6,})", identity):
            identity = found[1]
        if not re.fullmatch(r"[\w-]+", identity):
            return None
        return pieces.player(page.format(identity), call.first("title", "caption"), desk.post.url)

    return made


def _linked(page: str, *names: str) -> Callable[[Call, Desk], str | None]:
    """Return what makes a link of the ids that a call names, ``{}`` in the address."""

    def made(call: Call, desk: Desk) -> str | None:
        given = [call.named[name] for name in names if name in call.named] or list(call.words[: max(1, page.count("{}"))])
        given = [word for word in given if word]
        if not given:
            return None
        if "://" in given[-1]:
            return pieces.link(given[-1], escape(given[-1]))
        identity = "/".join(given[: 2 if page.endswith("{}") else 1]) if len(names) > 1 or page.count("{}") > 1 else given[-1]
        url = page.replace("{}", identity, 1).replace("/{}", "")
        return pieces.link(url, escape(url))

    return made


def _tweet(call: Call, desk: Desk) -> str | None:
    user, identity = call.first("user") or "i", call.first("id", word=0)
    if "://" in identity:
        return pieces.link(identity, escape(identity))
    if not re.fullmatch(r"\d+", identity):
        return None
    url = f"https://twitter.com/{user}/status/{identity}"
    return pieces.link(url, escape(url))


def _media(name: str) -> Callable[[Call, Desk], str | None]:
    def made(call: Call, desk: Desk) -> str | None:
        source = call.first("src", "url", "file", "path", "mp4", "webm", "mp3", word=0)
        return call.block(f'<{name} src="{pieces.attribute(source)}" controls></{name}>') if source else None

    return made


def _iframe(call: Call, desk: Desk) -> str | None:
    source = call.first("src", "url", word=0)
    return pieces.player(source, call.first("title"), desk.post.url) if source else None


def _link(call: Call, desk: Desk) -> str | None:
    """Return ``{% link text url %}``: the address is what looks like one."""
    url = call.first("href", "url", "to", "link") or next(
        (word for word in call.words if "://" in word or word.startswith(("/", "#", "mailto:", "./", "../"))), ""
    )
    title = [word for word in call.words if word not in {url, "true", "false"}]
    at = call.words.index(url) if url in call.words else len(title)
    text = call.inner or call.first("text", "title", "name", "label") or escape(" ".join(title[:at] or title))
    return pieces.link(url, text or escape(url)) if url else None


def _button(call: Call, desk: Desk) -> str | None:
    """Return NexT's and Butterfly's ``{% btn url, text, icon %}``, or a shortcode with a text in it."""
    parts = [part.strip() for part in call.text.split(",")] if not call.named and desk.dialect.name == "hexo" else []
    if not parts:
        return _link(call, desk) or (call.inner or None)
    text = next((part for part in parts[1:] if part), parts[0])
    return pieces.link(parts[0].strip("'\""), escape(text)) if parts[0] else escape(text)


# Other posts


def _address(call: Call, desk: Desk) -> str | None:
    """Return the address of the post that is named: by its path, or its name alone."""
    target = call.first("path", word=0)
    if not target:
        return None
    jekyll = desk.dialect.name == "jekyll"
    if jekyll and call.name == "link" and not target.endswith((".md", ".markdown", ".html")):
        return desk.of_site(target)  # a file of the site, as it is
    named = not (jekyll and call.name == "link")
    url = desk.address(target, call.offset, named=named, guessed=desk.dialect.name == "hugo").url
    if not url:
        return NOWHERE if desk.in_link(call.offset) else ""
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _post_link(call: Call, desk: Desk) -> str | None:
    """Return Hexo's ``{% post_link name [title] [escape] %}``; without a title, the post's own."""
    words = [word for word in call.words if word not in {"true", "false"}]
    if not words:
        return None
    title = " ".join(words[1:])
    answer = desk.address(words[0], call.offset, named=True, titled=not title)
    shown = escape(title or answer.title or words[0])
    return pieces.link(answer.url, shown) if answer.url else shown


# Files of Jekyll's themes


def _include(call: Call, desk: Desk) -> str | None:
    """Return what an include comes to, by what it is told: a picture, a player, a text or a link. None for any other."""
    name = (call.words[0] if call.words else "").rpartition("/")[2].partition(".")[0].lower()
    told = call._replace(words=(), inner=None)
    provider = f"{name} {call.first('provider')}".lower()
    for host in ("youtube", "vimeo"):
        if host in provider and (call.first("id", "video", "url", "youtubeid", "src")):
            return MEANINGS[host](told._replace(named={**call.named, "id": call.first("id", "youtubeid", "video", "url", "src")}), desk)  # fmt: skip
    source = call.first(*(name for name in _SOURCES if name not in {"href", "link"}))
    if source and (pieces.is_picture(source) or re.search("figure|image|img|picture|photo", name)):
        return _picture(told, desk)
    if call.first("content", "text", "message", "body"):
        return _aside(told._replace(name=name), desk) if re.search("|".join(_TITLED), name) else call.first("content", "text", "message", "body")  # fmt: skip
    if name in {"toc", "head", "footer", "header", "comments", "share"}:
        return ""
    return _link(told, desk)


def _docusaurus_link(call: Call, desk: Desk) -> str | None:
    return _link(call, desk) or call.inner


MEANINGS: Mapping[str, Callable[[Call, Desk], str | None]] = {
    "raw": _raw,
    "code": _code,
    "comment": _nothing,
    "nothing": _nothing,
    "inner": _inner,
    "text": _text,
    "words": _words,
    "aside": _aside,
    "quote": _quote,
    "center": _center,
    "label": _label,
    "details": _details,
    "tabs": _tabs,
    "tab": _tab,
    "param": _param,
    "picture": _picture,
    "hexo-picture": _hexo_picture,
    "asset-path": _asset_path,
    "asset-link": _asset_link,
    "site-path": _site_path,
    "include": _include,
    "include-code": _include_code,
    "youtube": _hosted("https://www.youtube.com/embed/{}"),
    "vimeo": _hosted("https://player.vimeo.com/video/{}"),
    "bilibili": _hosted("https://player.bilibili.com/player.html?bvid={}"),
    "video": _media("video"),
    "audio": _media("audio"),
    "iframe": _iframe,
    "gist": _linked("https://gist.github.com/{}/{}", "user", "id"),
    "tweet": _tweet,
    "instagram": _linked("https://www.instagram.com/p/{}/", "id"),
    "jsfiddle": _linked("https://jsfiddle.net/{}", "id"),
    "codepen": _linked("https://codepen.io/pen/{}", "id"),
    "link": _link,
    "link-or-text": _docusaurus_link,
    "button": _button,
    "address": _address,
    "post-link": _post_link,
}
"""Meaning -> what a call comes to."""
