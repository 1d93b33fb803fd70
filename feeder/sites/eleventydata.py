"""Of `generators.eleventy`: what the data of directories and of single posts, and layouts, say of posts."""

from __future__ import annotations

import os
import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from feeder.cascades import Bequest, without_places
from feeder.fields.lookup import TRUE
from feeder.nodes import Scalar, Table
from feeder.patterns import pattern
from feeder.problems import Mark
from feeder.sites.addressprograms import filled_pattern, function_in, keeps
from feeder.sites.directories import is_file, text_in
from feeder.sites.found import inside
from feeder.sites.told import Told, front_matter_book
from feeder.texts.fieldnames import folded_key
from feeder.texts.postnames import MARKDOWN
from feeder.trees import SyntaxFault
from feeder.trees.javascript import DEFAULT, RETURN, parse
from feeder.trees.places import Computed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from feeder.nodes import Node
    from feeder.sites.found import Findings
    from feeder.sites.told import Book

_TABLES = ("default.", "return.", "")
_SCRIPTS = tuple(f"11tydata.{ending}" for ending in ("js", "mjs", "cjs", "ts", "mts"))
_PLAIN = ("json", "yaml", "yml", "toml")
"""The endings of data: Eleventy knows the first, and others where the site says so."""
_ADDED = pattern(r"addDataExtension\(\s*[\"'`]([\w\s,.]+)[\"'`]")
_POSTS = (".md", ".markdown", ".html")
_COLLECTIONS = ("all", "nav", "post", "posts", "tagList")
"""Tags that gather pages for templates: sites show readers all others, as those that begin from Eleventy's own blog do."""
_KEPT_OUT = ("eleventyExcludeFromCollections", "draft")
_NAMED = pattern(r"\{\{-?\s*([A-Za-z_]\w*)(?![\w.])")
"""A key of the front matter in a permalink."""
_GLOBAL = pattern(
    r"addGlobalData\(\s*[\"'](?:eleventyComputed\.)?permalink[\"']\s*,(?:\s*\(\)\s*=>(?=\s*(?:\(|\w+\s*=>)))?"
)
_EXPRESSION = 500
"""Characters of an expression in the configuration that are looked at."""
_HEAD = 4096
"""Bytes of a post that its front matter is looked for in."""
_LAYOUT = re.compile(rb"\s*---\s(?:(?!\n---\s).)*?^layout:[ \t]*[\"']?([\w./-]+)", re.DOTALL | re.MULTILINE)


def directory_data(find: Findings, source: str, posts: str, layouts: Layouts) -> list[str]:
    """Take the addresses that all posts in a directory have, from the data file that is named after it, or their layout.

    Its tags name collections, which are for templates: no reader is told of them, whoever says them.
    Return patterns of the files that it keeps out.
    """
    kept_out: list[str] = []
    given: list[str] = []
    known: dict[str, Callable[[str], Told | None]] = {}
    named: dict[str, None] = {}
    endings = layouts.endings()
    collections = dict.fromkeys(_COLLECTIONS)
    for directory in (posts, *_above(source, posts), *_within(find, posts, endings)):
        section = directory.removeprefix(posts).strip("/") if directory.startswith(posts) else ""
        data = known[directory] = _data_of(find, directory, endings)
        collections |= dict.fromkeys(tags.texts if (tags := data("tags")) else ())
        permalink = next(
            filter(None, (_made(find, data(key)) for key in ("eleventyComputed.permalink", "permalink"))), None
        )
        if permalink is None and (layout := data("layout")):
            permalink = layouts.permalink(layout.text)
        if (permalink and permalink.text == "false") or any(
            (one := data(key)) and one.text.lower() in TRUE for key in _KEPT_OUT
        ):
            kept_out.append(f"{section}/*" if section else "*")
        elif permalink and has_posts(find, directory):
            find.permalink(permalink, section)
            given.append(section and f"{section}/")
            named |= dict.fromkeys(_NAMED.findall(permalink.text))
    find.let("collections", "\n".join(collections), "")
    find.bequests = (*_own_data(find, source, posts, endings), *_shared(source, known, named))
    if "" not in given and layouts.say_addresses():
        _by_layout(find, posts, layouts, tuple(given))
    find.permalink(_made(find, layouts.everywhere()))
    return kept_out


def _shared(source: str, known: Mapping[str, Callable[[str], Told | None]], names: Iterable[str]) -> Iterator[Bequest]:
    """Yield what directories say under the names that addresses are made of, the innermost first."""
    for directory in sorted(known, key=lambda path: -path.count("/")):
        told = {name: value for name in names if (value := known[directory](name)) and value.text}
        if fields := {folded_key(name): without_places(value.node) for name, value in told.items()}:
            below = directory.removeprefix("" if source == "." else source).strip("/")
            yield Bequest(below, "", fields)


def has_posts(find: Findings, directory: str) -> bool:
    """Whether there is any post in a directory or below it: what data say of others harms nobody."""
    return any(path.endswith(_POSTS) for path in _files(find.directory / directory))


