"""What the path of a post says: its date, its slug, its title, its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder import urls
from feeder.patterns import pattern
from feeder.plaintext import fold, nfc
from feeder.slugs import Facts, permalink

if TYPE_CHECKING:
    from datetime import datetime

_JEKYLL_NAME = pattern(r"(?:.*/)?(\d{4}-\d{1,2}-\d{1,2})-([^/]+)")


def date_in_path(path: str) -> str:
    """Return the date that a post's file name, or its directory's, begins with; "" when none does."""
    dated = _JEKYLL_NAME.fullmatch(_below(path)) or _JEKYLL_NAME.match(path)
    return dated[1] if dated else ""


def slug_in_path(path: str) -> str:
    """Return a post's file name, or its directory's, without extension and date."""
    stem = _below(path).rpartition("/")[2]
    dated = _JEKYLL_NAME.fullmatch(stem)
    return dated[2] if dated else stem


def title_in_path(path: str) -> str:
    """Return the file's name (its directory's, for an index) as words."""
    stem = _below(path).rpartition("/")[2]
    dated = _JEKYLL_NAME.fullmatch(stem)
    return (
        fold(re.sub(r"[-_]+", " ", dated[2] if dated else stem))
        or stem.strip()
        or path.rpartition(".")[0].rpartition("/")[2].strip()
        or "Untitled"
    )


def permalink_by_pattern(site: str, pattern: str, facts: Facts) -> str:
    """Return the address below ``site`` that the site's pattern gives a post."""
    return urls.canonical(site + urls.quoted_path(permalink(pattern, facts)).lstrip("/"))


def facts_of(path: str, title: str, slug: str, date: datetime | None) -> Facts:
    """Return what a permalink can be made of."""
    return Facts(nfc(_below(path)), slug, title, date)


def _below(path: str) -> str:
    """Return a post's path without its extension, and without an ``index`` that stands for its directory."""
    stem = path.rpartition(".")[0]
    directory, _, name = stem.rpartition("/")
    return directory if name == "index" else stem
