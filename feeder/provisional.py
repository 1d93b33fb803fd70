"""Draft -> Provisional: a post that errors, or its author, keep out, as far as it can be had; no build may publish it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeder.fields.lookup import Fields
from feeder.frontmatter import body_alone, draft_from_source
from feeder.normalize import NEVER, as_it_stands
from feeder.patterns import pattern
from feeder.problems import Mark, Problem, Severity, Unsound
from feeder.records import NamedTuple
from feeder.rulings import inherited_by
from feeder.texts.urls import quoted_path
from feeder.trees.places import Lines

if TYPE_CHECKING:
    import re

    from feeder.model import Draft, Post, Source
    from feeder.rulings import Rules

_STAND_INS = (NEVER, datetime(2, 2, 3, 4, 5, 6, tzinfo=UTC))
"""Where an address differs between them, it depends on the date."""
_MOST_TAGS = 20
"""Faults of front matter beyond which it is left alone."""
_TAG = pattern(r"!\S*")
_LINE = pattern(r"[^\n]*")
_COSTS_THE_ADDRESS = frozenset({"bad-slug", "bad-url", "wrong-type"})


class Provisional(NamedTuple):
    """What the post would be, and all that is wrong with its front matter.

    Where its address cannot be had it is not ``placed``, and its ``url`` is that of its file below the site.
    """

    post: Post
    placed: bool


class Legible(NamedTuple):
    """A file as far as it can be read; what else is wrong with its front matter than what was known before."""

    draft: Draft
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    """Whether all of the front matter is there, but for tags."""


def legible(source: Source, unsound: Unsound, rules: Rules) -> Legible | None:
    """Return a file, with whose front matter this is wrong, without what cannot be read: tags, and one line at fault.

    Where more is at fault it is the body alone, and None where nobody can tell where that begins.
    """
    found: list[Problem] = []
    whole, readable = True, source
    for _ in range(_MOST_TAGS):
        fault = unsound.problems[0]
        if fault.code == "yaml-tag":
            part, column = _TAG, fault.column
        elif fault.code == "front-matter-syntax" and whole:
            part, column, whole = _LINE, 1, False
        else:
            break
        start = Lines(source.text).offset(Mark(fault.line, column))
        text = readable.text
        readable = readable._replace(text=text[:start] + part.sub(_as_spaces, text[start:], 1))
        try:
            draft = draft_from_source(readable, headers=rules.dialect.headers)
        except Unsound as again:
            unsound = again  # which may come of the line that is not there, if it is no tag
            found += (item for item in again.problems if whole or item.code == "yaml-tag")
        else:
            return Legible(draft, tuple(found), whole) if draft else None
    alone = body_alone(source)
    return Legible(alone, tuple(found), whole=False) if alone else None


def _as_spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def provisional(draft: Draft, rules: Rules, *, whole: bool = True) -> Provisional:
    """Return the post that ``draft`` would be without its errors, and if its author wanted it.

    One whose front matter is not ``whole`` is not placed.
    """
    given = inherited_by(draft.path, rules)
    looks = [Fields(draft, rules.dialect, given) for _ in _STAND_INS]
    post, other = (as_it_stands(look, rules, never) for look, never in zip(looks, _STAND_INS, strict=True))
    problems = looks[0].problems
    refused = {Mark(item.line, item.column) for item in problems if item.code in _COSTS_THE_ADDRESS}
    nowhere = looks[0].flag("url") is False or any(item.code == "bad-permalink" for item in problems)
    made_of = ("url",) if "url" in post.marks and not rules.dialect.url else ("url", "slug", "title")
    nowhere = nowhere or bool(refused & {post.marks.get(name) for name in made_of})
    placed = whole and post.url == other.url and not nowhere
    if not placed:
        url = rules.roots.site + quoted_path(draft.path)
        post = post._replace(url=url, id=url if post.id == post.url else post.id)
    return Provisional(post._replace(problems=tuple(problems)), placed)


def wrong_with_draft(found: Provisional) -> tuple[Problem, ...]:
    """Return what is wrong with a post that its author keeps out: nothing is missing yet, and no error harms anybody yet."""
    return tuple(
        item._replace(severity=Severity.WARNING) if item.severity is Severity.ERROR else item
        for item in found.post.problems
        if not item.code.startswith("missing-")
    )
