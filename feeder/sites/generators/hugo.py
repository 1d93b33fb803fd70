"""Hugo: ``hugo.toml`` and its other names, and ``config/_default`` with ``config/production`` over it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from feeder.cascades import bequests, cascade_in
from feeder.nodes import Node, Table
from feeder.problems import START, ConfigurationError
from feeder.sites.directories import is_file, text_in
from feeder.sites.found import Findings, inside
from feeder.sites.hugopeople import find_people
from feeder.sites.hugosections import listed, notes, sections_with_posts
from feeder.sites.hugotemplates import templates
from feeder.sites.told import Book, flag
from feeder.texts.languages import language_tag
from feeder.texts.pathnames import is_below
from feeder.texts.plaintext import without_markup
from feeder.trees import SyntaxFault, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDINGS = ("toml", "yaml", "yml", "json")
FILES = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in _ENDINGS)
_DIRECTORIES = ("config/_default", "config/production")
_NEEDLESS = frozenset({"menu", "menus", "server", "outputs", "caches", "deployment", "imaging", "privacy", "security"})
"""Files of a directory of configuration that say nothing feeds need."""
_LONGEST = 2_000
"""Characters of a value that a body may name."""
"""Sections that a message lists."""
_KINDS = frozenset({"section", "term", "taxonomy", "home"})


def read(find: Findings) -> None:
    """Find what Hugo is told. Raises `feeder.problems.ConfigurationError`."""
    book, file, cascades = _book(find)
    default = book.text("defaultContentLanguage") or "en"
    language = _named_language(find, book, default)
    own = f"languages.{language}"
    book.over(own)
    find.site(
        title=book.get("title"),
        description=book.get(
            f"{own}.params.description", f"{own}.description", "params.description", "params.subtitle"
        ),
        language=book.get("locale", "languageCode", "defaultContentLanguage") if language == default else book.get(
            f"{own}.locale", f"{own}.languageCode"
        ),
        zone=book.get("timeZone"),
    )  # fmt: skip
    if language != default:
        find.give("site.language", language_tag(language) or language, f"the posts in {find.named}")
        find.let("postLanguage", language, f"the posts in {find.named}")
    find.author(book, "params.author", "author")
    if (told := book.get("copyright")) and "{" not in told.text:
        find.take("site.copyright", told, without_markup)
    find.url(book.any("baseURL"))
    for key, said in (("", "false"), (".disable", "true")):
        if (signs := book.get(f"markup.goldmark.extensions.typographer{key}")) and signs.text == said:
            find.give("markdown.flavor", "commonmark", signs.place)
    find.take("markdown.breaks", book.get("markup.goldmark.renderer.hardWraps"), flag)
    find.limit(book.get("services.rss.limit", "rssLimit"))
    content = _posts(find, book, language)
    find.assets((*_static(book), content), "Hugo's defaults")
    _permalinks(find, book)
    heads = (_head(find, f"{content}/_index.{ending}") for ending in ("md", "html"))
    cascades += [cascade_in(head.pairs) for head in heads if isinstance(head, Table)]
    find.bequests = tuple(one for cascade in reversed(cascades) for one in bequests(cascade, language))
    for rest, told in book.below("params"):
        if told.text and len(told.text) <= _LONGEST:
            find.let(f"params.{rest.lower()}", told.text, "")
    find.option("media_prefix", book.get("params.media_prefix", "params.mediaPrefix"))
    find.let("defaultContentLanguage", default, file)
    for name in _languages(book):
        find.let(f"languages.{name}", "", "")
        if told := book.get(f"languages.{name}.baseURL"):
            find.let(f"languages.{name.lower()}.baseURL", told.text, "")
    find_people(find, book, content)
    _templates(find, book)
    find.options(
        book, "uglyURLs", "removePathAccents", "disablePathToLower", "frontmatter", "defaultContentLanguageInSubdir",
        "taxonomies", "enableEmoji", "markup.goldmark.parser.autoDefinitionTermID",
    )  # fmt: skip
    if told := book.get("outputFormats.rss.baseName"):
        find.details.append(f"the generator's own feed is {told.text}.xml, from {told.place}")


def _permalinks(find: Findings, book: Book) -> None:
    """Take the patterns of addresses: by section, below a kind or not, or in a list with the path that each is for."""
    if whole := book.get("permalinks"):
        find.misfit("posts.permalink", whole, "a table of patterns")
    told = dict(book.below("permalinks"))
    for rest, pattern in told.items():
        kind, _, section = rest.partition(".")
        if section == "pattern" and kind.isdigit():
            path, of_kind = (told.get(f"{kind}.target.{name}") for name in ("path", "kind"))
            if of_kind is None or of_kind.text.lower() == "page":
                find.permalink(pattern, path.text.lower() if path else "")
        elif kind == "page" and section:
            find.permalink(pattern, section)
        elif not section and kind not in _KINDS:
            find.permalink(pattern, kind)


def _head(find: Findings, name: str) -> Node | None:
    """Return the front matter of a directory's page where it has a cascade, None where it has none."""
    path = find.directory / name
    if not is_file(path):
        return None
    match = re.match(r"(---|\+\+\+)[ \t]*\n(.*?\n)\1[ \t]*$", text_in(path, name), re.DOTALL | re.MULTILINE)
    if not match or "cascade" not in match[2].lower():
        return None
    try:
        return parse("yaml" if match[1] == "---" else "toml", match[2])
    except SyntaxFault as fault:
        message = f"{name}:{fault.mark.line + 1}:{fault.mark.column}: {fault.message}"
        raise ConfigurationError(message) from fault


