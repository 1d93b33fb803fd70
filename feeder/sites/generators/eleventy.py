"""Eleventy: the directories in its configuration, and the data that sites keep of themselves."""

from __future__ import annotations

import os
import re
from functools import cache, partial
from itertools import islice
from posixpath import normpath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeder.sites.directories import is_file, text_in
from feeder.sites.eleventydata import directory_data, has_posts
from feeder.sites.eleventyfeeds import (
    chosen_site,
    feed_page,
    gathered,
    is_whole,
    site_in_data,
    sitemap_page,
    surely_gathered,
)
from feeder.sites.eleventylayouts import Layouts
from feeder.sites.eleventymarkdown import configuration, read_filters, read_markdown
from feeder.sites.eleventypeople import people
from feeder.sites.eleventyplugins import plugin_told
from feeder.sites.found import Findings, inside
from feeder.sites.titlekeys import take_title_key
from feeder.sites.told import Book
from feeder.trees.javascript import GLOBAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from feeder.sites.eleventyfeeds import FeedPage
    from feeder.sites.told import Told

FILES = ("eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts", ".eleventy.js")
_NAMED = ("metadata", "site", "meta", "siteConfig", "config")
"""What the data of a site of itself is called."""
_DATA = tuple(
    f"{name}.{ending}" for name in _NAMED for ending in ("json", "js", "cjs", "mjs", "ts", "yaml", "yml", "toml")
)
_MANY, _LONGEST = 100, 1_000
"""Values of the site's data that posts may show, and characters of each: they travel with the settings."""
_COPIED = re.compile(r"\baddPassthroughCopy\(\s*(?:[\"'`](?P<path>[^\"'`\n]+)[\"'`]|(?P<table>\{[^{}]{0,2000}\}))")
_EXPORTS_CONFIG = re.compile(r"\bexport\s+(?:const|let|var)\s+config\b")
_TITLE = ("title", "name", "siteName", "siteTitle")
_ABOUT, _LANGUAGE, _ZONE = (
    ("description", "subtitle", "desc", "tagline", "siteDescription"),
    ("language", "lang", "locale"),
    ("timezone", "timeZone"),
)
_URL = ("url", "siteUrl", "site_url", "baseUrl", "domain", "origin", "host", "base")
_OWN_URL = tuple(f"metadata.{name}" for name in _URL)
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


def read(find: Findings) -> None:
    """Find what Eleventy is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = find.first((*_named_in_package(find), *FILES))
    text = text_in(find.directory / file, file) if is_file(find.directory / file) else ""
    exports = [name for name in ("config", "default", "return") if name != "config" or _EXPORTS_CONFIG.search(text)]
    config = next((name for name in exports if book.has(f"{name}.dir")), "return")
    source = _input(find, book.get(f"{config}.dir.input", "setInputDirectory()"), file)
    data = _path(f"{source}/{book.text(f'{config}.dir.data', 'setDataDirectory()') or '_data'}")
    facts = _facts(find, dict.fromkeys((data, "_data", "src/_data")))
    common = next(filter(None, (book.at(f"{GLOBAL}.{name}") for name in _NAMED)), Book())
    texts = configuration(find, file)
    feed = _feed(find, source, book, texts)
    output = _path(book.text(f"{config}.dir.output", "setOutputDirectory()") or "_site")
    page = cache(partial(feed_page, find, source, output))  # which takes time, and most sites need not

    def in_page(name: str) -> Told | None:
        found = page()
        return found.told(find, data, name) if found else None

    if not any(known.get(*_keys(*_URL)) for known in (facts, common, feed)):
        facts = facts.with_more(site_in_data(find, data, _keys(*_URL), _keys(*_TITLE)))
    own = feed.at("metadata") if is_whole(feed.get(*_OWN_URL)) else Book()  # else it came with a theme
    find.site(
        title=_of(own, "title")
        or _of(facts, *_TITLE)
        or _of(common, *_TITLE)
        or _of(feed, "title")
        or in_page("title"),
        description=_of(facts, *_ABOUT)
        or _of(common, *_ABOUT)
        or _of(feed, "description", "subtitle")
        or in_page("description"),
        language=_of(facts, *_LANGUAGE) or _of(common, *_LANGUAGE) or _of(feed, "language") or in_page("language"),
        zone=_of(facts, *_ZONE) or _of(common, *_ZONE),
    )
    for known in (facts, common):
        find.author(known, *_keys("author", "authors"))
    find.author(feed, "metadata.author")
    find.people(people(find, data), "authors")
    prefix = next((told for name in exports if (told := book.get(f"{name}.pathPrefix"))), None)
    if prefix and prefix.computed:
        find.url(prefix)
    elif prefix is None and (line := _unread_prefix(find, file)):
        find.faults["site.url"] = f"{file}:{line}: pathPrefix cannot be read without running the code"
    else:
        found = page()
        given = (
            feed.get(*_OWN_URL) if own else None,
            found.base(find, data, _URL) if found else None,
            *(known.get(*_keys(*_URL)) for known in (facts, common, feed)),
            book.plain(*(f"{GLOBAL}.{name}" for name in _URL)),
            found.written_base(find) if found else None,
        )
        _take_url(find, given, prefix.text if prefix else "", lambda: sitemap_page(find, source, output))
    for told in islice(facts.scalars(), _MANY):
        if len(told.text) <= _LONGEST:
            find.let(f"site.{told.name.removeprefix('site.')}", told.text, "")
    find.homepage()
    formats = book.get(*(f"{name}.templateFormats" for name in exports), "setTemplateFormats()")
    script = "\n".join(texts.values())
    usual = (
        *(place for place in surely_gathered(source, script, page) if has_posts(find, place)),
        *(f"{source}/{name}" for name in _USUAL),
        *_deeper(find, source, facts),
        *gathered(source, script, page),
    )
    if feed_file := page():
        take_title_key(find, feed_file.file, feed_file.text)
    _posts(find, source, Layouts(find, source, book, file, config), usual, _without_pages(formats))
    if prefix is None:
        _once(find, source)
    find.assets(("public", "static", f"{source}/public", f"{source}/static", source, "."), "Eleventy's defaults")
    _take_copied(find, script, source)
    read_filters(find, texts)
    read_markdown(find, file, texts)


def _take_url(
    find: Findings, given: Iterable[Told | None], prefix: str, sitemap: Callable[[], FeedPage | None]
) -> None:
    """Take the site's URL of those that it is ``given``, else that in its sitemap; a path ``prefix`` is added."""
    url = chosen_site(find, given)
    if url is None and (page := sitemap()):
        url = page.written_base(find)
    find.url(url, prefix)
    if url and url.text:
        find.let("url", url.text, "")  # in bodies, what the data say counts


