"""Of `pictures`: the files beside a post that a site copies to names made of their content, which links in HTML lead to."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.texts.plaintext import escape, resolve_references
from feeder.texts.urls import scheme

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from feeder.model import Sight

PICTURES, _FILES = "assets/images/", "assets/files/"
"""Where Docusaurus copies what bodies show, and what they link to."""
INLINED = 10_000
"""Bytes up to which Docusaurus copies no picture, but writes it into the page."""
_LINK = pattern(r'(?<=href=")[^"#?]+\.\w+(?=[#?"])')


def is_inlined(sight: Sight) -> bool:
    """Whether the pages of a site have a picture in them, so that it has no address."""
    return 0 < sight.facts.length <= INLINED


def inlined(data: bytes, media_type: str) -> str:
    """Return a picture as such a page has it, with all that it holds in its address."""
    from base64 import b64encode

    return f"data:{media_type};base64,{b64encode(data).decode()}"


def is_placed(target: str, post_path: str) -> bool:
    """Whether a target says where its file should be: at the site's root, or beside the post and not in the sources."""
    if target.startswith("/") or scheme(target):
        return True
    beside = normpath(join(dirname(post_path), target))
    return not target.startswith(("@", "~", "src/")) and beside.split("/")[0] != ".."


def linked(html: str, site: str, sight_of: Callable[[str], Sight | None]) -> str:
    """Return HTML whose links to files beside the post lead to their copies; ``sight_of`` tells what is at a URL."""

    def one(match: re.Match[str]) -> str:
        url = resolve_references(match[0])
        sight = sight_of(url) if url.startswith(site) else None
        return escape(f"{site}{_FILES}{sight.copy}") if sight and sight.copy else match[0]

    return _LINK.sub(one, html)
