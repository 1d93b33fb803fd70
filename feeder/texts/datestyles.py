"""Dates as other programs take them -> the forms that `dates` reads."""

from __future__ import annotations

import re
from calendar import monthrange

from feeder.patterns import pattern
from feeder.texts.dates import MONTHS, NAMED_ZONES, USUAL

_UNKNOWN = pattern(
    rf"(:\d\d(?:\.\d+)?) *(?!(?:{'|'.join(NAMED_ZONES)}|[ap]m)\b)[A-Za-z]{{3,5}}(?= \d{{4}}$|$)",
    re.ASCII | re.IGNORECASE,
)
_MONTH_FIRST = pattern(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b")
_LATE_DAY = pattern(r"\A(\s*)(\d{4})-(0?[2469]|11)-(29|30|31)(?!\d)", re.ASCII)
"""A day that may be one more than its month has."""
_DAY_FIRST = pattern(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=\s|$)", re.ASCII)
_CUT_SHORT = pattern(r"(\d{4}-\d\d?-\d\d?[ T]+\d\d?:\d\d)(?:\.|::).*", re.ASCII)
_HYPHEN = pattern(r"(\d{4}-\d\d?-\d\d?)[-_](?:(\d\d?:\d\d\b.*)|\d[\d-]*)", re.ASCII)
"""A date with a hyphen behind it: before a time, or before what is none."""
_LOOSE = pattern(
    r"(\d{4})(?:[-/ ]|\. ?)(\d{1,2})(?:[-/ ]|\. ?)(\d{1,2})(?:(?:,| |, )(\d{1,3}):(\d{1,3})(?::(\d{1,3}))?)?(?![\d:])",
    re.ASCII,
)
"""A date with the year first, and a time, whatever stands between the numbers and however many digits they have."""
_CLEAR = pattern(
    r"\d{4}-\d\d?-\d\d?(?:(?:T| +)\d\d?(?::\d\d(?::\d\d(?:[.,]\d+)?)?)?"
    r"(?: *(?:(?:UTC|GMT)?[+-]\d[\d:]*|[A-Za-z]+(?:/[A-Za-z0-9_+-]+)*))?)?",
    re.ASCII | re.IGNORECASE,
)
"""A date, and all of a time, of which it is plain what is wrong if there is anything."""
_DATE_FIRST = pattern(r"(\d{4}-\d\d?-\d\d?)(?!\d)", re.ASCII)
_CLOCK = pattern(
    r"(?<![\d:])(?>(\d\d?) ?: ?(\d\d?)(?: ?: ?(\d\d?)(?:[.,]\d*)?)?"
    rf"(?: *(?P<zone>[+-]\d\d(?::?\d\d)?(?!\d)|(?:{'|'.join(NAMED_ZONES)})\b))?)(?! *(?:(?:GMT|UTC?)?[+-]\d|[ap]\.m))",
    re.ASCII | re.IGNORECASE,
)
_HOURS = pattern(r"\d ?(?:h|[ap]m?\b)", re.ASCII | re.IGNORECASE)
"""A time that Ruby takes for one without a colon in it."""
_YEAR_LAST = pattern(
    r"(?:[A-Za-z]{3} +)?([A-Za-z]{3}) +(\d{1,2}) +(\d\d?:\d\d(?::\d\d)?)(?: +([A-Za-z]{3,5}))? +(\d{4})", re.ASCII
)
_COMMA_LAST = pattern(r"(\d{1,2}) ([A-Za-z]{3,9}),(?= \d{4}\b)", re.ASCII)
_HALF_DAY = pattern(r"(?i)\b(0?[1-9]|1[0-2])(:\d\d(?::\d\d)?) ?([ap])m\b", re.ASCII)
_NUMBERS = pattern(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?=[ T]|$)", re.ASCII)
_CENTURY = 70
"""The year of which two digits are of the last century."""


def as_in_javascript(text: str) -> str:
    """Return a date as the programs of JavaScript take it: of ``03/04/2024``, the month comes first; 31 June is 1 July.

    Blanks and dots may stand between the numbers, each of which may have fewer digits, or another 0.
    """
    if USUAL.fullmatch(text):
        return _LATE_DAY.sub(_rolled_over, text)
    text = " ".join(text.split())
    if found := _MONTH_FIRST.match(text):
        text = f"{found[4]}-{found[1]:>02}-{found[3]:>02}{text[found.end() :]}"
    if found := _LOOSE.match(text):
        year, month, day, *time = (int(part) for part in found.groups() if part)
        clock = f" {':'.join(f'{part:02}' for part in time)}" if time else ""
        text = _HALF_DAY.sub(_in_24_hours, f"{year:04}-{month:02}-{day:02}{clock}{text[found.end() :]}")
    elif found := _YEAR_LAST.fullmatch(text):
        text = _in_order(found)
    elif found := _COMMA_LAST.match(text):
        text = f"{found[2]} {found[1]},{text[found.end() :]}"
    return _LATE_DAY.sub(_rolled_over, text)


def _rolled_over(found: re.Match[str]) -> str:
    """Return a day that its month does not have as the one of the next month."""
    year, month = int(found[2]), int(found[3])
    beyond = int(found[4]) - monthrange(year, month)[1]
    return f"{found[1]}{found[2]}-{month + 1:02}-{beyond:02}" if beyond > 0 else found[0]


def _in_order(found: re.Match[str]) -> str:
    """Return a date as ``date`` prints it in the order that mails have."""
    return f"{found[2]} {found[1]} {found[5]} {found[3]} {found[4] or ''}".strip()


def as_in_ruby(text: str) -> str:
    """Return a date as Ruby takes it: a day goes before its month; of what follows a date, only the time counts.

    A zone that mails do not know is the site's, which `other_reading` tells.
    """
    if USUAL.fullmatch(text):
        return text
    if found := _CUT_SHORT.fullmatch(text):
        return found[1]
    if found := _HYPHEN.fullmatch(text):
        text = f"{found[1]} {found[2] or ''}".strip()
    text = _UNKNOWN.sub(r"\1", " ".join(text.split()))
    if found := _YEAR_LAST.fullmatch(text):
        return _in_order(found)
    if (found := _DAY_FIRST.match(text)) and int(found[3]) <= len(MONTHS):
        text = f"{found[4]}-{found[3]:>02}-{found[1]:>02}{text[found.end() :]}"
    return _picked_out(_HALF_DAY.sub(_in_24_hours, text))


def _picked_out(text: str) -> str:
    """Return of a text that begins with a date the date, and the first time behind it, where there is more than these."""
    date = None if _CLEAR.fullmatch(text) else _DATE_FIRST.match(text)
    if date is None:
        return text
    rest = text[date.end() :]
    if found := _CLOCK.search(rest):
        clock = ":".join(f"{int(part):02}" for part in found.groups()[:3] if part)
        return f"{date[1]} {clock} {found['zone'] or ''}".strip()
    return text if ":" in rest or _HOURS.search(rest) else date[1]


def _in_24_hours(half: re.Match[str]) -> str:
    return f"{int(half[1]) % 12 + 12 * (half[3] in 'pP'):02}{half[2]}"


def as_in_dateutil(text: str) -> str:
    """Return a date as dateutil takes it, which Pelican asks: of three numbers, the month goes first where it can be one."""
    text = " ".join(text.replace("_", " ").split())
    if found := _NUMBERS.match(text):
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        month, day, year = (second, first, third) if first > len(MONTHS) else (first, second, third)
        if len(found[4]) == len("24"):
            year += 2000 if year < _CENTURY else 1900
        text = f"{year}-{month:02}-{day:02}{text[found.end() :]}"
    return as_in_ruby(text)
