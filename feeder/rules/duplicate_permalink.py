"""Two posts at one address: a reader's link opens only one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.kinds import Places
    from feeder.model import Card


def check(posts: Sequence[Card], places: Places) -> Iterator[Problem]:
    """Yield a problem for each post whose permalink an older one has."""
    first: dict[str, Card] = {}
    for post in reversed(posts):
        other = first.setdefault(post.url, post)
        if other is not post:
            mark = places(other, "url")
            message = f"this address is also that of {other.shown}:{mark.line}:{mark.column}"
            yield problem(post.shown, places(post, "url"), "duplicate-permalink", message, post.url)


RULE = Rule(code="duplicate-permalink", check=check)
