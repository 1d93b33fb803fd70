"""Bytes that have no place in a feed, whatever its format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.kinds import Rule
from feeder.problems import START, Code, Mark, Problem, Severity, problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.subjects import FinishedFeed

CODE = Code(
    name="feed-text",
    severity=Severity.ERROR,
    meaning="A finished feed with characters that XML or readers do not accept, or that is not UTF-8 text with LF line endings and a final newline.",
    why="A single control character makes the whole feed unreadable to strict readers.",
    mend="This is a bug in feeder or in a custom format: report it, with the post that triggers it.",
    example="<title>Tea\\x0b</title>\n--\n<title>Tea</title>",
)
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffd-\uffff]")


def check(feed: FinishedFeed) -> Iterator[Problem]:
    """Yield a problem for the first character that must not be there, and for the end of the file."""
    try:
        text = feed.data.decode()
    except UnicodeDecodeError as error:
        yield problem(feed.shown, START, CODE, f"not UTF-8 at byte {error.start}")
        return
    if bad := _BAD.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        mark = Mark(line, bad.start() - text.rfind("\n", 0, bad.start()))
        yield problem(feed.shown, mark, CODE, f"character not allowed in feeds: U+{ord(bad[0]):04X}")
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield problem(feed.shown, Mark(text.count("\n") + 1, 1), CODE, "a feed must end with exactly one newline")


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
