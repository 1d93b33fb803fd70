"""Marks that Markdown's readers take for their own: attributes, and where a table of contents goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans, outside

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_INSIDE = r"""(?:[^{}\n"']|"[^"\n]{0,500}"|'[^'\n]{0,500}'){0,500}"""
_HEADING = r"^(?P<heading>#{1,6}[ \t][^\n]{0,400}?)[ \t]{0,20}"
_UNDERLINED = r"^(?P<underlined>[^\n#>|]{1,400}?)[ \t]{1,20}"
_KRAMDOWN = re.compile(
    # the list that a table of contents takes the place of
    r"^[ \t>]{0,40}(?:[*+-]|\d{1,9}\.)[ \t]{1,20}[^\n]{0,200}\n[ \t]{0,40}\{:toc(?![\w-])[^{}\n]{0,500}\}[ \t]*$"
    rf"|^[ \t>]*\{{:(?:[ \t]*[.#\w]|toc)?{_INSIDE}\}}[ \t]*$"
    rf"|(?<=[)\]*_>~`\"])\{{:\n?{_INSIDE}\}}"
    rf"|(?<=\n)(?P<item>[ \t]{{0,40}}(?:[*+-]|\d{{1,9}}\.)[ \t]{{1,20}})\{{:{_INSIDE}\}}[ \t]*"
    rf"|{_HEADING}\{{:?[ \t]*[#.]{_INSIDE}\}}[ \t]*$"
    rf"|{_UNDERLINED}\{{:?[ \t]*[#.]{_INSIDE}\}}[ \t]*(?=\n(?:=+|-+)[ \t]*$)"
    r"|\{::comment\}.{0,20000}?\{:/(?:comment)?\}"
    r"|\{:(?::(?:nomarkdown|options|comment)(?:[ \t][^{}\n]{0,200})?|/(?:nomarkdown|options|comment)?)/?\}",
    re.MULTILINE | re.DOTALL,
)
_GOLDMARK = re.compile(
    rf"{_HEADING}\{{[ \t]*[#.]{_INSIDE}\}}[ \t]*$|^[ \t]*\{{[ \t]*[.#][\w-]{_INSIDE}\}}[ \t]*$", re.MULTILINE
)
_PAIR = r"""(?:[.#][\w:-]{1,100}|[\w:@-]{1,100}=(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s{}"']{1,500}))"""
_BRACES = rf"\{{[ \t]*{_PAIR}(?:[ \t]+(?:{_PAIR}|[\w:-]{{1,100}})){{0,20}}[ \t]*\}}"
_ATTRS = re.compile(rf"^[ \t>]*{_BRACES}[ \t]*$|(?<=[)\]*_~`]){_BRACES}|[ \t]+{_BRACES}[ \t]*$", re.MULTILINE)
_TOC = re.compile(r"^[ \t]*(?:\[\[_?TOC_?\]\]|@?\[TOC\])[ \t]*$", re.MULTILINE | re.IGNORECASE)
_PATTERNS = {"kramdown": _KRAMDOWN, "goldmark": _GOLDMARK, "attrs": _ATTRS, "toc": _TOC}


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without the marks of a kind, code left alone."""
    return outside_code(body, _PATTERNS[name], desk)


def outside_code(body: str, pattern: re.Pattern[str], desk: Desk) -> str:
    """Return a body in which all that a pattern finds, and that begins outside code, is gone, but for its named groups."""
    spans = (span for span in code_spans(body, html=desk.html) if span.kind != "comment")
    parts: list[str] = []
    at = 0
    for match in outside(pattern.finditer(body), spans):
        parts += [body[at : match.start()], next((kept for kept in match.groupdict().values() if kept), "")]
        at = match.end()
    return "".join([*parts, body[at:]])
