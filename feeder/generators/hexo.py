"""Hexo: ``_config.yml``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feeder.protection import TAGS
from feeder.told import flag

if TYPE_CHECKING:
    from feeder.found import Findings
    from feeder.told import Book

FILES = ("_config.yml", "_config.yaml", "_config.json")


def read(find: Findings) -> None:
    """Find what Hexo is told. Raises `feeder.problems.ConfigurationError`."""
    book, _ = find.first(FILES)
    language = book.get("language")
    find.site(
        title=book.get("title"),
        description=book.get("description", "subtitle"),
        language=None if language and language.texts[:1] == ("default",) else language,
        zone=book.get("timezone"),
    )
    find.author(book, "author")
    url = book.get("url")
    # Hexo's url has the path that root is; where it lacks that, the pages lie below it all the same.
    find.url(url, "" if url and urlsplit(url.text).path.strip("/") else book.text("root"))
    source = book.text("source_dir") or "source"
    find.posts(f"{source.strip('/')}/_posts", "Hexo's defaults")
    find.assets((source,), "Hexo's defaults")
    if (signs := book.get("marked.smartypants")) and signs.text == "false":
        find.give("markdown.flavor", "commonmark", signs.place)
    find.take("markdown.breaks", book.get("marked.breaks"), flag)
    find.give("markdown.breaks", value=True, place="Hexo's defaults")
    find.limit(book.get("feed.limit"), every=("false",))
    find.permalink(book.get("permalink"))
    find.options(
        book, "pretty_urls", "permalink_defaults", "default_category", "category_map", "filename_case", "new_post_name",
        "root", "post_asset_folder", "skip_render", "ignore",
    )  # fmt: skip
    _protected(find, book)
    if told := book.get("feed.path"):
        find.details.append(f"the generator's own feed is {', '.join(told.texts)}, from {told.place}")


def _protected(find: Findings, book: Book) -> None:
    """Take what the plug-ins that encrypt posts are told: tags whose posts are, and what stands in their place."""
    named = [told for rest, told in book.below("encrypt.tags") if rest.endswith(".name") and told.text]
    if named:
        find.let(TAGS, "\n".join(told.text for told in named), named[0].place)
    find.options(book, "encrypt.abstract", "encrypt.message")
