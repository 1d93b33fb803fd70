"""Comments in a post that change how much a problem of it matters: ``# feeder: off missing-summary, title-long``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.problems import Severity
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = pattern(
    r"^[^\n]*?#[ \t]*feeder:(?P<yaml>[^\n]*)$|^[ \t]*<!--\s*feeder:(?P<html>[^<>]*?)-->",
    re.MULTILINE | re.IGNORECASE,
)
_CLOSING = pattern(r"^(?:-{3,}|\.\.\.|\+\+\+)[ \t]*$", re.MULTILINE)
_WORD = pattern(r"[^\s,]+")


class Word(NamedTuple):
    """A word of a comment, at which offset of the post's text."""

    text: str
    offset: int


class Comment(NamedTuple):
    """What a comment says behind ``feeder:``, a severity and codes, in the order of the text."""

    severity: Word
    """Empty, where the comment says nothing."""
    codes: tuple[Word, ...]


class Directive(NamedTuple):
    """One code that a post says something about, and the severity that it asks for."""

    code: str
    severity: Severity


def comments(text: str) -> Iterator[Comment]:
    """Yield the comments in a post's text, whatever they say: YAML's and TOML's in front matter, HTML's in the body."""
    if "feeder:" not in text.lower():
        return
    head = text.lstrip()
    opening = len(text) - len(head) + 3
    closing = _CLOSING.search(text, opening) if head.startswith(("---", "+++")) else None
    for match in _COMMENT.finditer(text):
        name = str(match.lastgroup)
        if name == "yaml" and not (closing and match.start() < closing.start()):
            continue  # in a body, a line with # is a heading or somebody's code
        start = match.start(name)
        words = [Word(word[0], start + word.start()) for word in _WORD.finditer(match[name])]
        first, *codes = words or [Word("", start)]
        yield Comment(first, tuple(codes))


def directives(text: str) -> Iterator[Directive]:
    """Yield what the comments in a post's text ask for; `comments` has those, too, that nobody understands."""
    for severity, codes in comments(text):
        if severity.text in SEVERITIES:
            yield from (Directive(code.text, Severity(severity.text)) for code in codes)


SEVERITIES = tuple(map(str, Severity))
