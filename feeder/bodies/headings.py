"""The first heading of a body, Markdown or HTML, for posts that name no title."""

from __future__ import annotations

import re

from feeder.bodies.fences import OPENING, closing
from feeder.patterns import pattern

_ATX = pattern(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = pattern(r" {0,3}(?:=+|-+)[ \t]*")
_HTML = pattern(r"<h([1-6])\b[^<>]*>(.{0,1000}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTES = pattern(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}$")
_CODE = pattern(r"(`+)(.+?)\1")
_LINK = pattern(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_EMPHASIS = pattern(r"(?<!\w)(\*\*\*|\*\*|\*|___|__|_|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = pattern(r"\\([!-/:-@\[-`{-~])")
_BLOCK = pattern(r" {0,3}(?:[>*+-]|\d+[.)])[ \t]|\t| {4}")
_HIDDEN = pattern(r"<!--.{0,20000}?-->|<pre\b.{0,20000}?</pre\s*>", re.IGNORECASE | re.DOTALL)
_HTML_START = pattern(r"<h[1-6]\b", re.IGNORECASE)
_ENOUGH, _LONGEST = 100_000, 1_000
"""Characters of a body, and of a line of it, that are looked at: a heading stands near the top, and is short."""


def first_heading(body: str) -> str:
    """Return the first heading's text, its Markdown resolved to plain text (HTML markup stays), or ""."""
    lines = _visible_lines(_HIDDEN.sub("", body[:_ENOUGH]))
    text = "\n".join(lines)
    previous = ""
    start = 0
    for line in lines:
        if (atx := _ATX.fullmatch(line)) and atx[1]:
            return plain_line(atx[1])
        if previous and _SETEXT.fullmatch(line):
            return plain_line(previous)
        if "<h" in line.lower() and (html := _html_heading(line, text, start)):
            return html
        start += len(line) + 1
        previous = "" if _BLOCK.match(line) else line.strip()
    return ""


def _html_heading(line: str, text: str, start: int) -> str:
    """Return the first heading that begins in ``line``, which begins at ``start`` of ``text``, outside code spans."""
    masked = _CODE.sub(lambda match: " " * len(match[0]), line)
    found = (_HTML.match(text, start + opening.start()) for opening in _HTML_START.finditer(masked))
    return next((html[2] for html in found if html), "")


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
