"""Jekyll: ``_config.yml``, and what goes over it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from feeder.cascades import Bequest, without_places
from feeder.nodes import Items, Node, Scalar, Table
from feeder.problems import with_got
from feeder.records import NamedTuple
from feeder.sites.found import Findings, inside
from feeder.sites.jekyllfiles import authors, includes
from feeder.sites.jekyllposts import collection_of, posts_directories, posts_in
from feeder.sites.told import Told, flag
from feeder.texts.fieldnames import folded_key

if TYPE_CHECKING:
    from feeder.sites.told import Book

FILES = ("_config.yml", "_config.yaml", "_config.toml")
_PRODUCTION = re.compile(r"_(?:config[._-]?)?prod(?:uction)?\.ya?ml")
_IN_LIST = re.compile(r"\.\d+(?:\.|$)")
_LONGEST = 1_000
"""Characters of a value that posts may show: it travels with the settings."""


def read(find: Findings) -> None:
    """Find what Jekyll is told. Raises `feeder.problems.ConfigurationError`."""
    book = _book(find)
    source = _source(find, book)
    find.site(
        title=book.get("title", "name"),
        description=book.get("description", "tagline", "subtitle"),
        language=book.get("lang", "locale", "language", "default_lang", "languages"),
        zone=book.get("timezone"),
    )
    authors(find, book, source)
    first = next(iter(book.texts("languages")), "") if book.text("default_locale_in_subfolder") == "true" else ""
    find.url(book.any("url"), f"{book.text('baseurl').rstrip('/')}/{first}")
    root = f"{source}/{book.text('collections_dir').strip('/')}".strip("/").removeprefix("./") or "."
    posts = posts_in(find, book, source, root)
    collection = "" if posts and not find.named else collection_of(find, book, root)
    find.assets((source,), "Jekyll's defaults")
    _markdown(find, book)
    find.limit(book.get("feed.posts_limit", "feed.post_limit", "post_limit"))
    _defaults(find, book, collection)
    if not collection:
        find.permalink(book.any("collections.posts.permalink", "permalink"))
    find.option("collections_dir", book.get("collections_dir"))
    for text in book.scalars():
        if len(text.text) <= _LONGEST and not _IN_LIST.search(text.key):
            find.let(f"site.{text.key}", text.text, "")
    includes(find, (book.text("includes_dir") or f"{source}/_includes").removeprefix("./"), posts)
    if (told := book.get("future")) and told.text == "true":
        find.details.append(f"future is ignored, from {told.place}: posts wait for their dates")
    if told := book.get("feed.path"):
        find.details.append(f"the generator's own feed is {told.text}, from {told.place}")


def _book(find: Findings) -> Book:
    """Return what ``_config.yml`` says, and over it what a file for production says, as ``--config`` puts them together."""
    book, _ = find.first(FILES)
    for name in sorted(entry.name for entry in os.scandir(find.directory) if _PRODUCTION.fullmatch(entry.name)):
        if isinstance(tree := find.tree(name), Table):
            book.add(tree, name)
    return book


def _source(find: Findings, book: Book) -> str:
    """Return the directory of all that the site is made of: where posts are, if what is said is not there, which is told."""
    told = book.get("source")
    if told is None:
        return "."
    source = told.text.rstrip("/") or "."
    if inside(source) and find.is_dir(source):
        find.option("source", told)
        return source
    found = sorted(posts_directories(find, ".", "", ("_site",), 0), key=lambda path: (path.count("/"), path))
    other = (found or ["_posts"])[0].rpartition("/")[0] or "."
    fault = "no such directory" if inside(source) else "it is outside this directory"
    said = f"{fault}, so {other if other != '.' else 'this directory'} is used"
    find.notes.append(f"{with_got(f'{told.place}: source ignored', told.text)}: {said}")
    find.let("source", other, told.place)
    return other


def _markdown(find: Findings, book: Book) -> None:
    """Take the flavour of Markdown, if it is not kramdown as it comes, which is smart."""
    told, quotes = book.get("markdown"), book.get("kramdown.smart_quotes")
    if told and told.text.lower() != "kramdown":
        find.give("markdown.flavor", "commonmark", told.place)
    elif quotes and {word.strip() for text in quotes.texts for word in text.split(",")} <= {"apos", "quot"}:
        find.give("markdown.flavor", "kramdown-straight", quotes.place)
    find.take("markdown.breaks", book.get("kramdown.hard_wrap"), flag)


_POSTS, _PAGES = ("posts", "post"), ("pages", "page")
"""What sets call the files that they are for, beside the names of collections."""


class _Default(NamedTuple):
    """One set of front matter that files have by default."""

    path: str
    kind: str
    values: dict[str, Node]
    place: str


def _defaults(find: Findings, book: Book, collection: str) -> None:
    """Take the front matter that posts, and pages, have by default: of two sets, that for the longer path goes before.

    A permalink for all posts goes before the site's. Posts may be the documents of a ``collection``.
    """
    find.pages = ()
    told = book.whole("defaults")
    if not (told and isinstance(told.node, Items)):
        return
    below = book.text("collections_dir").strip("/")
    kinds = (collection,) if collection else _POSTS
    every = [
        default for item in told.node.items if isinstance(item, Table) and (default := _default(item, told, below))
    ]
    every.sort(key=lambda default: (len(default.path), bool(default.kind)))
    for default in every:
        if default.kind not in kinds:
            find.pages = (_bequest(default, _which(default.kind, book)), *find.pages)
    found = [default for default in every if default.kind in {"", *kinds}]
    posts = find.values.get("posts.path")
    own = f"_{collection or 'posts'}"
    everywhere = {"", own} if collection or (posts and posts.value.endswith(own)) else {""}
    for default in reversed(found):
        if default.path.rstrip("/") in everywhere and (node := default.values.pop("permalink", None)):
            find.permalink(Told("permalink", node, told.file))
    for default in found:
        whose = f"posts below {default.path}" if default.path else "posts"
        find.default(_bequest(default), whose, default.place)


def _which(kind: str, book: Book) -> str:
    """Return the regular expression of what a set is for that is not for posts: any, pages, or the documents of a collection."""
    if kind not in {"", *_PAGES}:
        return f"(?=_{re.escape(kind)}/)"
    collections = "|".join(sorted({re.escape(name.partition(".")[0]) for name, _ in book.below("collections")}))
    return f"(?!_(?:{collections})/)" if kind and collections else ""


def _bequest(default: _Default, which: str = "") -> Bequest:
    """Return what a set gives to files in its scope, of those ``which`` a regular expression says."""
    values = {key: without_places(node) for key, node in default.values.items()}
    return Bequest("", f"/{which}{_scope(default.path)}.*", values)


def _default(item: Table, told: Told, below: str) -> _Default | None:
    """Return a set of front matter, None for what is none, or is for a type without a name, which nothing has."""
    said = {key.text: value for key, value in item.pairs}
    given = said.get("scope")
    scope = dict(((key.text, value) for key, value in given.pairs) if isinstance(given, Table) else ())
    path, kind, values = scope.get("path"), scope.get("type"), said.get("values")
    if not isinstance(values, Table) or (isinstance(kind, Scalar) and not kind.text):
        return None
    return _Default(
        path.text.removeprefix(f"{below}/") if isinstance(path, Scalar) else "",
        kind.text if isinstance(kind, Scalar) else "",
        {folded_key(key.text): value for key, value in values.pairs if key.text != "layout"},
        f"{told.file}:{item.mark.line}",
    )


def _scope(path: str) -> str:
    """Return the regular expression that the paths begin with which Jekyll takes a scope for: it may be a glob."""
    if "*" not in path:
        return re.escape(path)
    parts = re.split(r"(\*\*/|\*+|\?|\[[^\]]*\])", path.rstrip("/"))
    return "".join(_GLOBS.get(part) or (part if part[:1] == "[" else re.escape(part)) for part in parts) + "(?:/|$)"


_GLOBS = {"**/": "(?:[^/]+/)*", "*": "[^/]*", "**": "[^/]*", "?": "[^/]"}
