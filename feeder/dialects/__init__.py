"""The dialects of front matter, one file each. A new one is a file and a name here. A file is loaded when it is needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from feeder.texts.fieldnames import folded_key

if TYPE_CHECKING:
    from feeder.kinds import Dialect
    from feeder.model import Habits

DIALECTS = ("hexo", "jekyll", "hugo", "eleventy", "astro", "docusaurus", "pelican", "plain")
"""The names in ``site.dialect``; that of a dialect is its file's."""


@cache
def dialect(name: str) -> Dialect:
    """Return the dialect with a name of `DIALECTS`; that of ``auto``, where nobody looked which it is, is plain."""
    found: Dialect = import_module(f"feeder.dialects.{'plain' if name == 'auto' else name}").DIALECT
    return found


def titled_by_site(dialect: Dialect, habits: Habits) -> Dialect:
    """Return a dialect in which the key that the site's own templates show for a title is one, after those that it has."""
    key = folded_key(habits.options.get("title", ""))
    if not key or key in dialect.ranks:
        return dialect
    return dialect.with_names({**dialect.names, "title": (*dialect.names["title"], key)})
