"""Dates as authors write them, read without a guess, and as RFC 822 and RFC 3339 want them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from feeder.patterns import pattern

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FULL_MONTHS = "January February March April May June July August September October November December".split()
# RFC 2822 section 4.3 gives these, and only these, a meaning.
NAMED_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip

_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)"
_TIME = r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_BASIC_TIME = r"(?P<hour>\d{2})(?:(?P<minute>\d{2})(?:(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_ZONE = r"(?:[ ]*(?:(?:UTC|GMT)(?=[+-]))?(?P<zone>[+-]\d{2}(?::?\d{2})?|[A-Za-z]+(?:/[A-Za-z0-9_+-]+)*))?"
_SHAPES = (
    # ISO 8601 extended, RFC 3339, YAML's timestamp and the everyday forms with one-digit months and slashes.
    rf"(?P<year>\d{{4}})(?P<sep>[-/])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})(?:(?:T|[ ]+){_TIME}{_ZONE})?",
    # RFC 2822 section 3.3, the weekday and the seconds optional.
    rf"(?:{_WEEKDAY},?[ ]+)?(?P<day>\d{{1,2}})[ ]+(?P<name>[a-z]{{3,9}})[ ]+(?P<year>\d{{4}})(?:[ ]+{_TIME}{_ZONE})?",
    # As JavaScript takes dates and writes them, and its authors: Jan 31, 2024, 6:30 PM; Wed Jan 31 2024 18:30:00 GMT+0800.
    rf"(?:{_WEEKDAY},?[ ]+)?(?P<name>[a-z]{{3,9}})\.?[ ]+(?P<day>\d{{1,2}}),?[ ]+(?P<year>\d{{4}})(?:,?[ ]+{_TIME}(?:[ ]?(?P<half>[ap]m))?{_ZONE})?",
    # ISO 8601 basic, ordinal and week dates.
    rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}})(?:T{_BASIC_TIME}{_ZONE})?",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)",
    rf"(?P<year>\d{{4}})(?P<ordinal>\d{{3}})(?:T{_BASIC_TIME}{_ZONE})?",
    rf"(?P<year>\d{{4}})-(?P<ordinal>\d{{3}})(?:T{_TIME}{_ZONE})?",
    rf"(?P<year>\d{{4}})W(?P<week>\d{{2}})(?P<weekdaynumber>[1-7])(?:T{_BASIC_TIME}{_ZONE})?",
    rf"(?P<year>\d{{4}})-W(?P<week>\d{{2}})-(?P<weekdaynumber>[1-7])(?:T{_TIME}{_ZONE})?",
)
"""The shapes that a date may have, compiled when the first one needs it: most have `USUAL`'s."""
USUAL = pattern(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[+-]\d\d:[0-5]\d|Z)?)?", re.ASCII)
"""What nearly all dates look like; the standard library reads these, and what it refuses is looked at again."""
_AMERICAN = pattern(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T].*)?")
"""A day and a month in an order that its writer knows: 03/04/2024 is March 4th to some and 3 April to others."""
_NAMED = pattern(r"\d *([A-Za-z]{3,5})$|:\d\d +([A-Za-z]{3,5}) +\d{4}$", re.ASCII)
"""A zone's abbreviation, behind a time."""
_REMARK = pattern(r"(?<=GMT[+-]\d{4}) \([^()]*\)$")
"""The name of the zone, in any language, that JavaScript writes behind its offset."""
_SHORT_OFFSET = pattern(r"(?<=\d:\d\d:\d\d)((?:\.\d*)? ?[+-])(\d(?::\d\d)?)$", re.ASCII)
"""The offset of a YAML timestamp, whose hours may have one digit."""
_BASE_60 = pattern(r"[-+]?\d+(?::[0-5]?\d)+")
_LONGEST = 80
_EPOCH = pattern(r"(\d{9,11})(?:\.\d+)?|(\d{10})\d{3}")
"""Seconds since 1970, or milliseconds, as JavaScript has them, since 2001; those before may be anything else, too."""
_MILLISECONDS = pattern(r"\d{12}")
_NOON, _LAST_HOUR, _LAST_MINUTE, _LEAP_SECOND = 12, 24, 59, 60
_ACCEPTED = (
    "an ISO 8601 date (2024-01-31, 2024-01-31T18:30:00+01:00) or an RFC 2822 date (Wed, 31 Jan 2024 18:30:00 GMT)"
)


class BadDateError(ValueError):
    """Text that is no date feeder accepts; the message says what is wrong with it."""


