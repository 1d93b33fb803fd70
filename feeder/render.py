"""Posts and bodies -> Entries: safe HTML, a summary, and the pictures with what is known of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feeder.content import MAX_BODY, Written, all_rendered
from feeder.dialects import dialect
from feeder.html.excerpts import pictures_of, summary_of
from feeder.markup import source_of, sweeper
from feeder.model import Entry, Reference
from feeder.pictures import Files
from feeder.problems import START
from feeder.records import NamedTuple
from feeder.texts import urls
from feeder.texts.plaintext import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.content import Body
    from feeder.kinds import Dialect, FileStore
    from feeder.model import Artifact, Category, Draft, Post, Sight
    from feeder.problems import Problem
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


class Text(NamedTuple):
    """A post, its file, and its body, translated."""

    post: Post
    draft: Draft
    body: str

    @property
    def size(self) -> int:
        """How long the body is, before or after it was translated: of one that is too long, only a part was."""
        return max(len(self.body), len(source_of(self.post, self.draft)))


def entry_from_post(post: Post, draft: Draft, body: str, settings: Settings, library: FileStore) -> Rendered:
    """Return the one of `entries_from_posts`."""
    (made,) = entries_from_posts([Text(post, draft, body)], settings, library)
    return made


def entries_from_posts(texts: Sequence[Text], settings: Settings, library: FileStore) -> list[Rendered]:
    """Return the entry for each post.

    Each is rendered even for a summary feed: pictures and text come from it.
    """
    marked = settings.markdown
    made = all_rendered(
        [_written(text) for text in texts],
        marked.flavor,
        breaks=marked.breaks,
        extras=settings.habits.options.get("MARKDOWN", ""),
    )
    sweep = dialect(settings.site.dialect)
    return [
        _entry(text, Files(text.post, text.draft, settings, library), body, settings, sweep)
        for text, body in zip(texts, made, strict=True)
    ]


def _written(text: Text) -> Written:
    post, body = text.post, text.body
    prefix = f"p{hashlib.sha256(post.id.encode()).hexdigest()[:8]}-"
    return Written(body if text.size <= MAX_BODY else body[:_EXCERPT_SOURCE], post.path, post.url, prefix)


def _entry(text: Text, files: Files, made: Body | None, settings: Settings, spoken: Dialect) -> Rendered:
    post = text.post
    is_whole = text.size <= MAX_BODY
    if not is_whole:
        message = f"{text.size} characters; readers refuse feeds of this size, so only the summary is published"
        files.report(START, "body-too-large", message)
    if made is None:
        files.report(START, "body-too-deep", "lists, quotes or elements nested too deeply to be rendered")
    html, excerpt = _swept(made, post, settings, spoken) if made else ("", "")
    html = files.mended(html)
    summary = post.summary or excerpt or summary_of(html)
    full = html if settings.feeds.content == "full" and is_whole else ""
    pictures = tuple(pictures_of(html))
    photos = (url for url in pictures if not urls.bare(url).lower().endswith(".svg"))  # of which readers show none
    reference = post.image or (_featured(files) if spoken.beside == "bundle" else None)
    reference = reference or files.of_url(next(photos, (*pictures, settings.site.image)[0]))
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
        from feeder.podcasts.recorded import recording  # only podcasts have them

        audio = enclosures[post.enclosures.index(post.episode.audio)]
        entry = entry._replace(recording=recording(post.episode, audio, image, files))
    return Rendered(entry, tuple(files.problems), files.sights, tuple(files.thumbnails.values()))


def _featured(files: Files) -> Reference | None:
    """Return the picture that lies beside a post and is called like the picture of it, where no key names one."""
    from feeder.media.whereabouts import FEATURED  # one generator's

    sight = files.see(FEATURED, as_picture=False)
    if not sight.own:
        return None
    return Reference(url=files.served(sight, "", moved=False), local=unquote(sight.own), mark=START)


def _swept(made: Body, post: Post, settings: Settings, spoken: Dialect) -> tuple[str, str]:
    """Return a body without tags that are left, and its excerpt, "" where they are in that, too."""
    sweep = sweeper(spoken, post.path, settings.habits)
    html = sweep(made.html) if sweep else made.html
    return html, made.excerpt if html == made.html else ""


def _distinct(categories: tuple[Category, ...]) -> Iterator[Category]:
    seen: set[str] = set()
    for category in categories:
        if category.name.casefold() not in seen:
            seen.add(category.name.casefold())
            yield category
