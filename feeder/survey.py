"""posts/* -> Cards: the first reading, of every post. A pure function of files and rules, wherever it runs."""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import TYPE_CHECKING

from feeder import frontmatter, normalize
from feeder.fields.lookup import Fields, scalar_text
from feeder.glance import Glance, Look
from feeder.model import Card, Draft, LeftOut, Post
from feeder.problems import START, Mark, Problem, Unsound
from feeder.records import NamedTuple
from feeder.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.kinds import Directory, Site
    from feeder.model import Content, Stamp
    from feeder.rulings import Rules


class Seen(NamedTuple):
    """What one file is: a sound post, one that its author keeps out, or None; and what is wrong with it.

    None without problems is no post at all; with problems, a post that they keep out.
    """

    found: Card | LeftOut | None
    problems: tuple[Problem, ...] = ()
    trace: bytes = b""
    """The file's stamp when it was read, and a digest of what it held, where the survey is asked for them."""


class SurveyContext(NamedTuple):
    """What is the same for all files: where they are, and by which rules they are read.

    ``since`` asks for traces: a file that changed after then, in nanoseconds by the file system's clock, or within
    `_RACY` before, could change again without its stamp telling, so it gets none that holds. ``site`` is where pages
    and other files are that bodies name, None where nobody knows.
    """

    directory: Directory
    rules: Rules
    since: int = 0
    site: Site | None = None


_AHEAD, _HELD = 20, 2**18
"""Files, and bytes, that are read before they are looked at."""
_RACY = 2 * 10**9
"""Nanoseconds that the coarsest file systems round times to."""
_STAMP = struct.Struct(">qqqq")
_NO_STAMP = b"\xff" * _STAMP.size
_DIGEST = 16


Task = str | tuple[str, Seen]
"""The path of a file; with what was seen of it before, which stands if the file still holds the same."""


def survey(config: SurveyContext, tasks: Sequence[Task]) -> list[Seen]:
    """Return what each file is."""
    glance = Glance(config.rules)
    return [seen for files in _read_ahead(config.directory, tasks) for seen in _surveyed(config, glance, files)]


_Read = tuple[str, Seen | None, "Content | Unsound"]
"""The path of a file, what was seen of it before, and what it holds, or why it cannot be read."""


def _read_ahead(directory: Directory, tasks: Sequence[Task]) -> Iterator[list[_Read]]:
    """Yield some files at a time, all read before they are looked into.

    The system's calls and the looking keep driving each other out of the processor's memory.
    """
    ahead: list[_Read] = []
    held = 0
    for task in tasks:
        path, before = task if isinstance(task, tuple) else (task, None)
        try:
            content = directory.read(path)
        except Unsound as unsound:
            ahead.append((path, before, unsound))
        else:
            ahead.append((path, before, content))
            held += len(content.data)
        if len(ahead) == _AHEAD or held > _HELD:
            yield ahead
            ahead, held = [], 0
    yield ahead


def _surveyed(config: SurveyContext, glance: Glance, files: Sequence[_Read]) -> list[Seen]:
    """Return what each of some files is; each step is taken with all of them before the next, for the same reason."""
    prefix = config.directory.shown("-")[:-1]
    seen: list[Seen] = []
    looks: list[Look] = []
    places: list[int] = []
    for path, before, content in files:
        if isinstance(content, Unsound):
            seen.append(Seen(None, content.problems))
            continue
        data, stamp = content
        trace = stamp_bytes(stamp, config.since) + sha256(data).digest()[:_DIGEST] if config.since else b""
        if before and before.trace[-_DIGEST:] == trace[-_DIGEST:]:
            seen.append(before._replace(trace=trace))
            continue
        places.append(len(seen))
        looks.append((data, path, prefix + path if path.isprintable() else config.directory.shown(path)))
        seen.append(Seen(None, (), trace))
    for place, look, card in zip(places, looks, glance.cards(looks), strict=True):
        trace = seen[place].trace
        seen[place] = Seen(card, (), trace) if card else _looked_at_closely(*look, config.rules)._replace(trace=trace)
    return seen


def stamp_bytes(stamp: Stamp | None, since: int) -> bytes:
    """Return a stamp as the beginning of a trace; one that tells nothing for a file that is as young as the cache."""
    return _NO_STAMP if stamp is None or is_racy(stamp, since) else _STAMP.pack(*stamp)


