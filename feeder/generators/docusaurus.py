"""Docusaurus: ``docusaurus.config.ts`` and its other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeder.found import Findings
    from feeder.told import Book, Told

FILES = tuple(f"docusaurus.config.{ending}" for ending in ("ts", "mts", "js", "mjs", "cjs"))


def read(find: Findings) -> None:
    """Find what Docusaurus is told. Raises `feeder.problems.ConfigurationError`."""
    book, file = find.first(FILES)
    site = "default" if book.has("default.url") or book.has("default.title") else "return"
    find.site(
        title=book.get(f"{site}.title"),
        description=book.get(f"{site}.tagline"),
        language=book.get(f"{site}.i18n.defaultLocale"),
    )
    blog = _blog(book, site)
    find.take("site.title", book.get(f"{blog}.feedOptions.title"))
    find.take("site.copyright", _plain(book, f"{blog}.feedOptions.copyright"))
    _url(find, book, site, file)
    find.assets(_texts(book, f"{site}.staticDirectories") or ("static",), "Docusaurus's rules")
    find.limit(book.get(f"{blog}.feedOptions.limit"), every=("false", "null"))
    path = book.text(f"{blog}.path") or "blog"
    told = book.get(f"{blog}.path")
    path = path.removeprefix("./").strip("/")
    find.posts(path, told.place if told else "Docusaurus's rules")
    find.option("trailingSlash", book.get(f"{site}.trailingSlash"))
    find.option("routeBasePath", book.get(f"{blog}.routeBasePath"))
    find.option("authorsMapPath", book.get(f"{blog}.authorsMapPath"))


def _url(find: Findings, book: Book, site: str, file: str) -> None:
    """Take the site's URL, which is in two parts; neither may be a program's."""
    base = book.get(f"{site}.baseUrl")
    url = book.get(f"{site}.url")
    if url is None and not book.has(f"{site}.title"):
        find.no_table(file)
    elif base and base.computed and url and not url.computed:
        find.url(base)  # says why
    else:
        find.url(url, base.text if base else "")


def _blog(book: Book, site: str) -> str:
    """Return the key of the blog's options: of the preset's blog, else of the first plugin that is one."""
    fallback = f"{site}.presets.0.1.blog"
    for number in range(10):
        preset = f"{site}.presets.{number}"
        if book.has(f"{preset}.1.blog") and book.text(f"{preset}.1.blog") != "false":
            return f"{preset}.1.blog"
    for rest, told in book.below(f"{site}.plugins"):
        index, _, inner = rest.partition(".")
        if not inner and "plugin-content-blog" in " ".join(told.texts):
            return f"{site}.plugins.{index}.1"
    return fallback


def _plain(book: Book, name: str) -> Told | None:
    told = book.get(name)
    return None if told is None or told.computed else told


def _texts(book: Book, name: str) -> tuple[str, ...]:
    told = book.get(name)
    return told.texts if told else ()
