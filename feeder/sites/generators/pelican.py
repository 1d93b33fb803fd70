"""Pelican: ``pelicanconf.py``, read as data and never executed, with ``publishconf.py`` over it."""

from __future__ import annotations

import json
import re
import unicodedata
from contextlib import suppress
from string import Formatter
from typing import TYPE_CHECKING

from feeder.bodies.headings import plain_line
from feeder.cascades import Bequest, without_places
from feeder.flavors.markdownextras import FORMULAS, KNOWN, LAZY_LISTS, MATHEMATICAL, NEEDLESS, is_there, name_of, packed
from feeder.nodes import Items, Scalar
from feeder.problems import with_got
from feeder.sites.directories import is_file, text_in
from feeder.sites.found import inside
from feeder.sites.hosts import is_sample
from feeder.sites.told import Book
from feeder.texts.fieldnames import folded_key
from feeder.texts.plaintext import fold, without_markup
from feeder.texts.urls import BadUrlError, directory_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feeder.nodes import Node
    from feeder.sites.found import Findings
    from feeder.sites.told import Told

FILES = ("settings.py", "pelican.conf.py", "pelicanconf.py", "publishconf.py")
"""The files that may be there, the later over the earlier; the first two in older sites."""
_PAIR = 2

_INPUT = r"(?m)^INPUTDIR[ \t]*[:?]?=[ \t]*\$[({](?:BASEDIR|CURDIR)[)}]/([^\s#$]+?)/*[ \t]*$"
_DEPLOYED = r"(?m)\b(?:SITEURL[ \t]*=|siteurl:)[ \t]*[\\'\"]*(https?://[\w.:-]+(?:/[\w./~-]*)?)(?=[\\'\"\s]|$)"
_OVERRIDES = re.compile(rb"override_(?:url|save_as)")
_LONGEST = 2**20
"""Bytes of a plug-in that is looked through."""


def read(find: Findings) -> None:
    """Find what Pelican is told. Raises `feeder.problems.ConfigurationError`."""
    book = Book()
    urls: list[Told] = []
    for name in FILES:
        if tree := find.tree(name):
            book.add(tree, name)
            urls += filter(None, [book.get("SITEURL")])
    told = book.get("SITEDESCRIPTION", "SITESUBTITLE", "SITE_DESCRIPTION")
    find.take("site.description", told, lambda text: fold(without_markup(plain_line(text))))  # as themes read it
    find.site(
        title=book.get("SITENAME"),
        description=None,
        language=book.get("DEFAULT_LANG"),
        zone=book.get("TIMEZONE"),
    )
    find.author(book, "AUTHOR")
    find.url(book.get("SITEURL") or (urls[-1] if urls else None))  # one file may blank what the other says
    _deployed(find)
    articles = [path.strip("/") for path in book.texts("ARTICLE_PATHS")]
    content, place = _content(find, book, articles)
    include = [f"{path}/*" for path in articles if path and path != "."] if "." not in articles else []
    pages = book.texts("PAGE_PATHS") if book.has("PAGE_PATHS") else ("pages",)
    exclude = [f"{path.strip('/')}/*" for path in (*pages, *book.texts("ARTICLE_EXCLUDES")) if path.strip("./")]
    exclude += [f"*.{ending}" for ending in _unread(book)]
    exclude += [key for key, _ in book.below("TEMPLATE_PAGES")]
    exclude += [pattern for name in book.texts("IGNORE_FILES") for pattern in (name, f"*/{name}")]
    find.posts(content, place, include, exclude)
    find.assets((content,), place)
    find.limit(book.get("FEED_MAX_ITEMS"))
    if book.has("FEED_MAX_ITEMS") and not book.get("FEED_MAX_ITEMS"):
        find.give("feeds.limit", 0, "pelicanconf.py")
    find.permalink(book.get("ARTICLE_URL"))
    _patterns(find, book)
    find.options(
        book, "ARTICLE_LANG_URL", "SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE",
        "USE_FOLDER_AS_CATEGORY", "DEFAULT_CATEGORY", "DEFAULT_DATE", "DEFAULT_LANG", "FILENAME_METADATA", "PATH_METADATA",
        "PAGE_PATHS", "ARTICLE_EXCLUDES", "AUTHOR", "PATH", "PAGE_URL", "PAGE_LANG_URL", "MARKUP",
    )  # fmt: skip
    for kind in ("SLUG", "CATEGORY", "AUTHOR"):
        _substitutions(find, book, kind)
    _defaults(find, book)
    _extensions(find, book)
    if myst := next((told for told in book.scalars() if told.key.startswith("MYST_")), None):
        find.give("markdown.flavor", "smartypants" if book.text("TYPOGRIFY") == "true" else "commonmark", myst.place)
    if "title" in book.texts("FORMATTED_FIELDS"):
        find.let("marked_titles", "true", "")
    _addresses_by_program(find, book)
    for name in ("FEED_ALL_RSS", "FEED_ALL_ATOM", "FEED_RSS", "FEED_ATOM"):
        if told := book.get(name):
            find.details.append(f"the generator's own feed is {told.text}, from {told.place}")


