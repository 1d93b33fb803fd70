"""Jekyll: posts in ``_posts``, what the site says in ``_config.yml``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.addresses.jekyllpaths import (
    DATED,
    MARKDOWN,
    SYNTAX,
    address,
    in_language,
    page,
    posts_collection,
    sanitized,
    slugify,
    sought,
    wants,
)
from feeder.addresses.tokens import expanded, tokens_in
from feeder.kinds import Dialect
from feeder.texts.datestyles import as_in_ruby
from feeder.texts.fieldnames import names_with
from feeder.texts.tagnames import LIQUID, tags_by_meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeder.kinds import Traits
    from feeder.model import Habits

_HIDDEN = re.compile(r"[._#~]|.*/[._#~][^/]*$|.*~$")
_MONTHS, _SHORTEST, _LONGEST = 12, 28, 31
_HUNDRED, _OLD = 100, 69
"""Below which a year has no century; from which it is one of the last century."""
_ZONELESS = re.compile(r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?")
"""A timestamp of YAML that says no zone."""


def url(text: str, traits: Traits, habits: Habits) -> str:
    """Return a front matter's permalink, with its tokens replaced. Raises `ValueError` for an unknown one."""
    if text.startswith(("http:", "https:", "//")):
        return text
    if ":" in text:
        tokens_in(text, SYNTAX)
        text = expanded(text, SYNTAX, traits, habits)
    return in_language(sanitized(text), traits, habits)


def source(habits: Habits) -> str:
    """Return the directory of all that the site is made of."""
    return habits.options.get("source") or "."


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the site's source: of an absolute path, ``_posts`` or the like and what is below it."""
    own = f"_{posts_collection(habits) or 'posts'}"
    told = (habits.options.get(name, "") for name in ("source", "collections_dir", "translations"))
    above = [part for directory in told for part in directory.split("/")]
    above = [part for part in above if part not in {"", "."}]
    segments = [part for part in posts.split("/") if part not in {"", "."}]
    segments = segments[len(above) :] if segments[: len(above)] == above else segments
    if posts.startswith("/") or "://" in posts:
        last = len(segments) - 1 - segments[::-1].index(own) if own in segments else len(segments)
        segments = segments[last:] or [own]
    return "/".join(segments) if posts else own


def _split_at_posts(path: str) -> tuple[str, str]:
    """Return what a path has before ``_posts`` and below it, where there is one."""
    before, found, after = f"/{path}".rpartition("/_posts/")
    return (before.strip("/"), after) if found else ("", path)


def is_post(path: str, above: str, habits: Habits) -> bool:
    """Whether Jekyll reads a file: below ``_posts``, with a date in its name; below ``_drafts``; or any of the posts' collection."""
    if posts_collection(habits):
        return not _HIDDEN.match(path)
    full = f"{above}/{path}" if above else path
    if f"/{full}".find("/_drafts/") >= 0:
        return True
    below = _split_at_posts(full)[1]
    if not above and below is full:
        return False
    return DATED.fullmatch(below) is not None and not _HIDDEN.match(below)


def clock(text: str) -> str:
    """Return a date as Jekyll takes it: YAML's timestamps without a zone are UTC, all other dates local."""
    return f"{text}Z" if _ZONELESS.fullmatch(text) else as_in_ruby(text)


def titled(path: str) -> str:
    """Return the title of a post that says none: the words of its name, each capitalized."""
    found = DATED.fullmatch(path)
    return " ".join(word.capitalize() for word in (found[2] if found else "").split("-"))


def dated(path: str, _: Habits) -> str:
    """Return the date in a file's name; as Ruby has it, 24 is 2024, and the 31st of April the 1st of May."""
    found = DATED.fullmatch(path)
    if not found:
        return ""
    year, month, day = map(int, found[1].split("-"))
    if year < _HUNDRED:
        year += 2000 if year < _OLD else 1900
    if _SHORTEST < day <= _LONGEST and 1 <= month < _MONTHS:
        from calendar import monthrange  # the last days of a month are few

        if day > (last := monthrange(year, month)[1]):
            return f"{year}-{month + 1:02}-{day - last:02}"
    return f"{year}-{month:02}-{day:02}"


def filed(path: str, given: tuple[str, ...], _: Habits) -> tuple[str, ...]:
    """Return the categories: the directories before ``_posts``, then those of the front matter."""
    before = _split_at_posts(path)[0]
    return tuple(dict.fromkeys((*filter(None, before.split("/")), *given))) if before else given


def split(key: str, text: str) -> Iterable[str]:
    """Return the names in text: words, but for a key that names one thing."""
    return (text,) if key in {"category", "tag"} else text.split()


TAGS = {
    **LIQUID,
    **tags_by_meaning(
        address="post_url link",
        include="include_relative include_cached",
        code="codeblock",
        quote="blockquote pullquote",
        picture="img asset",
        nothing="seo feed_meta toc",
    ),
}
"""Jekyll's own tags, and those of its plug-ins, Octopress's among them."""
SYNTAXES = {"": ("filelinks", "liquid", "kramdown", "toc")}

DIALECT = Dialect.of(
    "jekyll",
    names_with(
        url="permalink",
        published="date",
        updated="lastmodifiedat lastmodified updated lastmod modified",
        categories="categories category",
        tags="tag tags",
        unlisted="unlisted hidden",
        summary="description summary excerpt subtitle",
        image="image headimg headerimg cover banner featuredimage featureimage ogimage coverimage coverimg hero heroimage header.image header.overlayimage",
        thumbnail="thumbnail thumb thumbnailurl thumbnailimage thumbnailimg header.teaser teaser",
    ),
    extensions=(*MARKDOWN, ".html", ".htm"),
    flavor="kramdown",
    beside="nowhere",
    last_wins=True,
    named_date=True,
    added=frozenset({"categories"}),
    marks=("site.url", "site.baseurl"),
    every=frozenset({"categories"}),
    split=split,
    filed=filed,
    root=root,
    clock=clock,
    titled=titled,
    dated=dated,
    is_post=is_post,
    source=source,
    address=address,
    page=page,
    sought=sought,
    served=True,
    url=url,
    wants=wants,
    tags=TAGS,
    filters={"slugify": slugify},
    syntaxes=SYNTAXES,
)
