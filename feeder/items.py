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

    from feeder.kinds import FileStore
    from feeder.markup import Answer, Question, Translation
    from feeder.model import Artifact, Card, Channel, Feed, Sight
    from feeder.render import Rendered
    from feeder.settings import Settings


class RenderContext(NamedTuple):
    """All that rendering needs beside the posts; the same for all of a build."""

    survey: survey.SurveyContext
    settings: Settings
    library: FileStore
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


def load(context: RenderContext) -> None:
    """Load the libraries that rendering surely needs, so that processes which are forked now have them."""
    import_module("feeder.content").rendered(
        "word", "-.md", context.settings.site.url, "", context.settings.markdown.flavor
    )
    items(context, ())


class RenderTask(NamedTuple):
    """A post to render, and the digest of its file when its card was made, b"" where that is not known."""

    card: Card
    digest: bytes = b""


def items(context: RenderContext, tasks: Sequence[RenderTask | Answered]) -> list[Item | Asked]:
    """Return an item for each post, in their order; questions for one whose body names posts without answers.

    Raises `ConfigurationError` for a post that is no longer sound.
    """
    posts = _rendered_posts(context, tasks, Glance(context.survey.rules))
    # A problem has a place, for which a glance is not enough.
    doubtful = [number for number, post in enumerate(posts) if isinstance(post, _RenderedPost) and post.problems]
    for number, post in zip(
        doubtful, _rendered_posts(context, [tasks[number] for number in doubtful], None), strict=True
    ):
        posts[number] = post
    entries = [post.made.entry for post in posts if isinstance(post, _RenderedPost)]
    formats = (*context.settings.feeds.formats, *(("podcast",) if context.channel.show else ()))
    rows = zip(*[format_named(name).items(entries, context.channel) for name in formats], strict=True)
    return [
        post if isinstance(post, Asked) else post.item(dict(zip(formats, next(rows), strict=True)), context.survey)
        for post in posts
    ]


class _RenderedPost(NamedTuple):
    """A post on its way to an item."""

    digest: bytes
    text: Translation
    made: Rendered

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the body and the files that it names."""
        return (*self.text.problems, *self.made.problems)

    def item(self, data: Mapping[str, bytes], config: survey.SurveyContext) -> Item:
        """Return the item of these bytes."""
        sights = tuple([_lasting(sight, config.since) for sight in self.made.sights])
        return Item(data, self.problems, self.digest, sights, self.text.links, self.made.thumbnails)


def _rendered_posts(
    context: RenderContext, tasks: Sequence[RenderTask | Answered], glance: Glance | None
) -> list[_RenderedPost | Asked]:
    """Return each post, rendered, or what its body asks; a step is done with all of them before the next."""
    from feeder import render  # where nothing is rendered, it is not needed

    orders = [(task.task, task.answers) if isinstance(task, Answered) else (task, {}) for task in tasks]
    reads = [_read(context, task, glance) for task, _ in orders]
    texts = [_translated(context, read, answers) for read, (_, answers) in zip(reads, orders, strict=True)]
    told = [
        render.Text(read.post, read.draft, text.body)
        for read, text in zip(reads, texts, strict=True)
        if not isinstance(text, Asked)
    ]
    made = iter(render.entries_from_posts(told, context.settings, context.library))
    return [
        text if isinstance(text, Asked) else _RenderedPost(read.digest, text, next(made))
        for read, text in zip(reads, texts, strict=True)
    ]


def _translated(context: RenderContext, read: survey.Reread, answers: Mapping[Question, Answer]) -> Translation | Asked:
    try:
        return translated(read.post, read.draft, context.settings, context.survey.rules.dialect, answers)
    except UnansweredError as unanswered:
        return Asked(unanswered.questions)


def _lasting(sight: Sight, since: int) -> Sight:
    """Return a sight without a stamp that does not tell for certain whether the file changes."""
    return sight if sight.stamp and not survey.is_racy(sight.stamp, since) else sight._replace(stamp=())


def is_same(sight: Sight, card: Card, library: FileStore) -> bool:
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


def _digest(library: FileStore, local: str, post_path: str) -> str:
    try:
        return sha256(library.read(local, post_path)).hexdigest()
    except UnreadablePictureError:
        return ""


def _read(context: RenderContext, task: RenderTask, glance: Glance | None) -> survey.Reread:
    card, digest = task
    found = survey.read_again(context.survey, card, glance, digest)
    if found is None:
        message = f"a post changed while it was read: {card.shown}"
        raise ConfigurationError(message)
    return found._replace(post=survey.as_chosen(found.post, card))
