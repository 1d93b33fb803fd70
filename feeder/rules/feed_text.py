"""Bytes that have no place in a feed, whatever its format."""

from __future__ import annotations

import re
import sys
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
_DECLARED = re.compile(r"<\?xml[^>]*\sencoding\s*=\s*[\"'](?!(?i:utf-8)[\"'])([^\"'>]*)")
_REFERENCE = re.compile(r"&#(?:(\d{1,7})|x([0-9A-Fa-f]{1,6}));")
_HEAD = 1_000


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
    if text.startswith("\ufeff"):
        yield problem(feed.shown, START, CODE, "a feed must not begin with a byte order mark")
    if declared := _DECLARED.match(text):
        yield problem(feed.shown, START, CODE, f"the feed says that it is not UTF-8, but {declared[1]}", declared[1])
    if "<!DOCTYPE" in text[:_HEAD]:
        yield problem(feed.shown, START, CODE, "readers refuse feeds with a document type declaration")
    for reference in _REFERENCE.finditer(text) if text.startswith("<") else ():
        if _BAD.fullmatch(chr(min(int(reference[1] or "0") or int(reference[2] or "0", 16), sys.maxunicode))):
            mark = Mark(text.count("\n", 0, reference.start()) + 1, 1)
            yield problem(feed.shown, mark, CODE, "a character that no feed may contain", reference[0])
    if not text.endswith("\n") or text.endswith("\n\n"):
        yield problem(feed.shown, Mark(text.count("\n") + 1, 1), CODE, "a feed must end with exactly one newline")


RULE: Rule[FinishedFeed] = Rule(code=CODE, check=check)
