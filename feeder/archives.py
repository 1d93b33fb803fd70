"""The history of a feed as documents (RFC 5005): which posts are in which, and how each links to the others.

An archive is filled oldest first, written when it is full, and never changed by what is published later. So the posts
that are in none yet are all in the feed that is subscribed to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.model import Card, Feed

PAGE = 50
"""Posts in an archive: few documents to fetch for who wants them all, and few posts that wait for one to be full."""


class History(NamedTuple):
    """Posts, newest first: those of the feed that is subscribed to, and those of each archive, the oldest first."""

    recent: Sequence[Card]
    archives: tuple[Sequence[Card], ...]


def history(posts: Sequence[Card], limit: int, page: int) -> History:
    """Return where each post is. An archive takes only what the feed need not hold; it needs all, if ``limit`` is 0."""
    full = max(len(posts) - limit, 0) // page if limit else 0
    ends = [len(posts) - number * page for number in range(full + 1)]
    return History(posts[: ends[-1]], tuple(posts[end - page : end] for end in ends[:-1]))


def directory(number: int | str) -> str:
    """Return where an archive lies below the output; the first holds the oldest posts."""
    return f"archive/{number}/"


def is_archive(path: str) -> bool:
    """Whether a file or a directory below the output is an archive's, there now or to come."""
    first, _, rest = path.partition("/")
    number, slash, _ = rest.partition("/")
    return first == "archive" and number.isascii() and number.isdigit() and slash == "/"


def links(feed: Feed, url: str) -> Iterator[tuple[str, str]]:
    """Yield the relation and the URL of the documents that a document of a feed's history links to.

    ``url`` is its own. An archive names the one that will follow it before there is one: it could not be added later
    without changing what must not change.
    """
    if feed.before is None:
        return
    name = url.removeprefix(feed.channel.base + feed.directory)

    def to(number: int) -> str:
        return feed.channel.base + directory(number) + name

    if feed.archive:
        yield "current", feed.channel.base + name
    if feed.before:
        yield "prev-archive", to(feed.before)
    if feed.archive:
        yield "next-archive", to(feed.before + 2)