def _patterns(find: Findings, book: Book) -> None:
    """Refuse what Pelican stops at where the addresses of posts need a pattern."""
    for name in ("ARTICLE_URL", "ARTICLE_LANG_URL", "FILENAME_METADATA", "PATH_METADATA"):
        if not (told := book.get(name)):
            continue
        try:
            list(Formatter().parse(told.text)) if name.endswith("_URL") else re.compile(told.text)
        except (ValueError, re.error) as error:
            said = with_got(f"{told.place}: {name} cannot be used: {error}", told.text)
            find.faults.setdefault("posts.permalink", said)


def _deployed(find: Findings) -> None:
    """Take the URL that Pelican is given where the site is deployed, if its configuration has none that can be used."""
    if "site.url" in find.values:
        return
    said: dict[str, str] = {}
    for path in sorted([*find.directory.glob(".github/workflows/*.y*ml"), find.directory / ".gitlab-ci.yml"]):
        if is_file(path) and path.stat().st_size < _LONGEST:
            name = path.relative_to(find.directory).as_posix()
            urls = re.findall(_DEPLOYED, text_in(path, name))
            said |= {url.rstrip("/"): name for url in urls if not is_sample(url)}
    if len(said) == 1:
        ((url, name),) = said.items()
        with suppress(BadUrlError):
            find.give("site.url", directory_url(url), name)
            find.faults.pop("site.url", None)


def _content(find: Findings, book: Book, articles: list[str]) -> tuple[str, str]:
    """Return the directory of all that the site is made of, and what says so.

    Without a ``PATH``, Pelican is told it when it runs, as in the ``Makefile`` that comes with a new site; else it is
    the site's own directory, below which the paths of ``articles`` are.
    """
    if told := book.get("PATH"):
        return told.text.removeprefix("./").strip("/") or ".", told.place
    for name in ("Makefile", "makefile"):
        found = re.search(_INPUT, text_in(path, name)) if is_file(path := find.directory / name) else None
        if found and inside(found[1]) and find.is_dir(found[1]):
            return found[1], name
    here = articles and not any(find.is_dir("content", path) for path in articles) and find.is_dir(articles[0])
    return "content" if find.is_dir("content") and not here else ".", "Pelican's defaults"


def _addresses_by_program(find: Findings, book: Book) -> None:
    """Tell of the plug-ins of the site's own that give posts addresses: their text is looked through, and nothing is run."""
    enabled = book.texts("PLUGINS")
    for directory in book.texts("PLUGIN_PATHS"):
        if not (inside(directory) and find.is_dir(directory)):
            continue
        for path in sorted((find.directory / directory).rglob("*.py")):
            name = path.relative_to(find.directory / directory).parts[0].removesuffix(".py")
            if name in enabled and path.stat().st_size < _LONGEST and (match := _OVERRIDES.search(path.read_bytes())):
                shown = path.relative_to(find.directory).as_posix()
                find.notes.append(
                    f"{shown}: this plug-in sets {match[0].decode()}, and feeder runs no plug-in: the addresses of some posts "
                    "may not be those on the site. Give these posts their address as `url` in the front matter"
                )


