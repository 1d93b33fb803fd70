"""Astro: ``astro.config.mjs`` and its other names, and what themes keep in ``src/consts.ts`` or ``src/config.ts``."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.nodes import Scalar
from feeder.problems import ConfigurationError
from feeder.sites.astropages import USUAL, route, split_address, spoken_route, stands
from feeder.sites.astropeople import take_people
from feeder.sites.astrothemes import take_theme
from feeder.sites.directories import is_file, text_in
from feeder.sites.found import Findings, inside
from feeder.sites.titlekeys import take_title_key
from feeder.sites.told import Book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from feeder.sites.told import Told

_ENDINGS = ("mjs", "ts", "js", "mts", "cjs")
FILES = tuple(f"astro.config.{ending}" for ending in _ENDINGS)
_PLUGINS = ("remark-directive", "remark-emoji", "remark-gemoji")
_FACTS = (
    "astro-paper.config.ts",
    *(
        f"src/{name}.{ending}"
        for name in (
            "consts", "config", "site.config", "site", "constants", "siteConfig", "data/site.config", "data/site", "config/site",
            "config/index",
        )
        for ending in ("ts", "js", "mjs", "json")
    ),
    "src/config.yaml",
)  # fmt: skip
"""Where themes keep what Astro itself does not ask."""
_FEEDS = tuple(
    f"pages/{name}.{ending}"
    for name in ("rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "feed")
    for ending in ("js", "ts")
)
"""The pages that are feeds, which are told the site's title."""


def read(find: Findings) -> None:
    """Find what Astro is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = find.first(FILES)
    text = text_in(find.directory / file, file) if is_file(find.directory / file) else ""
    for plugin in filter(text.__contains__, _PLUGINS):
        find.let(plugin, "true", file)
    source = (book.text("default.srcDir") or "src").removeprefix("./").strip("/")
    facts, feed = _facts(find, _FACTS), _facts(find, (f"{source}/{name}" for name in _FEEDS if inside(source)))
    tables = (
        "SITE",
        "siteConfig",
        "SITE_CONFIG",
        "site",
        "config",
        "default",
        "default.site",
        "siteMetadata",
        "siteMeta",
        "METADATA",
    )

    def names(*keys: str) -> Iterator[str]:
        for key in keys:
            yield f"SITE_{key}"
            yield from (f"{table}.{key}" for table in tables)

    _url(find, book, feed, facts)
    if "site.url" not in {*find.values, *find.faults} and not any(True for _ in book.below("default")):
        find.no_table(file)
    find.site(
        title=facts.plain(*names("title", "name", "siteTitle"), "metadata.title.default")
        or book.plain("starlightBlog().title", "starlight().title")
        or feed.plain("rss().title"),
        description=facts.plain(*names("description", "desc", "subtitle", "tagline"), "metadata.description")
        or book.plain("starlight().description")
        or feed.plain("rss().description"),
        language=facts.plain(*names("lang", "language", "locale", "locale.lang"), "LOCALE.lang")
        or book.get("default.i18n.defaultLocale")
        or book.plain("starlight().locales.root.lang", "starlight().defaultLocale")
        or _spoken(feed.plain("rss().customData")),
        zone=facts.plain(*names("timezone", "timeZone")),
    )
    find.author(facts, *names("author"), "AUTHOR")
    find.people(book, "starlightBlog().authors")
    take_people(find, source, _contents(source))
    take_title_key(find, *_feed_text(find, source))
    find.assets(((book.text("default.publicDir") or "public").removeprefix("./"),), "Astro's defaults")
    if not _documents(find, book, source):
        _posts(find, source, facts)
        take_theme(find, facts)
    if "remark-definition-list" in text:
        find.give("markdown.flavor", "goldmark", file)
    if (signs := book.get("default.markdown.smartypants")) and signs.text == "false":
        find.give("markdown.flavor", "commonmark", signs.place)
    find.option("trailingSlash", book.get("default.trailingSlash"))
    find.option("build.format", book.get("default.build.format"))


def _url(find: Findings, book: Book, feed: Book, facts: Book) -> None:
    """Take the site's URL, which some themes hand to Astro, or to the feed, from elsewhere."""
    base = book.get("default.base")
    if base and base.computed:
        find.url(base)
        return
    find.url(book.get("default.site"), base.text if base else "")
    told = feed.plain("rss().site") or facts.plain(
        "site.site", "SITE.website", "SITE.url", "SITE_URL", "site.url", "default.site.url"
    )
    if "site.url" not in find.values and told and told.text.startswith("http"):
        find.faults.pop("site.url", None)
        find.url(told, base.text if base else facts.text("site.base"))