def _own_data(find: Findings, source: str, posts: str, endings: tuple[str, ...]) -> list[Bequest]:
    """Return what files such as ``tea.11tydata.json`` say for the one post beside them, ``tea.md``, the best first."""
    found: list[tuple[int, Bequest]] = []
    for path in _files(find.directory / posts):
        rank, ending = next(((at, one) for at, one in enumerate(endings) if path.endswith(f".{one}")), (0, ""))
        stem = path.removesuffix(f".{ending}")
        if ending and any(os.path.isfile(stem + post) for post in _POSTS):  # noqa: PTH113 - os.walk gives texts
            file = os.path.relpath(path, find.directory).replace(os.sep, "/")
            place = os.path.relpath(stem, find.directory / source).replace(os.sep, "/")
            found.append((rank, Bequest("", "", _fields(find, file), place)))
    return [bequest for _, bequest in sorted(found, key=lambda one: one[0])]


def _fields(find: Findings, file: str) -> dict[str, Node]:
    """Return what a file of data says, by folded key: what is computed over what is said."""
    tree = find.tree(file)
    fields: dict[str, Node] = {}
    for table in (tree, *(_inner(tree, name) for name in (DEFAULT, RETURN))) if file.endswith(_SCRIPTS) else (tree,):
        fields |= _by_key(table)
    computed = _by_key(fields.get("eleventycomputed"))
    if (permalink := computed.pop("permalink", None)) and (made := _made(find, Told("permalink", permalink, file))):
        computed["permalink"] = made.node
    return {key: without_places(node) for key, node in (fields | computed).items()}


def _inner(tree: Node | None, name: str) -> Node | None:
    return next((node for key, node in tree.pairs if key.text == name), None) if isinstance(tree, Table) else None


def _by_key(node: Node | None) -> dict[str, Node]:
    return {folded_key(key.text): value for key, value in node.pairs} if isinstance(node, Table) else {}


def _by_layout(find: Findings, posts: str, layouts: Layouts, given: tuple[str, ...]) -> None:
    """Take the addresses of posts from their layouts, but for directories that have one ``given``: the first's is that of all."""
    first = ""
    for path, name in layouts.named_in(posts):
        told = None if path.startswith(given) else layouts.permalink(name)
        if told and not first:
            first = told.text
            find.permalink(told)
        elif told and told.text != first:
            find.pattern(told.text, "", path)


def _made(find: Findings, told: Told | None) -> Told | None:
    """Return a permalink, None for a program that only chooses between what is there and nothing.

    A function that only fills in a template is as good as a pattern.
    """
    if told is None or not told.computed:
        return told
    program = _program(find, told)
    if keeps(told.computed) or keeps(function_in(program)):
        return None
    filled = filled_pattern(told.computed) or filled_pattern(program)
    if filled is None:
        return told
    if filled.selective:
        find.notes.append(
            f"{told.place}: {told.name} gives some posts no page, and feeder cannot tell which; give them `feed: false`"
        )
    return told._replace(node=Scalar(filled.pattern, told.node.mark))


def _program(find: Findings, told: Told) -> str:
    """Return the text of a script from where a value begins."""
    path = find.directory / told.file
    lines = text_in(path, told.file).split("\n") if is_file(path) else []
    line, column = told.node.mark.line, told.node.mark.column
    return "\n".join(lines[line - 1 :])[column - 1 :]


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
        return (*_SCRIPTS, *(f"11tydata.{name}" for name in plain), *plain)

    def permalink(self, name: str) -> Told | None:
        """Return the permalink that a layout gives the posts that have it, None for none."""
        if name not in self._known:
            self._known[name] = self._looked_up(name)
        return self._known[name]

    def _looked_up(self, name: str) -> Told | None:
        for _ in range(5):  # a layout may have one
            name = self._alias.get(name, name)
            if not (name and inside(name)):
                return None
            files = [
                normpath(f"{place}/{name}{ending}")
                for place in self._places
                for ending in ("", ".njk", ".liquid", ".html", ".webc", ".md")
            ]
            said = front_matter_book(self._find.directory, [file for file in files if inside(file)])
            if told := said.get("eleventyComputed.permalink", "permalink"):
                return told
            name = said.text("layout")
        return None

    def say_addresses(self) -> bool:
        """Whether any of them gives a permalink, so that it matters which a post has."""
        places = [place for place in map(normpath, self._places) if inside(place)]
        return any(b"permalink" in _head(path) for place in places for path in _files(self._find.directory / place))

    def named_in(self, posts: str) -> Iterator[tuple[str, str]]:
        """Yield the path of each post that names its layout, and that."""
        for path in _files(self._find.directory / posts):
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
        return book.get(*(f"{table}permalink" for table in _TABLES))


def _files(directory: Path) -> Iterator[str]:
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


def _data_of(find: Findings, directory: str, endings: tuple[str, ...]) -> Callable[[str], Told | None]:
    """Return what tells the values of a directory's data, whose files are laid over one another."""
    name = directory.rpartition("/")[2]
    files = (f"{directory}/{name}.{ending}" for ending in endings)
    books = [find.first((file,))[0] for file in files if (find.directory / file).is_file()]
    return lambda key: next(
        (told for book in books if (told := book.get(*(f"{table}{key}" for table in _TABLES)))), None
    )


def _above(source: str, posts: str) -> Iterator[str]:
    """Yield the directories above the posts, from the nearest to the input."""
    while posts != source and (posts := dirname(posts)):
        yield posts


def _within(find: Findings, posts: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield the directories below one, as far as they have data."""
    for place, names, files in os.walk(find.directory / posts):
        names[:] = sorted(name for name in names if name != "node_modules" and not name.startswith((".", "_")))
        directory = os.path.relpath(place, find.directory).replace(os.sep, "/")
        if directory != posts and any(file.endswith(endings) for file in files):
            yield directory
