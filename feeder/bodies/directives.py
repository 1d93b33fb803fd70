"""Comments in a post that change how much a problem of it matters: ``# feeder: off missing-summary, title-long -- a reason``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.problems import Severity
from feeder.records import NamedTuple
from feeder.texts.postnames import is_no_markdown
from feeder.trees import quoted_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = pattern(r"\ufeff?\s*(?:(?P<yaml>-{3,})|(?P<toml>\+{3}))[^\n]*\n")
_CLOSING = pattern(r"^(?:-{3,}|\.\.\.|\+\+\+)[ \t]*(?:(?<=[ \t])#[^\n]*)?$", re.MULTILINE)
_IN_FRONT = pattern(r"(?<!\S)#[ \t]*feeder:(?P<said>[^\n]*)", re.IGNORECASE)
_IN_BODY = pattern(r"<!--\s*feeder:(?P<said>.*?)-->", re.IGNORECASE | re.DOTALL)
_REASON = pattern(r"(?<!\S)(?:--|[\u2013\u2014])")
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


def comments(text: str, path: str) -> Iterator[Comment]:
    """Yield the comments in a post's text, whatever they say: YAML's and TOML's in front matter, HTML's in the body."""
    if "feeder:" not in text.lower():
        return
    for start, said in _said(text, path):
        reason = _REASON.search(said)
        found = _WORD.finditer(said[: reason.start()] if reason else said)
        first, *codes = [Word(word[0], start + word.start()) for word in found] or [Word("", start)]
        yield Comment(first, tuple(codes))


def _said(text: str, path: str) -> Iterator[tuple[int, str]]:
    """Yield what each comment says behind ``feeder:``, at which offset; what stands in a string or in code is none."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    body = 0
    if opening and closing:
        head, body = opening.end(), closing.end()
        quoted = quoted_spans(str(opening.lastgroup), text[head : closing.start()])
        for match in _IN_FRONT.finditer(text, head, closing.start()):
            if not any(start <= match.start() - head < end for start, end in quoted):
                yield match.start("said"), match["said"]
    if "<!--" in text:
        for offset in _in_prose(text[body:], path):
            if comment := _IN_BODY.match(text, body + offset):
                yield comment.start("said"), comment["said"]


def _in_prose(body: str, path: str) -> Iterator[int]:
    """Yield where each comment of HTML begins that is no code."""
    from feeder.bodies.codespans import indented_spans, raw_spans, without  # their patterns take longer than the rest

    spans = list(raw_spans(body, html=False))
    code = without(body, (span for span in spans if span.kind != "comment"))
    indented = () if is_no_markdown(path) else [(span.start, span.end) for span in indented_spans(code)]
    for span in spans:
        if span.kind == "comment" and not any(start <= span.start < end for start, end in indented):
            yield span.start


def directives(text: str, path: str) -> Iterator[Directive]:
    """Yield what the comments in a post's text ask for; `comments` has those, too, that nobody understands."""
    for severity, codes in comments(text, path):
        if severity.text in SEVERITIES:
            yield from (Directive(code.text, Severity(severity.text)) for code in codes)


SEVERITIES = tuple(map(str, Severity))
