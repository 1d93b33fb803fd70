"""MDX, where the text of an element is Markdown though it stands on one line with its tags -> HTML for that text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import raw_spans, without

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_LINE = re.compile(
    r"^(?P<tag>[ \t]*<(?P<name>address|article|aside|blockquote|caption|center|dd|details|div|dt|fieldset|figcaption|figure|footer|h[1-6]"
    r"|header|li|main|nav|p|section|summary|td|th)(?:\s[^<>\n]*)?>)(?P<text>[^\n]+)(?P<end></(?P=name)>[ \t]*)$(?P<next>\n(?=[ \t]*[^\s<]))?",
    re.MULTILINE,
)
"""An element whose tag would begin a block of HTML, in which Markdown is read only after a blank line."""
_SIGNS = re.compile(r"[*_`\[~]|://")
_PARAGRAPH = re.compile(r"<p>(.*)</p>\s*", re.DOTALL)
_ELSEWHERE = re.compile(r"\]\[|\[\^")
"""What is defined elsewhere in the body."""
_MAX_DEPTH = 8
"""Elements within elements on one line."""


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body with HTML within such elements; what follows one on the next line is no part of its block."""
    seen = without(body, raw_spans(body, html=False))
    parts: list[str] = []
    at = 0
    for match in _LINE.finditer(seen):
        inner = body[match.start("text") : match.end("text")]
        parts += (
            body[at : match.start("text")],
            _inline(inner, desk, _MAX_DEPTH),
            body[match.end("text") : match.end("end")],
        )
        parts.append("\n\n" if match["next"] else "")
        at = match.end()
    return "".join((*parts, body[at:]))


def _inline(text: str, desk: Desk, depth: int) -> str:
    """Return text in Markdown as the HTML of it, or as it is, where it is no text alone."""
    if (nested := _LINE.fullmatch(text)) and depth:
        return f"{nested['tag']}{_inline(nested['text'], desk, depth - 1)}{nested['end']}"
    if not _SIGNS.search(text) or _ELSEWHERE.search(text):
        return text
    found = _PARAGRAPH.fullmatch(desk.html_of(text.strip()) or "")
    return found[1] if found and "<p>" not in found[1] else text
