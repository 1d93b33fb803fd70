"""Comments in a post that change how much a problem of it matters: ``# feeder: off missing-summary, title-long``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from feeder.patterns import pattern
from feeder.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = pattern(
    r"^[^\n]*?#[ \t]*feeder:[ \t]*(?P<yaml>off|note|warning|error)[ \t]+(?P<these>[a-z][a-z, \t-]*)$"
    r"|^[ \t]*<!--\s*feeder:[ \t]*(?P<html>off|note|warning|error)[ \t]+(?P<those>[a-z][a-z,\s-]*?)[ \t]*-->",
    re.MULTILINE,
)
_CLOSING = pattern(r"^(?:-{3,}|\.\.\.|\+\+\+)[ \t]*$", re.MULTILINE)
_CODE = pattern(r"[a-z]+(?:-[a-z]+)*")


class Directive(NamedTuple):
    """One code that a post says something about, at which offset of its text, and the severity that it asks for."""

    code: str
    severity: Severity
    offset: int


def directives(text: str) -> Iterator[Directive]:
    """Yield what the comments in a post's text ask for: YAML's and TOML's in front matter, HTML's in the body."""
    if "feeder:" not in text:
        return
    head = text.lstrip()
    opening = len(text) - len(head) + 3
    closing = _CLOSING.search(text, opening) if head.startswith(("---", "+++")) else None
    for match in _COMMENT.finditer(text):
        name = "these" if match["these"] else "those"
        if name == "these" and not (closing and match.start() < closing.start()):
            continue  # in a body, a line with # is a heading or somebody's code
        for code in _CODE.finditer(match[name]):
            yield Directive(code[0], Severity(match["yaml"] or match["html"]), match.start(name) + code.start())
