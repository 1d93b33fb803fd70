"""``:::note[Title]`` … ``:::``, as remark's directives and markdown-it's containers have them -> quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans, outside
from feeder.markup.pieces import quote
from feeder.markup.scanning import MAX_DEPTH
from feeder.markup.texts import TITLED
from feeder.texts.plaintext import escape

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_LINE = re.compile(
    r"^(?P<margin>[ \t]*)(?P<colons>:{3,})[ \t]{0,20}(?:(?P<name>[A-Za-z][\w-]{0,60})(?![\w-])[ \t]{0,20}"
    r"(?:\[(?P<title>[^\n]{0,500}?)\](?=[ \t{]|$))?(?P<more>[^\n]{0,500}))?$",
    re.MULTILINE,
)
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body with quotes in place of admonitions. One that is never closed ends with the body.

    Of ``containers``, those that are no notes leave what is in them.
    """
    spans = (span for span in code_spans(body, html=desk.html) if span.kind != "indented")
    opened: list[tuple[int, str, str, list[str]]] = []
    whole: list[str] = []
    at = 0

    def add(text: str) -> None:
        (opened[-1][3] if opened else whole).append(text)

    def close() -> None:
        _, margin, title, parts = opened.pop()
        made = quote("".join(parts), title) if title else "".join(parts)
        add(made if not margin else "\n".join(_with_margin(made.split("\n"), margin)))

    for match in outside(_LINE.finditer(body), spans):
        colons = len(match["colons"])
        add(body[at : match.start()])
        at = match.end()
        if match["name"] and len(opened) < MAX_DEPTH:
            opened.append((colons, match["margin"], escape(_title(match, name)), _behind(match)))
        elif not match["name"] and any(colons >= frame[0] for frame in opened):
            while opened and opened[-1][0] > colons:
                close()
            close()
    add(body[at:])
    while opened:
        close()
    return "".join(whole)


def _title(match: re.Match[str], name: str) -> str:
    """Return what stands over an admonition, "" for a container that is no note."""
    if name == "containers" and match["name"].lower() not in TITLED:
        return ""
    return match["title"] or _ATTRIBUTES.sub("", match["more"] or "").strip() or match["name"].capitalize()


def _behind(match: re.Match[str]) -> list[str]:
    """Return what stands behind a title in brackets: it is no part of that, but text."""
    text = _ATTRIBUTES.sub("", match["more"] or "").strip() if match["title"] is not None else ""
    return [f"\n{match['margin']}{text}"] if text else []


def _with_margin(lines: list[str], margin: str) -> list[str]:
    """Return the lines of a quote within a list: those that it began and ended with get the list's margin."""
    return [margin + line if line.startswith(("<blockquote", "</blockquote", "<strong>")) else line for line in lines]
