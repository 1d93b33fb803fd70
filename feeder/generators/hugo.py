"""Hugo: ``hugo.toml`` and its other names, and ``config/_default`` with ``config/production`` over it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from feeder.found import Findings, inside
from feeder.nodes import Table
from feeder.problems import START
from feeder.told import Book

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENDINGS = ("toml", "yaml", "yml", "json")
FILES = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in _ENDINGS)
_DIRECTORIES = ("config/_default", "config/production")
_USUAL = ("posts", "post", "blog", "articles", "news", "writing")
"""Sections that posts are in when nobody says which they are."""
_NEEDLESS = frozenset(
    {"menu", "menus", "server", "markup", "outputs", "caches", "deployment", "imaging", "privacy", "security"}
)
"""Files of a directory of configuration that say nothing feeds need."""
_KINDS = frozenset({"section", "term", "taxonomy", "home"})


def read(find: Findings) -> None:
    """Find what Hugo is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = _book(find)
    language = book.text("defaultContentLanguage") or "en"
    own = f"languages.{language}"
    find.site(
        title=book.get(f"{own}.title", "title"),
        description=book.get(
            f"{own}.params.description", f"{own}.description", "params.description", f"{own}.params.subtitle",
            "params.subtitle",
        ),
        language=book.get(
            f"{own}.locale", f"{own}.languageCode", "locale", "languageCode", "defaultContentLanguage"
        ),
        zone=book.get(f"{own}.timeZone", "timeZone"),
    )  # fmt: skip
    find.author(book, f"{own}.params.author", "params.author", f"{own}.author", "author")
    if (told := book.get(f"{own}.copyright", "copyright")) and "{" not in told.text:
        find.take("site.copyright", told)
    find.url(book.get(f"{own}.baseURL", "baseURL"))
    find.assets(_static(book, own), "Hugo's rules")
    for key, said in (("", "false"), (".disable", "true")):
        if (signs := book.get(f"markup.goldmark.extensions.typographer{key}")) and signs.text == said:
            find.give("markdown.flavor", "commonmark", signs.place)
    find.limit(book.get("services.rss.limit", "rssLimit"))
    _posts(find, book, language)
    for rest, told in book.below("permalinks"):
        kind, _, section = rest.partition(".")
        if kind == "page" and section:
            find.permalink(told, section)
        elif not section and kind not in _KINDS:
            find.permalink(told, kind)
    find.let("defaultContentLanguage", language, file)
    for name in _languages(book):
        find.let(f"languages.{name}", "", "")
    find.options(
        book, "uglyURLs", "removePathAccents", "disablePathToLower", "frontmatter", "defaultContentLanguageInSubdir",
        "taxonomies",
    )  # fmt: skip
    if told := book.get("outputFormats.rss.baseName"):
        find.details.append(f"the generator's own feed is {told.text}.xml, from {told.place}")


def _book(find: Findings) -> tuple[Book, str]:
    """Return all that Hugo is told, and the file that says most of it."""
    book, file = Book(), ""
    for name in FILES:
        if not file and (tree := find.tree(name)):
            file = name
            book.add(tree, name)
    for directory in _DIRECTORIES:
        entries = os.scandir(find.directory / directory) if find.is_dir(directory) else ()
        # What is for the whole site comes first: it says which language is the default one, and no other's files matter.
        for name in sorted((entry.name for entry in entries), key=lambda name: (name not in FILES, name)):
            first, *language, ending = name.split(".")
            default = book.text("defaultContentLanguage") or "en"
            if ending not in _ENDINGS or first in _NEEDLESS or len(language) > 1:
                continue
            if language not in ([], [default]):
                if first == "languages":
                    book.add(Table((), START), f"{directory}/{name}", f"languages.{language[0]}")
            elif tree := find.tree(f"{directory}/{name}"):
                book.add(tree, f"{directory}/{name}", _key(first, "".join(language)))
                file = file or f"{directory}/{name}"
    return book, file or FILES[0]


