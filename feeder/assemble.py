"""Cards -> Feeds: which posts are published, in which order, and in which feeds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeder.archives import directory, history
from feeder.groups import grouped
from feeder.model import Card, Channel, Feed, LeftOut
from feeder.problems import START, Problem, problem
from feeder.records import NamedTuple
from feeder.texts.dates import format_rfc3339
from feeder.texts.plaintext import without_markup
from feeder.texts.urls import quoted_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from feeder.kinds import Places
    from feeder.podcasts.values import Show
    from feeder.settings import Settings

EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
"""The update of a feed without entries: Atom demands one, and a clock would change the bytes."""


class Choice(NamedTuple):
    """The posts that are published, newest first; those that are not, with the reason; and what was wrong."""

    posts: tuple[Card, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[Problem, ...]


def choose(posts: Iterable[Card], now: datetime, places: Places) -> Choice:
    """Return which posts are published at ``now``. Of two with one id, the older is."""
    left_out: list[LeftOut] = []
    due: list[Card] = []
    for post in posts:
        if reason := _reason(post, now):
            left_out.append(LeftOut(path=post.shown, kind=reason[0], reason=" ".join(reason)))
        else:
            due.append(post)
    kept, problems = judged(due, now, places)
    newest_first = sorted(kept, key=lambda post: post.id)
    newest_first.sort(key=lambda post: post.published, reverse=True)
    return Choice(tuple(newest_first), tuple(sorted(left_out, key=lambda item: item.path)), tuple(problems))


def judged(posts: Iterable[Card], now: datetime, places: Places) -> tuple[list[Card], list[Problem]]:
    """Return the posts as they are to be published, each id once, and what is wrong with their ids and their updates."""
    problems: list[Problem] = []
    kept: dict[str, Card] = {}
    for post in sorted(posts, key=lambda post: (post.published, post.path)):
        settled = post
        if post.updated > max(now, post.published):
            settled = post._replace(updated=post.published)
            message = f"updated after this build ({format_rfc3339(now)})"
            mark = places(post, "updated")
            problems.append(problem(post.shown, mark, "updated-in-future", message, format_rfc3339(post.updated)))
        if other := kept.get(post.id):
            problems.append(_duplicate(post, other, places))
        else:
            kept[post.id] = settled
    return list(kept.values()), problems


def feeds(posts: Sequence[Card], settings: Settings, channel: Channel) -> Iterator[Feed]:
    """Yield the site's feed, its archives, the oldest first, a podcast's, and then those of groups, by kind and slug."""
    title, wanted = settings.site.title, settings.feeds
    if wanted.archive:
        recent, archives = history(posts, wanted.limit, wanted.archive)
        yield _feed("", title, recent, channel)._replace(limit=wanted.limit, before=len(archives))
        # It is the site's feed, and has its id; nobody asks for it twice, and another feeder must not change it.
        silent = channel._replace(hubs=(), ttl=0, generator_version="")
        for before, page in enumerate(archives):
            feed = _feed(directory(before + 1), title, page, silent)
            yield feed._replace(id=channel.base, before=before, archive=True)
    else:
        yield _feed("", title, posts[: wanted.limit or None], channel)._replace(limit=wanted.limit)
    if (show := channel.show) and settings.podcast:
        limit = settings.podcast.limit
        episodes = [post for post in posts if post.episode][: limit or None]
        feed = _feed("", show.title, episodes, channel)
        yield feed._replace(id=channel.base + quoted_path(show.path), home=show.link, path=show.path, limit=limit)
    for group in grouped(posts, wanted, title):
        feed = _feed(group.directory, group.title, group.posts[: group.limit or None], channel)
        yield feed._replace(limit=group.limit, kind=group.kind)


def channel_from_settings(settings: Settings, version: str) -> Channel:
    """Return what all feeds say of the site."""
    site, feeds = settings.site, settings.feeds
    return Channel(
        title=site.title,
        link=site.url,
        description=without_markup(site.description) or site.title,
        language=site.language,
        authors=site.author,
        base=feeds.url,
        generator=site.generator,
        generator_version=version if site.generator == "feeder" else "",
        copyright=site.copyright,
        image=site.image,
        icon=site.icon,
        logo=site.logo,
        ttl=feeds.ttl,
        hubs=feeds.hub,
        categories=site.categories,
        managing_editor=site.managing_editor,
        category_scheme=f"{feeds.url}categories/",
        tag_scheme=f"{feeds.url}tags/",
        show=_show(settings),
    )


def _show(settings: Settings) -> Show | None:
    if settings.podcast is None:
        return None
    from feeder.podcasts.show import show_from_settings

    return show_from_settings(settings.podcast, settings.site, settings.feeds.url + quoted_path(settings.podcast.path))


def _reason(post: Card, now: datetime) -> tuple[str, str] | None:
    """Return why a post is not published at ``now``, as a word and what follows it; None when it is."""
    if post.published > now:
        return "scheduled", f"for {format_rfc3339(post.published)}"
    if post.expires and post.expires <= now:
        return "expired", f"on {format_rfc3339(post.expires)}"
    return None


def _duplicate(post: Card, other: Card, places: Places) -> Problem:
    here, there = (
        next((mark for name in ("id", "url") if (mark := places(card, name)) != START), START) for card in (post, other)
    )
    comes = "is older" if other.published < post.published else "comes first"
    message = f"same id as {other.shown}:{there.line}:{there.column}, which {comes} and keeps it"
    return problem(post.shown, here, "duplicate-id", message, post.id)


def _feed(directory: str, title: str, posts: Sequence[Card], channel: Channel) -> Feed:
    updated = max((post.updated for post in posts), default=EMPTY_SINCE)
    identity = channel.base + quoted_path(directory)
    return Feed(
        id=identity, directory=directory, title=title, home=channel.link,
        updated=updated, posts=tuple(posts), channel=channel,
    )  # fmt: skip
