"""Docusaurus: ``docusaurus.config.ts`` and its other names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.model import Author
from feeder.nodes import Items, Scalar, Table, each

if TYPE_CHECKING:
    from feeder.sites.found import Findings
    from feeder.sites.told import Book, Told

_TRANSLATED = re.compile(r"i18n/(?P<locale>[^/]+)/docusaurus-plugin-content-blog(?:-(?P<id>[^/]+))?")
"""The directory of a blog's posts in another language."""
FILES = tuple(f"docusaurus.config.{ending}" for ending in ("ts", "mts", "js", "mjs", "cjs"))


def read(find: Findings) -> None:
    """Find what Docusaurus is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = find.first(FILES)
    site = "default" if book.has("default.url") or book.has("default.title") else "return"
    first, *others = _blogs(book, site)
    blog = first
    locale = ""
    if translated := _TRANSLATED.fullmatch(find.named.removeprefix("./").strip("/")):
        locale = translated["locale"]
        blog = next((one for one in (first, *others) if _id(book, one) == (translated["id"] or "default")), first)
        find.give("site.language", book.text(f"{site}.i18n.localeConfigs.{locale}.htmlLang") or locale, find.named)
        find.option(f"routeBasePath.{translated[0]}", book.get(f"{blog}.routeBasePath"))
        _authors(find, f"{_path(book, blog)}/{book.text(f'{blog}.authorsMapPath') or 'authors.yml'}")
    find.site(
        title=_plain(book, f"{blog}.feedOptions.title") or book.get(f"{site}.title"),
        description=_plain(book, f"{blog}.feedOptions.description") or book.get(f"{site}.tagline"),
        language=_plain(book, f"{blog}.feedOptions.language") or book.get(f"{site}.i18n.defaultLocale"),
    )
    find.take("site.copyright", _plain(book, f"{blog}.feedOptions.copyright"))
    _url(find, book, site, file, "" if locale == book.text(f"{site}.i18n.defaultLocale") else locale)
    find.assets(book.texts(f"{site}.staticDirectories") or ("static",), "Docusaurus's defaults")
    find.limit(book.get(f"{blog}.feedOptions.limit"), every=("false", "null"))
    told = book.get(f"{blog}.path")
    find.posts(_path(book, blog), told.place if told else "Docusaurus's defaults")
    find.option("trailingSlash", book.get(f"{site}.trailingSlash"))
    find.option("markdown.format", _plain(book, f"{site}.markdown.format"))
    find.option("markdown.emoji", _plain(book, f"{site}.markdown.emoji"))
    if re.match(r"[\^~=v]*[012]\.", find.first(("package.json",))[0].text("dependencies.@docusaurus/core")):
        find.let("markdown.emoji", "false", "")
    for one in (first, *others):
        find.option(f"routeBasePath.{_path(book, one)}", book.get(f"{one}.routeBasePath"))
        for key in ("include", "exclude"):
            find.option(f"{key}.{_path(book, one)}", _whole(book, f"{one}.{key}"))
    _docs(find, book, site)
    find.option("authorsMapPath", book.get(f"{blog}.authorsMapPath"))
    find.option("labels", _plain(book, f"{blog}.tags"))
    for other in others:
        if find.is_dir(_path(book, other)):
            find.details.append(f"found another blog in {_path(book, other)}: run feeder build {_path(book, other)}")
    for other in book.texts(f"{site}.i18n.locales"):
        if other != locale and find.is_dir(place := f"i18n/{other}/docusaurus-plugin-content-blog"):
            find.details.append(f"found the blog in {other}: run feeder build {place}")


def _authors(find: Findings, name: str) -> None:
    """Take the authors of a blog, which a translation has, too. Raises `ConfigurationError`."""
    tree = find.tree(name)
    for key, table in tree.pairs if isinstance(tree, Table) else ():
        for field, node in table.pairs if isinstance(table, Table) else ():
            if field.text in Author._fields and isinstance(node, Scalar):
                find.let(f"authors.{key.text}.{field.text}", node.text, "")


def _url(find: Findings, book: Book, site: str, file: str, locale: str) -> None:
    """Take the site's URL, which is in two parts; neither may be a program's. Below it is the site in another ``locale``."""
    base = book.get(f"{site}.baseUrl")
    url = book.get(f"{site}.url")
    if url is None and not book.has(f"{site}.title"):
        find.no_table(file)
    elif base and base.computed and url and not url.computed:
        find.url(base)  # says why
    else:
        find.url(url, "/".join([base.text.rstrip("/") if base else "", locale]))


def _blogs(book: Book, site: str) -> list[str]:
    """Return the keys of the options of blogs, at least one: of the preset's, then of the plugins that are blogs."""
    found = [
        f"{preset}.1.blog"
        for preset in (f"{site}.presets.{number}" for number in range(10))
        if book.has(f"{preset}.1.blog") and book.text(f"{preset}.1.blog") != "false"
    ]
    for rest, told in book.below(f"{site}.plugins"):
        index, _, inner = rest.partition(".")
        if not inner and "plugin-content-blog" in " ".join(told.texts):
            found.append(f"{site}.plugins.{index}.1")
    return found or [f"{site}.presets.0.1.blog"]


def _docs(find: Findings, book: Book, site: str) -> None:
    """Take where the docs are, and below which paths: those of the preset and of plug-ins, each with its versions."""
    told = [f"{site}.presets.{number}" for number in range(10) if book.has(f"{site}.presets.{number}")]
    keys = [f"{preset}.1.docs" for preset in told if book.text(f"{preset}.1.docs") != "false"]
    for rest, one in book.below(f"{site}.plugins"):
        index, _, inner = rest.partition(".")
        if not inner and "plugin-content-docs" in " ".join(one.texts):
            keys.append(f"{site}.plugins.{index}.1")
    for key in keys:
        path = (book.text(f"{key}.path") or "docs").removeprefix("./").strip("/")
        told_route = book.get(f"{key}.routeBasePath")
        route = (told_route.text if told_route else "docs").strip("/")
        name = book.text(f"{key}.id")
        before = f"{name}_" if name and name != "default" else ""
        versions = _listed(find, f"{before}versions.json")
        last = book.text(f"{key}.lastVersion") or (versions or ["current"])[0]
        for version in ("current", *versions):
            folder = path if version == "current" else f"{before}versioned_docs/version-{version}"
            own = book.get(f"{key}.versions.{version}.path")
            part = own.text if own else "" if version == last else "next" if version == "current" else version
            if (path_to := f"{route}/{part}".strip("/")) != folder:
                find.let(f"docs.{folder}", path_to, "")
            if book.text(f"{key}.numberPrefixParser") == "false":
                find.let(f"numbers.{folder}", "false", "")


def _listed(find: Findings, name: str) -> tuple[str, ...]:
    """Return the texts in a file that is a list, none where it is not there. Raises `ConfigurationError`."""
    tree = find.tree(name)
    return tuple(scalar.text for scalar in tree.items if isinstance(scalar, Scalar)) if isinstance(tree, Items) else ()


def _id(book: Book, blog: str) -> str:
    return book.text(f"{blog}.id") or "default"


def _path(book: Book, blog: str) -> str:
    return (book.text(f"{blog}.path") or "blog").removeprefix("./").strip("/")


def _whole(book: Book, name: str) -> Told | None:
    """Return a list of texts, None where a part of it would have to be computed."""
    told = book.whole(name)
    return told if told and len(told.texts) == len(each(told.node)) else None


def _plain(book: Book, name: str) -> Told | None:
    told = book.get(name)
    return None if told is None or told.computed else told
