"""Of `generators.eleventy`: what the templates of a site's feeds, and data of any name, say of the site."""

from __future__ import annotations

import json
import os
import re
from html import unescape
from itertools import islice
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.nodes import Scalar
from feeder.patterns import pattern
from feeder.problems import ConfigurationError, Mark
from feeder.records import NamedTuple
from feeder.sites.directories import custom_host, text_in
from feeder.sites.found import inside
from feeder.sites.hosts import host_in, is_sample
from feeder.sites.told import Book, Told, front_matter_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from feeder.sites.found import Findings

_TEMPLATE = pattern(r"(feed|atom|rss)?[\w.-]*(?:feed|atom|rss)[\w.-]*\.(?:njk|liquid|html|hbs|xml)", re.IGNORECASE)
_USUAL = frozenset({"feed", "atom", "rss"})
_ANY, _FEEDS = pattern(r"[\w.-]+\.(?:njk|liquid|html|hbs|xml)"), frozenset({"feed", "feeds", "atom", "rss"})
"""The templates in a directory of one of these names may be feeds, whatever they are called."""
_FEED = pattern(r"<(?:feed|rss)\b")
_ENTRIES = pattern(r"<(?:entry|item)\b")
_ELEMENT = {
    "title": pattern(r"<title\b[^<>]*>\s*([^<>]{1,500}?)\s*</title>"),
    "description": pattern(r"<(?:subtitle|description)\b[^<>]*>\s*([^<>]{1,2000}?)\s*</"),
    "language": pattern(
        r"<(?:language>|(?:feed|rss)\b[^<>]{0,500}?\bxml:lang=[\"'])\s*([^<>\"']{1,200}?)\s*(?:</|[\"'])"
    ),
}
_VALUE = pattern(r"\{\{-?\s*(\w+)\.([\w.]+)\s*(?:\|[^{}]*)?-?\}\}")
_NAMED = pattern(r"\{\{-?\s*(\w+)\s*-?\}\}")
_BASE = pattern(r"<(?:id>|link>|link\b[^<>]{0,100}?\bhref=[\"'])\s*\{\{-?\s*(\w+)\.(\w+)")
"""What addresses of a feed begin with."""
_BEFORE = pattern(
    r"(?:(?P<url>https?://[^\s<>\"'{}()]{1,200}?)/?|\{\{-?\s*(?P<name>\w+)\s*-?\}\})\{\{-?\s*\w+\.url\b"
    r"|\babsoluteUrl\(\s*[\"'](?P<given>https?://[^\"'\s]+)[\"']"
)
"""What stands before the address of a page, written out or under a name of the front matter."""
_COLLECTION = pattern(r"\bcollections(?:\.(\w+)|\[[\"']([\w-]+)[\"']\])")
_GATHERED = pattern(
    r"addCollection\(\s*[\"'`]([\w-]+)[\"'`](?:(?!addCollection).){0,500}?getFilteredByGlob\("
    r"\s*\[?\s*[\"'`]([^\"'`\n]+)[\"'`](\s*,\s*[\"'`])?",
    re.DOTALL,
)
_NAMES = ("posts", "blog", "post", "articles", "writing")
"""What collections of posts are called."""
_BUILT = frozenset({"node_modules", "_site", "public", "dist"})
"""Directories whose files somebody has made of others, or copies as they are: none are templates."""
_MANIFEST = ".feeder.json"
_ENDINGS = ("json", "js", "cjs", "mjs", "ts", "yaml", "yml")
_SCRIPTS = ("js", "ts")
"""What the names of scripts end in."""
_WHOLE_SITE = pattern(r"https?://[^/?#\s]+")
_BYTES, _MOST, _PLACES = 2**16, 8, 1_000
"""Bytes of a template that is read, templates that are, and directories that are looked at."""
_SITEMAP = pattern(r"sitemap[\w.-]*\.(?:njk|liquid|html|hbs|xml)", re.IGNORECASE)


