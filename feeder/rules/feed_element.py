"""An element that a format demands or forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-element",
    severity=Severity.ERROR,
    meaning="A finished feed that lacks an element its format requires, or has one where it is not allowed.",
    why="Readers skip entries without an id or content, and misread elements in the wrong place.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example='<guid>42</guid>\n--\n<guid isPermaLink="false">https://example.org/tea/</guid>',
)


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each element that is missing or misplaced, in the feed and in its entries."""
    for fault in feed.faults:
        yield problem(feed.shown, START, CODE, fault)
    for item in feed.items:
        for fault in item.faults:
            yield problem(feed.shown, item.mark, CODE, fault, item.id)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
