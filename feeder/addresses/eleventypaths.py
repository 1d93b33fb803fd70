"""Eleventy's permalinks: the templates that addresses are made of, with the filters that are known, and addresses by default."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.addresses.tokens import Syntax, UnknownTokenError, date_token, expanded, one_slash, tokens_in
from feeder.texts.fieldnames import folded_key
from feeder.texts.npmslugs import slug, slug_without, slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.addresses.tokens import Token
    from feeder.kinds import Traits
    from feeder.model import Habits

_DATED = re.compile(r".*?\d{4}-\d{2}-\d{2}-(.*)", re.DOTALL)
_KEY, _WHOLE = re.compile(r"[A-Za-z_]\w*"), re.compile(r"\((.*)\)", re.DOTALL)
_TEMPLATE = re.compile(r"\{[{%]-?\s*(.*?)\s*-?[}%]\}")
_IF = re.compile(
    r"\{%-?\s*if\s+((?:(?!%\}).){1,200}?)\s*-?%\}((?:(?!\{%-?\s*(?:if|endif)\b).){0,1000})\{%-?\s*endif\s*-?%\}",
    re.DOTALL,
)
_ELSE = re.compile(r"\{%-?\s*(?:els?e?if\s+((?:(?!%\}).){1,200}?)|else)\s*-?%\}", re.DOTALL)
_ASKED = re.compile(r"\{%-?\s*(?:els?e?)?if\s+((?:(?!%\}).){1,200}?)\s*-?%\}")
_CONDITION = re.compile(
    r"(?P<not>not\s+)?(?P<key>\w+)(?:\s*(?P<sign>[!=]==?|\bcontains\b)\s*(?P<quote>[\"'])(?P<text>[^\"']*)(?P=quote))?"
    r"|(?P<q>[\"'])(?P<part>[^\"']*)(?P=q)\s+in\s+(?P<whole>\w+)"
)
"""What a permalink may ask: whether a key has a value, or which one, or whether a list has it."""


def _full(traits: Traits) -> tuple[str, str]:
    path = f"{traits.root}/{traits.path}" if traits.root else traits.path
    directory, _, name = path.rpartition(".")[0].rpartition("/")
    return directory, name


def _undated(name: str) -> str:
    found = _DATED.fullmatch(name)
    return found[1] if found else name


def _file_slug(traits: Traits, _: Habits) -> str:
    directory, name = _full(traits)
    slug = _undated(name)
    return _undated(directory.rpartition("/")[2]) if slug == "index" else slug


def _path_stem(traits: Traits, _: Habits) -> str:
    directory, name = _full(traits)
    return f"/{directory}/{_undated(name)}" if directory else f"/{_undated(name)}"


FILTERS: Mapping[str, Callable[[str], str]] = {"slugify": slugify, "slug": slug, "url": str}


_ALIKE = re.compile(r"(?:[A-Z]?[a-z0-9]+|[A-Z0-9]+)(?:[ -]+(?:[A-Z]?[a-z0-9]+|[A-Z0-9]+))*")
"""Text of which any filter for addresses makes the same."""


def _filtered(token: Token, name: str) -> Token:
    def filtered(traits: Traits, habits: Habits) -> str:
        text = token(traits, habits)
        removed = habits.options.get(f"filters.{name}")
        if removed is not None:
            return slug_without(text, removed)
        if _is_own(name, habits) and not _ALIKE.fullmatch(text):
            message = f"is made by the site's own filter {name}, which feeder does not run; write out the permalink"
            raise ValueError(message)
        old = name == "slugify" and habits.options.get("release", "") in {"0", "1", "2"}
        return FILTERS[name](text.replace("'", " ") if old else text)  # which knew no contractions

    return filtered


def _is_own(name: str, habits: Habits) -> bool:
    return name in habits.options.get("filters", "").split(", ")


_WORDS: Mapping[str, Token] = {
    "page.fileSlug": _file_slug,
    "page.filePathStem": _path_stem,
    "title": lambda traits, _: traits.title,
    "slug": lambda traits, _: traits.slug,
}


class _Tokens(dict[str, "Token"]):
    """What stands between braces, however it is spaced and its filters are written."""

    def __contains__(self, token: object) -> bool:
        return _meaning(str(token)) is not None

    def __missing__(self, token: str) -> Token:
        found = _meaning(token)
        if found is None:
            raise KeyError(token)
        return found


def _meaning(token: str) -> Token | None:
    word, *filters = (part.strip() for part in token.split("|"))
    if word in {"page.date", "date"} and len(filters) == 1:
        return _date(filters[0])
    whole = _WHOLE.fullmatch(word)
    words = (whole[1] if whole else word).split(" or ")
    if len(words) > 1 and filters and not whole:
        return None  # which are of the last one alone
    found = _first_of([_WORDS.get(one) or (_said(one) if _KEY.fullmatch(one) else None) for one in words])
    for name in filters:
        if found is None or name not in FILTERS:
            return None
        found = _filtered(found, name)
    return found


def _first_of(tokens: list[Token | None]) -> Token | None:
    """Return the token for the first of some that has a value, as ``or`` chooses it; None where any is not known."""
    known = [token for token in tokens if token]
    if len(known) == 1 or len(known) != len(tokens):
        return known[0] if len(known) == len(tokens) else None

    def token(traits: Traits, habits: Habits) -> str:
        for one in known[:-1]:
            with suppress(ValueError):
                if text := one(traits, habits):
                    return text
        return known[-1](traits, habits)

    return token


def _said(word: str) -> Token:
    """Return the token for a key of the front matter."""

    def token(traits: Traits, _: Habits) -> str:
        if (text := traits.given.get(folded_key(word))) and "\n" not in text:
            return text
        message = f"needs {word}, which the front matter does not say"
        raise ValueError(message)

    return token


def names_in(text: str) -> frozenset[str]:
    """Return the keys of the front matter that a permalink is made of or asks for, but for those that it has anyway."""
    words = [word for token in _TEMPLATE.findall(text) for word in token.partition("|")[0].strip("() ").split(" or ")]
    asked = filter(None, (_CONDITION.fullmatch(one) for one in _ASKED.findall(text)))
    words += [one["key"] or one["whole"] for one in asked]
    return frozenset(word for word in words if _KEY.fullmatch(word) and word not in {*_WORDS, "date", "else", "endif"})


def _date(name: str) -> Token | None:
    """Return the token for a date in the form that Liquid's filter takes; ``form`` is a program's, and no filter."""
    found = re.fullmatch(r"(date|form):\s*(['\"])([^'\"]*)\2", name)
    written = date_token(found[3]) if found else None
    by_filter = found is not None and found[1] == "date"

    def token(traits: Traits, habits: Habits) -> str:
        if written is None or (by_filter and _is_own("date", habits)):
            message = "is made by the site's own filter date, which feeder does not run; write out the permalink"
            raise ValueError(message)
        return written(traits, habits)

    return token if written else None


SYNTAX = Syntax(_TEMPLATE, _Tokens(_WORDS), "{{{{ {} }}}}")


def wants(habits: Habits) -> frozenset[str]:
    """Return the traits that the site's patterns need. Raises `ValueError` naming what is no plain variable."""
    patterns, unknown = habits.permalinks.values(), []
    tokens: list[str] = []
    for pattern in patterns:
        try:
            tokens += tokens_in(_IF.sub(_all_branches, _known(pattern, habits)), SYNTAX)
        except UnknownTokenError as error:
            unknown.append(UnknownTokenError(pattern, str(error)))
    if unknown and (len(unknown) == len(patterns) or habits.permalinks.get("") == unknown[0].pattern):
        raise unknown[0]  # else they concern some posts only, which will be told
    title = any(token.startswith("title") for token in tokens)
    return frozenset({"title"} if title else ()) | (
        frozenset({"given"}) if any(_IF.search(one) or names_in(one) for one in patterns) else frozenset()
    )


