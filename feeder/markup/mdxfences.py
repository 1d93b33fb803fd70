"""Fences of ``mdx-code-block``, in which Docusaurus has MDX that other programs are to take for code -> the MDX in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_BLOCK = re.compile(r"^ *+(`{3,4}) *+mdx-code-block *+$(.*?)^ *+\1 *+$", re.MULTILINE | re.DOTALL)


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body with blanks in place of such fences, so that all else stays in its place."""
    return _BLOCK.sub(_bare, body)


def _bare(match: re.Match[str]) -> str:
    first, last = match.start(2) - match.start(), match.end() - match.end(2)
    return " " * first + match[2] + " " * last