def _take_copied(find: Findings, script: str, source: str) -> None:
    """Take the directories and files that a configuration has copied as they lie, each with where to."""
    copied = []
    for call in _COPIED.finditer(script) if source != "." else ():
        pairs = re.findall(r"[\"'`]([^\"'`\n]+)[\"'`]\s*:\s*[\"'`]([^\"'`\n]*)[\"'`]", call["table"] or "")
        for path, target in pairs or ([(call["path"], "")] if call["path"] else []):
            fixed = _path(re.split(r"[*?{\[]", path.removeprefix("./"))[0])
            copied.append(f"{fixed} {target.strip('./') if pairs else fixed.removeprefix(source).strip('/')}")
    if copied:
        find.let("passthrough", "\n".join(copied), "")


def _input(find: Findings, told: Told | None, file: str) -> str:
    """Return the directory of what the site is made of, whose paths addresses have; it is a fault if that cannot be read."""
    if told and told.computed:
        find.option("dir.input", told)
    source = _path((told.text if told else "") or ".")
    find.let("dir.input", source, file if told else "")
    return source


def _without_pages(formats: Told | None) -> list[str]:
    """Return patterns of files that a site makes no pages of, which names the formats that it does."""
    named = {name.strip(" .") for text in (formats.texts if formats else ()) for name in text.split(",")}
    return [f"*.{ending}" for ending in ("md", "html") if named and not named & {ending, "*"}]


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


def _feed(find: Findings, source: str, book: Book, texts: Mapping[str, str]) -> Book:
    """Return what the site's feed is told: by the plug-in that makes it, or in the front matter of the page that it is."""
    if book.has("addPlugin().metadata.base"):
        return book.at("addPlugin()")
    if (told := plugin_told(texts)).has("metadata.base"):
        return told
    from feeder.sites.told import front_matter_book

    names = (f"{place}{name}" for place in (f"{source}/", f"{source}/feed/", "feed/") for name in _FEEDS)
    return front_matter_book(find.directory, [normpath(name) for name in names])


def _posts(find: Findings, source: str, layouts: Layouts, usual: Iterable[str], no_pages: list[str]) -> None:
    """Take the directory that somebody names, else the first of the ``usual`` ones that there is, else the one with dated files."""
    named = [find.named] if find.named and inside(normpath(find.named)) else []
    for posts in map(normpath, named or usual):
        if inside(posts) and posts != "." and find.is_dir(posts):
            find.posts(posts, "Eleventy's defaults", exclude=[*no_pages, *directory_data(find, source, posts, layouts)])
            return
    if not named and source != "." and inside(source) and find.is_dir(source):
        from feeder.sites.dated import dated, likely_posts  # of few sites

        below = likely_posts(find.directory / source)
        if below or next(dated(find.directory / source), None) is not None:
            posts = normpath(f"{source}/{below}")
            data = directory_data(find, source, posts, layouts)
            find.posts(posts, "the dates of its files", exclude=[*no_pages, *data])


def _once(find: Findings, source: str) -> None:
    """Take the path off a URL whose path the posts have themselves: Eleventy puts addresses behind the host."""
    said, posts = find.values.get("site.url"), find.values.get("posts.path")
    path = urlsplit(said.value).path if said else ""
    place = posts.value.removeprefix(source) if posts and source != "." else posts.value if posts else ""
    if said and path.strip("/") and f"/{place.strip('/')}/".startswith(path):
        find.values["site.url"] = said._replace(value=said.value.removesuffix(path) + "/")


def _deeper(find: Findings, source: str, facts: Book) -> Iterator[str]:
    """Yield the directories two levels below the input that are named like posts: those in the site's own language first."""
    if not (inside(source) and find.is_dir(source)):
        return
    language = facts.text(*_keys("defaultLocale", "language", "lang", "locale")).lower()
    spoken = [language, language.partition("-")[0], "en"]
    names = sorted(entry.name for entry in os.scandir(find.directory / source) if entry.is_dir())
    names = [name for name in names if name[0] not in "._" and name != "node_modules"]
    for name in sorted(names, key=lambda name: spoken.index(name) if name in spoken else len(spoken)):
        yield from (normpath(f"{source}/{name}/{posts}") for posts in _USUAL if "/" not in posts)


def _named_in_package(find: Findings) -> list[str]:
    """Return the configuration that a script of ``package.json`` hands to Eleventy, as far as it is within the site."""
    book, _ = find.first(("package.json",))
    for _, told in book.below("scripts"):
        if match := re.search(r"\beleventy\b.*?\s--config[= ]([\w./-]+)", told.text):
            return [_path(match[1])] if inside(_path(match[1])) else []
    return []
