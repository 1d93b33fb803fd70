"""The plain subset of YAML that nearly all front matter is, read line by line: the same tree, twice as fast.

It takes block mappings of plain or quoted scalars on one line, of block lists of these, and of mappings of the kind,
and gives up on anything else, faults included; `feeder.trees.yaml` takes over then. That both give one tree, places included, is a property
test.
"""

from __future__ import annotations

import re

from feeder.nodes import Items, Node, Scalar, Table
from feeder.patterns import pattern
from feeder.problems import Mark
from feeder.texts.plaintext import is_printable

MAX_LINES = 1_000
"""Lines beyond which a text is none that a person wrote, and the bounds of `feeder.trees.places` are looked after."""
MAX_DEPTH = 8
"""Mappings within one another that are read here."""
MAX_LISTED = 2_000
"""Characters of a list on one line that is read here."""
_FIRST = r"\s\-?:,\[\]{}#&*!|>%@`~=<."
_VALUE = rf"[^{_FIRST}][^\n]*"
_LINES = pattern(
    rf"^(?:( *[A-Za-z_][A-Za-z0-9_-]{{0,100}}):( +)?((?<= )(?:{_VALUE}|\[[^\n\[\]{{}}]*\] *))?"  # a key, perhaps indented, perhaps with its value
    rf"|( *-)( +)({_VALUE})"  # an item of a list
    r"| *(?:#[^\n]*)?)$",  # nothing, or a comment
    re.MULTILINE,
)
_ITEM = pattern(rf""" *('[^']*'|"[^"\\]*"|[^{_FIRST}'"][^,:#?\[\]{{}}'"]*) *(,|$)""")
"""An item of a list on one line, in quotes or plain, to the next."""
_FOREIGN = pattern("[\t\x85\u2028\u2029\ufeff]")
"""What YAML takes for a line's end or a mark, or what may indent: not the plain subset."""
NULLS = frozenset({"null", "Null", "NULL"})

Line = tuple[str, str, str, str, str, str]
"""A key with its indent, the gap before its value, and the value; or a dash with its indent, a gap, and an item; the rest
is ""."""


def lines(text: str) -> list[Line] | None:
    """Return the lines of a text that may be of the plain subset, None for a text that has any other."""
    if not is_printable(text) and _FOREIGN.search(text):
        return None
    found = _LINES.findall(text)
    return found if len(found) == text.count("\n") + 1 <= MAX_LINES else None


def value(text: str) -> str | None:
    """Return what a value on one line says, None when it is more than the plain subset has. Null is ""."""
    text = text.rstrip(" ")
    if text[0] == "'" or text[0] == '"':
        return _unquoted(text)
    if ": " in text or " #" in text or text[-1] == ":":
        return None
    return "" if text in NULLS else text


def _unquoted(text: str) -> str | None:
    """Return what a text in quotes says, None for one with escapes, or with more behind its quotes."""
    quote, inner = text[0], text[1:-1]
    if len(text) == 1 or text[-1] != quote:
        return None
    if quote not in inner:
        return inner if quote == "'" or "\\" not in inner else None
    return None if quote == '"' or "'" in inner.replace("''", "") else inner.replace("''", "'")


def listed(text: str) -> list[tuple[int, str]] | None:
    """Return the items of a list on one line, each with its offset; None when it is more than the plain subset has."""
    text = text.rstrip(" ")
    at, end, more = 1, len(text) - 1, ","
    items: list[tuple[int, str]] = []
    if end > MAX_LISTED:
        return None
    if not text[at:end].strip(" "):
        return items
    for item in _ITEM.finditer(text, at, end):
        said = value(item[1])
        if item.start() != at or said is None:
            return None
        items.append((item.start(1), said))
        at, more = item.end(), item[2]
    return items if at == end and not more else None


def parse(text: str) -> Table | None:
    """Return the tree of a text in the plain subset, None for any other text."""
    found = lines(text)
    if found is None:
        return None
    reader = _Reader()
    for number, line in enumerate(found, 1):
        if not reader.takes(line, number):
            return None
    return reader.tree()


def _node(text: str, line: int, column: int) -> Node | None:
    """Return the node of a value on one line, at its place."""
    mark = Mark(line, column)
    if text[0] == "[":
        found = listed(text)
        return (
            None if found is None else Items(tuple(Scalar(said, Mark(line, column + at)) for at, said in found), mark)
        )
    said = value(text)
    return None if said is None else Scalar(text=said, mark=mark)


class _Mapping:
    """A mapping that more keys may come to; its last key is open as long as it has no value."""

    def __init__(self, indent: int) -> None:
        self.indent = indent
        self.pairs: list[tuple[Scalar, Node]] = []
        self.seen: set[str] = set()
        self.open: tuple[Scalar, Mark] | None = None
        self.items: list[Node] = []
        self.dash = ""

    def close(self, node: Node | None = None) -> None:
        """Put the open key among the pairs, with ``node``, its list, or with nothing where neither came."""
        if self.open:
            key, mark = self.open
            listed = Items(items=tuple(self.items), mark=mark) if self.items else Scalar(text="", mark=mark)
            self.pairs.append((key, node or listed))
            self.open, self.items, self.dash = None, [], ""

    def table(self) -> Table:
        """Return what is there."""
        self.close()
        return Table(pairs=tuple(self.pairs), mark=self.pairs[0][0].mark)


class _Reader:
    """Builds the tree line by line: the mappings that are begun, outermost first."""

    def __init__(self) -> None:
        self._stack = [_Mapping(0)]

    def takes(self, line: Line, number: int) -> bool:
        """Take a line; return whether it could."""
        key, gap, text, dash, space, item = line
        if key:
            return self._takes_key(key, gap, text, number)
        return not item or self._takes_item(dash, space, item, number)

    def tree(self) -> Table | None:
        """Return the whole, None when there is nothing."""
        self._end_deeper_than(0)
        return self._stack[0].table() if self._stack[0].pairs or self._stack[0].open else None

    def _end_deeper_than(self, indent: int) -> None:
        while self._stack[-1].indent > indent:
            ended = self._stack.pop()
            self._stack[-1].close(ended.table())

    def _takes_key(self, indented: str, gap: str, text: str, number: int) -> bool:
        key = indented.lstrip(" ")
        indent = len(indented) - len(key)
        top = self._stack[-1]
        if indent > top.indent:
            if not top.open or top.items or len(self._stack) == MAX_DEPTH:
                return False
            self._stack.append(_Mapping(indent))
        else:
            self._end_deeper_than(indent)
        top = self._stack[-1]
        if top.indent != indent or key in top.seen or key in NULLS:
            return False
        top.close()
        top.seen.add(key)
        name = Scalar(text=key, mark=Mark(number, indent + 1))
        if not text:
            top.open = (name, Mark(number, len(indented) + 2))
            return True
        node = _node(text, number, len(indented) + 2 + len(gap))
        if node:
            top.pairs.append((name, node))
        return node is not None

    def _takes_item(self, dash: str, space: str, item: str, number: int) -> bool:
        said = value(item)
        top = self._stack[-1]
        if top.open is None or said is None or len(dash) <= top.indent or top.dash not in {"", dash}:
            return False
        if not top.dash:
            top.open = (top.open[0], Mark(number, len(dash)))
            top.dash = dash
        top.items.append(Scalar(text=said, mark=Mark(number, len(dash) + 1 + len(space))))
        return True
