"""The whole build: posts in, artifacts out. Reads files, asks no clock, prints and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from feeder import assemble, rulings
from feeder.bodies.directives import directives
from feeder.budget import Cut, Fitted, fitted, told
from feeder.cache import Cache
from feeder.formats import format_named
from feeder.gathering import gather
from feeder.items import Order, RenderContext
from feeder.kinds import Cards
from feeder.lent import without_lent
from feeder.model import Artifact, Card, Feed, LeftOut
from feeder.problems import START, Problem, Severity, Unsound, problem, sort_key
from feeder.recall import Recall
from feeder.records import NamedTuple
from feeder.rules import CARDS, rule
from feeder.storage import places
from feeder.survey import SurveyContext, place, written
from feeder.texts.urls import quoted_path
from feeder.workers import Forked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from feeder.settings import Settings
    from feeder.workers import Workers

Progress = Callable[[str, int, int], None]
"""Hears what is done with posts ("read", "rendered", "checked"), to how many, of how many."""


def _silent(what: str, done: int, whole: int) -> None:
    """Take no notice of progress."""


_UNDATED = "missing-date"
_MANY = 5
"""Files none of which has a date, of which that is said at once."""
_COSTS_THE_POST = frozenset(
    {"bad-name", "duplicate-id", "not-a-file", "not-text", "outside", "too-large", "unreadable"}
)


class Build(NamedTuple):
    """All that a build made. ``problems`` are sorted by place; ``failed`` counts posts that errors kept out."""

    artifacts: tuple[Artifact, ...]
    """The feeds, then the thumbnails that they show."""
    feeds: tuple[Feed, ...]
    published: tuple[Card, ...]
    left_out: tuple[LeftOut, ...]
    failed: int
    problems: tuple[Problem, ...]
    cuts: tuple[Cut, ...] = ()
    """What feeds gave up to keep within their budget."""

    @property
    def documents(self) -> tuple[Artifact, ...]:
        """The artifacts that are feeds."""
        return tuple(item for item in self.artifacts if not item.media_type.startswith("image/"))

    @property
    def errors(self) -> int:
        """The number of problems that are errors."""
        return sum(item.severity is Severity.ERROR for item in self.problems)


class Means(NamedTuple):
    """How a build is carried out. Nothing here changes a byte of what is built."""

    workers: Workers = map
    progress: Progress = _silent
    cache: Cache | None = None
    installation: str = ""
    """What is installed, in any form that differs when that does: what a cache holds was made by it."""


class Chosen(NamedTuple):
    """All posts of a site, read and judged; nothing is rendered yet. ``problems`` are as they were found."""

    context: RenderContext
    recall: Recall
    paths: tuple[str, ...]
    """All files that are named like posts."""
    posts: tuple[Card, ...]
    """Every sound one that its author does not keep out, whatever its dates say."""
    choice: assemble.Choice
    feeds: tuple[Feed, ...]
    left_out: tuple[LeftOut, ...]
    failed: int
    problems: tuple[Problem, ...]

    def weighed(self, more: Iterable[Problem] = ()) -> tuple[Problem, ...]:
        """Return all problems, and ``more``, in reading order, without those that are off.

        Each has the severity that its post gives it, else the configuration.
        """
        context = self.context
        real = without_lent((*self.problems, *more), self.posts, context.library, context.settings.site.url)
        said = _at_once([*real], len(self.paths), context.survey.directory.shown(""))
        return tuple(sorted(_weighed(said, context, self.paths), key=sort_key))


def choose(settings: Settings, directory: Path, now: datetime, version: str, means: Means) -> Chosen:
    """Return which posts of a site are published at ``now``, and in which feeds, by the arguments of `build`.

    Raises `feeder.problems.ConfigurationError` when the posts directory cannot be read.
    """
    where = places.roots(settings, directory)
    posts = places.posts_directory(settings, directory)
    given = rulings.rules_from_settings(settings, *where)
    library = places.library(where, given.roots.beside)
    paths, unfit, rules = gather(posts, given)
    top, _ = rules.dialect.ground(settings.posts.path, rules.habits) if rules.dialect.page else ("", "")
    survey = SurveyContext(posts, rules, site=places.site(settings, directory, top) if top else None)
    context = RenderContext(survey, settings, library, assemble.channel_from_settings(settings, version))
    recall = Recall(means.cache or Cache(None), means.installation, context)
    marks = partial(place, survey)

    seen = recall.survey(paths, means.workers, partial(means.progress, "read"))
    cards = tuple(item.found for item in seen if isinstance(item.found, Card))
    choice = assemble.choose(cards, now, marks)
    if settings.podcast:
        from feeder.podcasts.show import looked_over

        with_guids, found = looked_over(Cards(choice.posts, marks), settings.podcast, settings.site.url, library)
        choice = choice._replace(posts=with_guids, problems=(*choice.problems, *found))
    judged = Cards(choice.posts, marks, partial(written, survey))
    problems = [
        *unfit,
        *(found for item in seen for found in item.problems),
        *choice.problems,
        *(found for code in CARDS for found in rule(code).check(judged)),
    ]
    if not paths and not unfit:
        problems.append(problem(posts.shown(""), START, "no-posts", "no posts found in this directory"))
    costly = {item.path for item in (*unfit, *choice.problems) if item.code in _COSTS_THE_POST}
    kept_out = (item.found for item in seen if isinstance(item.found, LeftOut))
    return Chosen(
        context=context,
        recall=recall,
        paths=tuple(paths),
        posts=cards,
        choice=choice,
        feeds=tuple(assemble.feeds(choice.posts, settings, context.channel)),
        left_out=tuple(sorted((*kept_out, *choice.left_out), key=lambda item: item.path)),
        failed=len(costly) + sum(item.found is None and bool(item.problems) for item in seen),
        problems=tuple(problems),
    )


def build(settings: Settings, directory: Path, now: datetime, version: str, means: Means) -> Build:
    """Return the feeds of a site, as bytes, and everything that is wrong with its posts.

    ``directory`` is what relative paths in ``settings`` are relative to, ``version`` what the feeds say of feeder.
    Raises `feeder.problems.ConfigurationError` when the posts directory cannot be read.
    """
    return finish(choose(settings, directory, now, version, means), means)


def finish(chosen: Chosen, means: Means) -> Build:
    """Return the feeds of chosen posts. Raises `feeder.problems.ConfigurationError` when a post changed since."""
    settings = chosen.context.settings
    shown = list({post.id: post for feed in chosen.feeds for post in feed.posts}.values())
    made = chosen.recall.items(shown, means.workers, partial(means.progress, "rendered"))
    items = {post.id: item.data for post, item in zip(shown, made, strict=True)}
    files = _files(settings)
    fits = [
        fitted(feed, [items[post.id] for post in feed.posts], files, settings.feeds.max_bytes) for feed in chosen.feeds
    ]
    cuts = tuple(fit.cut for fit in fits if fit.cut)
    orders = dict(_orders(fits, settings))
    # A forked process has the items already; elsewhere it would take longer to send them than to frame them here.
    documents = chosen.recall.documents(
        list(orders.values()), means.workers if isinstance(means.workers, Forked) else map
    )
    artifacts = tuple(
        Artifact(path=path, media_type=format_named(order.format).media_type, data=data)
        for (path, order), data in zip(orders.items(), documents, strict=True)
    )
    kept = {post.id for fit in fits for post in fit.feed.posts}
    thumbnails = {
        file.path: file for post, item in zip(shown, made, strict=True) if post.id in kept for file in item.thumbnails
    }
    chosen.recall.keep()
    return Build(
        artifacts=(*artifacts, *(thumbnails[path] for path in sorted(thumbnails))),
        feeds=tuple(fit.feed for fit in fits),
        published=chosen.choice.posts,
        left_out=chosen.left_out,
        failed=chosen.failed,
        problems=chosen.weighed((*(found for item in made for found in item.problems), *_cut(cuts, files, settings))),
        cuts=cuts,
    )


def files_of(feed: Feed, settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield the path of each file of a feed, below the output directory, with the name of its format."""
    if feed.path:
        yield feed.path, "podcast"
        return
    for name, file in _files(settings).items():
        yield feed.directory + file, name


