"""Post and body -> Entry: safe HTML, a summary, and the pictures with what is known of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from feeder import urls
from feeder.content import MAX_BODY, rendered
from feeder.dialects import dialect
from feeder.excerpts import pictures_of, summary_of
from feeder.markup import sweeper
from feeder.mediatypes import UNKNOWN, media_type_of
from feeder.model import Category, Enclosure, Entry, Picture, Post, Reference
from feeder.plaintext import shorten
from feeder.problems import START, Problem, problem
from feeder.rawhtml import BodyTooDeepError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Shelves
    from feeder.model import Sight
    from feeder.settings import Settings

See = Callable[..., "Sight"]
_EXCERPT_SOURCE = 20_000
"""Characters of an oversized body that its summary is made from."""
_SUMMARY_MAX = 2_000
"""Characters of a summary that the author gave; it is a summary, not the text."""
_USUAL_PICTURE = "image/jpeg"


class Rendered(NamedTuple):
    """An entry, what was wrong with the files that it names, and what was seen of them."""

    entry: Entry
    problems: tuple[Problem, ...]
    sights: tuple[Sight, ...]


def entry_from_post(post: Post, body: str, settings: Settings, library: Shelves) -> Rendered:
    """Return the entry for a post. Its body is rendered even for a summary feed: pictures and text come from it."""
    problems: list[Problem] = []
    sights: list[Sight] = []

    def see(local: str, *, as_picture: bool) -> Sight:
        sights.append(library.see(local, post.path, as_picture=as_picture))
        return sights[-1]

    def report(mark_of: Reference | None, code: str, message: str, got: str | None = None) -> None:
        problems.append(problem(post.shown, mark_of.mark if mark_of else START, code, message, got))

    html, excerpt = _html(post, body, settings, report)
    summary = post.summary or excerpt or summary_of(html)
    full = html if settings.feeds.content == "full" and len(body) <= MAX_BODY else ""
    pictures = tuple(pictures_of(html))
    fallback = None if post.image else _from_url((*pictures, settings.site.image)[0], post, settings)
    image = _picture(post.image or fallback, post, settings, see, report)
    thumbnail = image
    if post.thumbnail and post.thumbnail != post.image:
        thumbnail = _picture(post.thumbnail, post, settings, see, report)
    enclosures = tuple(_enclosure(item, settings, see, report) for item in post.enclosures)
    entry = Entry(
        post=post,
        html=full,
        summary=shorten(summary, _SUMMARY_MAX),
        categories=tuple(_distinct(post.categories)),
        image=image,
        thumbnail=thumbnail,
        image_in_body=image is not None and bool(full) and image.url in pictures,
        enclosures=enclosures,
    )
    if post.episode:
        from feeder.recorded import Eyes, recording  # only podcasts have them

        def hear(local: str) -> Sight:
            sights.append(library.hear(local, post.path))
            return sights[-1]

        look = partial(_picture, post=post, settings=settings, see=see, report=report)
        audio = enclosures[post.enclosures.index(post.episode.audio)]
        found = recording(post.episode, audio, image, Eyes(look, see, hear, report, settings.site.url))
        entry = entry._replace(recording=found)
    return Rendered(entry, tuple(problems), tuple(sights))


def _html(post: Post, body: str, settings: Settings, report: Callable[..., None]) -> tuple[str, str]:
    if len(body) > MAX_BODY:
        report(
            None,
            "body-too-large",
            f"{len(body)} characters; readers refuse feeds of this size, so only the summary is published",
        )
        body = body[:_EXCERPT_SOURCE]
    prefix = f"p{hashlib.sha256(post.id.encode()).hexdigest()[:8]}-"
    try:
        made = rendered(body, post.path, post.url, prefix, settings.markdown.flavor)
    except BodyTooDeepError:
        report(None, "body-too-deep", "lists, quotes or elements nested too deeply to be rendered")
        return "", ""
    sweep = sweeper(dialect("plain" if settings.site.dialect == "auto" else settings.site.dialect), post.path)
    html = sweep(made.html) if sweep else made.html
    return html, made.excerpt if html == made.html else ""  # what was left is in the excerpt, too


def _distinct(categories: tuple[Category, ...]) -> Iterator[Category]:
    seen: set[str] = set()
    for category in categories:
        if category.name.casefold() not in seen:
            seen.add(category.name.casefold())
            yield category


def _from_url(url: str, post: Post, settings: Settings) -> Reference | None:
    """Return the reference for a picture that is known by its URL; one of the site may be a local file."""
    try:
        url = urls.absolute(url, post.url) if url else ""
    except urls.BadUrlError:
        url = ""
    if not url:
        return None
    site = settings.site.url
    path = url.partition("?")[0].partition("#")[0]
    local = ""
    if post.url.endswith("/") and path.startswith(post.url):
        local = unquote(path.removeprefix(post.url))
    elif path.startswith(site):
        local = "/" + unquote(path.removeprefix(site))
    return Reference(url=url, local=local, mark=START)


def _picture(
    reference: Reference | None, post: Post, settings: Settings, see: See, report: Callable[..., None]
) -> Picture | None:
    if reference is None:
        return None
    named = reference in (post.image, post.thumbnail, post.episode and post.episode.image)
    guessed = reference.type or media_type_of(reference.url)
    picture = Picture(url=reference.url, type=guessed if guessed.startswith("image/") else _USUAL_PICTURE)
    if not reference.local:
        return picture
    sight = see(reference.local, as_picture=True)
    if not sight.there:
        if named and sight.missing:
            report(reference, "picture-missing", "no such file beside the post or in site.assets", reference.local)
        return picture
    if sight.fault:
        name = reference.local.lstrip("/")
        report(reference if named else None, "picture-unreadable", f"{name}: {sight.fault}")
        return picture
    facts = sight.facts
    return Picture(
        url=settings.site.url + sight.asset if sight.asset and named else reference.url,
        type=facts.type or picture.type, width=facts.width, height=facts.height, length=facts.length,
    )  # fmt: skip


def _enclosure(reference: Reference, settings: Settings, see: See, report: Callable[..., None]) -> Enclosure:
    length = reference.length or 0
    url = reference.url
    sight = see(reference.local, as_picture=False) if reference.local else None
    if sight and sight.there:
        length = sight.facts.length
        url = settings.site.url + sight.asset if sight.asset else url
    elif sight and reference.length is None:
        report(
            reference,
            "enclosure-missing",
            "no such file beside the post or in site.assets, and no length given",
            reference.local,
        )
    return Enclosure(url=url, type=reference.type or UNKNOWN, length=length, title=reference.title)
