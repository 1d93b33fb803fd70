"""HTML that no feed may carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.html.htmltags import TAGS, tags_in
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
_UNSAFE = frozenset({"style", "srcdoc", "formaction", "data-src"})
"""Attributes that readers take away, some with all that has them; so they do with handlers, ``on…``."""


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each entry whose body has such HTML, at the first of it."""
    for item in feed.items:
        if found := next(_refused(item.html), ""):
            yield problem(feed.shown, item.mark, CODE, "the body contains HTML that readers refuse", found)


def _refused(html: str) -> Iterator[str]:
    if "<!--" in html:
        yield "<!--"
    for tag in tags_in(html):
        if tag.name not in TAGS:
            yield f"<{tag.name}"
        yield from (name for name in tag.attributes if name in _UNSAFE or name.startswith("on"))


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
