"""A date in a feed that readers cannot read or believe, and entries out of order."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem
from feeder.texts.dates import BadDateError, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed, FinishedItem

CODE = Code(
    name="feed-date",
    severity=Severity.ERROR,
    meaning="A finished feed with a malformed date, a date in the future, an update before the publication, or entries that are not in newest-first order.",
    why="Readers that cannot parse a date use the time of their visit, and those that check the feed's own date skip a feed that is not newer.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example="<pubDate>31.1.2024</pubDate>\n--\n<pubDate>Wed, 31 Jan 2024 18:30:00 +0000</pubDate>",
)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
_RFC822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_SLACK = timedelta(minutes=10)

_RSS = ("rss", "podcast")


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for each date that is not right by itself, and for dates that are not right together."""
    dates: list[tuple[FinishedItem, datetime, datetime]] = []
    for item in feed.items:
        published = _moment(item.published, _RFC822 if feed.name in _RSS else _RFC3339)
        updated = _moment(item.updated, _RFC3339) if item.updated else published
        if published is None or updated is None:
            yield problem(feed.shown, item.mark, CODE, "malformed date", item.published)
            continue
        dates.append((item, published, updated))
        if updated < published:
            yield problem(feed.shown, item.mark, CODE, "updated before it was published", item.updated)
        if max(published, updated) > feed.moment + _SLACK:
            yield problem(feed.shown, item.mark, CODE, "date in the future", item.published)
    for (_, newer, _), (item, older, _) in pairwise(dates):
        if older > newer:
            yield problem(feed.shown, item.mark, CODE, "entries must be in newest-first order", item.published)
    yield from _of_the_feed(feed, [updated for _, _, updated in dates])


def _of_the_feed(feed: FinishedFeed, updates: list[datetime]) -> Iterator[Problem]:
    if feed.name == "atom" and len({item.updated for item in feed.items}) < len(feed.items):
        yield problem(
            feed.shown, START, CODE, "two entries share one update time: readers take it for the time of the build"
        )
    if feed.updated:
        own = _moment(feed.updated, _RFC822 if feed.name in _RSS else _RFC3339)
        if own is None or (updates and own != max(updates)):
            yield problem(
                feed.shown, START, CODE, "the feed's date must be the date of its newest update", feed.updated
            )


def _moment(text: str, shape: re.Pattern[str]) -> datetime | None:
    """Return the moment that a feed's date tells, None when it has another shape or is none."""
    if not shape.fullmatch(text):
        return None
    try:
        return parse_date(text, UTC)
    except BadDateError:
        return None


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