def parse_date(text: str, zone: tzinfo) -> datetime:
    """Return the aware datetime that ``text`` gives, in whole seconds, with a fixed offset of whole minutes.

    Accepts ISO 8601 (extended; basic, as ``20240131``; week and ordinal dates), RFC 2822,
    ``YYYY-MM-DD HH:MM[:SS][ zone]`` and ``YYYY/MM/DD``, both with one digit or two for month, day and hour
    (``2024-1-3 7:05``), ``Jan 31, 2024`` (full month names, a weekday and a time, too), and seconds or milliseconds since 1970. A date without zone is in ``zone``. Raises `BadDateError` for the rest.
    """
    if USUAL.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
            return _settled(moment.replace(microsecond=0, tzinfo=moment.tzinfo or zone))
        except (ValueError, OverflowError):
            pass  # what is wrong with it is said below
    text = _REMARK.sub("", " ".join(text.split()))
    if not text.isascii() or len(text) > _LONGEST:
        raise BadDateError(_unknown())
    text = _SHORT_OFFSET.sub(r"\g<1>0\2", text)
    for shape in _SHAPES:
        if match := re.fullmatch(shape, text, re.IGNORECASE):
            try:
                return _settled(_from_fields(match.groupdict(), zone))
            except OverflowError as error:
                message = "this date is out of range"
                raise BadDateError(message) from error
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1] or match[2]), UTC)
    if _MILLISECONDS.fullmatch(text):
        message = "this may be milliseconds since 1970, or a date and a time"
        raise BadDateError(message)
    raise BadDateError(_unlike_any(text))


def format_rfc822(moment: datetime) -> str:
    """Return ``moment`` as RSS wants it: ``Wed, 31 Jan 2024 18:30:00 +0100`` (RFC 822 with a four-digit year)."""
    # The validator takes whole and half hours only for a zone [ProblematicalRFC822Date].
    if (moment.utcoffset() or timedelta(0)) % timedelta(minutes=30):
        moment = moment.astimezone(UTC)
    # Not strftime's names, which are the locale's; nor email.utils, which takes longer to import than all dates to write.
    day, month = _FULL_DAYS[moment.weekday()][:3], _FULL_MONTHS[moment.month - 1][:3]
    iso = moment.isoformat(timespec="seconds")  # 2024-01-31T18:30:00+01:00
    return f"{day}, {iso[8:10]} {month} {iso[:4]} {iso[11:19]} {iso[19:22]}{iso[23:]}"


def format_rfc3339(moment: datetime) -> str:
    """Return ``moment`` as Atom and JSON Feed want it: ``2024-01-31T18:30:00+01:00``, ``Z`` for UTC."""
    text = moment.isoformat(timespec="seconds")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def zone_named(name: str) -> tzinfo:
    """Return the time zone of an IANA name. Raises `ValueError` (or a `KeyError`) when there is none."""
    if name.upper() in {"UTC", "Z"}:
        return UTC
    from zoneinfo import ZoneInfo  # not cheap, and most sites do without

    return ZoneInfo(name)


def _unknown() -> str:
    return f"unknown date format; write {_ACCEPTED}"


def _unlike_any(text: str) -> str:
    """Return what is wrong with a text that has none of the shapes."""
    if match := _AMERICAN.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        if max(first, second) > len(MONTHS) or first == second:
            return f"the year must come first, then the month, then the day; write {_ACCEPTED}"
        return f"either {match[1]} or {match[3]} could be the month; write {_ACCEPTED}"
    if _BASE_60.fullmatch(text):
        return f"a time without a date, which YAML 1.1 reads as a base-60 number; write {_ACCEPTED}"
    return _unknown()