def _book(find: Findings) -> tuple[Book, str, list[Node | None]]:
    """Return all that Hugo is told, the file that says most of it, and what is to cascade to pages, the weakest first."""
    book, file = Book(), ""
    cascades: list[Node | None] = []

    def add(tree: Node, name: str, key: str = "") -> None:
        book.add(tree, name, key)
        cascades.append(
            tree if key == "cascade" else cascade_in(tree.pairs) if not key and isinstance(tree, Table) else None
        )

    for name in FILES:
        if not file and (tree := find.tree(name)):
            file = name
            add(tree, name)
    for directory in _DIRECTORIES:
        # What is for the whole site comes first: it says which language is the default one, and no other's files matter.
        for name in sorted(_files(find, directory), key=lambda name: (name not in FILES, name)):
            first, *language, ending = name.rpartition("/")[2].split(".")
            default = book.text("defaultContentLanguage") or "en"
            if ending not in _ENDINGS or first in _NEEDLESS or len(language) > 1:
                continue
            if language not in ([], [default]):
                if first == "languages":
                    book.add(Table((), START), f"{directory}/{name}", f"languages.{language[0]}")
            elif tree := find.tree(f"{directory}/{name}"):
                add(tree, f"{directory}/{name}", _key(first, "".join(language)))
                file = file or f"{directory}/{name}"
    return book, file or FILES[0], cascades


def _files(find: Findings, directory: str) -> Iterator[str]:
    """Yield the files of a directory of configuration, by their paths in it: those of its directories say the same there."""
    top = find.directory / directory
    for place, _, names in os.walk(top):
        yield from ((Path(place) / name).relative_to(top).as_posix() for name in names if "." in name)


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


def _static(book: Book) -> list[str]:
    names: list[str] = []
    for key in ("staticDir", *(f"staticDir{number}" for number in range(11))):
        told = book.get(key)
        names.extend(told.texts if told else ())
    theirs = [f"{theme}/static" for theme in _themes(book)]
    return [*(names or ["static"]), book.text("assetDir") or "assets", *theirs]


def _themes(book: Book) -> list[str]:
    """Return the directories of the site's themes, the strongest first."""
    named = book.get("theme")
    themes = (book.text("themesDir") or "themes").removeprefix("./")
    return [f"{themes}/{theme}" for theme in (named.texts if named else ())]


def _templates(find: Findings, book: Book) -> None:
    """Take what the site's own shortcodes, and its themes', are made by."""
    layouts = (book.text("layoutDir") or "layouts", *(f"{theme}/layouts" for theme in _themes(book)))
    for key, template in templates(find.directory, layouts):
        find.let(key, template, "")


def _posts(find: Findings, book: Book, language: str) -> str:
    """Take the content directory, which is returned, and of it the sections that posts are in: their names are in addresses."""
    content, place = _content(book, language)
    content = _by_language(find, content, language, book)
    if not (inside(content) and find.is_dir(content)):
        return content
    told = book.get("params.mainSections", "mainSections")
    exclude = [f"*.{other}.md" for other in _languages(book) if other != language]
    if told:
        known = {_section(name): name for name in _sections(find, content)}
        chosen, why = [known[name] for name in map(_section, told.texts) if name in known], told.place
    else:
        chosen, left_out = _chosen(find, content)
        exclude += left_out
        why = "their names, dates and numbers of pages, since mainSections does not say"
    if chosen:
        find.details.append(f"posts are in {listed(content, chosen)}, from {why}")
    if len(chosen) == 1 and chosen[0]:
        find.posts(f"{content}/{chosen[0]}", place, (), exclude)
    else:
        include = [] if "" in chosen else [f"{name}/*" for name in chosen]
        find.posts(content, place, include, exclude)
    find.let("contentDir", content, place)
    return content


def _sections(find: Findings, content: str) -> list[str]:
    return sorted(
        entry.name for entry in os.scandir(find.directory / content)
        if entry.is_dir(follow_symlinks=False) and entry.name[0] not in "._"
    )  # fmt: skip


def _chosen(find: Findings, content: str) -> tuple[list[str], list[str]]:
    """Return the sections that posts seem to be in, "" for none at all, and patterns of what is not; say so where it is a guess."""
    if not _sections(find, content):
        return [], []
    directory = str(find.directory / content)
    chosen = sections_with_posts(directory)
    if not find.named:
        find.notes += notes(chosen, directory, content)
    return list(chosen.sections), list(chosen.exclude)


def _section(directory: str) -> str:
    """Return a section as Hugo calls it: its directory's name in lower case, spaces as hyphens."""
    return directory.lower().replace(" ", "-")


def _by_language(find: Findings, content: str, language: str, book: Book) -> str:
    """Return the content directory of a language where there is one for each language and for nothing else.

    A mount says so, perhaps in the configuration of a theme, which is not here.
    """
    codes = {code.lower() for code in _languages(book)}
    if len(codes) < 2 or not (inside(content) and find.is_dir(content, language)):  # noqa: PLR2004 - there is nothing to tell apart
        return content
    names = {entry.name.lower() for entry in os.scandir(find.directory / content) if entry.is_dir()}
    return f"{content}/{language}" if names <= codes else content


def _named_language(find: Findings, book: Book, default: str) -> str:
    """Return the language whose directory of content holds the posts that somebody names, else the default one."""
    named = normpath(find.named)
    codes = _languages(book) if find.named else []
    content = _content(book, default)[0]
    places = {code: book.text(f"languages.{code}.contentDir") or _content(book, code)[0] for code in codes}
    own = {
        code: place if place != content else f"{content}/{code}" for code, place in places.items() if code != default
    }
    return next((code for code, place in own.items() if is_below(named, place.strip("/"))), default)


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
    return "content", "Hugo's defaults"
