"""A title and a summary as front matter has them -> plain text, of Markdown where the site's generator reads it so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.texts.plaintext import fold, shorten, without_markup
from feeder.texts.postnames import is_restructured

if TYPE_CHECKING:
    from feeder.kinds import Dialect
    from feeder.model import Habits

LONGEST = 1_000
"""Characters of a title."""
_MARKED = pattern(r"[*_`\[\\~]")
_TYPED = pattern(r"[\"'`]|--|\.\.\.")
"""What Pelican's TYPOGRIFY changes."""
_SIGN = pattern(r"[\\`*_{}\[\]()>#+!<]|^-|(?<=\d)\.(?= )")
"""What would be Markdown's."""


def title_from_text(text: str, path: str, habits: Habits) -> str:
    """Return a title as plain text, "" when nothing of it is left."""
    options = habits.options
    text = without_markup(_read(text, path) if "marked_titles" in options else text)
    if "TYPOGRIFY" in options and _TYPED.search(text):
        text = _typeset(text, options["MARKDOWN"])
    return shorten(text, LONGEST)


def summary_from_text(text: str, path: str, dialect: Dialect) -> str:
    """Return a summary as plain text."""
    if dialect.marked:
        text = _read(text, path)
    return fold(without_markup(text))


def _read(text: str, path: str) -> str:
    """Return what a line of Markdown says."""
    if not _MARKED.search(text) or is_restructured(path):
        return text
    from feeder.bodies.headings import plain_line  # few have any

    return plain_line(text)


def _typeset(text: str, extras: str) -> str:
    """Return a plain line with typographic quotes and dashes, as the bodies of the site have them."""
    from feeder.flavors.python_markdown import html  # few sites ask for it

    return without_markup(html(_SIGN.sub(r"\\\g<0>", text), extras=extras).removeprefix("<p>").removesuffix("</p>"))
