"""Settings -> Show: a podcast complete with what its site lends it, and whether its artwork is what Apple takes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.podcasts.values import Funding, Person, Show
from feeder.problems import START, problem
from feeder.texts import urls
from feeder.texts.plaintext import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Cards, FileStore
    from feeder.model import Card, Channel, Facts
    from feeder.podcasts.settings import Podcast
    from feeder.problems import Problem
    from feeder.settings import Site

SMALLEST, LARGEST = 1400, 3000
"""Pixels of each side of artwork that Apple takes."""
ARTWORK_TYPES = ("image/jpeg", "image/png")
_NAMESPACE = "ead4c236-bf58-58c6-a2c6-a6b28d128cb6"
"""Of all podcasts (Podcasting 2.0, "guid")."""


def show_from_settings(podcast: Podcast, site: Site, url: str) -> Show:
    """Return the podcast whose feed is served at ``url``."""
    return Show(
        path=podcast.path,
        title=podcast.title or site.title,
        description=without_markup(podcast.description or site.description) or podcast.title or site.title,
        link=podcast.link or site.url,
        language=podcast.language or site.language,
        author=podcast.author or ", ".join(author.name for author in site.author) or podcast.title or site.title,
        owner=next((person for person in (*podcast.owner, *site.author) if person.email), None),
        image=_absolute(podcast.image, site.url),
        categories=podcast.category,
        explicit=podcast.explicit,
        type=podcast.type,
        copyright=podcast.copyright or site.copyright,
        block=podcast.block,
        complete=podcast.complete,
        locked=podcast.locked,
        new_feed_url=podcast.new_feed_url,
        guid=podcast.guid or guid_of(url),
        medium=podcast.medium,
        funding=tuple(Funding(*link) for link in podcast.funding),
        people=tuple(
            Person(name, role.lower(), group.lower(), _absolute(img, site.url), _absolute(href, site.url))
            for name, role, group, img, href in podcast.people
        ),
    )


def guid_of(url: str) -> str:
    """Return the UUID of the podcast whose feed is at ``url``: of that without scheme and trailing slashes."""
    from uuid import UUID, uuid5  # not cheap

    return str(uuid5(UUID(_NAMESPACE), url.partition("://")[2].rstrip("/")))


def channel_of(channel: Channel) -> Channel:
    """Return what the podcast's feed says of itself, where it does so in the words of any feed."""
    show = channel.show
    if show is None:
        return channel
    return channel._replace(
        title=show.title, link=show.link, description=show.description, language=show.language,
        copyright=show.copyright, image=show.image, icon="", logo="", categories=(),
    )  # fmt: skip


def looked_over(
    cards: Cards, podcast: Podcast, site: str, library: FileStore
) -> tuple[tuple[Card, ...], list[Problem]]:
    """Return the posts with a guid of its own for each episode, and what is wrong with the show as a whole."""
    posts, problems = _distinct(cards)
    if posts and not any(post.episode for post in posts):
        message = "no published post has audio or video, so the podcast has no episodes"
        problems.append(problem(podcast.shown, podcast.marks[""], "no-episodes", message))
    return posts, [*problems, *_artwork_problems(podcast, site, library)]


def _distinct(cards: Cards) -> tuple[tuple[Card, ...], list[Problem]]:
    """Of two episodes with one guid, the older keeps it."""
    older: dict[str, Card] = {}
    posts: list[Card] = []
    problems: list[Problem] = []
    for post in reversed(cards.posts):
        if post.episode and (other := older.setdefault(post.episode, post)) is not post:
            mark = next((mark for name in ("episode_guid", "id") if (mark := cards.places(post, name)) != START), START)
            message = f"same guid as {other.shown}, which is older and keeps it; the post's id is used instead"
            problems.append(problem(post.shown, mark, "duplicate-guid", message, post.episode))
            posts.append(post._replace(episode=post.id))
        else:
            posts.append(post)
    return tuple(reversed(posts)), problems


def _artwork_problems(podcast: Podcast, site: str, library: FileStore) -> Iterator[Problem]:
    mark = podcast.marks["image"]
    url = _absolute(podcast.image, site)
    if not url.startswith(site):
        return
    sight = library.see("/" + unquote(url.removeprefix(site)), "", as_picture=True)
    if not sight.there:
        if sight.missing:
            yield problem(podcast.shown, mark, "podcast-artwork", "no such file in site.assets", podcast.image)
    elif fault := sight.fault or artwork_fault(sight.facts):
        yield problem(podcast.shown, mark, "podcast-artwork", fault, podcast.image)


def artwork_fault(facts: Facts) -> str:
    """Return why Apple does not take a picture as artwork, "" when it does."""
    if facts.type not in ARTWORK_TYPES:
        return f"artwork must be JPEG or PNG; this is {facts.type or 'neither'}"
    if facts.width != facts.height or not SMALLEST <= facts.width <= LARGEST:
        size = f"{facts.width} by {facts.height}"
        return f"artwork must be square, {SMALLEST} to {LARGEST} pixels on each side; this is {size}"
    return ""


def _absolute(reference: str, site: str) -> str:
    return urls.site_absolute(reference, site) if reference else ""
