"""Eleventy: the directories in its configuration, and the data that sites keep of themselves."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.found import Findings, inside

if TYPE_CHECKING:
    from feeder.told import Book, Told

FILES = ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", ".eleventy.js")
_DATA = tuple(
    f"{name}.{ending}"
    for name in ("metadata", "site", "meta", "siteConfig", "config")
    for ending in ("json", "js", "cjs", "mjs", "ts", "yaml", "yml", "toml")
)
_USUAL = (
    "posts",
    "blog",
    "content/posts",
    "content/blog",
    "src/posts",
    "src/blog",
    "post",
    "articles",
    "writing",
    "notes",
    "_posts",
)


def read(find: Findings) -> None:
    """Find what Eleventy is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = find.first(FILES)
    config = next((name for name in ("config", "default", "return") if book.has(f"{name}.dir")), "return")
    source = _path(book.text(f"{config}.dir.input") or ".")
    data = _path(f"{source}/{book.text(f'{config}.dir.data') or '_data'}")
    facts = _facts(find, dict.fromkeys((data, "_data", "src/_data")))
    find.site(
        title=_of(facts, "title", "name", "siteName", "siteTitle"),
        description=_of(facts, "description", "subtitle", "desc", "tagline"),
        language=_of(facts, "language", "lang", "locale"),
        zone=_of(facts, "timezone", "timeZone"),
    )
    find.author(facts, *_keys("author", "authors"))
    prefix = next((told for name in ("config", "default", "return") if (told := book.get(f"{name}.pathPrefix"))), None)
    if prefix and prefix.computed:
        find.url(prefix)
    else:
        find.url(
            facts.get(*_keys("url", "siteUrl", "site_url", "baseUrl", "domain", "origin", "host")),
            prefix.text if prefix else "",
        )
    find.homepage()
    _posts(find, source)
    find.assets(("public", "static", f"{source}/public", f"{source}/static", source, "."), "Eleventy's rules")
    find.let("dir.input", source, file)


def _path(text: str) -> str:
    return normpath(text.strip("/") or ".")


def _keys(*names: str) -> tuple[str, ...]:
    return tuple(f"{table}{name}" for table in ("default.", "", "default.site.", "site.", "return.") for name in names)


def _of(facts: Book, *names: str) -> Told | None:
    return facts.plain(*_keys(*names))


def _facts(find: Findings, directories: dict[str, None]) -> Book:
    names = (f"{directory}/{name}" for directory in filter(inside, directories) for name in _DATA)
    return find.first(name.removeprefix("./") for name in names)[0]


def _posts(find: Findings, source: str) -> None:
    """Take the first directory below the input that is named like one of posts."""
    below = "" if source == "." else f"{source}/"
    for name in _USUAL:
        if find.posts(f"{below}{name}", "Eleventy's rules"):
            _directory_data(find, f"{below}{name}")
            return


def _directory_data(find: Findings, posts: str) -> None:
    """Take the front matter that all posts in a directory have, from the data file that is named after it."""
    name = posts.rpartition("/")[2]
    endings = ("json", "11tydata.json", "11tydata.js", "11tydata.cjs", "11tydata.mjs")
    book, _ = find.first(f"{posts}/{name}.{ending}" for ending in endings)
    find.permalink(book.get("permalink", "default.permalink"))
