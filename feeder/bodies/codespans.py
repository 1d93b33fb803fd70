"""A post's body as its author wrote it -> the parts of it that are code or comments, in Markdown and in HTML."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from feeder.bodies.fences import FENCE, MARGIN, closing
from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HIDDEN = "\ufdd0"
"""Stands in for each character of code and comments: a noncharacter, which no text that was read has."""
_OPENING_HTML = r"(?P<comment><!--)|<(?P<tag>pre|code|script|style|textarea|svg|math)\b"
_OPENING = re.compile(
    rf"^{MARGIN}{FENCE}[^\n]*$|{_OPENING_HTML}|(?<![`\\])(?P<ticks>`+)",
    re.MULTILINE | re.IGNORECASE,
)
_OPENING_IN_HTML = re.compile(_OPENING_HTML, re.IGNORECASE)
_TICKS = re.compile("`+")
_BLANK = re.compile(r"\n[ \t]*\n")
_WORD = re.compile(r"\S+")
_ITEM = re.compile(r"[ \t]*(?:[*+-]|\d+[.)])[ \t]|:[ \t]|\[\^")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*\S")


class Span(NamedTuple):
    """A part of a body that is no running text: its bounds, and what it is.

    ``kind`` is fence, ticks, comment, tag (an element such as ``<pre>``), verbatim (a block of the site's generator), or
    indented.
    """

    start: int
    end: int
    kind: str


class Verbatim(NamedTuple):
    """Tags of a site's generator whose inside is code: a pattern that names ``verbatim``, and what ends it, by that name."""

    opening: str
    closing: str


def hidden(text: str) -> str:
    """Return a text as long with every character hidden but white space."""
    return _WORD.sub(lambda word: HIDDEN * len(word[0]), text)


def without(body: str, spans: Iterable[Span]) -> str:
    """Return a body with the letters of the spans hidden, which may overlap; it is as long as before."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += [body[at : span.start], hidden(body[max(at, span.start) : span.end])]
        at = max(at, span.end)
    return "".join([*parts, body[at:]])


def code_spans(body: str, *, html: bool, verbatim: Verbatim | None = None) -> list[Span]:
    """Return what of a body is no running text, in its order."""
    raw = list(raw_spans(body, html=html, verbatim=verbatim))
    return raw if html else sorted([*raw, *indented_spans(without(body, raw))])


def outside(matches: Iterable[re.Match[str]], spans: Iterable[Span]) -> Iterator[re.Match[str]]:
    """Yield those of the matches in a body that begin in none of its spans; both come in their order."""
    rest = iter(spans)
    span = next(rest, None)
    for match in matches:
        while span and span.end <= match.start():
            span = next(rest, None)
        if not span or span.start > match.start():
            yield match


@cache
def _openings(verbatim: Verbatim, *, html: bool) -> re.Pattern[str]:
    usual = _OPENING_IN_HTML if html else _OPENING
    return re.compile(f"{verbatim.opening}|{usual.pattern}", usual.flags)


def raw_spans(body: str, *, html: bool, verbatim: Verbatim | None = None) -> Iterator[Span]:
    """Yield comments and code, but for indented code. What is opened and never closed hides nothing, but a fence."""
    openings = _openings(verbatim, html=html) if verbatim else _OPENING_IN_HTML if html else _OPENING
    at = 0
    hopeless: set[tuple[str, int]] = set()
    blanks = [blank.start() for blank in _BLANK.finditer(body)] + [len(body)]
    while opening := openings.search(body, at):
        kind = str(opening.lastgroup)
        limit = blanks[bisect_left(blanks, opening.end())] if kind == "ticks" else len(body)
        end = _end(body, opening, limit, hopeless, verbatim)
        if end >= 0:
            yield Span(opening.start(kind if kind == "fence" else 0), end, kind)
        at = max(end, opening.end())


def _end(
    body: str, opening: re.Match[str], limit: int, hopeless: set[tuple[str, int]], verbatim: Verbatim | None
) -> int:
    """Return where what is opened ends before ``limit``, -1 if it does not; ``hopeless`` keeps what need not be looked for again."""
    kind = str(opening.lastgroup)
    if kind == "fence":
        closed = closing(opening).search(body, opening.end())
        return closed.end() if closed else len(body)
    sought = (opening[kind].lower(), limit)
    if sought in hopeless:
        return -1
    if kind == "ticks":
        runs = _TICKS.finditer(body, opening.end(), limit)
        end = next((run.end() for run in runs if run[0] == opening[kind]), -1)
    elif kind == "comment":
        found_at = body.find("-->", opening.end())
        end = found_at + len("-->") if found_at >= 0 else -1
    else:
        pattern = verbatim.closing if verbatim and kind == "verbatim" else r"</{}\s*>"
        found = re.compile(pattern.replace("{}", opening[kind]), re.IGNORECASE).search(body, opening.end())
        end = found.end() if found else -1
    if end < 0:
        hopeless.add(sought)
    return end


def indented_spans(body: str) -> Iterator[Span]:
    """Yield the lines of indented code in a Markdown body whose other code is hidden; in a list, an indent is not one of code."""
    blank, listed, code = True, False, False
    at = 0
    for line in body.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.strip():
            blank = True
            continue
        indented = _INDENTED.match(line) is not None
        code = indented and not listed and (blank or code)
        if not indented:
            listed = _ITEM.match(line) is not None or (listed and not blank)
        blank = False
        if code:
            yield Span(start, at, "indented")
