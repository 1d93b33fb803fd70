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
_VALUE = r"[^\s\-?:,\[\]{}#&*!|>%@`~=<.][^\n]*"
_LINES = re.compile(
    rf"^(?:([A-Za-z_][A-Za-z0-9_-]*):( +)?((?<= ){_VALUE})?"  # a key, perhaps with its value
    rf"|( *-)( +)({_VALUE})"  # an item of a list
    r"| *(?:#[^\n]*)?)$",  # nothing, or a comment
    re.MULTILINE,
)
_QUOTED = re.compile(r"'((?:[^']|'')*)'|\"([^\"\\]*)\"")
_FOREIGN = re.compile("[\t\x85\u2028\u2029\ufeff]")
"""What YAML takes for a line's end or a mark, or what may indent: not the plain subset."""
_NULLS = frozenset({"null", "Null", "NULL"})

Line = tuple[str, str, str, str, str, str]
"""A key, the gap before its value, and the value; or a dash with its indent, a gap, and an item; the rest is ""."""


def lines(text: str) -> list[Line] | None:
    """Return the lines of a text that may be of the plain subset, None for a text that has any other."""
    if _FOREIGN.search(text):
        return None
    found = _LINES.findall(text)
    return found if len(found) == text.count("\n") + 1 <= MAX_LINES else None


def value(text: str) -> str | None:
    """Return what a value on one line says, None when it is more than the plain subset has. Null is ""."""
    text = text.rstrip(" ")
    if text[0] in "'\"":
        quoted = _QUOTED.fullmatch(text)
        return quoted and (quoted[2] or (quoted[1] or "").replace("''", "'"))
    if ": " in text or " #" in text or text[-1] == ":":
        return None
    return "" if text in _NULLS else text


def parse(text: str) -> Table | None:
    """Return the tree of a text in the plain subset, None for any other text."""
    found = lines(text)
    if found is None:
        return None
    reader = _Reader()
    for number, line in enumerate(found, 1):
        if not reader.takes(line, number):
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
        self._dash = ""

    def takes(self, line: Line, number: int) -> bool:
        """Take a line; return whether it could."""
        key, gap, text, dash, space, item = line
        if key:
            return self._takes_key(key, gap, text, number)
        return not item or self._takes_item(dash, space, item, number)

    def close(self) -> None:
        """Put an open key among the pairs, with its list, or with nothing where no item came."""
        if self._open:
            key, mark = self._open
            node = Items(items=tuple(self._items), mark=mark) if self._items else Scalar(text="", mark=mark)
            self.pairs.append((key, node))
            self._open, self._items, self._dash = None, [], ""

    def _takes_key(self, key: str, gap: str, text: str, number: int) -> bool:
        self.close()
        if key in self._seen:
            return False
        self._seen.add(key)
        name = Scalar(text=key, mark=Mark(number, 1))
        if not text:
            self._open = (name, Mark(number, len(key) + 2))
            return True
        said = value(text)
        if said is None:
            return False
        self.pairs.append((name, Scalar(text=said, mark=Mark(number, len(key) + 2 + len(gap)))))
        return True

    def _takes_item(self, dash: str, space: str, item: str, number: int) -> bool:
        said = value(item)
        if self._open is None or said is None or self._dash not in {"", dash}:
            return False
        if not self._dash:
            self._open = (self._open[0], Mark(number, len(dash)))
            self._dash = dash
        self._items.append(Scalar(text=said, mark=Mark(number, len(dash) + 1 + len(space))))
        return True
