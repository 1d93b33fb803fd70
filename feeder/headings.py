"""The first heading of a body, Markdown or HTML, for posts that name no title."""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_HTML = re.compile(r"<h([1-6])\b[^<>]*>(.{0,1000}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}$")
_CODE = re.compile(r"(`+)(.+?)\1")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*\*|\*\*|\*|___|__|_|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BLOCK = re.compile(r" {0,3}(?:[>*+-]|\d+[.)])[ \t]|\t| {4}")
_ENOUGH_LINES, _LONGEST = 2_000, 1_000
"""Lines that are looked at, and characters of each: a heading stands near the top, and is short."""


def first_heading(body: str) -> str:
    """Return the first heading's text, its Markdown resolved to plain text (HTML markup stays), or ""."""
    fence, previous = "", ""
    for whole in body.split("\n", _ENOUGH_LINES)[:_ENOUGH_LINES]:
        line = whole[:_LONGEST].rstrip()
        if match := _FENCE.match(line):
            if not fence:
                fence = match[1]
            elif match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            previous = ""
        elif fence:
            continue
        elif atx := _ATX.fullmatch(line):
            if atx[1]:
                return _plain(atx[1])
        elif previous and _SETEXT.fullmatch(line):
            return _plain(previous)
        elif html := _HTML.search(line):
            return html[2]
        else:
            previous = "" if _BLOCK.match(line) else line.strip()
    html = _HTML.search(body[:200_000])
    return html[2] if html else ""


def _plain(text: str) -> str:
    text = _ATTRIBUTES.sub("", text)
    codes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        codes.append(match[2].strip())
        return f"\x00{len(codes) - 1}\x00"

    text = _CODE.sub(keep, text)
    text = _LINK.sub(r"\1", text)
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    text = _ESCAPED.sub(r"\1", text)
    return re.sub("\x00(\\d+)\x00", lambda match: codes[int(match[1])], text)
