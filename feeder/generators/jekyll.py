"""Jekyll: ``_config.yml`` and ``_data/authors.yml``."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from feeder.found import Findings, inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.told import Book

FILES = ("_config.yml", "_config.yaml", "_config.toml")
_DATA = ("authors.yml", "authors.yaml", "authors.json")
_NEVER = frozenset({"node_modules", "vendor", ".git", "_site"})
_DEFAULTS = frozenset(
    {"permalink", "categories", "category", "tags", "author", "authors", "layout", "published", "lang", "slug", "date"}
)
"""Front matter that a configuration's ``defaults`` can give posts, as far as it matters."""
_DEEPEST = 6


def read(find: Findings) -> None:
    """Find what Jekyll is told. Raises `feeder.problems.ConfigurationError`."""
    book, _ = find.first(FILES)
    source = (book.text("source") or ".").strip("/") or "."
    find.site(
        title=book.get("title", "name"),
        description=book.get("description", "tagline", "subtitle"),
        language=book.get("lang", "locale", "language"),
        zone=book.get("timezone"),
    )
    _authors(find, book, source)
    find.url(book.get("url"), book.text("baseurl"))
    _posts(find, book, source)
    find.assets((source,), "Jekyll's rules")
    find.limit(book.get("feed.posts_limit", "feed.post_limit", "post_limit"))
    _defaults(find, book)
    find.permalink(book.get("collections.posts.permalink", "permalink"))
    for name in ("collections_dir", "source"):
        find.option(name, book.get(name))
    if told := book.get("feed.path"):
        find.details.append(f"the generator's own feed is {told.text}, from {told.place}")


def _authors(find: Findings, book: Book, source: str) -> None:
    """Take the site's author, and the people that posts name by a key of ``_data/authors.yml``."""
    data = (book.text("data_dir") or f"{source}/_data").removeprefix("./").strip("/")
    people, _ = find.first((f"{data}/{name}" for name in _DATA if inside(data)), "authors")
    key = book.text("author")
    if key and people.has(f"authors.{key}.name"):
        find.author(people, f"authors.{key}")
    find.author(book, "author")
    find.people(people, "authors")


def _posts(find: Findings, book: Book, source: str) -> None:
    """Take the directories ``_posts``, wherever they are: those in subdirectories give categories."""
    root = f"{source}/{book.text('collections_dir').strip('/')}".strip("/").removeprefix("./") or "."
    if not inside(root):
        return
    told = book.get("exclude")
    left_alone = told.texts if told else ()
    out = (book.text("destination") or "_site").strip("./")
    found = sorted(_posts_directories(find, root, "", (*left_alone, out), 0))
    below = "" if root == "." else f"{root}/"
    rules = "Jekyll's rules"
    if found == ["_posts"]:
        find.posts(f"{below}_posts", rules)
    elif found:
        find.posts(root, rules, [f"{path}/*" for path in found])


def _posts_directories(find: Findings, root: str, below: str, left_alone: tuple[str, ...], depth: int) -> Iterator[str]:
    try:
        entries = [entry for entry in os.scandir(find.directory / root / below) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return
    for entry in entries:
        path = f"{below}{entry.name}"
        if entry.name == "_posts":
            yield path
        elif not (
            entry.name[0] in "._#~"
            or entry.name in _NEVER
            or depth >= _DEEPEST
            or any(fnmatchcase(path, pattern.strip("/")) for pattern in left_alone)
        ):
            yield from _posts_directories(find, root, f"{path}/", left_alone, depth + 1)


def _defaults(find: Findings, book: Book) -> None:
    """Take the front matter that posts have by default: its permalink for all of them goes before the site's."""
    told = dict(book.below("defaults"))
    for number in sorted({key.partition(".")[0] for key in told}, key=lambda text: (len(text), text)):
        kind, path = (told.get(f"{number}.scope.{name}") for name in ("type", "path"))
        if kind and kind.text not in {"", "posts"}:
            continue
        values = {
            key: value for key, value in told.items()
            if key.startswith(f"{number}.values.") and key.split(".")[2] in _DEFAULTS
        }  # fmt: skip
        for key, value in values.items():
            find.option(f"defaults.{key}", value)
        if values:
            find.let(f"defaults.{number}.scope.path", path.text if path else "", next(iter(values.values())).place)
        if not (path and path.text.strip("/ ") not in {"", "_posts"}):
            find.permalink(told.get(f"{number}.values.permalink"))
