"""What Jekyll includes in a body: the text of a file, in which only values are put, and other such files."""

from __future__ import annotations

import re
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from feeder.markup.filters import settled, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk

_DEEPEST = 8
_SIGN = re.compile(r"\{\{-?(?P<value>[^{}]*)\}\}|\{%-?\s*include(?:_cached)?\s(?P<call>[^{}%]*)%\}")
_NAMES = re.compile(r"\binclude\.(\w[\w-]*)")


class _NotKnownError(Exception):
    """A value that nobody knows, a file that is not there, or more of either than a body may hold."""


def included(call: Call, desk: Desk) -> str | None:
    """Return the text that an include stands for, or the links that it defines; None when that is not known."""
    options = desk.settings.habits.options
    path = call.words[0] if call.words else ""
    if call.name == "include_relative":
        key = f"relative.{normpath(f'{dirname(desk.draft.path)}/{path}'.lstrip('/'))}"
    else:
        key = f"include.{path}"
    if key in options:
        try:
            return _filled(key, call.named, desk, 0)
        except _NotKnownError:
            return None
    if links := options.get(f"includes.{path}", ""):
        desk.unknown(f"{{% include {path} %}}, but for its links", call.offset)
    return links or None


def _filled(key: str, named: Mapping[str, str], desk: Desk, depth: int) -> str:
    """Return a file with its values put in. Raises `_NotKnownError`."""
    text = desk.settings.habits.options.get(key)
    if text is None or depth > _DEEPEST or not desk.has_room(len(text)):
        raise _NotKnownError

    def put(sign: re.Match[str]) -> str:
        if sign["call"] is None:
            value = value_of(sign["value"].strip("-"), desk)
            if value is None or not desk.has_room(len(value)):
                raise _NotKnownError
            return value
        words, given = settled(sign["call"].strip("-"), desk)
        return _filled(f"include.{words[0] if words else ''}", given, desk, depth + 1)

    outer = desk.variables
    told = {f"include.{name}": named.get(name.lower(), "") for name in _NAMES.findall(text)}
    desk.variables = {**outer, **told}
    try:
        return _SIGN.sub(put, text)
    finally:
        desk.variables = outer
