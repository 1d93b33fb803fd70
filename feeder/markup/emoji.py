"""Signs that stand for others where a site's generator is told to read them: emoji by their names, ``:tada:``, and ``(c)``."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans, outside
from feeder.flavors.commonmark import emoji
from feeder.markup.scanning import MAX_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.markup.desk import Desk

_NAME = re.compile(r"(?<![\w/]):([a-z0-9_+-]{1,40}):(?!\w)")
_SIGN = re.compile(r"\((?:c|r|tm)\)|\+-", re.IGNORECASE)
_SIGNS = {"(c)": "©", "(r)": "®", "(tm)": "™", "+-": "±"}
_WIDE = re.compile(r"^( {0,3}#{1,6})\u3000", re.MULTILINE)
_LOCAL = re.compile(
    r"(?<![A-Za-z0-9_\"'=(<>\[`/])https?://localhost(?::\d+)?(?:/(?:[^\s<>()*\[\]\u3000-\uffff]*[^\s<>()*\[\].,:;!?'\"~_\u3000-\uffff])?)?"
    r"(?![^\[\]\n]{0,500}\]\()"  # within the text of a link, it is text
)
_ABBREVIATION = re.compile(r"^ {0,3}\*\[[^\]\n]{1,200}\]:[^\n]*\n?", re.MULTILINE)


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body with the characters that names stand for; code is left alone, and so is what names none.

    With ``typographer``, signs such as ``(c)`` are meant, as markdown-it's; with ``abbreviations``, the lines that say what
    an abbreviation stands for, which no text shows. To marked, a heading may begin with a wide space, and an address need
    not be one of the Internet.
    """
    pattern, made_of = _KINDS[name]
    return replaced(body, desk, pattern, made_of)


def replaced(body: str, desk: Desk, pattern: re.Pattern[str], made_of: Callable[[re.Match[str]], str]) -> str:
    """Return a body with something else for each match of a pattern that is no code."""
    if not pattern.search(body):
        return body  # what is code need not be known
    parts: list[str] = []
    at = 0
    for match in outside(islice(pattern.finditer(body), MAX_TAGS), code_spans(body, html=desk.html)):
        parts += [body[at : match.start()], made_of(match)]
        at = match.end()
    return "".join([*parts, body[at:]])


_KINDS: Mapping[str, tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = {
    "emoji": (_NAME, lambda match: emoji(match[1]) or match[0]),
    "typographer": (_SIGN, lambda match: _SIGNS[match[0].lower()]),
    "wideheadings": (_WIDE, lambda match: f"{match[1]} "),
    "localaddresses": (_LOCAL, lambda match: f"<{match[0]}>"),
    "abbreviations": (_ABBREVIATION, lambda _: ""),
}
