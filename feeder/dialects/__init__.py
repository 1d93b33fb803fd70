"""The dialects of front matter, one file each. A new one is a file and a name here. A file is loaded when it is needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeder.kinds import Dialect

DIALECTS = ("hexo", "jekyll", "hugo", "eleventy", "astro", "docusaurus", "pelican", "plain")
"""The names in ``site.dialect``; that of a dialect is its file's."""


@cache
def dialect(name: str) -> Dialect:
    """Return the dialect with a name of `DIALECTS`; that of ``auto``, where nobody looked which it is, is plain."""
    found: Dialect = import_module(f"feeder.dialects.{'plain' if name == 'auto' else name}").DIALECT
    return found
