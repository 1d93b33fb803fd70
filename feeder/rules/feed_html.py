"""HTML that no feed may carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-html",
    severity=Severity.ERROR,
    meaning="A finished feed whose bodies contain scripts, frames, forms, comments, event handlers or styles.",
    why="Readers strip such elements, and some refuse the whole entry or feed as dangerous.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example="<script>…</script>\n--\n(nothing)",
)
_UNSAFE = re.compile(
    r"<(?:script|iframe|object|embed|link|meta|noscript|base|applet|form|input|style|title)\b|<!--"
    r"|<[a-z][^<>]*\s(?:on[a-z]+|style)\s*=",
    re.IGNORECASE,
)


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each entry whose body has such HTML, at the first of it."""
    for item in feed.items:
        if found := _UNSAFE.search(item.html):
            yield problem(feed.shown, item.mark, CODE, "the body contains HTML that readers refuse", found[0])


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
