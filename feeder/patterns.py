"""Patterns of text that are compiled when the first text is looked at: most sites never need most of them.

Before Python 3.11.5, a possessive repeat, ``(?:ab?c)*+``, whose last turn fails midway does not go back to where that turn
began. ``(?>(?:ab?c)*)`` means the same and does; groups whose turns can fail so are repeated like this.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern", "flags")


class _Pattern:
    """Stands for a compiled pattern, and takes over its methods when one is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self._said = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(*self._said)
        self.__dict__.update((method, getattr(compiled, method)) for method in _METHODS)
        return self.__dict__[name]


if TYPE_CHECKING:
    pattern = re.compile
else:

    def pattern(text: str, flags: int = 0) -> _Pattern:
        """Return a pattern as `re.compile` does, which takes half of a millisecond, later."""
        return _Pattern(text, int(flags))
