"""Hexo: ``_config.yml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.fields.protection import TAGS
from feeder.nodes import Items, Scalar
from feeder.sites.hosts import path_in
from feeder.sites.told import flag
from feeder.texts.plaintext import without_tabs

if TYPE_CHECKING:
    from feeder.sites.found import Findings
    from feeder.sites.told import Book

_MARKS = frozenset({"sub", "sup", "ins", "mark", "deflist"})
"""Plug-ins of markdown-it that read what a flavour of its own does."""
FILES = ("_config.yml", "_config.yaml", "_config.json")


def read(find: Findings) -> None:
    """Find what Hexo is told. Raises `feeder.problems.ConfigurationError`."""
    book, _ = find.first(FILES, mended=without_tabs)
    language = book.get("language")
    find.site(
        title=book.get("title"),
        description=book.get("description", "subtitle"),
        language=None if language and language.texts[:1] == ("default",) else language,
        zone=book.get("timezone"),
    )
    find.author(book, "author")
    url = book.any("url")
    # Hexo's url has the path that root is; where it lacks that, the pages lie below it all the same.
    find.url(url, "" if url and path_in(url.text) else book.text("root"))
    source = book.text("source_dir") or "source"
    find.posts(f"{source.strip('/')}/_posts", "Hexo's defaults")
    find.assets((source,), "Hexo's defaults")
    if (signs := book.get("marked.smartypants")) and signs.text == "false":
        find.give("markdown.flavor", "commonmark", signs.place)
    package, _ = find.first(("package.json",))
    if package.has("dependencies.hexo-renderer-markdown-it-plus"):
        _markdown_it_plus(find, book)
    else:
        _markdown_it(find, book, package)
    find.take("markdown.breaks", book.get("marked.breaks"), flag)
    find.give("markdown.breaks", value=True, place="Hexo's defaults")
    find.limit(book.get("feed.limit"), every=("false",))
    find.permalink(book.any("permalink"))
    find.options(
        book, "pretty_urls", "permalink_defaults", "default_category", "category_map", "filename_case", "new_post_name",
        "root", "post_asset_folder", "skip_render", "ignore", "hide_posts",
    )  # fmt: skip
    if package.has("dependencies.hexo-permalink-pinyin"):
        find.options(book, "permalink_pinyin")
    if package.has("dependencies.hexo-abbrlink"):
        find.let("abbrlink", "hexo-abbrlink", "package.json")
        find.options(book, "abbrlink")
    coloured = book.whole("syntax_highlighter")
    if coloured and not coloured.text:
        find.let("syntax_highlighter", "", coloured.place)
    _protected(find, book)
    if told := book.get("feed.path"):
        find.details.append(f"the generator's own feed is {', '.join(told.texts)}, from {told.place}")


def _protected(find: Findings, book: Book) -> None:
    """Take what the plug-ins that encrypt posts are told: tags whose posts are, and what stands in their place."""
    named = [told for rest, told in book.below("encrypt.tags") if rest.endswith(".name") and told.text]
    if named:
        find.let(TAGS, "\n".join(told.text for told in named), named[0].place)
    find.options(book, "encrypt.abstract", "encrypt.message")


_PLUS = "emoji sub sup deflist abbr footnote ins mark katex toc-and-anchor".split()
"""Plug-ins of markdown-it that hexo-renderer-markdown-it-plus has by default."""


def _markdown_it_plus(find: Findings, book: Book) -> None:
    """Take what a third renderer is told, which has its plug-ins unless one is switched off."""
    told = book.whole("markdown_it_plus.plugins")
    items = told.node.items if told and isinstance(told.node, Items) else ()
    keys = [f"markdown_it_plus.plugins.{at}.plugin" for at in range(len(items))]
    switched = {book.text(f"{key}.name").rpartition("markdown-it-")[2]: book.text(f"{key}.enable") for key in keys}
    off = {name for name, said in switched.items() if said != "true"}
    names = [name for name in dict.fromkeys((*_PLUS, *filter(None, switched))) if name not in off]
    find.let("markdown.plugins", ", ".join(names), "package.json")
    if signs := book.get("markdown_it_plus.typographer"):
        find.let("markdown.render.typographer", signs.text, signs.place)
    find.take("markdown.breaks", book.get("markdown_it_plus.breaks"), flag)
    if _MARKS & {*names}:
        find.give("markdown.flavor", "markdown-it", "package.json")


def _markdown_it(find: Findings, book: Book, package: Book) -> None:
    """Take what the other renderer is told, markdown-it, if the site has it: its plug-ins read more than Markdown."""
    told = book.whole("markdown.plugins")
    items = told.node.items if told and isinstance(told.node, Items) else ()
    if not (items or package.has("dependencies.hexo-renderer-markdown-it")):
        return
    named = (
        item.text if isinstance(item, Scalar) else book.text(f"markdown.plugins.{at}.name")
        for at, item in enumerate(items)
    )
    own = (name for name, _ in package.below("dependencies") if name.startswith("markdown-it-"))  # a script's
    names = dict.fromkeys(name.rpartition("markdown-it-")[2] for name in (*named, *own))
    find.let("markdown.plugins", ", ".join(names), told.place if told else "package.json")
    find.options(book, "markdown.render.typographer")
    find.take("markdown.breaks", book.get("markdown.render.breaks"), flag)
    if _MARKS & {*names}:
        find.give("markdown.flavor", "markdown-it", told.place if told else "")
    elif (signs := book.get("markdown.render.typographer")) and signs.text == "false":
        find.give("markdown.flavor", "commonmark", signs.place)
