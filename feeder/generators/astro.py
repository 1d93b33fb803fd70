"""Astro: ``astro.config.mjs`` and its other names, and what themes keep in ``src/consts.ts`` or ``src/config.ts``."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from feeder.found import Findings, inside
from feeder.told import Book

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = ("mjs", "ts", "js", "mts", "cjs")
FILES = tuple(f"astro.config.{ending}" for ending in _ENDINGS)
_FACTS = (
    *(
        f"src/{name}.{ending}"
        for name in (
            "consts", "config", "site.config", "site", "constants", "siteConfig", "data/site.config", "config/site",
            "config/index",
        )
        for ending in ("ts", "js", "mjs", "json")
    ),
    "src/config.yaml",
)  # fmt: skip
"""Where themes keep what Astro itself does not ask."""
_USUAL = ("blog", "posts", "post", "articles", "writing", "news")
_ROUTE = re.compile(r"\[(?:\.\.\.)?\w+\](?:\.astro|\.mdx?|\.[jt]sx?)?")


def read(find: Findings) -> None:
    """Find what Astro is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = find.first(FILES)
    base = book.get("default.base")
    if base and base.computed:
        find.url(base)
    else:
        find.url(book.get("default.site"), base.text if base else "")
    if "site.url" not in {*find.values, *find.faults} and not any(True for _ in book.below("default")):
        find.no_table(file)
    facts = _facts(find)
    tables = ("SITE", "siteConfig", "SITE_CONFIG", "site", "config", "default", "siteMetadata", "siteMeta", "METADATA")

    def names(*keys: str) -> Iterator[str]:
        for key in keys:
            yield f"SITE_{key}"
            yield from (f"{table}.{key}" for table in tables)

    if book.get("default.site") is None:  # some themes hand it to Astro from there
        find.url(facts.plain("site.site", "SITE.website", "SITE.url", "SITE_URL"), facts.text("site.base"))
    find.site(
        title=facts.plain(*names("title", "name", "siteTitle"), "metadata.title.default"),
        description=facts.plain(*names("description", "desc", "subtitle", "tagline"), "metadata.description"),
        language=facts.plain(*names("lang", "language", "locale", "locale.lang"), "LOCALE.lang")
        or book.get("default.i18n.defaultLocale"),
        zone=facts.plain(*names("timezone", "timeZone")),
    )
    find.author(facts, *names("author"), "AUTHOR")
    find.assets(((book.text("default.publicDir") or "public").removeprefix("./"),), "Astro's rules")
    _posts(find, (book.text("default.srcDir") or "src").removeprefix("./").strip("/"))
    if (signs := book.get("default.markdown.smartypants")) and signs.text == "false":
        find.give("markdown.flavor", "commonmark", signs.place)
    find.option("trailingSlash", book.get("default.trailingSlash"))
    find.option("build.format", book.get("default.build.format"))


def _facts(find: Findings) -> Book:
    from feeder.problems import ConfigurationError

    for name in _FACTS:
        try:
            book, _ = find.first((name,))
        except ConfigurationError:
            continue  # no configuration of Astro's: whatever it is, it need not be plain
        if book:
            return book
    return Book()


def _posts(find: Findings, source: str) -> None:
    """Take the collection of posts, else the pages in a directory that is named like one."""
    if not inside(source):
        return
    rules = "Astro's rules"
    for root in (f"{source}/content", f"{source}/data", "content", "data"):
        for name in (*_USUAL, *_collections(find, root)):
            if find.posts(f"{root}/{name}", rules):
                find.let("collection", name, f"{root}/{name}")
                route = _route(find, f"{source}/pages", name)
                if route and route[0] != name:
                    find.pattern(f"/{route[0]}/:id/".replace("//", "/"), route[1])
                return
    pages = [name for name in _USUAL if find.is_dir(source, "pages", name)]
    if pages:
        find.posts(f"{source}/pages", rules, [f"{name}/*" for name in pages])
        find.pattern("/:path/", rules)


def _collections(find: Findings, root: str) -> list[str]:
    """Return the directories in the content directory, when there is but one: that is the collection of posts."""
    if not find.is_dir(root):
        return []
    names = [entry.name for entry in os.scandir(find.directory / root) if entry.is_dir(follow_symlinks=False)]
    return names if len(names) == 1 and root.endswith("/content") else []


def _route(find: Findings, pages: str, collection: str) -> tuple[str, str] | None:
    """Return the path below which a page is made of each post, and the file that makes it."""
    for name in dict.fromkeys((collection, *_USUAL, "")):
        directory = f"{pages}/{name}".rstrip("/")
        entries = (
            sorted(entry.name for entry in os.scandir(find.directory / directory)) if find.is_dir(directory) else []
        )
        if match := next(filter(_ROUTE.fullmatch, entries), None):
            return name, f"{directory}/{match}"
    return None
