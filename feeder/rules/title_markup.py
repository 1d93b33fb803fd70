"""A title with markup that no reader renders: titles in feeds are plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.htmltags import BLOCKS, TAGS
from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import Reading

CODE = Code(
    name="title-markup",
    severity=Severity.WARNING,
    meaning="A title with Markdown or stray HTML in it, which readers show as it is written.",
    why="Titles in feeds are plain text: a reader shows the asterisks, the brackets and the half of a tag.",
    mend="Take the markup out of the title.",
    example="title: All about **tea** {#tea}\n--\ntitle: All about tea",
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)\b[^<>]*/?>\s*$|</([A-Za-z][A-Za-z0-9]*)\s*>")
_MARKDOWN = re.compile(
    r"(?<![\w*])\*\*(?=\S)[^*]+(?<=\S)\*\*(?![\w*])|(?<![\w_])__(?=[^\W_])[^_]+(?<=[^\W_])__(?!\w)(?!\.)"
    r"|(?<![\w`])`[^`]+`(?![\w`])"
    r"|!?\[[^\[\]]+\]\((?:https?:|/|\.)[^()\s]*\)|\{:?\s*[#.][\w-][^{}]*\}\s*$"
)


def check(reading: Reading) -> Iterator[Problem]:
    """Yield a problem for a title that still has markup when its HTML is resolved."""
    title = reading.post.title
    tag = _TAG.search(title)
    name = (tag[1] or tag[2]).lower() if tag else ""
    found = tag if tag and name in {*TAGS, *BLOCKS} else _MARKDOWN.search(title)
    if found:
        message = f"a title is plain text; readers will show {found[0].strip()!r} as it is"
        yield problem(reading.post.shown, reading.mark("title"), CODE, message, title)


RULE: Rule[Reading] = Rule(code=CODE, check=check)
