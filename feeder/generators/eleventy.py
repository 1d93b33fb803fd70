"""Eleventy: the directories in its configuration, and the data that sites keep of themselves."""

from __future__ import annotations

import os
import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from feeder.directories import is_file, text_in
from feeder.fields import TRUE
from feeder.found import Findings, inside
from feeder.nodes import Scalar
from feeder.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from feeder.told import Book, Told

FILES = ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", ".eleventy.js")
_DATA = tuple(
    f"{name}.{ending}"
    for name in ("metadata", "site", "meta", "siteConfig", "config")
    for ending in ("json", "js", "cjs", "mjs", "ts", "yaml", "yml", "toml")
)
_TABLES = ("", "default.", "return.")
_DIRECTORY_DATA = ("11tydata.js", "11tydata.mjs", "11tydata.cjs", "11tydata.json", "json")
"""The endings of the data of a directory, in the order in which Eleventy lets them win."""
_KEPT_OUT = ("eleventyExcludeFromCollections", "draft")
_TITLE = ("title", "name", "siteName", "siteTitle")
_URL = ("url", "siteUrl", "site_url", "baseUrl", "domain", "origin", "host", "base")
_FEEDS = ("feed.njk", "atom.njk", "rss.njk", "feed.xml.njk", "atom.xml.njk", "rss.xml.njk", "feed.liquid", "feed.xml")
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

_FILLED = pattern(
    r"(?:(?:async\s+)?function\s*\w*\s*\([\w\s{},]*\)\s*\{\s*return\s+|(?:\([\w\s{},]*\)|\w+)\s*=>\s*(?:\{\s*return\s+)?)"
    r"`([^`]*)`\s*;?\s*\}?"
)
"""A function in JavaScript that returns a template and does nothing else."""
_SLOT = pattern(r"\$\{\s*(?:data\.)?(page\.(?:fileSlug|filePathStem))\s*\}")


def read(find: Findings) -> None:
    """Find what Eleventy is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = find.first((*_named_in_package(find), *FILES))
    config = next((name for name in ("config", "default", "return") if book.has(f"{name}.dir")), "return")
    source = _path(book.text(f"{config}.dir.input") or ".")
    data = _path(f"{source}/{book.text(f'{config}.dir.data') or '_data'}")
    facts = _facts(find, dict.fromkeys((data, "_data", "src/_data")))
    feed = _feed(find, source, book)
    find.site(
        title=_of(facts, *_TITLE) or _of(feed, "title"),
        description=_of(facts, "description", "subtitle", "desc", "tagline") or _of(feed, "description", "subtitle"),
        language=_of(facts, "language", "lang", "locale") or _of(feed, "language"),
        zone=_of(facts, "timezone", "timeZone"),
    )
    find.author(facts, *_keys("author", "authors"))
    find.author(feed, "metadata.author")
    find.people(
        find.first(
            (f"{data}/{name}.{ending}" for name in ("authors", "people") for ending in ("json", "js", "yml", "yaml")),
            "authors",
        )[0],
        "authors",
    )
    prefix = next((told for name in ("config", "default", "return") if (told := book.get(f"{name}.pathPrefix"))), None)
    if prefix and prefix.computed:
        find.url(prefix)
    elif prefix is None and (line := _unread_prefix(find, file)):
        find.faults["site.url"] = f"{file}:{line}: pathPrefix stands where it cannot be read without running it"
    else:
        find.url(
            facts.get(*_keys(*_URL)) or feed.get(*_keys(*_URL)),
            prefix.text if prefix else "",
        )
    find.homepage()
    _posts(find, source, _layouts(find, source, book, file, config))
    find.assets(("public", "static", f"{source}/public", f"{source}/static", source, "."), "Eleventy's rules")
    find.let("dir.input", source, file)


def _unread_prefix(find: Findings, file: str) -> int:
    """Return the line of a configuration that says a path below which the site lies, 0 for none."""
    path = find.directory / file
    text = text_in(path, file) if is_file(path) else ""
    found = re.search(
        r"^(?![ \t]*(?://|/?\*))[^\n]{0,500}?(?<![.\w])pathPrefix[\"']?[ \t]*:(?![ \t]*[\"'`]/?[\"'`])",
        text,
        re.MULTILINE,
    )
    return text.count("\n", 0, found.end()) + 1 if found else 0


def _path(text: str) -> str:
    return normpath(text.strip("/") or ".")


def _keys(*names: str) -> tuple[str, ...]:
    return tuple(
        f"{table}{name}"
        for table in ("default.", "", "default.site.", "site.", "return.", "metadata.")
        for name in names
    )


def _of(facts: Book, *names: str) -> Told | None:
    return facts.plain(*_keys(*names))


def _facts(find: Findings, directories: dict[str, None]) -> Book:
    names = (f"{directory}/{name}" for directory in filter(inside, directories) for name in _DATA)
    return find.first(name.removeprefix("./") for name in names)[0]


def _feed(find: Findings, source: str, book: Book) -> Book:
    """Return what the site's feed is told: by the plug-in that makes it, or in the front matter of the page that it is."""
    if book.has("addPlugin().metadata.base"):
        return book.at("addPlugin()")
    from feeder.told import front_matter_book

    names = (f"{place}{name}" for place in (f"{source}/", f"{source}/feed/", "feed/") for name in _FEEDS)
    return front_matter_book(find.directory, [normpath(name) for name in names])


