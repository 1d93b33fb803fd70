"""Cards of chosen posts -> Items: the second reading, and the rendering, of the few that some feed shows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from feeder import survey
from feeder.formats import format_named
from feeder.glance import Glance
from feeder.problems import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeder.kinds import Shelves
    from feeder.model import Card, Channel, Feed, Sight
    from feeder.settings import Settings


class Kitchen(NamedTuple):
    """All that rendering needs beside the posts; the same for all of a build."""

    survey: survey.Survey
    settings: Settings
    library: Shelves
    channel: Channel


class Item(NamedTuple):
    """A rendered post: its bytes by the name of the format, and what was wrong with the files that it names.

    ``digest`` is that of the post's file, ``sights`` what was seen of local files: as long as both are the same, so is
    the item.
    """

    data: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    digest: bytes
    sights: tuple[Sight, ...]


class Order(NamedTuple):
    """A file to make: a feed in a format, at its own URL, of the bytes of its items."""

    format: str
    feed: Feed
    items: Sequence[bytes]
    url: str


def documents(orders: Sequence[Order]) -> list[bytes]:
    """Return the finished file for each order."""
    return [format_named(order.format).document(order.feed, order.items, order.url) for order in orders]


def load(kitchen: Kitchen) -> None:
    """Load the libraries that rendering needs, so that processes which are forked now have them."""
    import_module("feeder.content").rendered(
        "-", "-.md", kitchen.settings.site.url, "", kitchen.settings.markdown.flavor
    )
    items(kitchen, ())


def items(kitchen: Kitchen, cards: Sequence[Card]) -> list[Item]:
    """Return an item for each card, in their order. Raises `ConfigurationError` for a post that is no longer sound."""
    from feeder import render  # where nothing is rendered, it is not needed

    glance = Glance(kitchen.survey.rules)

    def cooked(card: Card, glance: Glance | None) -> tuple[bytes, render.Rendered]:
        read = _read(kitchen, card, glance)
        made = render.entry_from_post(read.post, read.body, kitchen.settings, kitchen.library)
        # A problem has a place, for which a glance is not enough.
        return cooked(card, None) if glance and made.problems else (read.digest, made)

    made = [cooked(card, glance) for card in cards]
    formats = (*kitchen.settings.feeds.formats, *(("podcast",) if kitchen.channel.show else ()))
    data = [format_named(name).items([rendered.entry for _, rendered in made], kitchen.channel) for name in formats]
    return [
        Item(dict(zip(formats, row, strict=True)), rendered.problems, digest, rendered.sights)
        for (digest, rendered), row in zip(made, zip(*data, strict=True), strict=True)
    ]


def _read(kitchen: Kitchen, card: Card, glance: Glance | None) -> survey.Reread:
    found = survey.read_again(kitchen.survey, card, glance)
    if found is None:
        message = f"a post changed while it was read: {card.shown}"
        raise ConfigurationError(message)
    return found._replace(post=survey.as_chosen(found.post, card))
