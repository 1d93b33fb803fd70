"""Indented text where the generator reads no code in it, as MDX and Eleventy do not -> the same at the margin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

OPTION = "markdown.code"
"""The option of `feeder.model.Habits` of a site that reads code in it all the same."""
_ITEM = re.compile(r"( *)(?:[*+-]|\d{1,9}[.)]) {1,4}(?=\S)")
_LIST = re.compile(r"^ *(?:[*+-]|\d{1,9}[.)]) ", re.MULTILINE)
_CODE = 4
_NEAR = 2_000
"""Characters before a line in which the list's item is looked for."""
_BLOCK = re.compile(r"(?=[#>]|[*+-][ \t]|`{3}|~{3})|\d+(?=[.)][ \t])")
"""Where a backslash keeps a line from beginning anything but a paragraph."""


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without indented code; in MDX, such a line may begin what any line may, elsewhere a paragraph only."""
    if desk.html or desk.settings.habits.options.get(OPTION):
        return body
    parts: list[str] = []
    at = covered = 0
    lists = _LIST.search(body) is not None
    for span in code_spans(body, html=False):
        if span.kind != "indented":
            covered = max(covered, span.end)
        elif span.start >= covered and not (
            lists and _in_item(body, span.start)
        ):  # what is indented in other code is that
            line = body[span.start : span.end].lstrip(" \t")
            parts += body[at : span.start], line if name == "unindented" else _paragraph(line)
            at = span.end
    return "".join((*parts, body[at:]))


def _in_item(body: str, at: int) -> bool:
    """Whether an indented line is no more indented than the text of the list's item that it is in, but for three blanks."""
    line = body[body.rfind("\n", 0, at) + 1 :]
    depth = indent = len(line) - len(line.lstrip(" "))
    for before in reversed(body[max(at - _NEAR, 0) : at].split("\n")):
        if not before.strip():
            continue
        if item := _ITEM.match(before):
            if len(item[0]) <= indent:
                return indent - len(item[0]) < _CODE
            depth = min(depth, len(item[1]))
        depth = min(depth, len(before) - len(before.lstrip(" ")))
        if depth == 0:
            return False
    return False


def _paragraph(line: str) -> str:
    block = _BLOCK.match(line)
    return f"{line[: block.end()]}\\{line[block.end() :]}" if block else line
