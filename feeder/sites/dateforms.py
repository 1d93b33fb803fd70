"""Dates as programs in JavaScript write them, with the packages that sites use for that -> forms of ``strftime``."""

from __future__ import annotations

import re

from feeder.patterns import pattern

_QUOTED = r"(?:\"([^\"\n]{1,40})\"|'([^'\n]{1,40})')"
_WRITTEN = pattern(
    r"\bDateTime\.from(?:JSDate|ISO)\([^;\n]{1,200}?\)(?:\s*\.set\w+\([^()\n]{0,100}\))*\s*\.toFormat\(\s*"
    + _QUOTED
    + r"|\bformat\(\s*[\w.()= ]{1,60}?,\s*"
    + _QUOTED
    + r"|\b(?:moment|dayjs)(?:\.utc)?\([\w. ]{0,60}\)(?:\s*\.utc\(\))?\s*\.format\(\s*"
    + _QUOTED
    + r"|\.toISOString\(\)\s*\.(?:(?:slice|substring|substr)\(0,\s*10\)|split\([\"']T[\"']\)\[0\])"
)
"""A date in the form of luxon, of date-fns, of moment and dayjs, or the day as JavaScript itself writes it."""
_PART = re.compile(r"([A-Za-z])\1*|[^A-Za-z]+")
_COMMON = {"M": "%-m", "MM": "%m", "MMM": "%b", "MMMM": "%B"}
_UNICODE = {**_COMMON, "yyyy": "%Y", "y": "%Y", "yy": "%y", "dd": "%d", "d": "%-d"}
_LUXON = {**_UNICODE, "L": "%-m", "LL": "%m", "LLL": "%b", "LLLL": "%B"}
_MOMENT = {**_COMMON, "YYYY": "%Y", "YY": "%y", "DD": "%d", "D": "%-d"}


def form_of(program: str) -> str:
    """Return the form in which a program writes the one date that it writes; "" for none, several, or parts that are not known."""
    found = list(_WRITTEN.finditer(program))
    if len(found) != 1:
        return ""
    kinds = zip(found[0].groups(), (_LUXON, _LUXON, _UNICODE, _UNICODE, _MOMENT, _MOMENT), strict=True)
    text, parts = next(((text, parts) for text, parts in kinds if text), ("", {}))
    if not text:
        return "%Y-%m-%d"
    written = [parts.get(part[0], "") if part[1] else part[0] for part in _PART.finditer(text)]
    return "".join(written) if all(written) and not re.search(r"[%|{}\[\]']", text) else ""
