"""A feed that grows towards what readers refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-large",
    severity=Severity.WARNING,
    meaning="A finished feed larger than half its budget, `feeds.max_bytes`.",
    why="Every reader fetches the whole feed each time; some cut it off at half a megabyte, others stop fetching at one.",
    mend="Lower `feeds.limit` (for an archive, `feeds.archive`), or publish summaries (`feeds.content: summary`).",
    example="feeds: {limit: 0}\n--\nfeeds: {limit: 20}",
)


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for a feed beyond half the budget; a podcast, which keeps its episodes, has none."""
    most = feed.settings.feeds.max_bytes
    if feed.name != "podcast" and most // 2 < len(feed.data) <= most:
        message = f"{len(feed.data)} bytes, more than half of feeds.max_bytes ({most})"
        yield problem(feed.shown, START, CODE, message)


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