def _extensions(find: Findings, book: Book) -> None:
    """Take the extensions of Python-Markdown that the site adds; those that feeder does not know are told once."""
    wanted: dict[str, dict[str, str]] = {}
    unknown: dict[str, str] = {}
    named = {name for name, _, _ in _named_extensions(book)}
    for name, options, place in _named_extensions(book):
        if name in KNOWN and is_there(name):
            wanted.setdefault(name, {}).update(options)
        elif name in MATHEMATICAL:
            wanted[FORMULAS] = {}
        elif name not in NEEDLESS:
            unknown[name] = place
    if any(plugin.replace("-", "_").endswith("render_math") for plugin in book.texts("PLUGINS")):
        wanted[FORMULAS] = {}
    if book.text("TYPOGRIFY") == "true":
        short = book.text("TYPOGRIFY_DASHES") == "oldschool"
        wanted.setdefault("smarty", {}).update({} if short else {"substitutions.ndash": "&mdash;"})
        find.let("TYPOGRIFY", "qDe" if short else "qde", "")  # as docutils says the same
    find.let("MARKDOWN", packed(wanted if "sane_lists" in named else {**wanted, LAZY_LISTS: {}}), "")
    if wanted:
        find.details.append(f"Markdown is read with {', '.join(sorted(wanted))}, which the site asks for")
    if unknown:
        said = f"{next(iter(unknown.values()))}: posts are read without the Markdown extensions {', '.join(sorted(unknown))}"
        installable = any(name in KNOWN for name in unknown)
        find.notes.append(
            said + (": pip install pymdown-extensions" if installable else ", which feeder does not know")
        )


def _named_extensions(book: Book) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield the name, the plain options by dotted keys, and the place of each extension."""
    for key in ("MARKDOWN.extensions", "MD_EXTENSIONS"):
        if told := book.get(key):
            yield from ((name_of(text), {}, told.place) for text in told.texts)
    for key in ("MARKDOWN.extension_configs", "MD_EXTENSIONS"):
        for rest, told in book.below(key):
            name, options = _split(rest)
            yield name_of(name), {options: told.text} if options and told.text else {}, told.place


def _split(key: str) -> tuple[str, str]:
    """Return the name of an extension and the key of an option, of both in one with dots."""
    found = re.match(r"(?:markdown\.extensions\.|pymdownx\.)?[^.]+", key)
    name = found[0] if found else key
    return name, key[len(name) + 1 :]


def _unread(book: Book) -> Iterator[str]:
    """Yield the endings of files that no reader is to take: ``READERS = {"html": None}``, or with ``dict``."""
    told = book.get("READERS")
    yield from re.findall(r"(\w+) *= *None", told.computed if told else "")
    yield from (ending for ending, reader in book.below("READERS") if not (reader.text or reader.computed))


def _substitutions(find: Findings, book: Book, kind: str) -> None:
    """Take what is put in the place of what in addresses: pairs of an expression and a text."""
    if told := book.whole(f"{kind}_SUBSTITUTIONS"):
        said = f"{told.name} is how old releases of Pelican said {kind}_REGEX_SUBSTITUTIONS, and is not understood"
        find.faults.setdefault("posts.permalink", f"{told.place}: {said}")
    told = book.whole(f"{kind}_REGEX_SUBSTITUTIONS")
    if told is None:
        return
    if told.computed:
        find.option(told.key, told)
        return
    pairs = [_pair(item) for item in told.node.items] if isinstance(told.node, Items) else [None]
    if None in pairs:
        said = f"{told.name} must be pairs of a regular expression and a text, each written out"
        find.faults.setdefault("posts.permalink", f"{told.place}: {said}")
    else:
        find.let(told.key, json.dumps(pairs), told.place)


def _pair(node: Node) -> tuple[str, str] | None:
    """Return an expression and what takes its place, as Pelican composes them; None for what is none."""
    match node:
        case Items(items=(Scalar() as sought, Scalar() as put)) if type(sought) is type(put) is Scalar:
            pair = (unicodedata.normalize("NFKC", sought.text), unicodedata.normalize("NFKC", put.text))
            try:
                re.sub(f"{pair[0]}|", pair[1], "")
            except (re.error, IndexError):
                return None
            return pair
    return None


def _defaults(find: Findings, book: Book) -> None:
    """Take the front matter that posts have by default: a table, or pairs, as old sites have it.

    Pelican puts DEFAULT_CATEGORY over the category there.
    """
    told = book.whole("DEFAULT_METADATA")
    if told and told.computed:
        find.notes.append(
            f"{told.place}: {told.name} is computed by code, which feeder does not run; posts go without it"
        )
    below = list(book.below("DEFAULT_METADATA"))
    place = told.place if told else next((value.place for _, value in below), "")
    pairs = [(rest, value.node) for rest, value in below]
    if told and isinstance(told.node, Items):
        pairs = [
            (item.items[0].text, item.items[1])
            for item in told.node.items
            if isinstance(item, Items) and len(item.items) == _PAIR and isinstance(item.items[0], Scalar)
        ]
    fields = {folded_key(key): without_places(value) for key, value in pairs if key.lower() != "category"}
    find.default(Bequest("", "", fields), "posts", place)