@lru_cache(256)
def _with_dates(pattern: str, told: str) -> str:
    """Return a template in which the site's own filters for dates, and the form of each, are ``told`` apart."""
    for name, form in (line.split(" ", 1) for line in told.split("\n")):
        pattern = re.sub(
            rf"(\{{\{{-?\s*)(?:page\.)?date\s*\|\s*{name}\s*(-?\}}\}})", rf'\1page.date | form: "{form}" \2', pattern
        )
    return pattern


def _known(pattern: str, habits: Habits) -> str:
    told = habits.options.get("filters.dates", "")
    return _with_dates(pattern, told) if told and "|" in pattern else pattern


def _nearest(known: Mapping[str, str], path: str) -> str:
    """Return what is known of a file, or of the nearest directory above it, "" for nothing."""
    directory = path if path in known else path.rpartition("/")[0]
    while directory and directory not in known:
        directory = directory.rpartition("/")[0]
    return known.get(directory, "")


def address(traits: Traits, habits: Habits) -> str:
    """Return the path of a post: that of its file, as a directory."""
    if pattern := _nearest(habits.permalinks, traits.path):
        return _href(_filled(pattern, traits, habits))
    directory, name = _full(traits)
    own = name == "index" or directory.rpartition("/")[2] == name
    return one_slash(f"/{directory}/" if own else f"/{directory}/{name}/")


