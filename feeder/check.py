"""``feeder check`` as a program: everything that is wrong with every post and with the feeds, and nothing written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeder import pipeline
from feeder.assemble import judged
from feeder.elsewhere import Elsewhere
from feeder.explanations import code_named
from feeder.finished import finished_feed
from feeder.items import load
from feeder.kinds import Cards
from feeder.normalize import NEVER
from feeder.problems import START, Mark, Problem, Severity, sort_key
from feeder.records import NamedTuple
from feeder.rules import CARDS, FEEDS, SITE, rule
from feeder.study import Studied, study
from feeder.subjects import Site
from feeder.survey import written
from feeder.texts.urls import quoted_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from feeder.items import RenderContext
    from feeder.model import Card
    from feeder.settings import Settings

_STUDIED = 20
"""Posts in one task."""


class Checked(NamedTuple):
    """All that is wrong with a site, sorted by place, each with what to do about it; how many posts and feeds it has."""

    problems: tuple[Problem, ...]
    posts: int
    feeds: int

    def number(self, severity: Severity) -> int:
        """Return the number of problems of a severity."""
        return sum(item.severity is severity for item in self.problems)


def check(settings: Settings, directory: Path, now: datetime, version: str, means: pipeline.Means) -> Checked:
    """Return everything that is wrong: what a build finds, and what the rules find in every post and every feed.

    The parameters are those of `feeder.pipeline.build`. Raises `ConfigurationError` as that does.
    """
    chosen = pipeline.choose(settings, directory, now, version, means)
    build = pipeline.finish(chosen, means)
    context = chosen.context
    if len(chosen.paths) > _STUDIED:
        load(context)
    progress = partial(means.progress, "checked")
    studied: list[Studied] = chosen.recall.neighbours.asking(
        means.workers, partial(study, context), chosen.paths, _STUDIED, progress
    )
    site = Site(
        pages=[item.page for item in studied if item.page],
        settings=settings,
        moment=now,
        published=frozenset(card.path for card in build.published),
        left_out={item.path: item.kind for item in build.left_out},
        known={path: context.survey.directory.shown(path) for path in chosen.paths},
        library=context.library,
        elsewhere=Elsewhere(context.survey, context.library, urlsplit(settings.site.url).path).has,
    )
    found = [
        *(problem for item in studied for problem in item.problems),
        *(problem for code in SITE for problem in rule(code).check(site)),
        *_of_unseen(studied, chosen, now),
        *_of_feeds(build, context, now),
    ]
    weighed = chosen._replace(problems=tuple(found)).weighed()
    # A post that a feed shows was rendered twice, and what was wrong then was found twice.
    told = (
        item for item in build.problems if item.code != "unknown-tag"
    )  # several at once there, and each by itself here
    problems = sorted({*told, *weighed}, key=sort_key)
    return Checked(tuple(map(_with_hint, problems)), len(chosen.paths), len(build.documents))


def _of_unseen(studied: Sequence[Studied], chosen: pipeline.Chosen, now: datetime) -> Iterator[Problem]:
    """Yield what choosing would find in posts that it does not see.

    Those that an error keeps out, or a date until it comes, are judged among all that are published. Those that their
    authors keep out, and those that have expired, are judged each for itself: they take nothing from others.
    """
    published = frozenset(card.path for card in chosen.choice.posts)
    marks = {item.page.path: item.page.marks for item in studied if item.page}

    def places(card: Card, field: str) -> Mark:
        return marks.get(card.path, {}).get(field, START)

    barred = [_dated(item.barred, now) for item in studied if item.barred]
    aside = [_dated(item.aside, now) for item in studied if item.aside]
    for card in chosen.posts:
        if card.path not in published:
            (aside if card.expires and card.expires <= now else barred).append(card)
    settings, written_in = chosen.context.settings, partial(written, chosen.context.survey)
    everyone = sorted((*chosen.choice.posts, *barred), key=lambda card: (card.published, card.path), reverse=True)
    subjects = [Cards(posts, places, written_in) for posts in ((everyone if barred else ()), *zip(aside))]
    found = [item for cards in subjects for item in _of_cards(cards, now)]
    if barred and settings.podcast:
        from feeder.podcasts.show import looked_over

        found += looked_over(subjects[0], settings.podcast, settings.site.url, chosen.context.library)[1]
    known = {(item.path, item.code) for item in chosen.problems}
    yield from (item for item in found if (item.path, item.code) not in known)


def _of_cards(cards: Cards, now: datetime) -> Iterator[Problem]:
    yield from judged(cards.posts, now, cards.places)[1]
    for code in CARDS:
        yield from rule(code).check(cards)


def _dated(card: Card, now: datetime) -> Card:
    """Return a card whose date could not be had with today's: others are older, and it is not that of the update."""
    return card if card.published > NEVER else card._replace(published=now)


def _of_feeds(build: pipeline.Build, context: RenderContext, now: datetime) -> Iterator[Problem]:
    settings = context.settings
    names = [name for feed in build.feeds for _, name in pipeline.files_of(feed, settings)]
    ids: dict[tuple[str, str], str] = {}
    for artifact, name in zip(build.documents, names, strict=True):
        url = context.channel.base + quoted_path(artifact.path)
        feed = finished_feed(artifact, name, url, settings, now)._replace(ids=ids)
        for code in FEEDS:
            yield from rule(code).check(feed)
        for item in feed.items:
            ids.setdefault((item.url, item.title), item.id)


def _with_hint(item: Problem) -> Problem:
    return item if item.hint else item._replace(hint=code_named(item.code).mend)
