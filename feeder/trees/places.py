"""Places in a text, the faults of one, and the bounds of a tree: what the three syntaxes share."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from feeder.nodes import Node, Scalar, Table
from feeder.problems import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeder.nodes import Repeated

MAX_DEPTH = 32
"""Levels of nesting; front matter has two or three."""
MAX_NODES = 20_000
"""Values in one tree, aliases counted as what they stand for: the bound that makes an alias bomb harmless."""


class SyntaxFault(Exception):  # noqa: N818 - a fault of the text, reported as a Problem
    """Text that cannot be read. ``code`` is one of `feeder.problems.CODES`; ``mark`` counts within the text."""

    def __init__(self, code: str, message: str, mark: Mark, got: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.mark = mark
        self.got = got


class Computed(Scalar):
    """In place of a value that a program would have to make; its text is the expression. feeder runs none."""

    __slots__ = ()


FOLDED = "\ufdd2"
"""Stands in for a line end that a text had, so that lines are counted as in the file: a noncharacter, which no author writes."""


class Lines:
    """Where the lines of a text begin, to turn an offset in characters into a place."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer(f"[\n{FOLDED}]", text))]

    def mark(self, offset: int) -> Mark:
        """Return the place of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return Mark(line, offset - self._starts[line - 1] + 1)

    def offset(self, mark: Mark) -> int:
        """Return the offset of the character at a place."""
        return self._starts[mark.line - 1] + mark.column - 1


def table(pairs: Iterable[tuple[Node, Node]], mark: Mark, repeated: list[Repeated] | None = None) -> Table:
    """Return a table of what has text for a key, each key once: of some that are the same, the last.

    Those that are the same are added to ``repeated``. Raises `SyntaxFault` for the first of them where that is None.
    """
    kept: dict[str, tuple[Scalar, Node]] = {}
    for key, value in pairs:
        if not isinstance(key, Scalar):
            continue  # a table in place of a name, such as `{{ title }}` is: nobody can ask for it
        if former := kept.get(key.text):
            first = former[0].mark
            if repeated is None:
                message = f"duplicate key, first given in line {first.line}"
                raise SyntaxFault("duplicate-key", message, key.mark, key.text)
            repeated.append((key, first))
        kept[key.text] = (key, value)
    return Table(pairs=tuple(kept.values()), mark=mark)
