"""An expression of Liquid or Nunjucks -> the text that it stands for: a literal or a variable, through filters."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape as quoted
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlsplit

from feeder.addresses.tokens import in_form
from feeder.markup.scanning import arguments
from feeder.texts.plaintext import resolve_references
from feeder.texts.slugs import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from feeder.markup.desk import Desk

_PARTS = re.compile(r"""(?:[^|"']|"[^"]*"|'[^']*'|["'])+""")
_FILTER = re.compile(r"\s*(\w+)\s*(?::(.*)|\((.*)\))?\s*", re.DOTALL)
_ARGUMENTS = re.compile(r""""[^"]*"|'[^']*'|[^\s,"']+""")
_BARE = re.compile(r""""[^"]*"|'[^']*'|\{\{(.{1,500}?)\}\}""", re.DOTALL)
"""What is in quotes, and an expression that is not."""
_VARIABLE = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*")
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TAG = re.compile(r"<[^<>]*>")
_UNREAD = re.compile(r"<(script|style)\b.{0,20000}?</\1>|<!--.{0,20000}?-->", re.DOTALL | re.IGNORECASE)
_LONGEST = 200_000
"""Characters of a value: one that is put together of itself again and again is as good as unknown."""


def value_of(expression: str, desk: Desk) -> str | None:
    """Return what an expression stands for, None when that is not known."""
    parts = _PARTS.findall(expression)
    if not parts:
        return ""
    value = _simple(parts[0].strip(), desk)
    for part in parts[1:]:
        found = _FILTER.fullmatch(part)
        if found is None or (value is None and found[1] != "default"):
            return None
        given = [_simple(word, desk) or "" for word in _ARGUMENTS.findall(found[2] or found[3] or "")]
        name = found[1]
        try:
            if name in _OF_SITE:
                value = _OF_SITE[name](value or "", desk)
            elif name in desk.dialect.filters:
                value = desk.dialect.filters[name](value or "", *given)
            else:
                value = FILTERS[name](value or "", given)
        except (ValueError, LookupError, TypeError):
            return None  # no such filter, or none that takes these
        if value and len(value) > _LONGEST:
            return None
    return value


def settled(text: str, desk: Desk) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the words and the named values of a tag's arguments, with what its variables stand for."""
    words, named = arguments(_BARE.sub(lambda found: _put_in(found, desk), text) if "{{" in text else text)
    for key, value in list(named.items()):
        bare = f'"{value}"' not in text and f"'{value}'" not in text
        if bare and value.startswith("include.") and value not in desk.variables:
            del named[key]
        elif bare and _DOTTED.fullmatch(value):
            named[key] = desk.variable(value) or ""
        elif bare and value in desk.variables:
            named[key] = desk.variables[value]
        elif "{{" in value:
            named[key] = re.sub(r"\{\{(.{0,500}?)\}\}", lambda match: value_of(match[1], desk) or "", value)
    return words, named


def _put_in(found: re.Match[str], desk: Desk) -> str:
    """Return what an expression in a tag's words stands for, itself when that is not known."""
    value = value_of(found[1], desk) if found[1] else None
    return found[0] if value is None else value


def _simple(text: str, desk: Desk) -> str | None:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if _NUMBER.fullmatch(text):
        return text
    return desk.variable(text) if _VARIABLE.fullmatch(text) else None


def _relative(path: str, desk: Desk) -> str:
    if urlsplit(path).scheme or path.startswith(("//", "#")):
        return path
    return f"{desk.base}/{path.lstrip('/')}"


def _absolute(path: str, desk: Desk) -> str:
    return path if urlsplit(path).scheme or path.startswith("//") else desk.of_site(path)


_OF_SITE: Mapping[str, Callable[[str, Desk], str]] = {
    "markdownify": lambda text, desk: desk.html_of(text) or "",
    "relative_url": _relative,
    "absolute_url": _absolute,
    "url": _relative,
}


def _date(text: str, given: Sequence[str]) -> str:
    written = in_form(given[0])
    if written is None:
        raise ValueError(given[0])
    return written(datetime.fromisoformat(text)) if given[0] else text


def _dated(month: str) -> Callable[[str, Sequence[str]], str]:
    """Return what writes a date with the month in a form; "ordinal" for ``2nd``, and the month first for "US"."""

    def made(text: str, given: Sequence[str]) -> str:
        if given[:1] != ["ordinal"]:
            return _date(text, [f"%d {month} %Y"])
        number = int(_date(text, ["%d"]))
        ending = "th" if number in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return _date(text, [f"{month} {number}{ending}, %Y" if given[1:] == ["US"] else f"{number}{ending} {month} %Y"])

    return made


def _escape(text: str, given: Sequence[str]) -> str:
    return quoted(text).replace("&#x27;", "&#39;")


def _truncated(text: str, given: Sequence[str]) -> str:
    limit, ending = int(given[0]), (*given[1:], "...")[0]
    return text if len(text) <= limit else text[: max(limit - len(ending), 0)] + ending


def _same(text: str, given: Sequence[str]) -> str:
    return text


FILTERS: Mapping[str, Callable[[str, Sequence[str]], str]] = {
    "append": lambda text, given: text + given[0],
    "prepend": lambda text, given: given[0] + text,
    "default": lambda text, given: text or given[0],
    "date": _date,
    "date_to_string": _dated("%b"),
    "date_to_long_string": _dated("%B"),
    "date_to_xmlschema": _same,
    "upcase": lambda text, given: text.upper(),
    "upper": lambda text, given: text.upper(),
    "downcase": lambda text, given: text.lower(),
    "lower": lambda text, given: text.lower(),
    "capitalize": lambda text, given: text.capitalize(),
    "strip": lambda text, given: text.strip(),
    "trim": lambda text, given: text.strip(),
    "lstrip": lambda text, given: text.lstrip(),
    "rstrip": lambda text, given: text.rstrip(),
    "escape": _escape,
    "xml_escape": _escape,
    "escape_once": lambda text, given: _escape(resolve_references(text), given),
    "url_encode": lambda text, given: quote_plus(text),
    "uri_escape": lambda text, given: quote(text, safe="/:?&=#%~*'()![]@$+,;"),
    "cgi_escape": lambda text, given: quote_plus(text),
    "slugify": lambda text, given: slug(text),
    "slug": lambda text, given: slug(text),
    "strip_html": lambda text, given: _TAG.sub("", _UNREAD.sub("", text)),
    "strip_newlines": lambda text, given: text.replace("\n", ""),
    "truncate": _truncated,
    "replace": lambda text, given: text.replace(given[0], given[1], 100),
    "replace_first": lambda text, given: text.replace(given[0], given[1], 1),
    "remove_first": lambda text, given: text.replace(given[0], "", 1),
    "remove": lambda text, given: text.replace(given[0], ""),
    "size": lambda text, given: str(len(text)),
    "safe": _same,
    "smartify": _same,
    "newline_to_br": lambda text, given: text.replace("\n", "<br />\n"),
}
"""Filter -> what it makes of a text and its arguments."""