def is_racy(stamp: Sequence[int], since: int) -> bool:
    """Whether a file is as young as the cache: it could change again without its stamp telling."""
    return max(stamp[:2]) >= since - _RACY


def still_holds(trace: bytes, stamp: Stamp | None) -> bool:
    """Whether a file that has ``stamp`` now is the one that left ``trace``."""
    return stamp is not None and trace[: _STAMP.size] == _STAMP.pack(*stamp)


def digest_in(trace: bytes) -> bytes:
    """Return the digest of what a file held."""
    return trace[-_DIGEST:]


class Reread(NamedTuple):
    """A post with its file taken apart, and the digest of the file. After a glance, the draft is its body only."""

    post: Post
    draft: Draft
    digest: bytes


def read_again(config: SurveyContext, card: Card, glance: Glance | None = None, digest: bytes = b"") -> Reread | None:
    """Return a post and its body, None when the file no longer is a sound one.

    With ``glance``, a post that is taken at a glance has no places; ``digest`` is that of the file when its card was made.
    """
    try:
        data = config.directory.read(card.path).data
        now = sha256(data).digest()[:_DIGEST]
        if glance and (taken := glance.post(data, card, same=now == digest)):
            post, body = taken
            return Reread(post, Draft(path=card.path, shown=card.shown, fields={}, body=body, origin=Mark(0, 1)), now)
        source = files.source_from_bytes(data, card.path, card.shown)
        closely = frontmatter.draft_from_source(source, headers=config.rules.dialect.headers)
        found = normalize.post_from_draft(closely, config.rules) if closely else None
    except Unsound:
        return None
    return Reread(found, closely, now) if closely and isinstance(found, Post) else None


def as_chosen(post: Post, card: Card) -> Post:
    """Return a post as choosing left its card."""
    episode = post.episode and post.episode._replace(guid=card.episode)
    return post._replace(updated=card.updated, episode=episode)


def place(config: SurveyContext, card: Card, field: str) -> Mark:
    """Return where a post's front matter gives a field, the file's start where it does not."""
    found = read_again(config, card)
    return found.post.marks.get(field, START) if found else START


def address(config: SurveyContext, path: str) -> tuple[str, str]:
    """Return the permalink and the title of a post that its author keeps out of the feeds; "" for what cannot be had."""
    try:
        source = files.source_from_bytes(config.directory.read(path).data, path, config.directory.shown(path))
        draft = frontmatter.draft_from_source(source, headers=config.rules.dialect.headers)
    except Unsound:
        return "", ""
    if draft is None:
        return "", ""
    fields = Fields(draft, config.rules.dialect)
    post = normalize.as_it_stands(fields, config.rules)
    return ("" if fields.fatal else post.url), post.title


def written(config: SurveyContext, card: Card, field: str) -> str:
    """Return what a post's front matter gives for a field, as it is written; "" where it gives no text."""
    try:
        source = files.source_from_bytes(config.directory.read(card.path).data, card.path, card.shown)
        draft = frontmatter.draft_from_source(source, headers=config.rules.dialect.headers)
    except Unsound:
        return ""
    return scalar_text(Fields(draft, config.rules.dialect).node(field)) if draft else ""


def _looked_at_closely(data: bytes, path: str, shown: str, rules: Rules) -> Seen:
    """Return what a file is: the one place where a broken post is caught."""
    try:
        draft = frontmatter.draft_from_source(files.source_from_bytes(data, path, shown), headers=rules.dialect.headers)
        if draft is None:
            return Seen(None)
        post = normalize.post_from_draft(draft, rules)
    except Unsound as unsound:
        return Seen(None, unsound.problems)
    return Seen(post) if isinstance(post, LeftOut) else Seen(card_from_post(post), post.problems)


def card_from_post(post: Post) -> Card:
    """Return what choosing needs to know of a post."""
    return Card(
        path=post.path,
        shown=post.shown,
        id=post.id,
        url=post.url,
        published=post.published,
        updated=post.updated,
        expires=post.expires,
        language=post.language,
        authors=tuple(author.name for author in post.authors),
        categories=post.categories,
        episode=post.episode.guid or post.id if post.episode else "",
    )
