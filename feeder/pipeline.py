"""The program on one screen: posts in, artifacts out. Reads files, asks no clock, prints and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from feeder import assemble, files, frontmatter, normalize, render
from feeder.formats import FORMATS
from feeder.images import Library
from feeder.model import Artifact, Entry, Feed, LeftOut, Post
from feeder.problems import START, ConfigurationError, Problem, Severity, Unsound, problem, sort_key
from feeder.rules import RULES
from feeder.urls import quoted_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from feeder.settings import Settings

Progress = Callable[[str, int, int], None]
"""Hears what is done with posts ("read", "rendered"), to how many, of how many."""
_COSTS_THE_POST = frozenset({"duplicate-id", "not-a-file", "not-text", "outside", "unreadable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """All that a build made. ``problems`` are sorted by place; ``failed`` counts posts that errors kept out."""

    artifacts: tuple[Artifact, ...]
    feeds: tuple[Feed, ...]
    published: tuple[Post, ...]
    left_out: tuple[LeftOut, ...]
    failed: int
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """The number of problems that are errors."""
        return sum(item.severity is Severity.ERROR for item in self.problems)


def build(
    settings: Settings,
    directory: Path,
    now: datetime,
    *,
    version: str,
    progress: Progress,
) -> Build:
    """Return the feeds of a site, as bytes, and everything that is wrong with its posts.

    ``directory`` is what relative paths in ``settings`` are relative to; ``progress`` hears how far it is (`silent` does not listen).
    Raises `feeder.problems.ConfigurationError` when the posts directory cannot be read.
    """
    posts_directory = files.PostsDirectory(
        Path(settings.posts.path) if directory == Path() else directory / settings.posts.path,
        settings.posts.include, settings.posts.exclude, directory / settings.output,
    )  # fmt: skip
    library = Library(posts_directory.root, tuple(directory / asset for asset in settings.site.assets))
    problems: list[Problem] = []

    paths, unfit = files.find_posts(posts_directory)
    problems += unfit
    rules = normalize.rules_from_settings(
        settings, str(library.posts.absolute()), tuple(str(asset.absolute()) for asset in library.assets)
    )
    read = _read(posts_directory, paths, rules, progress)
    choice = assemble.choose(read.posts, now)
    problems += [*read.problems, *choice.problems]
    for rule in RULES.values():
        problems += rule.check(choice.posts)

    feeds = tuple(assemble.feeds(choice.posts, settings, version))
    entries: dict[str, Entry] = {}
    chosen = tuple(_chosen(feeds))
    for count, post in enumerate(chosen, 1):
        entries[post.id], found = render.entry_from_post(post, _body(posts_directory, post), settings, library)
        problems += found
        progress("rendered", count, len(chosen))
    artifacts = tuple(_artifacts(feeds, entries, settings))

    if not paths and not unfit:
        problems.append(
            problem(files.shown_path(posts_directory, ""), START, "no-posts", "no posts were found in this directory")
        )
    return Build(
        artifacts=artifacts,
        feeds=feeds,
        published=choice.posts,
        left_out=tuple(sorted((*read.left_out, *choice.left_out), key=lambda item: item.path)),
        failed=len({item.path for item in (*unfit, *choice.problems) if item.code in _COSTS_THE_POST}) + read.failed,
        problems=tuple(sorted(_weighed(problems, settings), key=sort_key)),
    )


class _Read(NamedTuple):
    posts: list[Post]
    left_out: list[LeftOut]
    problems: list[Problem]
    failed: int


def _read(directory: files.PostsDirectory, paths: Sequence[str], rules: normalize.Rules, progress: Progress) -> _Read:
    """Return every sound post, and what is wrong with any: the one place where a broken one is caught."""
    posts: list[Post] = []
    left_out: list[LeftOut] = []
    problems: list[Problem] = []
    failed = 0
    for count, path in enumerate(paths, 1):
        try:
            draft = frontmatter.draft_from_source(files.read_post(directory, path))
            if draft is not None:
                post = normalize.post_from_draft(draft, rules)
                if isinstance(post, LeftOut):
                    left_out.append(post)
                else:
                    problems += post.problems
                    posts.append(post)
        except Unsound as unsound:
            problems += unsound.problems
            failed += 1
        progress("read", count, len(paths))
    return _Read(posts, left_out, problems, failed)


def silent(what: str, done: int, whole: int) -> None:
    """Take no notice of progress."""


def _chosen(feeds: Iterable[Feed]) -> Iterator[Post]:
    """Yield each post that stands in some feed, once."""
    yield from {post.id: post for feed in feeds for post in feed.posts}.values()


def _body(directory: files.PostsDirectory, post: Post) -> str:
    """Return a post's body, read again: to hold the bodies of all posts for the few chosen would take their size."""
    try:
        draft = frontmatter.draft_from_source(files.read_post(directory, post.path))
    except Unsound as unsound:
        message = f"a post changed while it was read: {unsound}"
        raise ConfigurationError(message) from unsound
    return draft.body if draft else ""


def _artifacts(feeds: Iterable[Feed], entries: dict[str, Entry], settings: Settings) -> Iterator[Artifact]:
    for feed in feeds:
        for name in settings.feeds.formats:
            form = FORMATS[name]
            path = feed.directory + settings.feeds.names.get(name, form.file_name)
            url = feed.channel.base + quoted_path(path)
            data = form.serialize(feed, [entries[post.id] for post in feed.posts], url)
            yield Artifact(path=path, media_type=form.media_type, data=data)


def _weighed(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """Yield the problems with the severities that the configuration gives them, without those it turns off."""
    for item in problems:
        severity = settings.rules.get(item.code, item.severity)
        if severity != "off":
            yield replace(item, severity=Severity(severity))
