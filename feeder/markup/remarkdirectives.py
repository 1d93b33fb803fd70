"""``::youtube[Title]{#id}`` and ``:kbd[Ctrl]``, as remark-directive has them -> HTML; ``:::`` is for `admonitions`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from feeder.markup.calls import Call
from feeder.markup.emoji import replaced
from feeder.markup.meanings import MEANINGS
from feeder.markup.scanning import arguments
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_NAME = r"(?P<name>[A-Za-z][\w-]{0,60})"
_LABEL, _MORE = r"(?:\[(?P<label>[^\[\]\n]{0,500})\])", r"(?:\{(?P<more>[^{}\n]{0,500})\})"
_LEAF = re.compile(rf"^[ ]{{0,3}}::{_NAME}{_LABEL}?{_MORE}?[ \t]*$", re.MULTILINE)
_TEXT = re.compile(rf"(?<![:\w]):{_NAME}(?=[\[{{]){_LABEL}?{_MORE}?")
_ELEMENTS = frozenset(
    {"abbr", "b", "cite", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "strong", "sub", "sup", "u"}
)
_LEAVES = {
    "github": "github", "youtube": "youtube", "vimeo": "vimeo", "bilibili": "bilibili", "gist": "gist", "tweet": "tweet",
    "codepen": "codepen", "video": "video", "audio": "audio", "image": "picture", "figure": "picture", "link": "link",
}  # fmt: skip
"""Directives that stand for something of other sites, or a file -> what each means."""


def translated(body: str, desk: Desk, _: str) -> str:
    """Return a body without directives of a line or within one; what nothing is known of is noted, and leaves its label."""
    body = replaced(body, desk, _LEAF, partial(_leaf, desk=desk))
    desk.take_up(body)
    return replaced(body, desk, _TEXT, partial(_text, desk=desk))


def _leaf(match: re.Match[str], desk: Desk) -> str:
    words, named = arguments(match["more"] or "")
    identity = next((word[1:] for word in words if word.startswith("#")), "")
    named = {**({"id": identity} if identity else {}), **({"title": match["label"]} if match["label"] else {}), **named}
    meaning = _LEAVES.get(match["name"].lower(), "")
    found = MEANINGS[meaning](Call(match["name"], match.start(), named=named), desk) if meaning else None
    if found is None:
        desk.unknown(match[0].strip(), match.start())
        return match["label"] or ""
    return found


def _text(match: re.Match[str], desk: Desk) -> str:
    label = escape(match["label"] or "")
    if (name := match["name"].lower()) in _ELEMENTS:
        return f"<{name}>{label}</{name}>"
    desk.unknown(match[0], match.start())
    return label
