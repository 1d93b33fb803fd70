"""Two paths that differ only by case: they are one file on macOS and Windows, and one address on many hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.plaintext import nfc
from feeder.problems import START, Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from feeder.kinds import Places
    from feeder.model import Card


def check(posts: Sequence[Card], _: Places) -> Iterator[Problem]:
    """Yield a problem for each post whose path is another's in other case."""
    first: dict[str, Card] = {}
    for post in sorted(posts, key=lambda post: post.path):
        other = first.setdefault(nfc(post.path).casefold(), post)
        if other is not post:
            yield problem(post.shown, START, "path-case", f"this path differs from {other.shown} only by case")


RULE = Rule(code="path-case", check=check)
