"""Docusaurus: posts in ``blog``, what the site says in ``docusaurus.config.js``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.addresses.tokens import one_slash
from feeder.kinds import Dialect
from feeder.texts.datestyles import as_in_javascript
from feeder.texts.fieldnames import names_with
from feeder.texts.tagnames import MDX

if TYPE_CHECKING:
    from feeder.kinds import Traits
    from feeder.model import Habits

_NAME = re.compile(
    r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)(?:/index)?\.(?:mdx?|markdown|html?)"
)
_APART = re.compile(r"(?:.*/)?(?:_[^/]*(?:/.*)?|[^/]*\.test\.[^./]*|__tests__/.*)")


def is_post(path: str, blog: str, habits: Habits) -> bool:
    """Whether Docusaurus reads a file: what begins with ``_`` is a part of others, and tests are tests.

    A site may say for each blog which files are posts, and which are none.
    """
    included, excluded = (habits.options.get(f"{key}.{blog}") for key in ("include", "exclude"))
    if included is None and excluded is None:
        return not _APART.fullmatch(path)
    return (included is None or _is_named(path, included)) and not (
        _APART.fullmatch(path) if excluded is None else _is_named(path, excluded)
    )


def _is_named(path: str, globs: str) -> bool:
    """Whether one of some patterns matches a path; ``**/`` may stand for no directory at all."""
    from feeder.cascades import matches, pattern_of  # few sites say it

    return any(matches(pattern_of(glob.replace("**/", "{**/,}")), path) for glob in globs.split(", "))


def root(posts: str, _: Habits) -> str:
    """Return the blog's directory, since a site may have several."""
    return posts.removeprefix("./").strip("/")


def dated(path: str, _: Habits) -> str:
    """Return the date in a path, whose parts may be directories."""
    found = _NAME.fullmatch(path)
    return found["date"].replace("/", "-") if found else ""


def address(traits: Traits, habits: Habits) -> str:
    """Return the path: the post's slug, else its date and name, below where the blog is."""
    slug = traits.slug
    if not slug:
        found = _NAME.fullmatch(traits.path)
        slug = (
            f"{found['date'].replace('-', '/')}/{found['folder']}{found['text']}"
            if found
            else re.sub(r"(?:/index)?\.[^./]+$", "", traits.path)
        )
    return _ended(f"/{habits.options.get(f'routeBasePath.{traits.root}') or 'blog'}/{slug}", habits)


def source(_: Habits) -> str:
    """Return the directory of the site, of which the blog, the docs and the pages are parts."""
    return "."


_NUMBERED = re.compile(r"\d+\s*[-_.]+\s*(?=[^-_.\s])")
_NO_NUMBER = re.compile(r"(?:\d{2}|\d{4})[-_.]\d{2}(?:[-_.](?:\d{2}|\d{4}))?|\d+[-_.]\d+")
"""What a name begins with that is a date, or a version."""
_PAGES = "src/pages"


def page(traits: Traits, habits: Habits) -> str:
    """Return the route of one of the docs, or of a page. Raises `ValueError` for any other file."""
    told = {name[5:]: route for name, route in habits.options.items() if name.startswith("docs.")}
    roots = {_PAGES: "", "docs": "docs", **told}
    top = max((name for name in roots if traits.path.startswith(f"{name}/")), key=len, default="")
    if not top:
        message = "is unknown: the file is in neither the docs nor the pages"
        raise ValueError(message)
    *folders, name = traits.path.removeprefix(f"{top}/").rpartition(".")[0].split("/")
    if top != _PAGES and habits.options.get(f"numbers.{top}") != "false":
        folders, name = list(map(_unnumbered, folders)), _unnumbered(name)
    index = name.lower() in (
        {"index"} if top == _PAGES else {"index", "readme", *(one.lower() for one in folders[-1:])}
    )
    below = "/".join(["", *folders, ""])
    slug = traits.slug or ("" if index else name if top == _PAGES else traits.id or name)
    return _ended(f"/{roots[top]}/{slug if slug.startswith('/') else below + slug}", habits)


def _unnumbered(name: str) -> str:
    """Return a name without the number that says its place among the docs."""
    return name if _NO_NUMBER.match(name) else _NUMBERED.sub("", name, count=1) if _NUMBERED.match(name) else name


def _ended(path: str, habits: Habits) -> str:
    """Return a path with a slash at its end, or none, as the site has it."""
    path = one_slash(path)
    trailing = habits.options.get("trailingSlash", "").lower()
    if trailing == "true":
        return path if path.endswith("/") else f"{path}/"
    return (path.rstrip("/") or "/") if trailing == "false" else path


TAGS = {
    **MDX,
    "BrowserWindow": "inner",
    "BrowserOnly": "nothing",
    "CodeBlock": "inner",
    "IdealImage": "picture",
    "ThemedImage": "picture",
    "IdealLink": "link-or-text",
    "LiteYouTube": "youtube",
}
"""Components that Docusaurus has, or that many sites define alike."""
SYNTAXES = {
    "": (
        "mdxfences", "titles", "filelinks", "rooted", "mdx", "admonitions", "formulas", "withinhtml", "unindented", "emoji", "toc",
    ),
    "md": ("mdxfences", "titles", "filelinks", "rooted", "admonitions", "formulas", "emoji", "toc"),
}  # fmt: skip


def suited(dialect: Dialect, habits: Habits) -> Dialect:
    """Return the dialect without emoji by their names where the site has them switched off, or Docusaurus none yet."""
    if habits.options.get("markdown.emoji") != "false":
        return dialect
    without = {kind: tuple(name for name in names if name != "emoji") for kind, names in SYNTAXES.items()}
    return dialect._replace(syntaxes=without)


DIALECT = Dialect.of(
    "docusaurus",
    names_with(
        updated="lastupdate.date lastmod updated modified",
        unlisted="unlisted",
        tags="tags tag",
        url="permalink",
        image="image cover banner ogimage",
    ),
    extensions=(".md", ".mdx", ".markdown"),
    beside="hashed",
    people="authors.yml",
    labels="tags.yml",
    committed=True,
    suited=suited,
    root=root,
    is_post=is_post,
    dated=dated,
    source=source,
    address=address,
    page=page,
    clock=as_in_javascript,
    tags=TAGS,
    syntaxes=SYNTAXES,
    format="markdown.format",
)
