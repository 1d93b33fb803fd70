"""A Hugo site's layouts -> the templates of its own shortcodes, and of the parts that these name; of `generators.hugo`."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from feeder.sites.directories import is_file
from feeder.sites.found import inside
from feeder.texts.plaintext import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

UNKNOWN = "{{"
"""Stands for a template that rests on more than its call: on files, data, other pages or the time."""
_ROOM = 200_000
"""Characters of all templates: they travel with the settings."""
_LONGEST = 20_000
_BEYOND = re.compile(
    r"\b[Rr]esources\b|\.(?:Data|Parent|Pages|File|GetPage|Ordinal)\b|\b(?:readFile|getJSON|getCSV|os|hugo|now|return)\b"
)
"""What such a template names."""
_COMMENT = re.compile(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
_PART = re.compile(r"\bpartial(?:Cached)?\s+\"([\w./-]+)\"")
_LOOKS = frozenset({"figure", "highlight"})
"""Shortcodes of Hugo's own that sites define anew only for their looks."""


def templates(site: Path, layouts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield templates by ``shortcode.NAME`` and ``partial.NAME``, from these directories of a site, the strongest first."""
    places = [site / layout for layout in layouts if inside(layout)]
    room = _ROOM
    seen: set[str] = set()
    parts: list[str] = []
    for key, path in chain(_shortcodes(places), _parts(places, parts)):
        if key not in seen:
            seen.add(key)
            text = _text(path, site, min(room, _LONGEST))
            room -= len(text)
            parts += _PART.findall(text)
            yield key, text


def _shortcodes(places: Sequence[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the files of shortcodes."""
    for root in (place / name for place in places for name in ("_shortcodes", "shortcodes")):
        for path in sorted(root.rglob("*.html")):
            name = path.relative_to(root).as_posix().removesuffix(".html")
            if name not in _LOOKS:
                yield f"shortcode.{name}", path


def _parts(places: Sequence[Path], named: list[str]) -> Iterator[tuple[str, Path]]:
    """Yield the files of parts as long as some are named."""
    while named:
        name = named.pop().removesuffix(".html")
        found = (place / kind / f"{name}.html" for place in places for kind in ("_partials", "partials"))
        if ".." not in name and (path := next(filter(is_file, found), None)):
            yield f"partial.{name}", path


def _text(path: Path, site: Path, room: int) -> str:
    """Return what a file of the site says, without comments, or `UNKNOWN`."""
    try:
        fits = is_file(path) and path.stat().st_size <= room and path.resolve().is_relative_to(site.resolve())
        text = _COMMENT.sub("", clean(path.read_text(encoding="utf-8"))) if fits else UNKNOWN
    except (OSError, UnicodeDecodeError):
        return UNKNOWN
    return UNKNOWN if _BEYOND.search(text) else text
