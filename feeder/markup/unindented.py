"""Indented text where the generator reads no code in it, as MDX and Eleventy do not -> the same at the margin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

OPTION = "markdown.code"
"""The option of `feeder.model.Habits` of a site that reads code in it all the same."""
_BLOCK = re.compile(r"(?=[#>]|[*+-][ \t]|`{3}|~{3})|\d+(?=[.)][ \t])")
"""Where a backslash keeps a line from beginning anything but a paragraph."""


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without indented code; in MDX, such a line may begin what any line may, elsewhere a paragraph only."""
    if desk.html or desk.settings.habits.options.get(OPTION):
        return body
    parts: list[str] = []
    at = covered = 0
    for span in code_spans(body, html=False):
        if span.kind != "indented":
            covered = max(covered, span.end)
        elif span.start >= covered:  # what is indented in other code is that
            line = body[span.start : span.end].lstrip(" \t")
            parts += body[at : span.start], line if name == "unindented" else _paragraph(line)
            at = span.end
    return "".join((*parts, body[at:]))


def _paragraph(line: str) -> str:
    block = _BLOCK.match(line)
    return f"{line[: block.end()]}\\{line[block.end() :]}" if block else line
