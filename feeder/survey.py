"""posts/* -> Cards: the first reading, of every post. A pure function of files and rules, wherever it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeder import files, frontmatter, normalize
from feeder.glance import Glance
from feeder.model import Card, LeftOut, Post
from feeder.problems import START, Mark, Problem, Unsound

if TYPE_CHECKING:
    from collections.abc import Sequence


class Seen(NamedTuple):
    """What one file is: a sound post, one that its author keeps out, or None; and what is wrong with it.

    None without problems is no post at all; with problems, a post that they keep out.
    """

    found: Card | LeftOut | None
    problems: tuple[Problem, ...] = ()


def survey(directory: files.PostsDirectory, rules: normalize.Rules, paths: Sequence[str]) -> list[Seen]:
    """Return what each file is, in the order of ``paths``: the one place where a broken post is caught."""
    glance = Glance(rules)
    prefix = directory.shown("-")[:-1]
    seen: list[Seen] = []
    for path in paths:
        shown = prefix + path if path.isprintable() else directory.shown(path)
        try:
            data = directory.read(path).data
            card = glance.card(data, path, shown)
            seen.append(Seen(card) if card else _looked_at_closely(data, path, shown, rules))
        except Unsound as unsound:
            seen.append(Seen(None, unsound.problems))
    return seen


def read_again(directory: files.PostsDirectory, rules: normalize.Rules, path: str) -> tuple[Post, str] | None:
    """Return a post and its body, None when the file no longer is a sound one."""
    try:
        shown = directory.shown(path)
        data = directory.read(path).data
        draft = frontmatter.draft_from_source(files.source_from_bytes(data, path, shown))
        post = normalize.post_from_draft(draft, rules) if draft else None
    except Unsound:
        return None
    return (post, draft.body) if draft and isinstance(post, Post) else None


def place(directory: files.PostsDirectory, rules: normalize.Rules, card: Card, field: str) -> Mark:
    """Return where a post's front matter gives a field, the file's start where it does not."""
    found = read_again(directory, rules, card.path)
    return found[0].marks.get(field, START) if found else START


def _looked_at_closely(data: bytes, path: str, shown: str, rules: normalize.Rules) -> Seen:
    draft = frontmatter.draft_from_source(files.source_from_bytes(data, path, shown))
    if draft is None:
        return Seen(None)
    post = normalize.post_from_draft(draft, rules)
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
    )
