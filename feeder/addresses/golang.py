"""Text as Go's libraries treat it, and Hugo's paths with them: layouts of dates, lower case, what a path may hold."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from feeder.addresses.tokens import DAYS, MONTHS
from feeder.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_PLAIN = pattern(r"[a-z0-9./_@-]*", re.ASCII)
_PERCENT = pattern(r"%(?![0-9A-Fa-f]{2})")
_LAYOUT = pattern(
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|2006|002|__2|_2(?!006)|0[1-6]|15|[1-5]|PM|pm",
)
_NOON = 12
_PROBE = datetime(2019, 11, 9, 23, 1, 42, tzinfo=UTC)
_OF_DATE: Mapping[str, Callable[[datetime], str]] = {
    "January": lambda date: MONTHS[date.month - 1],
    "Jan": lambda date: MONTHS[date.month - 1][:3],
    "Monday": lambda date: DAYS[date.weekday()],
    "Mon": lambda date: DAYS[date.weekday()][:3],
    "2006": lambda date: f"{date.year:04}",
    "06": lambda date: f"{date.year % 100:02}",
    "01": lambda date: f"{date.month:02}",
    "1": lambda date: str(date.month),
    "02": lambda date: f"{date.day:02}",
    "_2": lambda date: f"{date.day:2}",
    "2": lambda date: str(date.day),
    "002": lambda date: f"{date.timetuple().tm_yday:03}",
    "__2": lambda date: f"{date.timetuple().tm_yday:3}",
    "15": lambda date: f"{date.hour:02}",
    "03": lambda date: f"{date.hour % _NOON or _NOON:02}",
    "3": lambda date: str(date.hour % _NOON or _NOON),
    "04": lambda date: f"{date.minute:02}",
    "4": lambda date: str(date.minute),
    "05": lambda date: f"{date.second:02}",
    "5": lambda date: str(date.second),
    "PM": lambda date: "AM" if date.hour < _NOON else "PM",
    "pm": lambda date: "am" if date.hour < _NOON else "pm",
}
"""The parts of a layout, each that of one and the same moment -> what it stands for."""


def is_layout(text: str) -> bool:
    """Whether anything in a text stands for a part of a date, by Hugo's way to find that out."""
    return in_layout(_PROBE, text) != text


def in_layout(date: datetime, layout: str) -> str:
    """Return a date as a layout such as ``2006-01-02`` has it."""
    return _LAYOUT.sub(lambda match: _OF_DATE[match[0]](date), layout)


def lower(text: str) -> str:
    """Return text in lower case, each character by itself: ``İ`` is ``i``, and no sigma is a final one."""
    return text.lower() if text.isascii() else "".join(character.lower()[0] for character in text)


@lru_cache(4096)
def sanitized(text: str) -> str:
    """Return text with the characters that Hugo lets into addresses; spaces become a hyphen, but beside one or at an end.

    Its case stays.
    """
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    spaced = hyphen = False
    for character in _PERCENT.sub("", text):
        if _is_allowed(character):
            hyphen = character == "-"
            if spaced and not hyphen:
                kept.append("-")
            spaced = False
            kept.append(character)
        elif kept and not hyphen and character.isspace():
            spaced = True
    return "".join(kept)


def _is_allowed(character: str) -> bool:
    if character in "./\\_#+~-%@":
        return True
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def plural(name: str) -> str:
    """Return the name of a section as Hugo puts it over one without a title: ``post`` is ``posts``."""
    if name.endswith("s"):
        return name
    if name.endswith(("x", "z", "ch", "sh")):
        return f"{name}es"
    return f"{name[:-1]}ies" if re.search(r"[^aeiou]y$", name) else f"{name}s"
