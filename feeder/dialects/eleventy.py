"""Eleventy: posts anywhere, what the site says in JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.addresses.eleventypaths import FILTERS, address, url, wants
from feeder.dialects import titled_by_site
from feeder.kinds import Dialect
from feeder.texts.datestyles import as_in_javascript
from feeder.texts.fieldnames import names_with
from feeder.texts.tagnames import LIQUID

if TYPE_CHECKING:
    from feeder.model import Habits

_IN_PATH = re.compile(r".*?(\d{4}-\d{2}-\d{2})")
_APART = re.compile(r"(?:.*/)?(?:_includes|_layouts|_data|_site)/")


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the input directory."""
    source = habits.options.get("dir.input", "").strip("./")
    place = posts.removeprefix("./").strip("/")
    if not source:
        return "" if posts.startswith("/") or "://" in posts or place == "." else place
    return place.removeprefix(source).strip("/") if f"{place}/".startswith(f"{source}/") else ""


def is_post(path: str, _: str, __: Habits) -> bool:
    """Whether a file may be a post: what is included by others is none."""
    return not _APART.match(path)


def dated(path: str, _: Habits) -> str:
    """Return the first date in a path."""
    found = _IN_PATH.match(path)
    return found[1] if found else ""


TAGS = {
    **LIQUID,
    "js": "comment",
    "css": "comment",
    "img": "picture",
    "respimg": "picture",
    "link": "link",
    "callout": "aside",
    "aside": "aside",
    "blockquote": "quote",
    "iframe": "iframe",
    "video": "video",
    "toc": "nothing",
    "block": "inner",
    "renderTemplate": "inner",
    "import": "nothing",
    "extends": "nothing",
    "from": "nothing",
    "macro": "comment",
}
"""Liquid's and Nunjucks's tags, and shortcodes that many sites define alike."""
SYNTAXES = {"": ("nunjucks", "kramdown", "containers", "formulas", "unindentedtext", "toc")}

PLUGINS = {"abbr": "abbreviations", "attrs": "attrs", "emoji": "emoji"}
"""Plug-ins of markdown-it -> what bodies hold with them."""


def suited(dialect: Dialect, habits: Habits) -> Dialect:
    """Return the dialect with the key of titles that the site's templates show, and what its plug-ins for Markdown read."""
    dialect = titled_by_site(dialect, habits)
    names = filter(None, habits.options.get("markdown-it", "").split(", "))
    return dialect._replace(syntaxes={"": (*dialect.syntaxes[""], *(PLUGINS[name] for name in names))})


DIALECT = Dialect.of(
    "eleventy",
    names_with(
        title="eleventycomputed.title title",
        summary="eleventycomputed.description description summary excerpt",
        url="eleventycomputed.permalink permalink",
        draft="draft isdraft",
        published="date pubdate publishdate datepublished timestamp",
        updated="updated lastmod modified updateddate lastmodified updatedate",
        unlisted="eleventyexcludefromcollections unlisted",
        tags="tags tag",
        image="image headimg cover banner featuredimage featuredimg featureimage ogimage coverimage hero heroimage",
    ),
    extensions=(".md", ".markdown", ".html"),
    pages=("pagination", "eleventynavigation", "eleventyimport", "override:tags"),
    computed="eleventycomputed",
    every=frozenset({"tags"}),
    added=frozenset({"tags"}),
    templates=True,
    root=root,
    is_post=is_post,
    dated=dated,
    clock=as_in_javascript,
    address=address,
    url=url,
    undated=frozenset({"last modified", "created", "git last modified", "git created"}),
    suited=suited,
    wants=wants,
    tags=TAGS,
    filters=FILTERS,
    syntaxes=SYNTAXES,
)
