"""Obsidian's links to notes, ``[[Note]]`` and ``[[Note|text]]``, and pictures, ``![[picture.png]]`` -> Markdown's.

No generator's syntax, and brackets may be anybody's: those that name no post and look like no name of a note stay.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from feeder.bodies.codespans import code_spans, outside
from feeder.markup.scanning import MAX_TAGS
from feeder.texts.mediatypes import PLAYED, media_type_of

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_LINK = re.compile(
    r"(?<!\[)(?P<shown>!?)\[\[(?=[^\s|\]])(?P<target>[^\[\]|#\\\n]{0,300})(?:#(?P<part>[^\[\]|\\\n]{0,300}))?"
    r"(?:\\?\|(?P<text>[^\[\]\n]{0,300}))?\]\](?![(\[\]:])"
)
_SIZE = re.compile(r"\d+(?:x\d+)?")
_NAME = re.compile(r"[^\W\d_]*[A-Z\u0080-\uffff]|[^\W\d_]+ ")
"""What a note's name begins with, and ``[[nodiscard]]`` or ``[[1, 2]]`` does not."""


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body with links to the posts of these names; of any other note, there is the text."""
    parts: list[str] = []
    at = 0
    for match in outside(islice(_LINK.finditer(body), MAX_TAGS), code_spans(body, html=desk.html)):
        parts += [body[at : match.start()], _made(match, desk)]
        at = match.end()
    return "".join([*parts, body[at:]])


def _made(match: re.Match[str], desk: Desk) -> str:
    target, part, said = match["target"].strip(), match["part"] or "", (match["text"] or "").strip()
    kind = media_type_of(target)
    if match["shown"] and kind.startswith("image/"):
        return f"![{'' if _SIZE.fullmatch(said) else said}]({quote(target)})"
    text = said or target.rpartition("/")[2].removesuffix(".md") or part.rpartition("#")[2].lstrip("^")
    if match["shown"] and (kind.startswith(PLAYED) or kind == "application/pdf"):
        return f"[{text}]({quote(target)})"
    if target and (url := desk.address(target, match.start(), named=True).url):
        return f"[{text}](<{url}>)"
    return text if match["shown"] or said or part or _NAME.match(target) else match[0]