class FeedPage(NamedTuple):
    """A template that a site makes a feed of: its file, and its text."""

    file: str
    text: str

    def told(self, find: Findings, data: str, name: str) -> Told | None:
        """Return what the feed is told for ``title``, ``description`` or ``language``, by a text or by a value of its front matter or of the site's ``data``."""
        entries = _ENTRIES.search(self.text)
        said = _ELEMENT[name].search(self.text, 0, entries.start() if entries else len(self.text))
        if said is None:
            return None
        if value := _VALUE.fullmatch(said[1]):
            return _in_data(find, data, *value.groups())
        if named := _NAMED.fullmatch(said[1]):
            return front_matter_book(find.directory, (self.file,)).plain(named[1])
        mark = Mark(self.text.count("\n", 0, said.start(1)) + 1, 1)
        return None if "{" in said[1] else Told(name, Scalar(unescape(said[1]), mark), self.file)

    def base(self, find: Findings, data: str, keys: tuple[str, ...]) -> Told | None:
        """Return the URL that the feed has before addresses, if it is a value of the site's ``data`` under one of these keys."""
        found = next((match for match in _BASE.finditer(self.text) if match[2] in keys), None)
        return _in_data(find, data, *found.groups()) if found else None

    def written_base(self, find: Findings) -> Told | None:
        """Return the URL that the template itself has before the addresses of pages: as a text, or in its front matter."""
        found = _BEFORE.search(self.text)
        if found is None:
            return None
        if found["name"]:
            told = front_matter_book(find.directory, (self.file,)).plain(found["name"])
        else:
            mark = Mark(self.text.count("\n", 0, found.start()) + 1, 1)
            told = Told("the URL before addresses", Scalar(found["url"] or found["given"], mark), self.file)
        return told if is_whole(told) else None

    def collections(self) -> list[str]:
        """Return the names of the collections whose pages are in the feed."""
        return [name or other for name, other in _COLLECTION.findall(self.text)]


def feed_page(find: Findings, source: str, output: str = "") -> FeedPage | None:
    """Return the page of the site's feed below its input directory: one that is called so, else another; None for none.

    ``output`` is where the site is built.
    """
    for places in (_near(find, source, output), _far(find, source, output)):
        if page := _first(find, sorted(_templates(find, places), key=_rank), _FEED):
            return page
    return None


def sitemap_page(find: Findings, source: str, output: str) -> FeedPage | None:
    """Return the page of the site's map that is right in its input directory or in one there, None for none."""
    return _first(find, sorted(_templates(find, _near(find, source, output), _SITEMAP)), _BEFORE)


def _first(find: Findings, files: Iterable[str], wanted: re.Pattern[str]) -> FeedPage | None:
    """Return the first of some files that holds what is wanted, None for none."""
    for file in islice(files, _MOST):
        path = find.directory / file
        try:
            text = text_in(path, file) if path.stat().st_size <= _BYTES else ""
        except (OSError, ConfigurationError):
            continue
        if wanted.search(text):
            return FeedPage(file, text)
    return None


def _rank(file: str) -> tuple[bool, int, str]:
    return file.rpartition("/")[2].partition(".")[0].lower() not in _USUAL, file.count("/"), file


def _near(find: Findings, source: str, output: str) -> Iterator[str]:
    """Yield the input directory and those right below it."""
    if not (inside(source) and find.is_dir(source)):
        return
    names = sorted(entry.name for entry in os.scandir(find.directory / source) if entry.is_dir(follow_symlinks=False))
    for name in ("", *(name for name in names if name[0] != "." and name not in _BUILT)):
        place = normpath(f"{source}/{name}")
        if not name or place != output:
            yield place


def _far(find: Findings, source: str, output: str) -> Iterator[str]:
    """Yield the directories further below, as far as there are not too many."""
    if not (inside(source) and find.is_dir(source)):
        return
    for place, names, _ in islice(os.walk(find.directory / source), _PLACES):
        below = os.path.relpath(place, find.directory).replace(os.sep, "/")
        names[:] = sorted(
            name for name in names if name[0] != "." and name not in _BUILT and normpath(f"{below}/{name}") != output
        )
        if below.removeprefix(source).count("/") > 1 or (source == "." and "/" in below):
            yield below


def _templates(find: Findings, places: Iterable[str], named: re.Pattern[str] = _TEMPLATE) -> Iterator[str]:
    """Yield the files in some directories that are called like a feed.

    None of those that are built, by the site or by feeder: what a feed said once would be said for ever.
    """
    for place in places:
        entries = {entry.name: entry for entry in os.scandir(find.directory / place)}
        written = _written(find, f"{place}/{_MANIFEST}") if _MANIFEST in entries else set()
        wanted = _ANY if named is _TEMPLATE and place.rpartition("/")[2] in _FEEDS else named
        for entry in entries.values():
            if wanted.fullmatch(entry.name) and entry.is_file() and entry.name not in written:
                yield normpath(f"{place}/{entry.name}")


