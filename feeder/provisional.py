"""Draft -> Provisional: a post that errors, or its author, keep out, as far as it can be had; no build may publish it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from feeder.fields import Fields
from feeder.normalize import NEVER, as_it_stands
from feeder.problems import Mark, Problem, Severity
from feeder.records import NamedTuple
from feeder.urls import quoted_path

if TYPE_CHECKING:
    from feeder.model import Draft, Post
    from feeder.rulings import Rules

_STAND_INS = (NEVER, datetime(2, 2, 3, 4, 5, 6, tzinfo=UTC))
"""Where an address differs between them, it depends on the date."""
_COSTS_THE_ADDRESS = frozenset({"bad-slug", "bad-url", "wrong-type"})


class Provisional(NamedTuple):
    """What the post would be, and all that is wrong with its front matter.

    Where its address cannot be had it is not ``placed``, and its ``url`` is that of its file below the site.
    """

    post: Post
    placed: bool


def provisional(draft: Draft, rules: Rules) -> Provisional:
    """Return the post that ``draft`` would be without its errors, and if its author wanted it."""
    looks = [Fields(draft, rules.dialect) for _ in _STAND_INS]
    post, other = (as_it_stands(look, rules, never) for look, never in zip(looks, _STAND_INS, strict=True))
    problems = looks[0].problems
    refused = {Mark(item.line, item.column) for item in problems if item.code in _COSTS_THE_ADDRESS}
    nowhere = looks[0].flag("url") is False or any(item.code == "bad-permalink" for item in problems)
    nowhere = nowhere or bool(refused & {post.marks.get(name) for name in ("url", "slug", "title")})
    placed = post.url == other.url and not nowhere
    url = post.url if placed else rules.roots.site + quoted_path(draft.path)
    return Provisional(post._replace(url=url, problems=tuple(problems)), placed)


def wrong_with_draft(found: Provisional) -> tuple[Problem, ...]:
    """Return what is wrong with a post that its author keeps out: nothing is missing yet, and no error harms anybody yet."""
    return tuple(
        item._replace(severity=Severity.WARNING) if item.severity is Severity.ERROR else item
        for item in found.post.problems
        if not item.code.startswith("missing-")
    )
