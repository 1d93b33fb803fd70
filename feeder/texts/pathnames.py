"""What the path of a post says by itself: its date, its slug, its title, its section."""

from __future__ import annotations

import re

from feeder.patterns import pattern
from feeder.texts.plaintext import fold

_JEKYLL_NAME = pattern(r"(?:.*/)?(\d{4}-\d{1,2}-\d{1,2})-([^/]+)")


def date_in_path(path: str) -> str:
    """Return the date that a post's file name, or its directory's, begins with; "" when none does."""
    dated = _JEKYLL_NAME.fullmatch(below(path)) or _JEKYLL_NAME.match(path)
    return dated[1] if dated else ""


def slug_in_path(path: str) -> str:
    """Return a post's file name, or its directory's, without extension and date."""
    stem = below(path).rpartition("/")[2]
    dated = _JEKYLL_NAME.fullmatch(stem)
    return dated[2] if dated else stem


def title_in_path(path: str) -> str:
    """Return the file's name (its directory's, for an index) as words."""
    stem = below(path).rpartition("/")[2]
    dated = _JEKYLL_NAME.fullmatch(stem)
    return (
        fold(re.sub(r"[-_]+", " ", dated[2] if dated else stem))
        or stem.strip()
        or path.rpartition(".")[0].rpartition("/")[2].strip()
        or "Untitled"
    )


def section_in_path(path: str) -> str:
    """Return the first directory on a path, "" when there is none: one that is the post's own bundle does not count."""
    section, slash, _ = below(path).partition("/")
    return section if slash and not section.startswith("_") else ""


def below(path: str) -> str:
    """Return a post's path without its extension, and without an ``index`` that stands for its directory."""
    stem = path.rpartition(".")[0]
    directory, _, name = stem.rpartition("/")
    return directory if name == "index" else stem


def below_directory(place: str, directory: str) -> str:
    """Return a place below the last ``directory`` on it, "" for that itself, and where there is none."""
    _, found, after = f"/{place.strip('/')}/".rpartition(f"/{directory.strip('./')}/")
    return after.strip("/") if found else ""


def is_below(place: str, directory: str) -> bool:
    """Whether a place is a ``directory``, or below one."""
    return f"/{directory.strip('./')}/" in f"/{place.strip('/')}/"
