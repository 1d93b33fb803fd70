"""A Hugo site's layouts -> the templates of its own shortcodes, and of the parts that these name; of `generators.hugo`."""

from __future__ import annotations

import os
import re
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.patterns import pattern
from feeder.sites.found import inside
from feeder.texts.plaintext import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

UNKNOWN = "{{"
"""Stands for a template that rests on more than its call: on files, data, other pages or the time."""
_ROOM = 200_000
"""Characters of all templates: they travel with the settings."""
_LONGEST = 20_000
_BEYOND = ("esources", ".Data", ".Pages", ".GetPage", ".Parent")
"""What such a template has in it, for the most part; what else there is turns out when it is filled."""
_COMMENT = pattern(r"\{\{-?\s*/\*.*?\*/\s*-?\}\}", re.DOTALL)
_PART = pattern(r"\bpartial(?:Cached)?\"?\s+\"([\w./-]+)\"")
_LOOKS = frozenset({"figure", "highlight"})
"""Shortcodes of Hugo's own that sites define anew only for their looks."""


def templates(site: Path, layouts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield templates by ``shortcode.NAME`` and ``partial.NAME``, from these directories of a site, the strongest first."""
    places = [f"{site}/{layout}" for layout in layouts if inside(layout)]
    room = _ROOM
    seen: set[str] = set()
    parts: list[str] = []
    for key, path in chain(_shortcodes(places), _parts(places, parts)):
        if key not in seen:
            seen.add(key)
            text = _text(path, site, min(room, _LONGEST))
            room -= len(text)
            parts += _PART.findall(text) if "partial" in text else ()
            yield key, text


def _shortcodes(places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the files of shortcodes."""
    for root in (f"{place}/{name}/" for place in places for name in ("_shortcodes", "shortcodes")):
        for directory, below, names in os.walk(root):
            below.sort()
            for path in (f"{directory.rstrip('/')}/{name}" for name in sorted(names) if name.endswith(".html")):
                name = path.removeprefix(root).removesuffix(".html").replace(os.sep, "/")
                if name not in _LOOKS:
                    yield f"shortcode.{name}", path


def _parts(places: Sequence[str], named: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the files of parts as long as some are named."""
    while named:
        name = named.pop().removesuffix(".html")
        found = (f"{place}/{kind}/{name}.html" for place in places for kind in ("_partials", "partials"))
        if ".." not in name and (path := next(filter(os.path.isfile, found), None)):
            yield f"partial.{name}", path


def _text(path: str, site: Path, room: int) -> str:
    """Return what a file of the site says, without comments, or `UNKNOWN`."""
    try:
        linked = os.path.islink(path) and not Path(path).resolve().is_relative_to(site.resolve())  # noqa: PTH114 - quick
        if linked or not os.path.isfile(path):  # noqa: PTH113
            return UNKNOWN
        with open(path, "rb") as stream:  # noqa: PTH123
            data = stream.read(room + 1)
        text = clean(data.decode()) if len(data) <= room else UNKNOWN
    except (OSError, UnicodeDecodeError):
        return UNKNOWN
    return UNKNOWN if any(sign in text for sign in _BEYOND) else _COMMENT.sub("", text) if "/*" in text else text
