"""Of `generators.eleventy`: what the data of directories and of single posts, and layouts, say of posts."""

from __future__ import annotations

import os
from posixpath import dirname
from typing import TYPE_CHECKING

from feeder.addresses.eleventypaths import names_in
from feeder.cascades import Bequest, without_places
from feeder.fields.lookup import TRUE
from feeder.nodes import Scalar, Table
from feeder.sites.addressprograms import filled_pattern, function_in, keeps
from feeder.sites.directories import is_file, text_in
from feeder.sites.eleventylayouts import SCRIPTS, TABLES, files_below
from feeder.sites.told import Told
from feeder.texts.fieldnames import folded_key
from feeder.trees.javascript import DEFAULT, RETURN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from feeder.nodes import Node
    from feeder.sites.eleventylayouts import Layouts
    from feeder.sites.found import Findings

_POSTS = (".md", ".markdown", ".html")
_COLLECTIONS = ("all", "nav", "post", "posts", "tagList")
"""Tags that gather pages for templates: sites show readers all others, as those that begin from Eleventy's own blog do."""
_KEPT_OUT = ("eleventyExcludeFromCollections", "draft")


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
        if layout := data("layout"):
            layouts.take_title_key(layout.text)
        permalink = next(
            filter(None, (_made(find, data(key)) for key in ("eleventyComputed.permalink", "permalink"))), None
        )
        if permalink is None and layout:
            permalink = layouts.permalink(layout.text)
        if (permalink and permalink.text == "false") or any(
            (one := data(key)) and one.text.lower() in TRUE for key in _KEPT_OUT
        ):
            kept_out.append(f"{section}/*" if section else "*")
        elif permalink and has_posts(find, directory):
            find.permalink(permalink, section)
            given.append(section and f"{section}/")
            named |= dict.fromkeys(sorted(names_in(permalink.text)))
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
    return any(path.endswith(_POSTS) for path in files_below(find.directory / directory))


def _own_data(find: Findings, source: str, posts: str, endings: tuple[str, ...]) -> list[Bequest]:
    """Return what files such as ``tea.11tydata.json`` say for the one post beside them, ``tea.md``, the best first."""
    found: list[tuple[int, Bequest]] = []
    for path in files_below(find.directory / posts):
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
    for table in (tree, *(_inner(tree, name) for name in (DEFAULT, RETURN))) if file.endswith(SCRIPTS) else (tree,):
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


def _data_of(find: Findings, directory: str, endings: tuple[str, ...]) -> Callable[[str], Told | None]:
    """Return what tells the values of a directory's data, whose files are laid over one another."""
    name = directory.rpartition("/")[2]
    files = (f"{directory}/{name}.{ending}" for ending in endings)
    books = [find.first((file,))[0] for file in files if (find.directory / file).is_file()]
    return lambda key: next(
        (told for book in books if (told := book.get(*(f"{table}{key}" for table in TABLES)))), None
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