def _from_fields(fields: dict[str, str | None], zone: tzinfo) -> datetime:
    day = _calendar_day(fields)
    hour, minute, second = (int(fields.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := fields.get("half"):
        if not 1 <= hour <= _NOON:
            message = f"there is no time {hour}:{minute:02} {half}"
            raise BadDateError(message)
        hour = hour % _NOON + (_NOON if half.lower() == "pm" else 0)
    end_of_day = (hour, minute, second) == (_LAST_HOUR, 0, 0)  # ISO 8601 writes midnight so too
    if not (end_of_day or (hour < _LAST_HOUR and minute <= _LAST_MINUTE and second <= _LEAP_SECOND)):
        message = f"there is no time {hour:02}:{minute:02}:{second:02}"
        raise BadDateError(message)
    # A leap second (ISO 8601 allows :60) is the second after :59.
    whole = 0 if end_of_day else hour * 3600 + minute * 60 + min(second, _LEAP_SECOND - 1)
    moment = datetime(day.year, day.month, day.day, *_clock(whole), tzinfo=_zone(fields.get("zone"), zone))
    return moment + timedelta(days=end_of_day, seconds=second // _LEAP_SECOND)


def _clock(seconds: int) -> tuple[int, int, int]:
    minutes, second = divmod(seconds, 60)
    return (*divmod(minutes, 60), second)


def _calendar_day(fields: dict[str, str | None]) -> date:
    year = int(fields["year"] or 0)
    if year == 0:
        message = "there is no year 0"
        raise BadDateError(message)
    if ordinal := fields.get("ordinal"):
        length = 365 + (monthrange(year, 2)[1] == 29)  # noqa: PLR2004 - February's days
        if not 1 <= int(ordinal) <= length:
            message = f"{year} has no day {int(ordinal)}"
            raise BadDateError(message)
        return date(year, 1, 1) + timedelta(days=int(ordinal) - 1)
    if week := fields.get("week"):
        try:
            return date.fromisocalendar(year, int(week), int(fields["weekdaynumber"] or 0))
        except ValueError as error:
            message = f"{year} has no week {int(week)}"
            raise BadDateError(message) from error
    return _month_day(year, fields)


def _month_day(year: int, fields: dict[str, str | None]) -> date:
    if name := fields.get("name"):
        months = MONTHS if len(name) == len(MONTHS[0]) else [month.lower() for month in _FULL_MONTHS]
        if name.lower() not in months:
            message = f"unknown month {name}"
            raise BadDateError(message)
        month = months.index(name.lower()) + 1
    else:
        month = int(fields["month"] or 0)
    if not 1 <= month <= len(MONTHS):
        message = f"there is no month {month}"
        raise BadDateError(message)
    number, length = int(fields["day"] or 0), monthrange(year, month)[1]
    if not 1 <= number <= length:
        message = f"{_FULL_MONTHS[month - 1]} {year} has {length} days"
        raise BadDateError(message)
    day = date(year, month, number)
    weekday = fields.get("weekday")
    if weekday and _DAYS[day.weekday()] != weekday.lower():
        message = f"{number} {_FULL_MONTHS[month - 1]} {year} is a {_FULL_DAYS[day.weekday()]}"
        raise BadDateError(message)
    return day


def _zone(text: str | None, default: tzinfo) -> tzinfo:
    if not text:
        return default
    if text[0] in "+-":
        hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > len("+00") else 0
        if hours >= _LAST_HOUR or minutes > _LAST_MINUTE:
            message = f"unknown time zone {text}"
            raise BadDateError(message)
        offset = timedelta(hours=hours, minutes=minutes)
        return timezone(-offset if text[0] == "-" else offset)
    if text.lower() in NAMED_ZONES:
        return timezone(timedelta(hours=NAMED_ZONES[text.lower()]))
    if "/" in text:
        try:
            return zone_named(text)
        except (ValueError, KeyError, OSError) as error:
            message = f"unknown time zone {text}"
            raise BadDateError(message) from error
    if text.lower() in {"am", "pm"}:
        message = f"{text} is not supported; write hours from 0 to 23"
        raise BadDateError(message)
    message = f"unknown time zone {text}; write an offset such as +08:00"
    raise BadDateError(message)


def other_reading(text: str, read: datetime, zone: tzinfo) -> str:
    """Return what a date that was read so may mean as well, "" for one that is clear; ``zone`` is the site's.

    CST is a zone of America in mails, and China's time in China. A zone that nobody knows is the site's, to Ruby.
    """
    found = _NAMED.search(text) if text[-2:].isalpha() or text[:2].isalpha() else None
    name = found[1] or found[2] if found else "z"
    offset = NAMED_ZONES.get(name.lower())
    if offset is None:
        if read.astimezone(zone).tzname() == name.upper():
            return ""
        return f"unknown time zone {name}; the date is read in the site's time zone, as {read.isoformat()[-6:]}"
    for month in (1, 7) if offset else ():  # of the two names that a zone has in a year
        local = read.replace(month=month, day=1, tzinfo=zone)
        own = local.utcoffset()
        if own is not None and local.tzname() == name.upper() and own != timedelta(hours=offset):
            meant = read.replace(tzinfo=timezone(own)).isoformat(timespec="seconds")
            return f"{name} was read as {offset:+03}:00, but means {meant[-6:]} in the site's time zone"
    return ""


def _settled(moment: datetime) -> datetime:
    """Return the same instant with a fixed offset, which RFC 3339 wants in whole minutes (not local mean time's)."""
    if moment.tzinfo is UTC:
        return moment
    offset = moment.utcoffset() or timedelta(0)
    instant = moment.astimezone(UTC)
    return instant if offset.total_seconds() % 60 or not offset else instant.astimezone(timezone(offset))
