"""The key of front matter that a site shows for a post's title, by its own templates, where that is not ``title``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.patterns import pattern

if TYPE_CHECKING:
    from feeder.sites.found import Findings

_KEY = r"(\w*title\w*)"
_SHOWN = (
    pattern(rf"<title\b[^<>]*>\s*(?:<!\[CDATA\[)?\s*\{{\{{-?\s*\w+\.data\.{_KEY}\s*(?:\|[^{{}}]*)?-?\}}\}}", re.IGNORECASE),
    pattern(rf"\btitle\s*:\s*(?:\w+\.)*(?:data|frontmatter)\.{_KEY}\s*[,}}\n]", re.IGNORECASE),
)  # fmt: skip
"""An entry of a feed: in a template, and in a script."""
_HEADING = pattern(rf"<h1\b[^<>]{{0,500}}>\s*\{{\{{-?\s*{_KEY}\s*(?:\|[^{{}}]*)?-?\}}\}}", re.IGNORECASE)
"""The heading of a post's page."""


def take_title_key(find: Findings, file: str, text: str, *, layout: bool = False) -> None:
    """Take the key that a feed, or the ``layout`` of posts, shows for the title; posts that have a ``title`` keep that."""
    patterns = (_HEADING,) if layout else _SHOWN
    found = next(filter(None, (one.search(text) for one in patterns)), None)
    if found and found[1].lower() != "title":
        find.let("title", found[1], f"{file}:{text.count(chr(10), 0, found.start(1)) + 1}")
