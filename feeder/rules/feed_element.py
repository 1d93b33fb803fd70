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
    meaning="A finished feed that lacks an element that its format demands, or has one where it must not be.",
    why="Readers leave out entries without an id or content, and show what stands in the wrong place as something else.",
    mend="This is a fault of feeder or of a format of your own: report it, with the post that it comes from.",
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
