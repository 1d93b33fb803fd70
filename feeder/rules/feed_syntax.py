"""A feed that no reader can read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-syntax",
    severity=Severity.ERROR,
    meaning="A finished feed that is not well-formed, or not in the expected format.",
    why="Readers show nothing of it, and stop fetching it after a few attempts.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example="<title>Tea & milk</title>\n--\n<title>Tea &amp; milk</title>",
)


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for a feed in which nothing can be read."""
    if feed.syntax:
        yield problem(feed.shown, feed.mark, CODE, feed.syntax)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
