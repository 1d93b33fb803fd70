"""Markdown as CommonMark says, with GitHub's tables, strikethrough, task lists, footnotes and bare addresses."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from feeder.codeinfo import with_plain_languages
from feeder.patterns import pattern
from feeder.rawhtml import BodyTooDeepError

if TYPE_CHECKING:
    import re

    from comrak import ExtensionOptions, RenderOptions

MAX_CELLS = 500_000
"""Cells of tables: a row is filled up to the width of its header, so that a few characters can ask for many."""
MAX_SIGNS = 10_000
"""Mail addresses, which cost comrak quadratic time within a paragraph, or notes, each of which becomes much HTML."""
MAX_CLOSING = 10_000
"""Closing parentheses in a word; at the end of an address, comrak weighs each against all of them."""
_NO_WORDS = pattern(r"(?<![^\r\n])[^\w\r\n]++(?![^\r\n])")
"""A line that could end the header of a table: dashes, colons and bars."""
_TASK = pattern(r'<li><input type="checkbox" (checked="" )?disabled="" /> (\n<p>)?')
_NOTES = '<section class="footnotes" data-footnotes>\n'


def html(body: str) -> str:
    """Return the HTML of ``body``, raw HTML as it is. Raises `BodyTooDeepError`."""
    from comrak import render_markdown

    if (
        any(body.count(sign) > MAX_SIGNS for sign in ("@", "[^"))
        or (body.count(")") > MAX_CLOSING and any(word.count(")") > MAX_CLOSING for word in body.split()))
        or _cells(body) > MAX_CELLS
    ):
        raise BodyTooDeepError
    extensions, rendering = _options()
    rendered = render_markdown(body, extension_options=extensions, render_options=rendering)
    # A reader shows no style that would set the notes apart, and no form: a box is a character.
    return with_plain_languages(_TASK.sub(_task, rendered).replace(_NOTES, f"{_NOTES}<hr>\n"))


def _cells(body: str) -> int:
    """Return how many cells the body's tables have at most: the widest line that could end a header, times all lines."""
    if "|" not in body:
        return 0
    widest = max((match[0].count("|") for match in _NO_WORDS.finditer(body)), default=0)
    return widest * (body.count("\n") + body.count("\r"))


def _task(match: re.Match[str]) -> str:
    """Return the start of a task list's item, with the box within the paragraph where there is one."""
    return f"<li>{match[2] or ''}{'☑' if match[1] else '☐'} "


@cache
def _options() -> tuple[ExtensionOptions, RenderOptions]:
    from comrak import ExtensionOptions, RenderOptions

    extensions = ExtensionOptions()
    extensions.autolink = extensions.footnotes = extensions.strikethrough = True
    extensions.table = extensions.tasklist = True
    rendering = RenderOptions()
    rendering.unsafe_ = True  # the sanitiser has the last word
    return extensions, rendering
