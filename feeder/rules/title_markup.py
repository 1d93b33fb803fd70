"""A title with markup that no reader renders: titles in feeds are plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.html.htmltags import BLOCKS, TAGS
from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="title-markup",
    severity=Severity.WARNING,
    meaning="A title with Markdown or stray HTML, complete or not, which readers show as it is written.",
    why="Titles in feeds are plain text: readers show the asterisks, brackets and broken tags.",
    mend="Remove the markup from the title.",
    example="title: All about **tea** {#tea}\n--\ntitle: All about tea",
)
_TAG = re.compile(
    r"(?<=\S)</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*/?>\s*$|</([A-Za-z][A-Za-z0-9]*)\s*>|^<([A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?>(?=[A-Z0-9])"
    r"|<([A-Za-z][A-Za-z0-9]*)\s[\w-]+=[\"'][^<>\"']*[\"'][^<>]*>(?=\S)"
)
_MARKDOWN = re.compile(
    r"(?<![\w*])\*\*(?=\S)[^*]+(?<=\S)\*\*(?![\w*])|(?<![\w_.])__(?=[^\W_])[^_]+(?<=[^\W_])__(?!\w)(?!\.)"
    r"|(?<![\w*/\\.(])\*(?=[^\s*])[^*/]*(?<=[^\s*/(])\*(?![\w*/.(])|(?<![\w_/\\.@])_(?=[^\W_])[^_/]+(?<=[^\W_])_(?![\w/.(])"
    r"|(?<!\S)(?<!char )(?<!int )(?<!void )\*\*(?!kw|arg|opt|param|dict|data|config)(?=[^\W\d_]{3})(?!.*\*\*)|(?<=[.!?])\*\*(?!\S)|(?<![\w~])~~(?=\S)[^~]+(?<=\S)~~(?![\w~])"
    r"|(?<![\w`])`[^`]+`(?![\w`])|^#{2,6}\s|^#\s(?=[A-Z])"
    r"|!?\[[^\[\]]+\]\((?:https?:|/|\.)[^()\s]*\)?|<https?://[^\s<>]+>|(?<=\s)(?:\*{1,3}|~~|`|!?\[\]?)$|\{:?\s*[#.][\w-][^{}]*\}\s*$"
)
"""Marks in pairs, and one of a pair where nothing else is written so."""


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a title that still has markup when its HTML is resolved."""
    title = reading.post.title
    tag = _TAG.search(title)
    name = next(filter(None, tag.groups())).lower() if tag else ""
    found = tag if tag and name in {*TAGS, *BLOCKS} else _MARKDOWN.search(title)
    if found:
        message = f"titles are plain text; readers will show {found[0].strip()!r} as it is"
        yield problem(reading.post.shown, reading.mark("title"), CODE, message, title)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
