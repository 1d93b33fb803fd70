"""A date before 1990: the feed validator finds it implausible, and some readers show nonsense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem
from feeder.texts.dates import format_rfc3339

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Cards

CODE = Code(
    name="implausible-date",
    severity=Severity.WARNING,
    meaning="A date before 1990, which some readers drop or show incorrectly; it is published as it is.",
    why="Some readers show such a date as 1970 or as today, and sort the post where nobody looks.",
    mend="Correct the year; if it is right, turn the rule off in the post.",
    example="date: 1924-01-31\n--\ndate: 2024-01-31",
)
EARLIEST = 1990


def check(cards: Cards) -> Iterator[Problem]:
    """Yield a problem for each post published before 1990."""
    for post in cards.posts:
        if post.published.year < EARLIEST:
            message = f"published before {EARLIEST}; some readers show such dates incorrectly, and the feed validator warns about them"
            mark = cards.places(post, "published")
            yield problem(
                post.shown, mark, CODE, message, cards.written(post, "published") or format_rfc3339(post.published)
            )


RULE: Rule[Cards] = Rule(code=CODE, check=check)
