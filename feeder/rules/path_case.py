"""Two paths that differ only by case: they are one file on macOS and Windows, and one address on many hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Problem, Severity, problem
from feeder.texts.plaintext import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.kinds import Cards
    from feeder.model import Card

CODE = Code(
    name="path-case",
    severity=Severity.ERROR,
    meaning="Two posts whose paths differ only in case: some hosts lose one of them; both are published.",
    why="On macOS, Windows and some hosts, one of the two pages replaces the other, and its link shows the wrong post.",
    mend="Rename one of the files.",
    example="posts/Tea.md and posts/tea.md\n--\nposts/tea.md and posts/more-tea.md",
)


def check(cards: Cards) -> Iterator[Problem]:
    """Yield a problem for each post whose path is another's in other case."""
    first: dict[str, Card] = {}
    for post in sorted(cards.posts, key=lambda post: post.path):
        other = first.setdefault(nfc(post.path).casefold(), post)
        if other is not post:
            yield problem(post.shown, START, CODE, f"this path differs from {other.shown} only in case")


RULE: Rule[Cards] = Rule(code=CODE, check=check)
