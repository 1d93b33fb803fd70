"""Of `generators.astro`: the collections of authors, whom posts name by a key."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.nodes import Items, Scalar, Table
from feeder.problems import ConfigurationError
from feeder.sites.directories import is_file, text_in
from feeder.sites.found import inside
from feeder.sites.told import Book, front_matter_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.nodes import Node
    from feeder.sites.found import Findings

_PEOPLE = re.compile(r"authors?$|people$|team$", re.IGNORECASE)
_FILE = re.compile(
    r"\b(?:const|let)\s+(\w+)\s*=\s*defineCollection\(\s*\{(?:(?!defineCollection).){0,500}?\bfile\(\s*[\"'`]([^\"'`\n]+)",
    re.DOTALL,
)
_DIRECTORIES = ("authors", "author", "people", "team")
_TREES = ("json", "yaml", "yml")
_MOST = 1_000
"""Files of authors that are read."""


def take_people(find: Findings, source: str, contents: Iterable[str]) -> None:
    """Take the authors of a file that a collection is loaded from, by its keys, or of files in a directory, by their names."""
    file = next((name for name in contents if is_file(find.directory / name)), "")
    text = text_in(find.directory / file, file) if file else ""
    named = (normpath(path.removeprefix("/")) for name, path in _FILE.findall(text) if _PEOPLE.search(name))
    book = Book()
    for path in filter(inside, named):
        tree = _tree(find, path)
        if isinstance(tree, Table):
            book.add(tree, path, "authors")
        for item in tree.items if isinstance(tree, Items) else ():
            pairs = item.pairs if isinstance(item, Table) else ()
            key = next((value for name, value in pairs if name.text in {"id", "slug"}), None)
            if isinstance(key, Scalar):
                book.add(item, path, f"authors.{key.text}")
    for path, stem in _files(find, source):
        if path.endswith(_TREES):
            if isinstance(tree := _tree(find, path), Table):
                book.add(tree, path, f"authors.{stem}")
        else:
            for told in front_matter_book(find.directory, [path]).scalars():
                book.add(told.node, path, f"authors.{stem}.{told.key}")
    find.people(book, "authors")


def _tree(find: Findings, path: str) -> Node | None:
    """Return what a file holds, None for one that cannot be read: it is no configuration of Astro's."""
    try:
        return find.tree(path)
    except ConfigurationError:
        return None


def _files(find: Findings, source: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a directory that is called like authors, and the names of them without endings."""
    for name in _DIRECTORIES if inside(source) else ():
        directory = f"{source}/content/{name}"
        if find.is_dir(directory):
            for path in sorted((find.directory / directory).iterdir())[:_MOST]:
                if path.suffix[1:] in {*_TREES, "md", "mdx"} and path.is_file():
                    yield f"{directory}/{path.name}", path.stem
            return
