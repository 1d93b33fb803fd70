"""Post and body -> Entry: safe HTML, a summary, and the pictures with what is known of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from feeder.content import MAX_BODY, rendered
from feeder.dialects import dialect
from feeder.excerpts import pictures_of, summary_of
from feeder.markup import sweeper
from feeder.model import Entry
from feeder.pictures import Files
from feeder.plaintext import shorten
from feeder.problems import START, Problem
from feeder.rawhtml import BodyTooDeepError
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feeder.kinds import Shelves
    from feeder.model import Artifact, Category, Draft, Post, Sight
    from feeder.settings import Settings

_EXCERPT_SOURCE = 20_000
"""Characters of an oversized body that its summary is made from."""
_SUMMARY_MAX = 2_000
"""Characters of a summary that the author gave; it is a summary, not the text."""


class Rendered(NamedTuple):
    """An entry, what was wrong with the files that it names, what was seen of them, and the thumbnails made of them."""

    entry: Entry
    problems: tuple[Problem, ...]
    sights: tuple[Sight, ...]
    thumbnails: tuple[Artifact, ...]


def entry_from_post(post: Post, draft: Draft, body: str, settings: Settings, library: Shelves) -> Rendered:
    """Return the entry for a post whose file is ``draft``; ``body`` is its body, translated.

    It is rendered even for a summary feed: pictures and text come from it.
    """
    files = Files(post, draft, settings, library)
    html, excerpt = _html(post, body, settings, files.report)
    html = files.mended(html)
    files.tell_missing(html)
    summary = post.summary or excerpt or summary_of(html)
    full = html if settings.feeds.content == "full" and len(body) <= MAX_BODY else ""
    pictures = tuple(pictures_of(html))
    reference = post.image or files.of_url((*pictures, settings.site.image)[0])
    small = post.thumbnail or reference
    image = files.picture(reference) if reference else None
    enclosures = tuple([files.enclosure(item) for item in post.enclosures])
    entry = Entry(
        post=post,
        html=full,
        summary=shorten(summary, _SUMMARY_MAX),
        categories=tuple(_distinct(post.categories)),
        image=image,
        thumbnail=files.thumbnail(small) if small else None,
        image_in_body=image is not None and bool(full) and image.url in pictures,
        enclosures=enclosures,
    )
    if post.episode:
        from feeder.recorded import recording  # only podcasts have them

        audio = enclosures[post.enclosures.index(post.episode.audio)]
        entry = entry._replace(recording=recording(post.episode, audio, image, files))
    return Rendered(entry, tuple(files.problems), files.sights, tuple(files.thumbnails.values()))


def _html(post: Post, body: str, settings: Settings, report: Callable[..., None]) -> tuple[str, str]:
    if len(body) > MAX_BODY:
        report(
            START,
            "body-too-large",
            f"{len(body)} characters; readers refuse feeds of this size, so only the summary is published",
        )
        body = body[:_EXCERPT_SOURCE]
    prefix = f"p{hashlib.sha256(post.id.encode()).hexdigest()[:8]}-"
    try:
        marked = settings.markdown
        made = rendered(body, post.path, post.url, prefix, marked.flavor, breaks=marked.breaks)
    except BodyTooDeepError:
        report(START, "body-too-deep", "lists, quotes or elements nested too deeply to be rendered")
        return "", ""
    sweep = sweeper(
        dialect("plain" if settings.site.dialect == "auto" else settings.site.dialect), post.path, settings.habits
    )
    html = sweep(made.html) if sweep else made.html
    return html, made.excerpt if html == made.html else ""  # what was left is in the excerpt, too


def _distinct(categories: tuple[Category, ...]) -> Iterator[Category]:
    seen: set[str] = set()
    for category in categories:
        if category.name.casefold() not in seen:
            seen.add(category.name.casefold())
            yield category
