"""What Jekyll includes in a body: the text of a file with its conditions decided and its values put in, and other such files."""

from __future__ import annotations

import re
from contextlib import suppress
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from feeder.markup import UnknownError

if TYPE_CHECKING:
    from feeder.markup.calls import Call
    from feeder.markup.desk import Desk

_NAMES = re.compile(r"\binclude\.(\w[\w-]*)")


def included(call: Call, desk: Desk) -> str | None:
    """Return the text that an include stands for, or the links that it defines; None when that is not known."""
    options = desk.settings.habits.options
    path = call.words[0] if call.words else ""
    if call.name == "include_relative":
        key = f"relative.{normpath(f'{dirname(desk.draft.path)}/{path}'.lstrip('/'))}"
    else:
        key = f"include.{path}"
    if key in options:
        with suppress(UnknownError, RecursionError):
            return _filled(options[key], call, desk)
    if links := options.get(f"includes.{path}", ""):
        desk.unknown(f"{{% include {path} %}}, but for its links", call.offset)
    return links or None


def _filled(text: str, call: Call, desk: Desk) -> str:
    """Return a file with its values put in. Raises `UnknownError`."""
    from feeder.markup.liquid import filled  # which calls this

    names = [name for name in _NAMES.findall(text) if name.lower() in call.named]
    own = dict.fromkeys(name for name in desk.variables if name.startswith("include."))
    with desk.within(text, call.offset, {f"include.{name}": call.named[name.lower()] for name in names}):
        for name in own.keys() - {f"include.{name}" for name in names}:
            del desk.variables[name]
        if not desk.has_room(len(text)):
            raise UnknownError(call.text)
        return filled(text, desk)
