"""Pelican: ``pelicanconf.py``, read as data and never executed, with ``publishconf.py`` over it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.told import Book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.found import Findings
    from feeder.told import Told

FILES = ("settings.py", "pelican.conf.py", "pelicanconf.py", "publishconf.py")
"""The files that may be there, the later over the earlier; the first two in older sites."""


def read(find: Findings) -> None:
    """Find what Pelican is told. Raises `feeder.problems.ConfigurationError`."""
    book = Book()
    urls: list[Told] = []
    for name in FILES:
        if tree := find.tree(name):
            book.add(tree, name)
            urls += filter(None, [book.get("SITEURL")])
    find.site(
        title=book.get("SITENAME"),
        description=book.get("SITEDESCRIPTION", "SITESUBTITLE", "SITE_DESCRIPTION"),
        language=book.get("DEFAULT_LANG"),
        zone=book.get("TIMEZONE"),
    )
    find.author(book, "AUTHOR")
    find.url(book.get("SITEURL") or (urls[-1] if urls else None))  # one file may blank what the other says
    told = book.get("PATH")
    content = (told.text if told else "content").removeprefix("./").strip("/") or "."
    if not told and not find.is_dir(content):
        content = "."
    place = told.place if told else "Pelican's defaults"
    articles = [path.strip("/") for path in _texts(book, "ARTICLE_PATHS")]
    include = [f"{path}/*" for path in articles if path and path != "."] if "." not in articles else []
    pages = _texts(book, "PAGE_PATHS") if book.has("PAGE_PATHS") else ("pages",)
    exclude = [f"{path.strip('/')}/*" for path in (*pages, *_texts(book, "ARTICLE_EXCLUDES")) if path.strip("./")]
    exclude += [f"*.{ending}" for ending in _unread(book)]
    exclude += [key for key, _ in book.below("TEMPLATE_PAGES")]
    exclude += [pattern for name in _texts(book, "IGNORE_FILES") for pattern in (name, f"*/{name}")]
    find.posts(content, place, include, exclude)
    find.assets((content,), place)
    find.limit(book.get("FEED_MAX_ITEMS"))
    if book.has("FEED_MAX_ITEMS") and not book.get("FEED_MAX_ITEMS"):
        find.give("feeds.limit", 0, "pelicanconf.py")
    find.permalink(book.get("ARTICLE_URL"))
    find.options(
        book, "ARTICLE_LANG_URL", "SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE",
        "SLUG_REGEX_SUBSTITUTIONS", "ARTICLE_REGEX_SUBSTITUTIONS", "USE_FOLDER_AS_CATEGORY", "DEFAULT_CATEGORY",
        "DEFAULT_DATE", "DEFAULT_LANG", "FILENAME_METADATA", "PATH_METADATA", "PAGE_PATHS", "ARTICLE_EXCLUDES", "AUTHOR", "PATH", "DEFAULT_METADATA",
        "ARTICLE_TRANSLATION_ID", "PAGE_URL", "PAGE_LANG_URL",
    )  # fmt: skip
    for name in ("FEED_ALL_RSS", "FEED_ALL_ATOM", "FEED_RSS", "FEED_ATOM"):
        if told := book.get(name):
            find.details.append(f"the generator's own feed is {told.text}, from {told.place}")


def _unread(book: Book) -> Iterator[str]:
    """Yield the endings of files that no reader is to take: ``READERS = {"html": None}``, or with ``dict``."""
    told = book.get("READERS")
    yield from re.findall(r"(\w+) *= *None", told.computed if told else "")
    yield from (ending for ending, reader in book.below("READERS") if not (reader.text or reader.computed))


def _texts(book: Book, name: str) -> tuple[str, ...]:
    told = book.get(name)
    return told.texts if told else ()
