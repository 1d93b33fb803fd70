"""Two posts at one address: a reader's link opens only one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Cards
    from feeder.model import Card

CODE = Code(
    name="duplicate-permalink",
    severity=Severity.ERROR,
    meaning="Two posts with different ids at one address; both are published.",
    why="Both entries lead to the same page, and readers that tell posts apart by their link show only one of them.",
    mend="Change the `permalink` or the file name of one of the posts.",
    example="permalink: /tea/  # as in an older post\n--\npermalink: /more-tea/",
)


def _page(url: str) -> str:
    """Return an address without what it may end in, or not, and be the same page."""
    return url.removesuffix("/index.html").removesuffix("/index.htm").removesuffix("/")


def check(cards: Cards) -> Iterator[Problem]:
    """Yield a problem for each post whose permalink an older one has."""
    first: dict[str, Card] = {}
    for post in reversed(cards.posts):
        other = first.setdefault(_page(post.url), post)
        if other.id != post.id:
            mark = cards.places(other, "url")
            message = f"same address as {other.shown}:{mark.line}:{mark.column}"
            yield problem(post.shown, cards.places(post, "url"), CODE, message, post.url)


RULE: Rule[Cards] = Rule(code=CODE, check=check)
