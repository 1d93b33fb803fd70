"""Cards -> the next moment at which the feeds change by themselves, and what happens then."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from feeder.assemble import choose, feeds
from feeder.problems import START
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeder.model import Card, Channel, Feed
    from feeder.settings import Settings


class Event(NamedTuple):
    """A post and what happens to it: it is ``published``, it is ``updated``, or it ``expires``."""

    post: Card
    what: str


class Change(NamedTuple):
    """When the feeds change, in UTC, and of which events some make that change."""

    time: datetime
    events: tuple[Event, ...]


def next_change(posts: Sequence[Card], now: datetime, settings: Settings, channel: Channel) -> Change | None:
    """Return the first moment after ``now`` at which any feed differs from what it is now, None when none ever does.

    What no feed shows changes none: a post beyond the limit expires unseen, one with the id of another never appears.
    """

    def at(moment: datetime) -> tuple[Feed, ...]:
        chosen = choose(posts, moment, lambda _post, _field: START)  # what is wrong with posts is told elsewhere
        return tuple(feeds(chosen.posts, settings, channel))

    events: dict[datetime, list[Event]] = {}
    for moment, event in _events(posts):
        if moment > now:
            events.setdefault(moment.astimezone(UTC), []).append(event)
    before = at(now) if events else ()
    for moment in sorted(events):
        after = at(moment)
        if after != before:
            shown = {post.path for feed in (*before, *after) for post in feed.posts}
            return Change(moment, tuple(event for event in events[moment] if event.post.path in shown))
    return None


def cron_line(moment: datetime) -> str:
    """Return the five fields of cron for the first whole minute that is not before ``moment``, in UTC."""
    minute = moment.astimezone(UTC).replace(second=0)
    if minute < moment:
        with suppress(OverflowError):  # the last minute that there is
            minute += timedelta(minutes=1)
    return f"{minute.minute} {minute.hour} {minute.day} {minute.month} *"


def _events(posts: Iterable[Card]) -> Iterator[tuple[datetime, Event]]:
    for post in posts:
        yield post.published, Event(post, "published")
        if post.updated > post.published:
            yield post.updated, Event(post, "updated")
        if post.expires:
            yield post.expires, Event(post, "expires")
