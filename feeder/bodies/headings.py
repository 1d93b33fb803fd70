"""The first heading of a body, Markdown or HTML, for posts that name no title."""

from __future__ import annotations

import re

from feeder.bodies.fences import OPENING, closing
from feeder.patterns import pattern

_ATX = pattern(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = pattern(r" {0,3}(?:(=)=*|-+)[ \t]*")
_HTML = pattern(r"<h([1-6])\b[^<>]*>(.{0,1000}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTES = pattern(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}$")
_CODE = pattern(r"(`+)(.+?)\1")
_LINK = pattern(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_EMPHASIS = pattern(r"(?<!\w)(\*\*\*|\*\*|\*|___|__|_|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")
_BLOCK = pattern(r" {0,3}(?:[>*+-]|\d+[.)])[ \t]|\t| {4}")
_HIDDEN = pattern(r"<!--.{0,20000}?-->|<pre\b.{0,20000}?</pre\s*>", re.IGNORECASE | re.DOTALL)
_HTML_START = pattern(r"<h[1-6]\b", re.IGNORECASE)
_SHOWN, _WORD = pattern(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])|<[^<>]*>"), pattern(r"\w")
_ENOUGH, _LONGEST = 100_000, 1_000
"""Characters of a body, and of a line of it, that are looked at: a heading stands near the top, and is short."""


def first_heading(body: str) -> str:
    """Return the text of the first heading that may be a title, its Markdown resolved to plain text (HTML markup stays), or "".

    That is one of the first level, or one that no text stands above: further below, a lower one heads a section.
    """
    lines = _visible_lines(_HIDDEN.sub("", body[:_ENOUGH]))
    text = "\n".join(lines)
    previous = ""
    start = 0
    below = below_previous = False  # whether any text stands above the line, and the one before
    for line in lines:
        if (atx := _ATX.fullmatch(line)) and atx[2] and (atx[1] == "#" or not below):
            return plain_line(atx[2])
        if previous and (rule := _SETEXT.fullmatch(line)) and (rule[1] == "=" or not below_previous):
            return plain_line(previous)
        if "<h" in line.lower() and (html := _html_heading(line, text, start, below=below)):
            return html
        start += len(line) + 1
        previous = "" if _BLOCK.match(line) else line.strip()
        below_previous, below = below, below or _says(line)
    return ""


def _says(line: str) -> bool:
    """Whether there is any text in a line, which pictures and tags are none of."""
    return _WORD.search(_SHOWN.sub("", line)) is not None


def _html_heading(line: str, text: str, start: int, *, below: bool) -> str:
    """Return the first heading that begins in ``line``, which begins at ``start`` of ``text``, outside code spans.

    ``below`` text, only one of the first level counts.
    """
    masked = _CODE.sub(lambda match: " " * len(match[0]), line)
    for opening in _HTML_START.finditer(masked):
        html = _HTML.match(text, start + opening.start())
        if html and (html[1] == "1" or not (below or _says(line[: opening.start()]))):
            return html[2]
    return ""


def _visible_lines(text: str) -> list[str]:
    """Return the lines outside fenced code, one that a fence stood on left empty."""
    visible: list[str] = []
    closed: re.Pattern[str] | None = None
    for whole in text.split("\n"):
        line = whole[:_LONGEST].rstrip()
        if closed:
            closed = None if closed.match(line) else closed
        elif opening := OPENING.match(line):
            closed = closing(opening)
        else:
            visible.append(line)
            continue
        visible.append("")
    return visible


def plain_line(text: str) -> str:
    """Return a line of Markdown as text (HTML markup stays)."""
    text = _ATTRIBUTES.sub("", text)
    codes: list[str] = []

    def keep(match: re.Match[str], group: int = 2) -> str:
        codes.append(match[group].strip())
        return f"\x00{len(codes) - 1}\x00"

    text = _CODE.sub(keep, text)
    text = _ESCAPED.sub(lambda match: keep(match, 1), text)
    text = _LINK.sub(r"\1", text)
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    return re.sub("\x00(\\d+)\x00", lambda match: codes[int(match[1])], text)
