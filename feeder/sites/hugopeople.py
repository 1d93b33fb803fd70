"""The pages that a Hugo site has for people -> their names, by the words by which posts name them; of `generators.hugo`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.sites.found import inside
from feeder.texts.plaintext import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.sites.found import Findings
    from feeder.sites.told import Book

_PLACES = ("people", "hosts", "host", "guests", "guest")
"""Directories of the content where podcasts have them, beside those of the site's taxonomies."""
_PAGE = pattern(r"(?!_?index\.)(.+)\.(?:md|markdown)")
_LINE = pattern(rb"""(\w+)[ \t]*[:=][ \t]*("[^"\\]+"|'[^'\\]+'|[^"'\s#&*!|>{\[].*?)[ \t]*""")
"""A line of YAML or TOML that gives a text."""
_KEYS = (b"title", b"display_name", b"displayname", b"name")
"""Keys of front matter that say how somebody is called, the best first: Hugo's own, and those of themes."""
_FIRST = b"tdnTDN"
"""What they begin with."""
_HEAD = 2_000
"""Bytes of a page that are read."""
_MANY = 2_000
"""Pages of a directory."""


def find_people(find: Findings, book: Book, content: str) -> None:
    """Take the names of those who have a page in a directory of the content."""
    authors = [told.text for name, told in book.below("taxonomies") if name.lower() in {"author", "authors"}]
    places = (f"{content}/{directory}" for directory in dict.fromkeys((*authors, *_PLACES)))
    for place in filter(inside, places):
        for key, name in _named(f"{find.directory}/{place}"):
            find.let(f"authors.{key}.name", name, "")


def _named(directory: str) -> Iterator[tuple[str, str]]:
    """Yield how the people are called by the names of their pages."""
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)[:_MANY]
    except OSError:
        return
    for entry in entries:
        page = _PAGE.fullmatch(entry.name)
        key, path = (page[1], entry.path) if page else (entry.name, f"{entry.path}/_index.md")
        linked = entry.is_symlink() or os.path.islink(path)  # noqa: PTH114 - for each of a thousand pages
        if not linked and (name := _name(path)) and name != key:
            yield key, name


def _name(path: str) -> str:
    """Return what a page calls somebody, "" where it does not say."""
    try:
        file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        try:
            head = os.read(file, _HEAD)
        finally:
            os.close(file)
    except OSError:
        return ""
    fence = head[:3]
    front = head[3 : head.find(b"\n" + fence, 3)] if fence in {b"---", b"+++"} else b""
    found: dict[bytes, bytes] = {}
    for line in front.split(b"\n"):
        if line[:1] in _FIRST and (match := _LINE.fullmatch(line.rstrip(b"\r"))):
            found.setdefault(match[1].lower(), match[2])
    said = clean(next((found[key] for key in _KEYS if key in found), b"").decode(errors="replace"))
    return said.strip("\"'").strip()
