"""Emoji by their names, ``:tada:``, where a site's generator is told to read them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from feeder.codespans import code_spans, outside
from feeder.flavors.commonmark import emoji
from feeder.markup.scanning import MAX_TAGS

if TYPE_CHECKING:
    from feeder.markup.desk import Desk

_NAME = re.compile(r"(?<![\w/]):([a-z0-9_+-]{1,40}):(?!\w)")


def translated(body: str, desk: Desk, _: str) -> str:
    """Return a body with the characters that names stand for; code is left alone, and so is what names none."""
    parts: list[str] = []
    at = 0
    for match in outside(islice(_NAME.finditer(body), MAX_TAGS), code_spans(body, html=desk.html)):
        parts += [body[at : match.start()], emoji(match[1]) or match[0]]
        at = match.end()
    return "".join([*parts, body[at:]])
