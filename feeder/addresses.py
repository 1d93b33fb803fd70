"""Traits of a post and a pattern -> its address: what the pattern languages of all generators have in common."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.pathnames import below, slug_in_path
from feeder.plaintext import nfc
from feeder.records import NamedTuple
from feeder.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import TypeAlias

    from feeder.kinds import Traits
    from feeder.model import Habits

    Token: TypeAlias = Callable[[Traits, Habits], str]
    """Returns what a token stands for."""

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
"""Names as generators write them, whatever the locale, which ``strftime`` heeds."""

DATES: Mapping[str, Callable[[datetime], str]] = {
    "year": lambda date: f"{date.year:04}",
    "short_year": lambda date: f"{date.year % 100:02}",
    "month": lambda date: f"{date.month:02}",
    "i_month": lambda date: str(date.month),
    "short_month": lambda date: MONTHS[date.month - 1][:3],
    "long_month": lambda date: MONTHS[date.month - 1],
    "day": lambda date: f"{date.day:02}",
    "i_day": lambda date: str(date.day),
    "y_day": lambda date: f"{date.timetuple().tm_yday:03}",
    "short_day": lambda date: DAYS[date.weekday()][:3],
    "long_day": lambda date: DAYS[date.weekday()],
    "w_year": lambda date: f"{date.isocalendar().year:04}",
    "week": lambda date: f"{date.isocalendar().week:02}",
    "w_day": lambda date: str(date.isoweekday()),
    "hour": lambda date: f"{date.hour:02}",
    "minute": lambda date: f"{date.minute:02}",
    "second": lambda date: f"{date.second:02}",
}
"""Tokens of a date that more than one generator has, by the name that most give them."""


class Syntax(NamedTuple):
    """A pattern language: what a token looks like, its name the first group; and what each stands for."""

    mark: re.Pattern[str]
    tokens: Mapping[str, Token]
    shown: str = ":{}"
    """How messages write a token."""


class UnknownTokenError(ValueError):
    """A pattern with a token that its language does not have; the message names it."""

    def __init__(self, pattern: str, message: str) -> None:
        super().__init__(message)
        self.pattern = pattern


def of_date(name: str) -> Token:
    """Return the token for a name of `DATES`."""
    said = DATES[name]
    return lambda traits, _: said(traits.date) if traits.date else ""


def tokens_in(pattern: str, syntax: Syntax) -> tuple[str, ...]:
    """Return the tokens of a pattern. Raises `UnknownTokenError`."""
    tokens = _parts(pattern, syntax.mark)[1::2]
    for token in tokens:
        if token not in syntax.tokens:
            names = sorted(
                name for name in syntax.tokens if name[:-1] not in syntax.tokens
            )  # `title_` is `title` again
            known = ", ".join(map(syntax.shown.format, names))
            raise UnknownTokenError(
                pattern, f"has the unknown token {syntax.shown.format(token)}; known tokens are {known}"
            )
    return tokens


def expanded(pattern: str, syntax: Syntax, traits: Traits, habits: Habits) -> str:
    """Return the pattern with each token replaced by what it stands for."""
    literal, *parts = _parts(pattern, syntax.mark)
    tokens = syntax.tokens
    for token, after in zip(parts[::2], parts[1::2], strict=True):
        literal += tokens[token](traits, habits) + after
    return literal


def one_slash(path: str) -> str:
    """Return a path without empty segments."""
    return re.sub("/{2,}", "/", path) if "//" in path else path


@lru_cache(256)
def _parts(pattern: str, mark: re.Pattern[str]) -> tuple[str, ...]:
    """Return the literals of a pattern, with the tokens between them."""
    parts: list[str] = []
    end = 0
    for match in mark.finditer(pattern):
        parts += (pattern[end : match.start()], match[1])
        end = match.end()
    return (*parts, pattern[end:])


# feeder's own patterns, in ``posts.permalink``

DEFAULT = "/:path/"
OWN = Syntax(
    re.compile(r":([a-z_]+)"),
    {
        "path": lambda traits, _: nfc(below(traits.path)),
        "dir": lambda traits, _: nfc(below(traits.path)).rpartition("/")[0],
        "name": lambda traits, _: nfc(below(traits.path)).rpartition("/")[2],
        "slug": lambda traits, _: slug(traits.slug) if traits.slug else slug_in_path(traits.path),
        "title": lambda traits, _: slug(traits.title),
        "year": of_date("year"),
        "month": of_date("month"),
        "day": of_date("day"),
    },
)


def own_tokens(pattern: str) -> tuple[str, ...]:
    """Return the tokens of a ``posts.permalink``. Raises `ValueError` for an unknown token, or a bad shape."""
    tokens = tokens_in(pattern, OWN)
    if not tokens:
        message = "needs a token such as :path, or all posts would share one address"
        raise ValueError(message)
    if ".." in pattern.split("/"):
        message = "must not contain .."
        raise ValueError(message)
    return tokens
