"""Traits of a post and a pattern -> its address: what the pattern languages of all generators have in common."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.records import NamedTuple
from feeder.texts.pathnames import below, slug_in_path
from feeder.texts.plaintext import nfc
from feeder.texts.slugs import slug

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


_LETTERS: Mapping[str, Callable[[datetime], str]] = {
    **{letter: DATES[name] for letter, name in {
        "Y": "year", "y": "short_year", "m": "month", "b": "short_month", "h": "short_month", "B": "long_month", "d": "day",
        "j": "y_day", "a": "short_day", "A": "long_day", "H": "hour", "M": "minute", "S": "second", "V": "week", "G": "w_year",
        "u": "w_day",
    }.items()},
    "e": lambda date: f"{date.day:2}",
    "k": lambda date: f"{date.hour:2}",
    "I": lambda date: f"{(date.hour - 1) % 12 + 1:02}",
    "l": lambda date: f"{(date.hour - 1) % 12 + 1:2}",
    "p": lambda date: "PM" if date.hour // 12 else "AM",
    "P": lambda date: "pm" if date.hour // 12 else "am",
    "C": lambda date: f"{date.year // 100:02}",
    "L": lambda date: f"{date.microsecond // 1000:03}",
    "w": lambda date: str(date.isoweekday() % 7),
    **{letter: lambda date, letter=letter: date.strftime(f"%{letter}") for letter in "UWsz"},  # type: ignore[misc]
    "%": lambda _: "%",
    "n": lambda _: "\n",
}  # fmt: skip
_WHOLE = {
    "F": "%Y-%m-%d",
    "T": "%H:%M:%S",
    "X": "%H:%M:%S",
    "R": "%H:%M",
    "D": "%m/%d/%y",
    "x": "%m/%d/%y",
    "c": "%a %b %e %T %Y",
}
_FLAGS: Mapping[str, Callable[[str], str]] = {
    "": str,
    "-": lambda text: text.lstrip("0 ") or "0",
    "_": lambda text: text.lstrip("0").rjust(len(text)),
    "^": str.upper,
}
_DIRECTIVE = re.compile("%([-_^]?)(.)", re.DOTALL)


@lru_cache(64)
def in_form(form: str) -> Callable[[datetime], str] | None:
    """Return what writes a date in a form of ``strftime``, in English; None for a form with a directive that is not known."""
    if (whole := _DIRECTIVE.sub(lambda found: _WHOLE.get(found[2], found[0]), form)) != form:
        return in_form(whole)
    if any(letter not in _LETTERS for _, letter in _DIRECTIVE.findall(form)):
        return None
    return lambda date: _DIRECTIVE.sub(lambda found: _FLAGS[found[1]](_LETTERS[found[2]](date)), form)


def date_token(form: str) -> Token | None:
    """Return the token for a date in a form of ``strftime``; None for one with a directive that is not known."""
    written = in_form(form)
    return written and (lambda traits, _: written(traits.date) if traits.date else "")


def says(habits: Habits, name: str) -> bool:
    """Return whether an option of the site is true."""
    return habits.options.get(name, "").lower() == "true"


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
            every = set(syntax.tokens)
            names = sorted(name for name in every if name[:-1] not in every)  # `title_` is `title` again
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
