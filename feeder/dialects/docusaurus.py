"""Docusaurus: posts in ``blog``, what the site says in ``docusaurus.config.js``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.addresses import one_slash
from feeder.dates import as_in_javascript
from feeder.fieldnames import names_with
from feeder.kinds import Dialect
from feeder.tagnames import MDX

if TYPE_CHECKING:
    from feeder.kinds import Traits
    from feeder.model import Habits

_NAME = re.compile(
    r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)(?:/index)?\.(?:mdx?|markdown|html?)"
)
_APART = re.compile(r"(?:.*/)?(?:_[^/]*(?:/.*)?|[^/]*\.test\.[^./]*|__tests__/.*)")


def is_post(path: str, _: str, __: Habits) -> bool:
    """Whether Docusaurus reads a file: what begins with ``_`` is a part of others, and tests are tests."""
    return not _APART.fullmatch(path)


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
    path = one_slash(f"/{habits.options.get(f'routeBasePath.{traits.root}') or 'blog'}/{slug}")
    trailing = habits.options.get("trailingSlash", "").lower()
    if trailing == "true":
        return path if path.endswith("/") else f"{path}/"
    return path.rstrip("/") if trailing == "false" else path


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
    "": ("titles", "filelinks", "rooted", "mdx", "admonitions", "formulas", "toc"),
    "md": ("titles", "filelinks", "rooted", "admonitions", "formulas", "toc"),
}

DIALECT = Dialect.of(
    "docusaurus",
    names_with(
        updated="lastupdate.date lastmod updated modified",
        unlisted="unlisted",
        tags="tags tag",
        url="permalink",
        image="image cover banner",
    ),
    extensions=(".md", ".mdx", ".markdown"),
    beside="renamed",
    people="authors.yml",
    labels="tags.yml",
    root=root,
    is_post=is_post,
    dated=dated,
    address=address,
    clock=as_in_javascript,
    tags=TAGS,
    syntaxes=SYNTAXES,
    format="markdown.format",
)
