"""Cards of chosen posts -> Items: the second reading, and the rendering, of the few that some feed shows."""

from __future__ import annotations

from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING

from feeder import survey
from feeder.formats import format_named
from feeder.glance import Glance
from feeder.markup import UnansweredError, translated
from feeder.model import Facts
from feeder.neighbours import Answered, Asked
from feeder.problems import ConfigurationError, Problem, UnreadablePictureError
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from feeder.kinds import Shelves
    from feeder.markup import Answer, Question, Translation
    from feeder.model import Artifact, Card, Channel, Feed, Sight
    from feeder.settings import Settings


class Kitchen(NamedTuple):
    """All that rendering needs beside the posts; the same for all of a build."""

    survey: survey.Survey
    settings: Settings
    library: Shelves
    channel: Channel


class Item(NamedTuple):
    """A rendered post: its bytes by the name of the format, and what was wrong with its body and the files that it names.

    ``digest`` is that of the post's file, ``sights`` what was seen of local files, ``links`` where the posts are that it
    names: as long as all are the same, so is the item. ``thumbnails`` are the files that were made for it.
    """

    data: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    digest: bytes
    sights: tuple[Sight, ...]
    links: tuple[tuple[Question, Answer], ...] = ()
    thumbnails: tuple[Artifact, ...] = ()


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


class Dish(NamedTuple):
    """A post to render, and the digest of its file when its card was made, b"" where that is not known."""

    card: Card
    digest: bytes = b""


def items(kitchen: Kitchen, tasks: Sequence[Dish | Answered]) -> list[Item | Asked]:
    """Return an item for each post, in their order; questions for one whose body names posts without answers.

    Raises `ConfigurationError` for a post that is no longer sound.
    """
    from feeder import render  # where nothing is rendered, it is not needed

    glance = Glance(kitchen.survey.rules)
    dialect = kitchen.survey.rules.dialect

    def cooked(task: Dish | Answered, glance: Glance | None) -> tuple[bytes, Translation, render.Rendered]:
        dish, answers = task if isinstance(task, Answered) else (task, {})
        read = _read(kitchen, dish, glance)
        text = translated(read.post, read.draft, kitchen.settings, dialect, answers)
        made = render.entry_from_post(read.post, read.draft, text.body, kitchen.settings, kitchen.library)
        # A problem has a place, for which a glance is not enough.
        return cooked(task, None) if glance and (made.problems or text.problems) else (read.digest, text, made)

    found: list[Asked | None] = []
    made: list[tuple[bytes, Translation, render.Rendered]] = []
    for task in tasks:
        try:
            made.append(cooked(task, glance))
            found.append(None)
        except UnansweredError as unanswered:
            found.append(Asked(unanswered.questions))
    formats = (*kitchen.settings.feeds.formats, *(("podcast",) if kitchen.channel.show else ()))
    data = [format_named(name).items([rendered.entry for _, _, rendered in made], kitchen.channel) for name in formats]
    whole = iter([
        Item(
            dict(zip(formats, row, strict=True)), (*text.problems, *rendered.problems), digest,
            tuple([_lasting(sight, kitchen.survey.since) for sight in rendered.sights]), text.links, rendered.thumbnails,
        )
        for (digest, text, rendered), row in zip(made, zip(*data, strict=True), strict=True)
    ])  # fmt: skip
    return [asked or next(whole) for asked in found]


def _lasting(sight: Sight, since: int) -> Sight:
    """Return a sight without a stamp that does not tell for certain whether the file changes."""
    return sight if sight.stamp and not survey.is_racy(sight.stamp, since) else sight._replace(stamp=())


def is_same(sight: Sight, card: Card, library: Shelves) -> bool:
    """Whether a post's file still is what was seen of it: by its stamp, else by looking into it."""
    unread = sight._replace(as_picture=False, as_audio=False, facts=Facts(0), fault="", digest="")
    if sight.stamp and unread == library.see(sight.local, card.path, as_picture=False)._replace(facts=Facts(0)):
        return True
    looked = (
        library.hear(sight.local, card.path)
        if sight.as_audio
        else library.see(sight.local, card.path, as_picture=sight.as_picture)
    )
    if looked._replace(stamp=()) != sight._replace(stamp=(), digest=""):
        return False
    return not sight.digest or sight.digest == _digest(library, sight.local, card.path)


def _digest(library: Shelves, local: str, post_path: str) -> str:
    try:
        return sha256(library.read(local, post_path)).hexdigest()
    except UnreadablePictureError:
        return ""


def _read(kitchen: Kitchen, dish: Dish, glance: Glance | None) -> survey.Reread:
    card, digest = dish
    found = survey.read_again(kitchen.survey, card, glance, digest)
    if found is None:
        message = f"a post changed while it was read: {card.shown}"
        raise ConfigurationError(message)
    return found._replace(post=survey.as_chosen(found.post, card))