def _posts(find: Findings, source: str, layouts: Callable[[str], Told | None]) -> None:
    """Take the directory that somebody names, else the first below the input that is named like one of posts."""
    below = "" if source == "." else f"{source}/"
    named = [normpath(find.named)] if find.named and inside(normpath(find.named)) else []
    for posts in named or [f"{below}{name}" for name in _USUAL]:
        if find.is_dir(posts):
            find.posts(posts, "Eleventy's rules", exclude=_directory_data(find, source, posts, layouts))
            return


def _directory_data(find: Findings, source: str, posts: str, layouts: Callable[[str], Told | None]) -> list[str]:
    """Take the addresses that all posts in a directory have, from the data file that is named after it, or their layout.

    Its tags name collections, which are for templates: no reader is told of them.
    Return patterns of the files that it keeps out.
    """
    kept_out: list[str] = []
    for directory in (posts, *_above(source, posts), *_within(find, posts)):
        section = directory.removeprefix(posts).strip("/") if directory.startswith(posts) else ""
        data = _data_of(find, directory)
        permalink = next(filter(None, map(_made, map(data, ("eleventyComputed.permalink", "permalink")))), None)
        if permalink is None and (layout := data("layout")):
            permalink = layouts(layout.text)
        if (permalink and permalink.text == "false") or any(
            (one := data(key)) and one.text.lower() in TRUE for key in _KEPT_OUT
        ):
            kept_out.append(f"{section}/*" if section else "*")
        elif permalink:
            find.permalink(permalink, section)
    if name := _layout_of_first(find, posts):
        find.permalink(layouts(name))
    return kept_out


def _made(told: Told | None) -> Told | None:
    """Return a permalink, None for a program that only chooses between what is there and nothing.

    A function that only fills in a template is as good as a pattern.
    """
    if told and (filled := _FILLED.fullmatch(told.computed)):
        text = _SLOT.sub(r"{{ \1 }}", filled[1])
        return told if "$" in text else told._replace(node=Scalar(text, told.node.mark))
    return None if told and told.computed and _keeps(told.computed) else told


def _layouts(find: Findings, source: str, book: Book, file: str, config: str) -> Callable[[str], Told | None]:
    """Return what tells the permalink that a layout gives the posts that have it, by its name."""
    from feeder.told import front_matter_book

    path = find.directory / file
    text = text_in(path, file) if is_file(path) else ""
    alias = dict(re.findall(r"addLayoutAlias\(\s*[\"']([^\"'\n]+)[\"']\s*,\s*[\"']([^\"'\n]+)[\"']", text))
    places = [
        f"{source}/{book.text(f'{config}.dir.layouts') or '_layouts'}",
        f"{source}/{book.text(f'{config}.dir.includes') or '_includes'}",
    ]

    def permalink(name: str) -> Told | None:
        for _ in range(5):  # a layout may have one
            name = alias.get(name, name)
            if not (name and inside(name)):
                return None
            files = [
                normpath(f"{place}/{name}{ending}")
                for place in places
                for ending in ("", ".njk", ".liquid", ".html", ".webc", ".md")
            ]
            said = front_matter_book(find.directory, [file for file in files if inside(file)])
            if told := said.get("eleventyComputed.permalink", "permalink"):
                return told
            name = said.text("layout")
        return None

    return permalink


def _layout_of_first(find: Findings, posts: str) -> str:
    """Return the layout that the first post names, as all do where the data of their directory names none."""
    from feeder.told import front_matter_book

    names = sorted(
        entry.name for entry in os.scandir(find.directory / posts) if entry.name.endswith((".md", ".markdown"))
    )
    return front_matter_book(find.directory, [f"{posts}/{name}" for name in names[:1]]).text("layout")


def _data_of(find: Findings, directory: str) -> Callable[[str], Told | None]:
    """Return what tells the values of a directory's data, whose files are laid over one another."""
    name = directory.rpartition("/")[2]
    files = (f"{directory}/{name}.{ending}" for ending in _DIRECTORY_DATA)
    books = [find.first((file,))[0] for file in files if (find.directory / file).is_file()]
    return lambda key: next(
        (told for book in books if (told := book.get(*(f"{table}{key}" for table in _TABLES)))), None
    )


def _keeps(program: str) -> bool:
    """Whether a program that makes a permalink makes none of its own: it chooses between what is there and nothing."""
    return "permalink" in program and not re.search(r"[\"'`+]", program)


def _above(source: str, posts: str) -> Iterator[str]:
    """Yield the directories above the posts, from the nearest to the input."""
    while posts != source and (posts := dirname(posts)):
        yield posts


def _within(find: Findings, posts: str) -> Iterator[str]:
    """Yield the directories below one, as far as they have data."""
    for place, names, files in os.walk(find.directory / posts):
        names[:] = sorted(name for name in names if name != "node_modules" and not name.startswith((".", "_")))
        directory = os.path.relpath(place, find.directory).replace(os.sep, "/")
        if directory != posts and any(file.endswith(_DIRECTORY_DATA) for file in files):
            yield directory


def _named_in_package(find: Findings) -> list[str]:
    """Return the configuration that a script of ``package.json`` hands to Eleventy, as far as it is within the site."""
    book, _ = find.first(("package.json",))
    for _, told in book.below("scripts"):
        if match := re.search(r"\beleventy\b.*?\s--config[= ]([\w./-]+)", told.text):
            return [_path(match[1])] if inside(_path(match[1])) else []
    return []