def _spoken(told: Told | None) -> Told | None:
    """Return the language that a feed is told among elements of its own."""
    found = re.search(r"<language>\s*([\w-]{1,50})\s*</language>", told.text) if told else None
    return told._replace(node=Scalar(found[1], told.node.mark)) if told and found else None


def _facts(find: Findings, names: Iterable[str]) -> Book:
    """Return what the first of these files says that can be read and says anything."""
    for name in names:
        try:
            book, _ = find.first((name,))
        except ConfigurationError:
            continue  # no configuration of Astro's: whatever it is, it need not be plain
        if book:
            return book
    return Book()


def _documents(find: Findings, book: Book, source: str) -> bool:
    """Take the posts among the pages of documentation by Starlight, which are below the site's root; return whether."""
    if not (inside(source) and any(True for _ in book.below("starlight()"))):
        return False
    for name in filter(None, (book.text("starlightBlog().prefix"), *USUAL)):
        if find.posts(f"{source}/content/docs/{name}", "Starlight's defaults"):
            find.pattern(f"/{name}/:id/", "Starlight's defaults")
            return True
    return False


def _contents(source: str) -> list[str]:
    """Return the names of the files in which collections are defined."""
    return [f"{source}/{name}.{ending}" for name in ("content.config", "content/config") for ending in ("ts", "js", "mjs", "mts")]  # fmt: skip


def _loaded(find: Findings, source: str, facts: Book) -> Iterator[tuple[str, str, str]]:
    """Yield the collections that are loaded from a directory, with that and the loader, those first that are named like posts."""
    try:
        book, _ = find.first(_contents(source))
    except ConfigurationError:
        return  # directories are looked for, then
    found: dict[str, tuple[str, str]] = {}
    for key, told in book.below("collections"):
        name, _, rest = key.partition(".")
        if rest == "loader" and (directory := _globbed(told.computed, book, facts)):
            found[name] = directory, told.computed
    for name in (*USUAL, *found):
        if name in found and (name in USUAL or len(found) == 1):
            yield name, *found.pop(name)


def _made_ids(find: Findings, source: str, directory: str) -> str:
    """Return where a program makes the ids of the entries in a directory, "" where none does."""
    base = re.compile(rf"[\"'`](?:\./|/)?{re.escape(directory)}/?[\"'`]")
    for name in filter(lambda name: is_file(find.directory / name), _contents(source)):
        text = text_in(find.directory / name, name)
        starts = [match.start() for match in re.finditer(r"\bglob\(", text)]
        for start, end in pairwise((*starts, len(text))):
            made = text.find("generateId", start, end)
            if made > 0 and base.search(text, start, end):
                return f"{name}:{text.count(chr(10), 0, made) + 1}"
    return ""


def _globbed(loader: str, *books: Book) -> str:
    """Return the directory that a loader reads, "" where that is not known; ``books`` have the names in it."""

    def named(name: str) -> str:
        return next(filter(None, (book.text(name) for book in books)), "$")

    base = re.search(r"\bbase:\s*(?:[\"'`]([^\"'`]+)[\"'`]|(\w+))", loader) if loader.startswith("glob(") else None
    if base is None:
        return ""
    text = re.sub(r"\$\{\s*(\w+)\s*\}", lambda match: named(match[1]), base[1] or named(base[2]))
    path = normpath(text.removeprefix("/"))
    return path if path != "." and "$" not in path and inside(path) else ""


def _posts(find: Findings, source: str, facts: Book) -> None:
    """Take the collection of posts, else the pages in a directory that is named like one."""
    if not inside(source):
        return
    rules = "Astro's defaults"
    for name, directory, loader in _loaded(find, source, facts):
        if find.posts(directory, rules):
            find.let("underscores", "in directories" if re.search(r"\[[!^]_\]\*", loader) else "anywhere", "")
            _collection(find, source, name, directory)
            return
    for root in (f"{source}/content", f"{source}/data", "content", "data"):
        for name in (*USUAL, *_collections(find, root)):
            if find.posts(f"{root}/{name}", rules):
                _collection(find, source, name, f"{root}/{name}")
                return
    pages = [name for name in USUAL if _has_markdown(find, f"{source}/pages/{name}")]
    if not pages and (_in_feed(find, source) or _in_language(find, source)):
        return
    if pages:
        find.posts(f"{source}/pages", rules, [f"{name}/*" for name in pages])
        find.pattern("/:path/", rules)
    elif page := route(find, f"{source}/pages", ""):
        stands(find, page[1])  # posts may be anywhere; their addresses are not


