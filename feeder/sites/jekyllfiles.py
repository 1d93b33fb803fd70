"""The files of a Jekyll site that its posts name: what bodies include, and who writes."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.fields.lookup import scalar_text
from feeder.nodes import Items, Table
from feeder.problems import ConfigurationError
from feeder.sites.found import Findings, inside
from feeder.sites.told import Book
from feeder.texts.plaintext import clean
from feeder.texts.postnames import MARKDOWN
from feeder.texts.tagnames import LIQUID

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DATA = ("authors.yml", "authors.yaml", "authors.json")
_KEYS = ("id", "key", "slug", "username", "short_name", "name")
"""What a post may call somebody by who is one of a list."""
_DEEPEST = 6
_ROOM, _MANY = 500_000, 2_000
"""Characters of all that posts may include, which travels with the settings; files of that."""
_TAG = re.compile(r"\{%-?\s*(?:end)?(\w+)|\{\{-?\s*(?P<theme>content|paginator|layout|forloop)\b")
_UNDERSTOOD = frozenset(name for name, meaning in LIQUID.items() if meaning != "loop") | {
    "else", "elsif", "when", "include_cached", "include_relative", "post_url", "link",
}  # fmt: skip
"""What may stand in a file that is put in as a whole, beside values; a loop's list is mostly one of posts, or of data."""
_DATED = re.compile(r"\d+-\d+-\d+-")
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_LINK = re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*\S[^\n]*$", re.MULTILINE)


def authors(find: Findings, book: Book, source: str) -> None:
    """Take the site's author, and the people that posts name by a key of ``_data/authors.yml``, or by a name in its list.

    Older sites have them below ``authors`` in the configuration.
    """
    data = (book.text("data_dir") or f"{source}/_data").removeprefix("./").strip("/")
    people = _people(find, [f"{data}/{name}" for name in _DATA if inside(data)])
    key = book.text("author")
    if key and people.has(f"authors.{key}.name"):
        find.author(people, f"authors.{key}")
    find.author(book, "author")
    is_list = book.whole("authors") is not None
    find.people(people if people.has("authors") or is_list else book, "authors")


def _people(find: Findings, names: Sequence[str]) -> Book:
    """Return the people in the first of these files that there is; nobody is told of from one that cannot be read."""
    people = Book()
    for name in names:
        try:
            tree = find.tree(name)
        except ConfigurationError as error:
            find.notes.append(f"{error}; posts show the keys of their authors instead of the names")
            return people
        if isinstance(tree, Items):
            for item in tree.items:
                said = {key.text: value for key, value in item.pairs} if isinstance(item, Table) else {}
                for key in dict.fromkeys(scalar_text(said.get(key)) for key in _KEYS):
                    if key and not people.has(f"authors.{key}"):
                        people.add(item, name, f"authors.{key}")
        elif isinstance(tree, Table):
            people.add(tree, name, "authors")
        if tree is not None:
            break
    return people


def includes(find: Findings, below: str, posts: Sequence[str]) -> None:
    """Take the files that bodies may include, by their names, or by where they lie beside ``posts``.

    Of a template, which nobody runs, it is the definitions of links only.
    """
    room = _ROOM
    for kind, root, path in islice(_includable(find, below, posts), _MANY):
        try:
            fits = (
                path.is_file()
                and path.stat().st_size <= room
                and path.resolve().is_relative_to(find.directory.resolve())
            )
            text = _COMMENT.sub("", clean(path.read_text(encoding="utf-8"))) if fits else ""
        except (OSError, UnicodeDecodeError):
            continue
        whole = all(tag[1] in _UNDERSTOOD for tag in _TAG.finditer(text))
        links = "\n".join(line for line in _LINK.findall(text) if "{" not in line) if "{%" in text else ""
        for key, said in (
            (kind, text if whole else None),
            (f"{kind}s", links if kind == "include" and links else None),
        ):
            if fits and said is not None and len(said) <= room:
                room -= len(said)
                find.let(f"{key}.{path.relative_to(root).as_posix()}", said.strip("\n").rstrip(), "")


def _includable(find: Findings, below: str, posts: Sequence[str]) -> Iterator[tuple[str, Path, Path]]:
    """Yield what kind of include each file is for, the directory that it is named from, and the file."""
    if inside(below) and find.is_dir(below):
        root = find.directory / below
        files = sorted(root.rglob("*"), key=lambda path: (path.suffix not in MARKDOWN, path))
        yield from (("include", root, path) for path in files)
    said = find.values.get("posts.path")
    if said:
        root = find.directory / said.value
        for directory in posts:
            yield from (("relative", root, path) for path in _beside(find.directory / directory, 0))


def _beside(directory: Path, depth: int) -> Iterator[Path]:
    """Yield the files that lie among posts and are none."""
    try:
        entries = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST:
                yield from _beside(Path(entry.path), depth + 1)
        elif not _DATED.match(entry.name):
            yield Path(entry.path)