def url(text: str, traits: Traits, habits: Habits) -> str:
    """Return a front matter's permalink, with its variables replaced. Raises `ValueError` for one that needs Eleventy."""
    if text.startswith(("http:", "https:")):
        return text
    return _href(_filled(text, traits, habits) if "{" in text else text)


def _filled(pattern: str, traits: Traits, habits: Habits) -> str:
    """Return a template with what it stands for, of its conditions on keys of the front matter what holds."""

    def branch(found: re.Match[str]) -> str:
        conditions, texts = _branches(found)
        if not all(one is None or _CONDITION.fullmatch(one) for one in conditions):
            return found[0]
        if not traits.given:
            message = "depends on the front matter"
            raise ValueError(message)
        return next((text for one, text in zip(conditions, texts, strict=True) if _holds(one, traits.given)), "")

    text = _IF.sub(branch, _known(pattern, habits))
    tokens_in(text, SYNTAX)
    return expanded(text, SYNTAX, traits, habits)


def _branches(found: re.Match[str]) -> tuple[list[str | None], list[str]]:
    """Return the conditions of a part of a template, None for ``else``, and the text of each."""
    first, *others = _ELSE.split(found[2])
    return [found[1], *others[::2]], [first, *others[1::2]]


def _all_branches(found: re.Match[str]) -> str:
    conditions, texts = _branches(found)
    known = all(one is None or _CONDITION.fullmatch(one) for one in conditions)
    return "".join(texts) if known else found[0]


def _holds(condition: str | None, given: Mapping[str, str]) -> bool:
    """Whether what a permalink asks for is so; a list has a line for each of its texts."""
    asked = _CONDITION.fullmatch(condition) if condition else None
    if asked is None:
        return True
    said = given.get(folded_key(asked["key"] or asked["whole"]), "")
    if asked["whole"] or asked["sign"] == "contains":
        part = asked["part"] if asked["whole"] else asked["text"]
        return part in said.split("\n") if "\n" in said else part in said
    if asked["sign"]:
        return (said == asked["text"]) is (asked["sign"][0] == "=")
    return (said not in {"", "false", "null"}) is not bool(asked["not"])


def _href(path: str) -> str:
    path = one_slash(f"/{path}")
    return path.removesuffix("index.html") if path.endswith("/index.html") else path