def _files(settings: Settings) -> Mapping[str, str]:
    """Return the name of the file that each feed is written to in each format."""
    return {name: settings.feeds.names.get(name, format_named(name).file_name) for name in settings.feeds.formats}


def _orders(fits: Iterable[Fitted], settings: Settings) -> Iterator[tuple[str, Order]]:
    """Yield each file that is to be made, by its path below the output directory."""
    for feed, items, _ in fits:
        for path, name in files_of(feed, settings):
            url = feed.channel.base + quoted_path(path)
            yield path, Order(name, feed, [item[name] for item in items], url)


def _cut(cuts: Iterable[Cut], files: Mapping[str, str], settings: Settings) -> Iterator[Problem]:
    for cut in cuts:
        shown = f"{settings.output}/{cut.directory}{next(iter(files.values()))}"
        message = f"over feeds.max_bytes ({settings.feeds.max_bytes}): {told(cut)}"
        yield problem(shown, START, "feed-over-budget", message)


def _at_once(problems: list[Problem], files: int, directory: str) -> list[Problem]:
    """Return problems with one in place of that of each file where none of many has a date: those are no posts."""
    undated = {item.path for item in problems if item.code == _UNDATED}
    if len(undated) < max(files, _MANY):
        return problems
    message = f"none of {files} files has a date in its front matter or its name: are these posts?"
    return [*(item for item in problems if item.code != _UNDATED), problem(directory, START, _UNDATED, message)]


def _weighed(problems: Iterable[Problem], context: RenderContext, paths: Iterable[str]) -> Iterator[Problem]:
    directory = context.survey.directory
    prefix = directory.shown("-")[:-1]
    known = frozenset(paths)

    @cache
    def said(shown: str) -> Mapping[str, Severity]:
        path = shown.removeprefix(prefix)
        if path not in known:
            return {}  # a directory, or a file that is not for feeder to read
        try:
            text = directory.read(path).data.decode(errors="replace").replace("\r\n", "\n")
        except Unsound:
            return {}
        return {item.code: item.severity for item in directives(text, path)}

    for item in problems:
        severity = Severity(said(item.path).get(item.code) or context.settings.rules.get(item.code, item.severity))
        if severity is not Severity.OFF:
            yield item._replace(severity=severity)
