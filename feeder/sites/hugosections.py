"""The content of a Hugo site that does not say where its posts are -> the sections that hold them; of `generators.hugo`.

Hugo then takes the largest section alone, though its own feed has every page. What sets posts apart is their dates.
"""

from __future__ import annotations

import os
import re
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from feeder.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

USUAL = ("posts", "post", "blog", "articles", "news", "writing")
"""Sections that posts are in when nobody says which they are."""
_MANUALS = frozenset({"about", "doc", "docs", "documentation", "manual", "page", "pages"})
"""Sections that posts are in only where nothing else has dates."""
ROOT = ""
"""Stands for the pages that are in no section."""
_READ = 60
"""Pages of a section that are looked into, evenly spread: enough to tell, however many there are."""
_NEARLY_ALL = 0.9
_MOST = 0.5
"""Of the pages in no section, of which some are about the site; only those with a date are posts."""
_FEW = 0.05
"""Pages in no section beside so many in sections are about the site, even with a date: a calendar, a way to get in touch."""
_HEAD = 4096
_MANY = 6
_PROGRAM = "_content.gotmpl"
_TO_CHOOSE = "To choose, set mainSections in Hugo's configuration, or posts.path in feeder.yml"
_PAGE = re.compile(r"(?!_index\.).*\.(?:md|markdown|html)")
_NAMED = re.compile(r"(?:.*/)?\d{4}-\d\d-\d\d[^/]*(?:/index\.[^/]*)?")
_FRONT = re.compile(rb"\s*(?:(---|\+\+\+)[ \t]*\r?\n(.*?)\n\1|(\{.*?\n\}))", re.DOTALL)
_DATE = re.compile(rb"^\s*\"?(?:date|publishdate|pubdate|published)\"?\s*[:=]", re.IGNORECASE | re.MULTILINE)
_DRAFT = re.compile(rb"^\s*\"?draft\"?\s*[:=]\s*true", re.IGNORECASE | re.MULTILINE)


class Chosen(NamedTuple):
    """The sections that posts are in, `ROOT` among them perhaps, and what else may be meant."""

    sections: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Those left out whose pages have dates, too."""
    known: bool = True
    """Whether their names or dates tell so; else they are only the largest."""
    exclude: tuple[str, ...] = ()
    """Patterns of what is no post beside pages in no section: other sections, and pages without a date, about the site."""


def sections_with_posts(content: str) -> Chosen:
    """Return the sections of a directory of content that posts are in, as far as names and dates tell.

    Those with usual names go first, then those whose files are named by dates, then those whose front matter has dates;
    last, the largest. What is named in another way may well be dated: a gallery, a manual.
    """
    pages = _pages(content)
    if not pages:
        return Chosen(())
    dates = {section: [_dated(content, page) for page in _some(pages[section])] for section in pages}
    named = [section for section in pages if _have(map(_is_named, pages[section]), section)]
    dated = [section for section in pages if section in named or _have(dates[section], section)]
    usual = [section for section in pages if section in USUAL]
    chosen = [section for section in usual if section in dated] or (
        _largest(pages, usual) if usual else named or _without_manuals(dated)
    )
    if not chosen:  # posts may come from a program, into a section without files
        chosen = [name for name in USUAL if Path(content, name).is_dir()]
    known = bool(chosen)
    chosen = chosen or _largest(pages, [section for section in pages if section] or [*pages])
    if ROOT in chosen and len(pages[ROOT]) < _FEW * sum(len(pages[section]) for section in chosen):
        chosen.remove(ROOT)
    others = tuple(section for section in dated if section not in chosen)
    if ROOT not in chosen:
        return Chosen(tuple(chosen), others, known)
    undated = (page for page in pages[ROOT] if not _is_named(page) and _dated(content, page) is False)
    exclude = (*(f"{escape(section)}/*" for section in pages if section not in chosen), *map(escape, undated))
    return Chosen(tuple(chosen), others, known, exclude)


def notes(chosen: Chosen, directory: str, content: str) -> Iterator[str]:
    """Yield what to say of sections that were chosen in a directory, which the site calls ``content``."""
    for name in chosen.sections:
        if os.path.isfile(os.path.join(directory, name, _PROGRAM)):  # noqa: PTH113, PTH118
            where = listed(content, [name])
            yield f"pages of {where} are made by {_PROGRAM} in it when Hugo runs: they are in no file, so feeder has none of them"
    if not chosen.known:
        yield (
            f"no section of {content} seems to hold posts, since no page has a date; {listed(content, chosen.sections)} is read, "
            f"which has the most pages. {_TO_CHOOSE}"
        )
    elif len(chosen.sections) > 1 or chosen.others:
        said = f"posts are read from {listed(content, chosen.sections)}, since mainSections names no section and their pages have dates"
        if chosen.others:
            said += f"; so have those in {listed(content, chosen.others)}, which are left out"
        yield f"{said}. {_TO_CHOOSE}"


def listed(content: str, sections: Iterable[str]) -> str:
    """Return sections as a person would list them, of many the first."""
    names = [f"{content}/{name}" if name else f"{content} itself" for name in sections]
    if len(names) > _MANY:
        names[_MANY - 1 :] = [f"{len(names) - _MANY + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _pages(content: str) -> dict[str, list[str]]:
    """Return the pages of each section, by their paths; a directory with an ``index`` is a page."""
    found: dict[str, list[str]] = {}
    for place, directories, names in os.walk(content):
        below = os.path.relpath(place, content).replace(os.sep, "/")
        directories[:] = sorted(name for name in directories if name[0] not in "._")
        here = sorted(filter(_PAGE.fullmatch, names))
        if bundles := [name for name in here if name.startswith("index.")]:
            directories[:], here = [], bundles[:1]
        above = "" if below == "." else f"{below}/"
        section = ROOT if below == "." or (bundles and "/" not in below) else below.partition("/")[0]
        if here:
            found.setdefault(section, []).extend(above + name for name in here)
    return dict(sorted(found.items()))


def _some(pages: list[str]) -> Iterator[str]:
    step = max(len(pages) / _READ, 1)
    yield from (pages[int(number * step)] for number in range(min(len(pages), _READ)))


def _is_named(page: str) -> bool:
    return _NAMED.fullmatch(page) is not None


def _dated(content: str, page: str) -> bool | None:
    """Whether a page has a date in its front matter; None for a draft, and one that cannot be read."""
    try:
        with open(os.path.join(content, page), "rb") as stream:  # noqa: PTH118, PTH123 - many, and quick
            match = _FRONT.match(stream.read(_HEAD))
    except OSError:
        return None
    front = (match[2] or match[3]) if match else b""
    return None if _DRAFT.search(front) else _DATE.search(front) is not None


def _without_manuals(sections: list[str]) -> list[str]:
    return [section for section in sections if section not in _MANUALS] or sections


def _have(signs: Iterable[bool | None], section: str) -> bool:
    """Whether as many pages have a sign of posts as posts would."""
    known = [sign for sign in signs if sign is not None]
    return bool(known) and sum(known) >= (_NEARLY_ALL if section else _MOST) * len(known)


def _largest(pages: Mapping[str, list[str]], sections: list[str]) -> list[str]:
    """Return the section with the most pages, as Hugo chooses it."""
    return [max(sections, key=lambda section: len(pages[section]))]
