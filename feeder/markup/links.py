"""What tags mean that lead elsewhere: to other posts, to files of the site, to what Jekyll's themes include."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.markup import media, pieces, texts
from feeder.markup.includes import included
from feeder.markup.nowhere import NOWHERE
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk

_SILENT = frozenset({"toc", "head", "footer", "header", "comments", "share", "setup"})
"""Includes that show nothing of what a post says; ``JB/setup`` stands first in each post of Jekyll-Bootstrap."""


def link(call: Call, desk: Desk) -> str | None:
    """Return ``{% link text url %}``: the address is what looks like one."""
    url = call.first("href", "url", "to", "link") or next(
        (word for word in call.words if "://" in word or word.startswith(("/", "#", "mailto:", "./", "../"))), ""
    )
    title = [word for word in call.words if word not in {url, "true", "false"}]
    at = call.words.index(url) if url in call.words else len(title)
    text = call.inner or call.first("text", "title", "name", "label") or escape(" ".join(title[:at] or title))
    return pieces.link(url, text) if url else None


def button(call: Call, desk: Desk) -> str | None:
    """Return NexT's and Butterfly's ``{% btn url, text, icon %}``, or a shortcode with a text in it."""
    parts = [part.strip() for part in call.text.split(",")] if not call.named and desk.dialect.name == "hexo" else []
    if not parts:
        return link(call, desk) or (call.inner or None)
    text = next((part for part in parts[1:] if part), parts[0])
    return pieces.link(parts[0].strip("'\""), escape(text)) if parts[0] else escape(text)


# Other posts


def address(call: Call, desk: Desk) -> str | None:
    """Return the address of the post that is named, by its path or its name alone, or of another file of the site."""
    jekyll = desk.dialect.name == "jekyll"
    target = " ".join(call.words) if jekyll else call.first("path", word=0)
    if not target or "{{" in target:
        return None
    named = not (jekyll and call.name == "link")
    url = desk.address(target, call.offset, named=named, only_posts=jekyll and named).url
    if not url:
        return NOWHERE if desk.in_link(call.offset) else ""
    if jekyll and url.startswith(desk.settings.site.url):
        site = desk.settings.site.url  # a path, since `site.url` may stand before it
        url = "/" + (url.removeprefix(site) if desk.after_base(call.offset) else url.split("/", 3)[3])
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def site_url(_: Call, desk: Desk) -> str:
    """Return where the site is, as its configuration has it, with a slash at its end."""
    return desk.settings.site.url


def post_url(_: Call, desk: Desk) -> str:
    """Return where the post itself is."""
    return desk.post.url.partition("#")[0]


def post_link(call: Call, desk: Desk) -> str | None:
    """Return Hexo's ``{% post_link name [title] [escape] %}``; without a title, the post's own."""
    words = [word for word in call.words if word not in {"true", "false"}]
    if not words:
        return None
    title = " ".join(words[1:])
    answer = desk.address(words[0], call.offset, named=True, titled=not title)
    shown = escape(title or answer.title or words[0])
    return pieces.link(answer.url, shown) if answer.url else shown


def asset_path(call: Call, desk: Desk) -> str | None:
    """Return where a file of the post's own is."""
    return desk.beside(call.words[0]) if call.words else None


def asset_link(call: Call, desk: Desk) -> str | None:
    """Return a link to a file of the post's own."""
    words = [word for word in call.words if word not in {"true", "false"}]
    return pieces.link(desk.beside(words[0]), escape(" ".join(words[1:]) or words[0])) if words else None


def include_code(call: Call, desk: Desk) -> str | None:
    """Return a link to a file of code, which Hexo would have shown."""
    path = next((word for word in reversed(call.words) if "." in word), "")
    title = " ".join(word for word in call.words if word != path and ":" not in word)
    return pieces.link(desk.of_site(f"downloads/code/{path}"), escape(title or path)) if path else None


def include(call: Call, desk: Desk) -> str | None:
    """Return what an include comes to: its file, else by what it is told pictures, a player, a text or a link, else None."""
    if (text := included(call, desk)) is not None:
        return text if call.margin is None or not text.strip() else call.block(text)
    path = call.words[0] if call.words else ""
    name = path.rpartition("/")[2].partition(".")[0].lower()
    told = call._replace(words=(), inner=None)
    provider = f"{name} {call.first('provider')}".lower()
    for host, player in (("youtube", media.youtube), ("vimeo", media.vimeo)):
        video = call.first("id", "youtubeid", "video", "url", "src")
        if host in provider and video:
            return player(told._replace(named={**call.named, "id": video}), desk)
    source = call.first(*(name for name in media.SOURCES if name not in {"href", "link"}))
    if source and (pieces.is_picture(source) or re.search("figure|image|img|picture|photo", name)):
        return media.picture(told, desk)
    if call.first("content", "text", "message", "body"):
        is_note = name in texts.TITLED
        return (texts.aside if is_note else texts.text)(told._replace(name=name), desk)
    if (shown := media.gallery(call, desk)) is not None or name in _SILENT:
        return shown or ""
    return link(told, desk)


def link_or_text(call: Call, desk: Desk) -> str | None:
    """Return a link, or what it would have been around."""
    return link(call, desk) or call.inner
