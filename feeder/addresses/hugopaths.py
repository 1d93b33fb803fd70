"""Hugo's pages by their paths: the language, the sections, the date and slug in a name; and the tokens of its patterns."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from feeder.addresses.golang import in_layout, is_layout, lower, plural, sanitized
from feeder.addresses.tokens import DAYS, MONTHS, Syntax, of_date, says
from feeder.patterns import pattern
from feeder.texts.pathnames import below, date_in_path, slug_in_path

if TYPE_CHECKING:
    from feeder.addresses.tokens import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_TOKEN = re.compile(r"(?<!\\):(\w+(?:\[.+?\])?)")
_SLICE = pattern(r"(sections|sectionslugs)\[(?:(last|\d+)|(last|\d*):(last|\d*))\]")


def folded(text: str, habits: Habits) -> str:
    """Return text as the site's addresses have it: sanitised, in lower case, perhaps without accents."""
    if says(habits, "removePathAccents"):
        bare = (part for part in unicodedata.normalize("NFD", text) if unicodedata.category(part) != "Mn")
        text = unicodedata.normalize("NFC", "".join(bare))
    text = sanitized(text)
    return text if says(habits, "disablePathToLower") else lower(text)


def _urlized(text: str, habits: Habits) -> str:
    """Return text as a part of an address: Hugo takes it for one, so a ``#`` at its end is nothing, and a ``+`` a space."""
    return unquote_plus(folded(text, habits)).removesuffix("#")


# What a path says


def languages(habits: Habits) -> frozenset[str]:
    """Return the languages that the site's configuration has."""
    return frozenset(name.split(".")[1].lower() for name in habits.options if name.startswith("languages."))


def default_language(habits: Habits) -> str:
    """Return the code of the language that a site has before any other."""
    return habits.options.get("defaultContentLanguage", "en").lower()


def named(path: str, habits: Habits) -> str:
    """Return the language that a file's name ends in, ``post.zh.md``, where the site has it."""
    name, dot, suffix = path.rpartition("/")[2].rpartition(".")[0].rpartition(".")
    known = suffix.lower() in languages(habits) or suffix.lower() == default_language(habits)
    return suffix if name and dot and known else ""


def stem_of(traits: Traits, habits: Habits) -> str:
    """Return the path of a post below the content, without extension, language and ``index``."""
    return _below(traits.path, traits.root, habits)


def _below(path: str, root: str, habits: Habits) -> str:
    """Return a path below the content, without extension and language, and without the ``index`` of a bundle."""
    path = f"{root}/{path}" if root else path
    if language := named(path, habits):
        whole, _, extension = path.rpartition(".")
        path = f"{whole.removesuffix('.' + language)}.{extension}"
    return below(path)


def place(path: str, root: str, habits: Habits) -> str:
    """Return the path by which Hugo speaks of a page: in lower case, with hyphens."""
    return lower(_below(path, root, habits)).replace(" ", "-")


def by_name(habits: Habits) -> bool:
    """Return whether the names of files have dates for Hugo."""
    return ":filename" in habits.options.get("frontmatter.date", "")


def dated(path: str, habits: Habits) -> str:
    """Return the date in a file's name, where the site's configuration tells Hugo to look there."""
    return date_in_path(path) if by_name(habits) else ""


def slug_of(traits: Traits, habits: Habits) -> str:
    """Return the slug that a post gives itself, in its front matter or its name, "" for none."""
    return traits.slug.strip("-") or (
        slug_in_path(traits.path) if by_name(habits) and date_in_path(traits.path) else ""
    )


# Tokens


def _name(traits: Traits, habits: Habits) -> str:
    return _urlized(stem_of(traits, habits).rpartition("/")[2], habits)


def _title(traits: Traits, habits: Habits) -> str:
    return _urlized(traits.title.replace("/", " "), habits)


def _section(traits: Traits, habits: Habits) -> str:
    return stem_of(traits, habits).rpartition("/")[0].partition("/")[0]


def _branches(traits: Traits, habits: Habits) -> list[str]:
    """Return the directories above a post that are sections, the widest first: the first on its path, and those with an ``_index``."""
    names = stem_of(traits, habits).rpartition("/")[0].split("/")
    paths = ["/".join(names[:at]) for at in range(1, len(names) + 1)]
    return [path for at, path in enumerate(paths) if path and (not at or path in traits.branches)]


def _sections(traits: Traits, habits: Habits) -> list[str]:
    """Return the names on the path of the section that a post is in."""
    branches = _branches(traits, habits)
    return branches[-1].split("/") if branches else []


def _section_slugs(traits: Traits, habits: Habits) -> list[str]:
    """Return what its sections are called in addresses: the slug, else the title, which Hugo makes up where there is no page."""
    known = traits.branches
    names = (known[path] if path in known else plural(path.rpartition("/")[2]) for path in _branches(traits, habits))
    return [_urlized(name, habits) for name in names if name]


_LISTS = {"sections": _sections, "sectionslugs": _section_slugs}


def _sliced(token: str) -> Token:
    match = _SLICE.fullmatch(token)
    if not match:
        raise KeyError(token)
    name, one, first, last = match.groups()
    if one:
        at = -1 if one == "last" else int(one)
        part = slice(at, at + 1 or None)
    else:
        part = slice(*(-1 if end == "last" else int(end) if end else None for end in (first, last)))
    return lambda traits, habits: "/".join(_LISTS[name](traits, habits)[part])


class _Tokens(dict[str, "Token"]):
    """The tokens, those of slices of sections too, and any layout of a date."""

    def __contains__(self, token: object) -> bool:
        return super().__contains__(token) or _SLICE.fullmatch(str(token)) is not None or _is_date(str(token))

    def __missing__(self, token: str) -> Token:
        if _is_date(token):
            return lambda traits, _: in_layout(traits.date, token) if traits.date else ""
        return _sliced(token)


def _is_date(token: str) -> bool:
    """Whether a token is a layout; Hugo takes a misspelled slice for one, too, which nobody means."""
    return "[" not in token and is_layout(token)


def _slug_or(other: Token) -> Token:
    return lambda traits, habits: _urlized(slug, habits) if (slug := slug_of(traits, habits)) else other(traits, habits)


SYNTAX = Syntax(
    _TOKEN,
    _Tokens({
        "year": lambda traits, _: str(traits.date.year) if traits.date else "",
        "month": of_date("month"),
        "monthname": lambda traits, _: MONTHS[traits.date.month - 1] if traits.date else "",
        "day": of_date("day"),
        "weekday": lambda traits, _: str(traits.date.isoweekday() % 7) if traits.date else "",
        "weekdayname": lambda traits, _: DAYS[traits.date.weekday()] if traits.date else "",
        "yearday": lambda traits, _: str(traits.date.timetuple().tm_yday) if traits.date else "",
        "section": _section,
        "sections": lambda traits, habits: "/".join(_sections(traits, habits)),
        "sectionslug": lambda traits, habits: next(iter(_section_slugs(traits, habits)), ""),
        "sectionslugs": lambda traits, habits: "/".join(_section_slugs(traits, habits)),
        "title": _title,
        "slug": _slug_or(_title),
        "filename": _name,
        "slugorfilename": _slug_or(_name),
        "contentbasename": _name,
        "slugorcontentbasename": _slug_or(_name),
    }),
)  # fmt: skip
