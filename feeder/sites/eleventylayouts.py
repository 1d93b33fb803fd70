"""Of `generators.eleventy`: the layouts of a site, and what they and its configuration say for all that it makes."""

from __future__ import annotations

import os
import re
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.nodes import Scalar
from feeder.patterns import pattern
from feeder.problems import Mark
from feeder.sites.directories import is_file, text_in
from feeder.sites.found import inside
from feeder.sites.titlekeys import take_title_key
from feeder.sites.told import Told, front_matter_book
from feeder.texts.postnames import MARKDOWN
from feeder.trees import SyntaxFault
from feeder.trees.javascript import parse
from feeder.trees.places import Computed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from feeder.sites.found import Findings
    from feeder.sites.told import Book

TABLES = ("default.", "return.", "")
SCRIPTS = tuple(f"11tydata.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts"))
_GLOBAL = pattern(
    r"addGlobalData\(\s*[\"'](?:eleventyComputed\.)?permalink[\"']\s*,(?:\s*\(\)\s*=>(?=\s*(?:\(|\w+\s*=>)))?"
)
_EXPRESSION = 500
"""Characters of an expression in the configuration that are looked at."""
_HEAD = 4096
"""Bytes of a post that its front matter is looked for in."""
_LAYOUT = re.compile(rb"\s*---\s(?:(?!\n---\s).)*?^layout:[ \t]*[\"']?([\w./-]+)", re.DOTALL | re.MULTILINE)
_PLAIN = ("json", "yaml", "yml", "toml")
"""The endings of data: Eleventy knows the first, and others where the site says so."""
_ADDED = pattern(r"addDataExtension\(\s*[\"'`]([\w\s,.]+)[\"'`]")


class Layouts:
    """The layouts of a site, and what it says of addresses for all that it makes."""

    def __init__(self, find: Findings, source: str, book: Book, file: str, config: str) -> None:
        path = find.directory / file
        self._find, self._file = find, file
        self._text = text_in(path, file) if is_file(path) else ""
        self._data = f"{source}/{book.text(f'{config}.dir.data', 'setDataDirectory()') or '_data'}"
        self._alias = dict(
            re.findall(r"addLayoutAlias\(\s*[\"']([^\"'\n]+)[\"']\s*,\s*[\"']([^\"'\n]+)[\"']", self._text)
        )
        self._places = [
            f"{source}/{book.text(f'{config}.dir.{name}', f'set{name.title()}Directory()') or f'_{name}'}"
            for name in ("layouts", "includes")
        ]
        self._known: dict[str, Told | None] = {}

    def endings(self) -> tuple[str, ...]:
        """Return the endings of files with data of directories and posts, in the order in which Eleventy lets them win."""
        added = {name.strip(" .") for names in _ADDED.findall(self._text) for name in names.split(",")}
        plain = [name for name in _PLAIN if name in {_PLAIN[0], *added}]
        return (*SCRIPTS, *(f"11tydata.{name}" for name in plain), *plain)

    def permalink(self, name: str) -> Told | None:
        """Return the permalink that a layout gives the posts that have it, None for none."""
        if name not in self._known:
            self._known[name] = self._looked_up(name)
        return self._known[name]

    def _looked_up(self, name: str) -> Told | None:
        for _ in range(5):  # a layout may have one
            said = front_matter_book(self._find.directory, self._files(name))
            if told := said.get("eleventyComputed.permalink", "permalink"):
                return told
            name = said.text("layout")
        return None

    def _files(self, name: str) -> list[str]:
        """Return the files that a layout of this name may be in."""
        name = self._alias.get(name, name)
        if not (name and inside(name)):
            return []
        files = (
            normpath(f"{place}/{name}{ending}")
            for place in self._places
            for ending in ("", ".njk", ".liquid", ".html", ".webc", ".md")
        )
        return [file for file in files if inside(file)]

    def take_title_key(self, name: str) -> None:
        """Take the key of front matter that a layout shows as the heading of a post."""
        file = next((file for file in self._files(name) if is_file(self._find.directory / file)), "")
        if file:
            take_title_key(self._find, file, text_in(self._find.directory / file, file), layout=True)

    def say_addresses(self) -> bool:
        """Whether any of them gives a permalink, so that it matters which a post has."""
        places = [place for place in map(normpath, self._places) if inside(place)]
        return any(
            b"permalink" in _head(path) for place in places for path in files_below(self._find.directory / place)
        )

    def named_in(self, posts: str) -> Iterator[tuple[str, str]]:
        """Yield the path of each post that names its layout, and that."""
        for path in files_below(self._find.directory / posts):
            found = _LAYOUT.match(_head(path)) if path.endswith(MARKDOWN) else None
            if found:
                yield os.path.relpath(path, self._find.directory / posts).replace(os.sep, "/"), found[1].decode()

    def everywhere(self) -> Told | None:
        """Return the permalink in the data of the whole site, None for none."""
        if found := _GLOBAL.search(self._text):
            expression = f"export default {self._text[found.end() : found.end() + _EXPRESSION]}"
            try:
                node = {key.text: value for key, value in parse(expression).pairs}.get("default")
            except SyntaxFault:
                node = None
            mark = Mark(self._text.count("\n", 0, found.end()) + 1, 1)
            if isinstance(node, Scalar):
                return Told(
                    "permalink",
                    node._replace(mark=mark) if type(node) is Scalar else Computed(node.text, mark),
                    self._file,
                )
        names = [normpath(f"{self._data}/eleventyComputed.{ending}") for ending in ("js", "cjs", "mjs", "json")]
        book, _ = self._find.first(filter(inside, names))
        return book.get(*(f"{table}permalink" for table in TABLES))


def files_below(directory: Path) -> Iterator[str]:
    """Yield the path of each file below a directory, in order, but for what packages bring and what is hidden."""
    for place, names, files in os.walk(directory):
        names[:] = sorted(name for name in names if name != "node_modules" and name[0] != ".")
        yield from (os.path.join(place, name) for name in sorted(files))  # noqa: PTH118 - os.walk gives texts


def _head(path: str) -> bytes:
    """Return the beginning of a file, nothing where it cannot be read."""
    try:
        with open(path, "rb") as stream:  # noqa: PTH123
            return stream.read(_HEAD)
    except OSError:
        return b""
