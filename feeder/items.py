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
    from feeder.render import Rendered
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
    plates = _plates(kitchen, tasks, Glance(kitchen.survey.rules))
    # A problem has a place, for which a glance is not enough.
    doubtful = [number for number, plate in enumerate(plates) if isinstance(plate, _Plate) and plate.problems]
    for number, plate in zip(doubtful, _plates(kitchen, [tasks[number] for number in doubtful], None), strict=True):
        plates[number] = plate
    entries = [plate.made.entry for plate in plates if isinstance(plate, _Plate)]
    formats = (*kitchen.settings.feeds.formats, *(("podcast",) if kitchen.channel.show else ()))
    rows = zip(*[format_named(name).items(entries, kitchen.channel) for name in formats], strict=True)
    return [
        plate if isinstance(plate, Asked) else plate.item(dict(zip(formats, next(rows), strict=True)), kitchen.survey)
        for plate in plates
    ]


class _Plate(NamedTuple):
    """A post on its way to an item."""

    digest: bytes
    text: Translation
    made: Rendered

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the body and the files that it names."""
        return (*self.text.problems, *self.made.problems)

    def item(self, data: Mapping[str, bytes], config: survey.Survey) -> Item:
        """Return the item of these bytes."""
        sights = tuple([_lasting(sight, config.since) for sight in self.made.sights])
        return Item(data, self.problems, self.digest, sights, self.text.links, self.made.thumbnails)


def _plates(kitchen: Kitchen, tasks: Sequence[Dish | Answered], glance: Glance | None) -> list[_Plate | Asked]:
    """Return each post, rendered, or what its body asks; a step is done with all of them before the next."""
    from feeder import render  # where nothing is rendered, it is not needed

    orders = [(task.task, task.answers) if isinstance(task, Answered) else (task, {}) for task in tasks]
    reads = [_read(kitchen, dish, glance) for dish, _ in orders]
    texts = [_translated(kitchen, read, answers) for read, (_, answers) in zip(reads, orders, strict=True)]
    told = [
        render.Text(read.post, read.draft, text.body)
        for read, text in zip(reads, texts, strict=True)
        if not isinstance(text, Asked)
    ]
    made = iter(render.entries_from_posts(told, kitchen.settings, kitchen.library))
    return [
        text if isinstance(text, Asked) else _Plate(read.digest, text, next(made))
        for read, text in zip(reads, texts, strict=True)
    ]


def _translated(kitchen: Kitchen, read: survey.Reread, answers: Mapping[Question, Answer]) -> Translation | Asked:
    try:
        return translated(read.post, read.draft, kitchen.settings, kitchen.survey.rules.dialect, answers)
    except UnansweredError as unanswered:
        return Asked(unanswered.questions)


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
