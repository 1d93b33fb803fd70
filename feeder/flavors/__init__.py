"""The flavours of Markdown, one file each. A new one is a file, a line here and a choice in `feeder.settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.flavors import commonmark, python_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FLAVORS: Mapping[str, Callable[[str], str]] = {
    "python-markdown": python_markdown.html,
    "commonmark": commonmark.html,
    "smartypants": commonmark.smartypants,
    "kramdown": commonmark.kramdown,
    "goldmark": commonmark.goldmark,
}
"""Name in ``markdown.flavor`` -> a function from Markdown to HTML that is not yet safe; it loads its library when called.

Each raises `feeder.rawhtml.BodyTooDeepError` for a body that would take more than seconds.
"""