def _written(find: Findings, manifest: str) -> set[str]:
    """Return the paths of the files beside it that a manifest of feeder's lists."""
    try:
        document = json.loads(text_in(find.directory / manifest, manifest))
        return {*document["files"], *document.get("unfinished", ())}
    except (ConfigurationError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return set()


def _in_data(find: Findings, data: str, name: str, key: str) -> Told | None:
    """Return a value of the site's data: ``site.url`` is ``url`` in ``site.json``, or in a script."""
    book = _book(find, (f"{data}/{name}.{ending}" for ending in _ENDINGS))
    return book.plain(key, f"default.{key}", f"return.{key}")


def _book(find: Findings, names: Iterable[str]) -> Book:
    """Return what the first of these files says; nothing where that is no table, for sites keep all kinds of data."""
    try:
        return find.first(filter(inside, map(normpath, names)))[0]
    except ConfigurationError:
        return Book()


def is_whole(told: Told | None) -> bool:
    """Whether a URL is written out, and not that of a sample."""
    return told is not None and told.text.startswith(("http://", "https://")) and not is_sample(told.text)


def chosen_site(find: Findings, given: Iterable[Told | None]) -> Told | None:
    """Return the first of the URLs that a site is said to have, and of different ones that where ``CNAME`` says it is.

    If that settles nothing, the others are told.
    """
    told = [one for one in given if one]
    whole = {host: one for one in reversed(told) if is_whole(one) and (host := _host(one.text))}
    if not told or len(whole) <= 1:
        return told[0] if told else None
    custom = custom_host(find.directory, ())
    if custom and (named := whole.get(_host(f"https://{custom[0]}"))):
        return named
    for one in whole.values():
        if one.place != told[0].place:
            find.notes.append(
                f"{one.place}: {one.name} is {one.text}, but the site's URL is taken from {told[0].place}"
            )
    return told[0]


def _host(url: str) -> str:
    return host_in(url).removeprefix("www.")


def site_in_data(find: Findings, data: str, urls: tuple[str, ...], titles: tuple[str, ...]) -> Book:
    """Return the file of data that has the URL of a site under one of these keys, and best a title too.

    Nothing if it is in none, or if several have different ones. A file of any name may as well be about a part of the
    site, whose URL has a path, or about another site, which a script only asks.
    """
    if not (inside(data) and find.is_dir(data)):
        return Book()
    names = sorted(entry.name for entry in os.scandir(find.directory / data) if entry.is_file())
    books = [(name, _book(find, (f"{data}/{name}",))) for name in names if name.rpartition(".")[2] in _ENDINGS]
    within = tuple(key for key in urls if "." in key)  # of a script, else any constant
    given = [
        (told.text.rstrip("/"), book)
        for name, book in books
        if (told := book.plain(*(within if name.endswith(_SCRIPTS) else urls)))
    ]
    found = [(url, book) for url, book in given if _WHOLE_SITE.fullmatch(url) and not is_sample(url)]
    if len({url for url, _ in found}) != 1:
        return Book()
    return next((book for _, book in found if book.plain(*titles)), found[0][1])


def surely_gathered(source: str, config: str, feed: Callable[[], FeedPage | None]) -> Iterator[str]:
    """Yield the directory below the input that the configuration names by one pattern, for the one collection of the feed.

    Where there is no feed, that is the one that is called like posts.
    """
    found = _GATHERED.findall(config)
    page = feed() if found else None
    wanted = page.collections() if page else _NAMES
    globs = {name: (_fixed(path), more) for name, path, more in found if name in wanted}
    for directory, more in globs.values() if len(globs) == 1 else ():
        if not more and inside(directory) and directory not in {".", source}:
            yield from (directory,) if source == "." or directory.startswith(f"{source}/") else ()


def gathered(source: str, config: str, feed: Callable[[], FeedPage | None]) -> Iterator[str]:
    """Yield the directories whose pages may be those in the site's feed, by its collections.

    ``config`` is the text of the site's configuration, which says by patterns what is in some of them.
    """
    globs = {name: path for name, path, _ in _GATHERED.findall(config)}
    page = feed()
    for name in dict.fromkeys(page.collections() if page else globs if len(globs) == 1 else ()):
        if name in globs and (directory := _fixed(globs[name])) != ".":
            yield from (normpath(place) for place in (directory, f"{source}/{directory}") if inside(place))
        yield from (normpath(f"{source}/{place}{name}") for place in ("", "content/") if inside(name))


def _fixed(glob: str) -> str:
    """Return the directory in which all is that a pattern may find."""
    path = re.split(r"[*?{\[]", glob)[0]
    return normpath(path if path.endswith("/") else path.rpartition("/")[0])