def _key(name: str, language: str) -> str:
    """Return the key that a file's contents belong to, by its name: ``hugo``, ``params.de``, ``languages``, ``menus.en``."""
    first = "" if name in {"hugo", "config"} else name
    if not language:
        return first
    return f"languages.{language}" + (f".{first}" if first not in {"", "languages"} else "")


def _languages(book: Book) -> list[str]:
    """Return the codes of the site's languages: a menu alone makes none."""
    told = (rest.split(".") for rest, _ in book.below("languages"))
    return sorted({code for code, *more in told if more[:1] not in (["menu"], ["menus"])})


def _static(book: Book, own: str) -> list[str]:
    names: list[str] = []
    for key in (f"{own}.staticDir", "staticDir", *(f"staticDir{number}" for number in range(11))):
        told = book.get(key)
        names.extend(told.texts if told else ())
    return [*(names or ["static"]), book.text("assetDir") or "assets"]


def _posts(find: Findings, book: Book, language: str) -> None:
    """Take the content directory, and of it the sections that posts are in: their names are in addresses."""
    content, place = _content(book, language)
    if not (inside(content) and find.is_dir(content)):
        return
    sections = sorted(
        entry.name for entry in os.scandir(find.directory / content)
        if entry.is_dir(follow_symlinks=False) and entry.name[0] not in "._"
    )  # fmt: skip
    told = book.get(f"languages.{language}.params.mainSections", "params.mainSections", "mainSections")
    if told:
        known = {_section(name): name for name in sections}
        chosen, why = [known[name] for name in map(_section, told.texts) if name in known], told.place
    else:
        chosen = _largest(find, content, [name for name in _USUAL if name in sections] or sections)
        why = "the usual names and the number of pages, since mainSections does not say"
    if chosen:
        find.details.append(f"posts are in {', '.join(f'{content}/{name}' for name in chosen)}, from {why}")
    exclude = []
    if not book.get(f"languages.{language}.contentDir"):
        exclude = [f"*.{other}.md" for other in _languages(book) if other != language]
    if len(chosen) == 1:
        find.posts(f"{content}/{chosen[0]}", place, (), exclude)
    else:
        find.posts(content, place, [f"{name}/*" for name in chosen], exclude)
    find.let("contentDir", content, place)


def _section(directory: str) -> str:
    """Return a section as Hugo calls it: its directory's name in lower case, spaces as hyphens."""
    return directory.lower().replace(" ", "-")


def _content(book: Book, language: str) -> tuple[str, str]:
    """Return the directory of the default language's content, and what says so."""
    if told := book.get(f"languages.{language}.contentDir", "contentDir"):
        return told.text.strip("/") or ".", told.place
    mounts = dict(book.below("module.mounts"))
    for number in sorted({key.partition(".")[0] for key in mounts}):
        target, source, for_language = (mounts.get(f"{number}.{name}") for name in ("target", "source", "lang"))
        if target and source and target.text.strip("/") == "content" and (
            for_language is None or for_language.text == language
        ):  # fmt: skip
            return source.text.strip("/") or ".", source.place
    return "content", "Hugo's rules"


def _largest(find: Findings, content: str, sections: Sequence[str]) -> list[str]:
    """Return the section with the most pages, as Hugo chooses it."""
    if len(sections) < 2:  # noqa: PLR2004 - there is nothing to choose
        return list(sections)
    counts = {section: _pages(os.path.join(find.directory, content, section)) for section in sections}  # noqa: PTH118
    most = max(counts.values())
    return [next(section for section in sections if counts[section] == most)]


def _pages(directory: str) -> int:
    return sum(
        bool(re.search(r"\.(?:md|markdown|html)$", name)) and not name.startswith("_index.")
        for _, _, names in os.walk(directory) for name in names
    )  # fmt: skip
