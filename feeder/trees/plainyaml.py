"""The plain subset of YAML that nearly all front matter is, read line by line: the same tree, four times as fast.

It takes a block mapping of plain or quoted scalars on one line and of block lists of these, and gives up on anything
else, faults included; `feeder.trees.yaml` takes over then. That both give one tree, places included, is a property
test.
"""

from __future__ import annotations

import re

from feeder.model import Items, Node, Scalar, Table
from feeder.problems import Mark

MAX_LINES = 1_000
"""Lines beyond which a text is none that a person wrote, and the bounds of `feeder.trees.places` are looked after."""
_PLAIN_FIRST = r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<.]"
_VALUE = rf"'(?:[^'\n]|'')*'|\"[^\"\\\n]*\"|{_PLAIN_FIRST}[^\n]*?"
_LINE = re.compile(
    rf"(?P<key>[A-Za-z_][A-Za-z0-9_-]*):(?:(?P<gap> +)(?P<value>{_VALUE}))? *"  # a key, perhaps with its value
    rf"|(?P<indent> *)-(?P<space> +)(?P<item>{_VALUE}) *"  # an item of a list
    r"| *(?:#[^\n]*)?"  # nothing, or a comment
)
_NOT_PLAIN = re.compile(r": | #|:$|\t")
_FOREIGN = re.compile("[\t\x85\u2028\u2029\ufeff]")
"""What YAML takes for a line's end or a mark, or what may indent: not the plain subset."""
_NULLS = frozenset({"null", "Null", "NULL"})


def parse(text: str) -> Table | None:
    """Return the tree of a text in the plain subset, None for any other text."""
    if _FOREIGN.search(text) or text.count("\n") > MAX_LINES:
        return None
    reader = _Reader()
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line)
        if match is None or not reader.takes(match, number):
            return None
    reader.close()
    return Table(pairs=tuple(reader.pairs), mark=reader.pairs[0][0].mark) if reader.pairs else None


class _Reader:
    """Gathers keys with their values; a key without one is open until it is known whether a list follows."""

    def __init__(self) -> None:
        self.pairs: list[tuple[Scalar, Node]] = []
        self._seen: set[str] = set()
        self._open: tuple[Scalar, Mark] | None = None
        self._items: list[Node] = []
        self._indent = -1

    def takes(self, match: re.Match[str], number: int) -> bool:
        """Take a line; return whether it could."""
        if match["key"]:
            return self._takes_key(match, number)
        return not match["item"] or self._takes_item(match, number)

    def close(self) -> None:
        """Put an open key among the pairs, with its list, or with nothing where no item came."""
        if self._open:
            key, mark = self._open
            node = Items(items=tuple(self._items), mark=mark) if self._items else Scalar(text="", mark=mark)
            self.pairs.append((key, node))
            self._open, self._items, self._indent = None, [], -1

    def _takes_key(self, match: re.Match[str], number: int) -> bool:
        self.close()
        key = match["key"]
        if key in self._seen:
            return False
        self._seen.add(key)
        name = Scalar(text=key, mark=Mark(number, 1))
        if match["value"] is None:
            self._open = (name, Mark(number, len(key) + 2))
            return True
        node = _scalar(match["value"], number, len(key) + 2 + len(match["gap"]))
        if node:
            self.pairs.append((name, node))
        return node is not None

    def _takes_item(self, match: re.Match[str], number: int) -> bool:
        dash = len(match["indent"])
        node = _scalar(match["item"], number, dash + 2 + len(match["space"]))
        if self._open is None or node is None or self._indent not in {-1, dash}:
            return False
        if self._indent == -1:
            self._open = (self._open[0], Mark(number, dash + 1))
            self._indent = dash
        self._items.append(node)
        return True


def _scalar(text: str, line: int, column: int) -> Scalar | None:
    """Return a value on one line, None when it is more than the plain subset has."""
    mark = Mark(line, column)
    if text[0] == "'":
        return Scalar(text=text[1:-1].replace("''", "'"), mark=mark)
    if text[0] == '"':
        return Scalar(text=text[1:-1], mark=mark)
    if _NOT_PLAIN.search(text):
        return None
    return Scalar(text="" if text in _NULLS else text, mark=mark)
