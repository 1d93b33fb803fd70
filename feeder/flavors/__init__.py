"""The flavours of Markdown, one file for each library. A new one is a function, a line here and a choice in `feeder.settings`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from feeder.flavors import commonmark, python_markdown
from feeder.flavors.alike import is_alike
from feeder.flavors.markdownextras import LAZY_LISTS, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Protocol

    class Flavor(Protocol):
        """A function from Markdown to HTML that is not yet safe."""

        def __call__(self, body: str, *, breaks: bool = False) -> str:
            """Return the HTML; with ``breaks``, line ends are line breaks."""


_ALIKE = frozenset({"", packed({LAZY_LISTS: {}})})
"""Extensions that change nothing in bodies that are read alike."""


def _python_markdown(body: str, *, breaks: bool = False, extras: str = "") -> str:
    """Return the HTML that Python-Markdown makes; by comrak, thirty times as fast, where both make the same."""
    if extras in _ALIKE and is_alike(body):
        return commonmark.without_additions(body, breaks=breaks)
    return python_markdown.html(body, breaks=breaks, extras=extras)


FLAVORS: Mapping[str, Flavor] = {
    "python-markdown": _python_markdown,
    "commonmark": commonmark.html,
    "smartypants": commonmark.smartypants,
    "definitions": commonmark.definitions,
    "kramdown": commonmark.kramdown,
    "kramdown-straight": commonmark.kramdown_straight,
    "goldmark": commonmark.goldmark,
    "markdown-it": commonmark.markdown_it,
}
"""Name in ``markdown.flavor`` -> a function that loads its library when called.

Each raises `feeder.html.rawhtml.BodyTooDeepError` for a body that would take more than seconds.
"""

ENDED_BY_BLANK_LINES = frozenset({"commonmark", "smartypants", "definitions", "goldmark", "markdown-it"})
"""The flavours in which a blank line ends HTML. kramdown and Python-Markdown wait for the end tag."""


def reader(flavor: str, *, breaks: bool = False, extras: str = "") -> Callable[[str], str]:
    """Return the function that makes HTML of Markdown as one site has it; only Python-Markdown has ``extras``."""
    read = partial(FLAVORS[flavor], breaks=breaks)
    return partial(_python_markdown, breaks=breaks, extras=extras) if flavor == "python-markdown" else read
