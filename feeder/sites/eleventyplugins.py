"""Of `generators.eleventy`: what its plug-in for feeds is told, in the configuration or in a file that this imports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.nodes import Table
from feeder.patterns import pattern
from feeder.sites.told import Book
from feeder.trees import SyntaxFault
from feeder.trees.javascript import DEFAULT, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

_CALL = pattern(r"\baddPlugin\(\s*(?:\w+\.)?(?:feedPlugin|rssPlugin\.feedPlugin)\s*,\s*(?=\{)")
_NAMES = ("posts", "blog", "post", "articles", "writing", "all")
"""What the collection of posts is called, best first."""
_LONGEST = 4_000
"""Characters of what it is told."""


def plugin_told(texts: Mapping[str, str]) -> Book:
    """Return what makes the one feed of posts, of a configuration's texts by their names; nothing where nobody can tell which does."""
    books = [
        book
        for file, text in texts.items()
        for call in _CALL.finditer(text)
        if (book := _table(text, call.end(), file)).has("metadata")
    ]
    if len(books) == 1:
        return books[0]
    by_name = {book.text("collection.name").lower(): book for book in reversed(books)}
    return next((by_name[name] for name in _NAMES if name in by_name), Book())


def _table(text: str, start: int, file: str) -> Book:
    """Return what a table that begins here says."""
    book, depth = Book(), 0
    for sign in re.compile(r"[{}]").finditer(text, start, start + _LONGEST):
        depth += 1 if sign[0] == "{" else -1
        if depth == 0:
            lines = "\n" * text.count("\n", 0, start)
            try:
                tree = parse(f"{lines}export default {text[start : sign.end()]}")
            except SyntaxFault:
                break
            told = {key.text: node for key, node in tree.pairs}.get(DEFAULT)
            if isinstance(told, Table):
                book.add(told, file)
            break
    return book
