"""The heading that is a post's title, which Docusaurus shows above the post and not in it -> nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.bodies.codespans import code_spans, outside

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_FIRST = re.compile(
    r"^ {0,3}(?P<level>#{1,6})(?:[ \t][^\n]*)?$|^(?=[^\n]*\S)[^\n]{1,1000}(?P<underline>\n {0,3}=+[ \t]*)$"
    r"|^ {0,3}(?P<rule>[-*_])[ \t]*(?:(?P=rule)[ \t]*){2,200}$",
    re.MULTILINE,
)


def translated(body: str, desk: Desk, name: str) -> str:
    """Return a body without a first heading of the first level; a rule above it makes it a part of the post."""
    match = next(outside(_FIRST.finditer(body), code_spans(body, html=desk.html)), None)
    if match and (match["level"] == "#" or match["underline"]):
        return body[: match.start()] + "\n" * match[0].count("\n") + body[match.end() :]
    return body
