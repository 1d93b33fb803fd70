"""Pelican: posts in ``content``, what the site says in ``pelicanconf.py``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.addresses.pelicanpaths import address, in_path, listed, page, wants
from feeder.kinds import Dialect
from feeder.texts.datestyles import as_in_dateutil
from feeder.texts.fieldnames import names_with
from feeder.texts.pathnames import below_directory
from feeder.texts.tagnames import tags_by_meaning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeder.model import Habits


def root(posts: str, habits: Habits) -> str:
    """Return the posts directory below the content."""
    return below_directory(posts, habits.options.get("PATH") or "content")


def is_post(path: str, above: str, habits: Habits) -> bool:
    """Whether Pelican takes a file for an article, and not for a page."""
    full = f"{above}/{path}" if above else path
    apart = (*listed(habits, "PAGE_PATHS", "pages"), *listed(habits, "ARTICLE_EXCLUDES", ""))
    return not any(full.startswith(f"{directory}/") for directory in apart)


def dated(path: str, habits: Habits) -> str:
    """Return the date that the file's name begins with, or where the site's patterns say, else the site's default."""
    return in_path(path, "date", habits) or _default_date(habits.options.get("DEFAULT_DATE", ""))


@lru_cache(8)
def _default_date(text: str) -> str:
    """Return the numbers of a tuple as a date; "" for "fs", since the files of a checkout have the time of that."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if not 3 <= len(numbers) <= 6:  # noqa: PLR2004 - a day, and what of a time there is
        return ""
    year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:6]
    return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"


def filed(path: str, given: tuple[str, ...], habits: Habits) -> tuple[str, ...]:
    """Return the one category: that of the front matter, else of the path, else the site's default."""
    named = given[:1] or (in_path(path, "category", habits),)
    if not named[0] and habits.options.get("USE_FOLDER_AS_CATEGORY", "true").lower() == "true":
        named = (path.rpartition("/")[0].rpartition("/")[2],)
    return named if named[0] else (habits.options.get("DEFAULT_CATEGORY") or "misc",)


def split(key: str, text: str) -> Iterable[str]:
    """Return the names in text: one of a category, else those between semicolons, or commas where there is none."""
    return (text,) if key == "category" else text.split(";" if ";" in text else ",")


TAGS = tags_by_meaning(
    raw="literal raw",
    code="highlight",
    picture="figure",
    hexo_picture="img b64img photo illus",
    youtube="youtube",
    vimeo="vimeo",
    video="video",
    audio="audio soundcloud",
    gist="gist",
    include_code="include_code",
    quote="blockquote",
    nothing="flickr",
)
"""What the plug-in Liquid Tags brings, which most sites with tags have; notebooks and others are told as unknown."""
SYNTAXES = {"": ("pelican", "liquidtags", "toc"), ".rst": ("restructuredtext", "pelican")}

DIALECT = Dialect.of(
    "pelican",
    names_with(
        url="url",
        published="date",
        updated="modified updated lastmod",
        categories="category categories",
        tags="tags keywords tag",
        summary="summary description excerpt",
    ),
    flavor="python-markdown",
    extensions=(".md", ".markdown", ".mkd", ".mdown", ".html", ".htm", ".rst"),
    marks=("static", "attach", "filename"),
    headers="lines",
    hidden=frozenset({"draft", "hidden", "skip"}),
    local=False,
    marked=True,
    several=frozenset({"authors"}),
    split=split,
    filed=filed,
    root=root,
    clock=as_in_dateutil,
    dated=dated,
    is_post=is_post,
    address=address,
    page=page,
    wants=wants,
    tags=TAGS,
    syntaxes=SYNTAXES,
)
