"""A date before 1990: the feed validator finds it implausible, and some readers show nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.kinds import Places
    from feeder.model import Card

EARLIEST = 1990


def check(posts: Sequence[Card], places: Places) -> Iterator[Problem]:
    """Yield a problem for each post published before 1990."""
    for post in posts:
        if post.published.year < EARLIEST:
            message = f"published before {EARLIEST}; some readers show such dates wrongly, and the validator warns"
            mark = places(post, "published")
            yield problem(post.shown, mark, "implausible-date", message, str(post.published.year))


RULE = Rule(code="implausible-date", check=check)
