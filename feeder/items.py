"""Cards of chosen posts -> Items: the second reading, and the rendering, of the few that some feed shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from feeder import files, normalize, render, survey
from feeder.formats import FORMATS
from feeder.model import Card, Channel
from feeder.problems import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeder.images import Library
    from feeder.settings import Settings


class Kitchen(NamedTuple):
    """All that rendering needs beside the posts; the same for all of a build."""

    directory: files.PostsDirectory
    rules: normalize.Rules
    settings: Settings
    library: Library
    channel: Channel


class Item(NamedTuple):
    """A rendered post: its bytes by the name of the format, and what was wrong with the files that it names."""

    data: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def items(kitchen: Kitchen, cards: Sequence[Card]) -> list[Item]:
    """Return an item for each card, in their order. Raises `ConfigurationError` for a post that is no longer sound."""
    made = [_rendered(kitchen, card) for card in cards]
    entries = [entry for entry, _ in made]
    formats = kitchen.settings.feeds.formats
    data = [FORMATS[name].items(entries, kitchen.channel) for name in formats]
    return [
        Item(dict(zip(formats, row, strict=True)), found)
        for (_, found), row in zip(made, zip(*data, strict=True), strict=True)
    ]


def _rendered(kitchen: Kitchen, card: Card) -> render.Rendered:
    found = survey.read_again(kitchen.directory, kitchen.rules, card.path)
    if found is None:
        message = f"a post changed while it was read: {card.shown}"
        raise ConfigurationError(message)
    post, body = found
    return render.entry_from_post(replace(post, updated=card.updated), body, kitchen.settings, kitchen.library)
