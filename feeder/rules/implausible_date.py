"""A date before 1990: the feed validator finds it implausible, and some readers show nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.model import Post

EARLIEST = 1990


def check(posts: Sequence[Post]) -> Iterator[Problem]:
    """Yield a problem for each post published before 1990."""
    for post in posts:
        if post.published.year < EARLIEST:
            message = f"published before {EARLIEST}; some readers show such dates wrongly, and the validator warns"
            mark = post.marks.get("published", START)
            yield problem(post.shown, mark, "implausible-date", message, str(post.published.year))


RULE = Rule(code="implausible-date", check=check)
