"""What the tags of generators mean, by name: one function each, from a call to the Markdown or HTML in its place.

A function returns None for a call that it makes nothing of. A dialect's table says which of its tags has which meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.markup import links, media, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk

MEANINGS: Mapping[str, Callable[[Call, Desk], str | None]] = {
    "raw": texts.raw,
    "code": texts.code,
    "comment": texts.nothing,
    "nothing": texts.nothing,
    "sealed": texts.sealed,
    "inner": texts.inner,
    "text": texts.text,
    "words": texts.words,
    "styled": texts.styled,
    "hidden": texts.hidden,
    "ruby": texts.ruby,
    "aside": texts.aside,
    "quote": texts.quote,
    "center": texts.center,
    "label": texts.label,
    "details": texts.details,
    "tabs": texts.tabs,
    "tab": texts.tab,
    "param": texts.param,
    "picture": media.picture,
    "hexo-picture": media.hexo_picture,
    "asset-path": links.asset_path,
    "asset-link": links.asset_link,
    "include": links.include,
    "include-code": links.include_code,
    "youtube": media.youtube,
    "vimeo": media.vimeo,
    "bilibili": media.hosted("https://player.bilibili.com/player.html?bvid={}"),
    "video": media.element("video"),
    "audio": media.element("audio"),
    "aplayer": media.aplayer,
    "dplayer": media.dplayer,
    "iframe": media.iframe,
    "gist": media.linked("https://gist.github.com/{}/{}", "user", "id"),
    "github": media.linked("https://github.com/{}", "repo"),
    "embed": media.embed,
    "tweet": media.tweet,
    "instagram": media.linked("https://www.instagram.com/p/{}/", "id"),
    "jsfiddle": media.linked("https://jsfiddle.net/{}", "id"),
    "codepen": media.linked("https://codepen.io/pen/{}", "id"),
    "link": links.link,
    "link-or-text": links.link_or_text,
    "button": links.button,
    "address": links.address,
    "site-url": links.site_url,
    "post-link": links.post_link,
    "post-url": links.post_url,
}
"""Meaning -> what a call comes to."""