def _has_markdown(find: Findings, directory: str) -> bool:
    """Whether any page in a directory is itself a post; a page that is made of others is none."""
    places = os.walk(find.directory / directory)
    return any(name.endswith((".md", ".mdx", ".markdown")) for _, _, names in places for name in names)


def _feed_text(find: Findings, source: str) -> tuple[str, str]:
    """Return the file that makes the site's feed, and its text; both are "" where there is none."""
    files = (f"{source}/{name}" for name in _FEEDS if inside(source))
    file = next((name for name in files if is_file(find.directory / name)), "")
    return file, text_in(find.directory / file, file) if file else ""


def _in_feed(find: Findings, source: str) -> bool:
    """Take the collections whose entries are in the site's feed, whatever they are called; return whether there are any.

    Of several, all are taken if each has its pages below its own name; else the first.
    """
    file, text = _feed_text(find, source)
    names = re.findall(r"getCollection\(\s*[\"'`]([\w-]+)[\"'`]", text)
    names = [name for name in dict.fromkeys(names) if find.is_dir(source, "content", name)]
    content = f"{source}/content"
    routes = [route(find, f"{source}/pages", name) for name in names]
    if len(names) > 1 and all(
        page and page[0] == name and stands(find, page[1]) == "id" for page, name in zip(routes, names, strict=True)
    ):
        find.posts(content, file, [f"{name}/*" for name in names])
        find.details.append(f"the posts are the collections {', '.join(names)}, from {file}")
        find.pattern("/:entry/", "Astro's defaults")
        return True
    if names and find.posts(f"{content}/{names[0]}", file):
        _collection(find, source, names[0], f"{content}/{names[0]}")
    return bool(names)


def _in_language(find: Findings, source: str) -> bool:
    """Take of collections for each language that in the site's own, below the page that is made of it; return whether."""
    language = find.values["site.language"].value.lower() if "site.language" in find.values else "en"
    for found in (spoken_route(find, f"{source}/pages", name, language) for name in USUAL):
        if found and find.posts(f"{source}/content/{found[2]}", found[1]):
            find.details.append(f"the posts are the collection {found[2]}, from {found[1]}")
            find.pattern(f"/{found[0]}/:{stands(find, found[1])}/", found[1])
            return True
    return False


def _collection(find: Findings, source: str, name: str, directory: str) -> None:
    """Take the addresses of a collection: below the page that is made of each."""
    find.details.append(f"the posts are the collection {name}, from {directory}")
    if made := _made_ids(find, source, directory):
        find.faults["posts.permalink"] = f"{made}: generateId computes the ids with code, which feeder does not run"
    page = route(find, f"{source}/pages", name)
    if page and (split := split_address(find, f"{source}/pages", page[1])):
        find.pattern(split, page[1])
        _one_language(find, directory)
        return
    below = page[0] if page else name
    standing = stands(find, page[1]) if page else "id"
    if below != directory.rpartition("/")[2] or (page and below != name) or standing != "id":
        find.pattern(f"/{below}/:{standing}/".replace("//", "/"), page[1] if page else "Astro's defaults")


def _one_language(find: Findings, posts: str) -> None:
    """Take of posts in several languages those in the site's own, if it has a directory for it."""
    said = find.values.get("site.language")
    if said and find.is_dir(posts, said.value):
        find.give("posts.include", (f"{said.value}/*",), said.place)


def _collections(find: Findings, root: str) -> list[str]:
    """Return the directories in the content directory, when there is but one: that is the collection of posts."""
    if not find.is_dir(root):
        return []
    names = [entry.name for entry in os.scandir(find.directory / root) if entry.is_dir(follow_symlinks=False)]
    names = [name for name in names if name != "docs"]  # of Starlight
    return names if len(names) == 1 and root.endswith("/content") else []
