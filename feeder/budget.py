"""A Feed and the bytes of its Items -> what of them fits into `feeds.max_bytes`, in every format alike.

Beyond the budget, older entries give up their text, the oldest first; when all but the newest have, the oldest leave.
A document of a history that archives hold (RFC 5005) loses none, since no other has them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from feeder.formats import FORMATS
from feeder.records import NamedTuple
from feeder.texts.urls import quoted_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from feeder.model import Channel, Feed

_NEWEST = 10
"""Entries that keep their text before older ones come in with their summaries, unless they take half of the budget."""
_BETWEEN = 6
"""Bytes that an item takes beyond its own: a comma and a line end; a date that is spelled otherwise."""
_SURPRISE = 100
"""Bytes that a frame has only when there are items."""
_CHARACTER = 12
"""Bytes that a character of text may take in a file."""


class Cut(NamedTuple):
    """What a feed gave up: the text of so many entries, so many entries. ``over`` tells that it did not suffice."""

    directory: str
    summaries: int
    dropped: int
    over: bool


class Fitted(NamedTuple):
    """A feed, with the posts that it shows, their items, and what it gave up, if anything."""

    feed: Feed
    items: Sequence[Mapping[str, bytes]]
    cut: Cut | None = None


def fitted(feed: Feed, items: Sequence[Mapping[str, bytes]], files: Mapping[str, str], most: int) -> Fitted:
    """Return what of a feed fits into ``most`` bytes, 0 for any number; ``files`` are the formats' file names.

    A podcast's has all: an episode that leaves the feed leaves the podcast.
    """
    if not most or feed.path or _surely_fits(feed, items, files, most):
        return Fitted(feed, items)
    room = {name: most - len(_frame(feed, name, file)) - _SURPRISE for name, file in files.items()}
    if _fits(items, room):
        return Fitted(feed, items)
    return _cut(feed, items, room)


def told(cut: Cut) -> str:
    """Return what feeds gave up, in words."""
    parts = [f"{cut.summaries} entr{'y' if cut.summaries == 1 else 'ies'} cut to the summary"] if cut.summaries else []
    parts += [f"{cut.dropped} left out"] if cut.dropped else []
    if cut.over:
        parts.append("and still too large" if parts else "nothing left to cut")
    return ", ".join(parts)


def _surely_fits(feed: Feed, items: Sequence[Mapping[str, bytes]], files: Iterable[str], most: int) -> bool:
    """Whether nothing has to be looked at closely."""
    frame = _frame_at_most(feed.channel) + _CHARACTER * len(feed.title)
    return all(sum([len(item[name]) for item in items]) + _BETWEEN * len(items) + frame <= most for name in files)


@lru_cache(2)
def _frame_at_most(channel: Channel) -> int:
    """Return what no frame's bytes exceed: each thing is said three times at most, in elements of two hundred."""
    return 5_000 + 3 * _CHARACTER * len(repr(channel))


def _frame(feed: Feed, name: str, file: str) -> bytes:
    url = feed.channel.base + quoted_path(feed.directory + file)
    return FORMATS[name].document(feed._replace(posts=()), (), url)


def _fits(items: Iterable[Mapping[str, bytes]], room: Mapping[str, int]) -> bool:
    return all(sum(len(item[name]) + _BETWEEN for item in items) <= most for name, most in room.items())


def _cut(feed: Feed, items: Sequence[Mapping[str, bytes]], room: Mapping[str, int]) -> Fitted:
    """Return a feed within its bounds; each post is read at most once, and none that comes too late."""
    whole = feed.before is not None
    kept = _within(items[:_NEWEST], {name: most // 2 for name, most in room.items()})
    used = {name: sum(len(item[name]) + _BETWEEN for item in items[:kept]) for name in room}
    shown = [*items[:kept]]
    for item in items[kept:]:
        brief = _short(item, room)
        used = {name: used[name] + len(brief[name]) + _BETWEEN for name in room}
        if not whole and shown and any(used[name] > most for name, most in room.items()):
            break
        shown.append(brief)
    if len(shown) == len(items):
        # All are in: as many of the newest as there is room for have their text again.
        for at in range(kept, len(items)):
            used = {name: used[name] + len(items[at][name]) - len(shown[at][name]) for name in room}
            if any(used[name] > most for name, most in room.items()):
                break
            shown[at] = items[at]
    dropped = len(items) - len(shown)
    if dropped:
        posts = feed.posts[: len(shown)]
        feed = feed._replace(posts=posts, updated=max(post.updated for post in posts), limit=len(posts))
    summaries = sum(now is not before for now, before in zip(shown, items, strict=False))
    return Fitted(feed, shown, Cut(feed.directory, summaries, dropped, not _fits(shown, room)))


def _within(items: Sequence[Mapping[str, bytes]], room: Mapping[str, int]) -> int:
    """Return how many of the first items fit."""
    return min(
        sum(length <= most for length in accumulate(len(item[name]) + _BETWEEN for item in items))
        for name, most in room.items()
    )


def _short(item: Mapping[str, bytes], names: Iterable[str]) -> Mapping[str, bytes]:
    """Return an item with its summary only; the item itself, where that is not shorter in every format."""
    brief = {name: FORMATS[name].short(item[name]) for name in names}
    return brief if all(len(brief[name]) < len(item[name]) for name in brief) else item
