"""JSON text -> tree, with the places that the standard library's parser does not tell."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from feeder.nodes import Items, Node, Scalar
from feeder.patterns import pattern
from feeder.texts.plaintext import clean
from feeder.trees.places import MAX_DEPTH, MAX_NODES, Lines, SyntaxFault, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from feeder.nodes import Repeated
    from feeder.problems import Mark


def parse(text: str, repeated: list[Repeated] | None = None) -> Node:
    """Return the tree of a JSON text; `feeder.trees.parse` says what ``repeated`` is. Raises `SyntaxFault`."""
    node, end = _JsonText(text, repeated).value(0, 0)
    rest = text[end:].lstrip()
    if rest:
        raise SyntaxFault("front-matter-syntax", "not valid JSON: text after the end", Lines(text).mark(end))
    return node


def end_of(text: str) -> int:
    """Return the offset at which the JSON object that begins ``text`` ends. Raises `SyntaxFault`."""
    return _JsonText(text, []).value(0, 0)[1]


class _JsonText:
    _WHITE = pattern(r"[ \t\n\r]*")
    _QUOTED = pattern(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
    _WORD = pattern(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")

    def __init__(self, text: str, repeated: list[Repeated] | None) -> None:
        self._text = text
        self._repeated = repeated
        self._lines = Lines(text)
        self._nodes = 0

    def value(self, at: int, depth: int) -> tuple[Node, int]:
        """Return the value that begins at or after ``at``, and the offset behind it."""
        at = self._skip(at)
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise SyntaxFault("front-matter-too-deep", "JSON nested too deeply or too long", self._lines.mark(at))
        opening = self._text[at : at + 1]
        if opening == "{":
            return self._collection(at, depth, "}", self._pair, partial(table, repeated=self._repeated))
        if opening == "[":
            return self._collection(
                at, depth, "]", self.value, lambda items, mark: Items(items=tuple(items), mark=mark)
            )
        if opening == '"':
            text, end = self._string(at)
            return Scalar(text=clean(text), mark=self._lines.mark(at)), end
        if word := self._WORD.match(self._text, at):
            return Scalar(text="" if word[0] == "null" else word[0], mark=self._lines.mark(at)), word.end()
        raise self._fault("a value is missing or not quoted", at)

    def _pair(self, at: int, depth: int) -> tuple[tuple[Node, Node], int]:
        at = self._skip(at)
        if self._text[at : at + 1] != '"':
            raise self._fault("a key in double quotes is missing", at)
        key, end = self._string(at)
        colon = self._skip(end)
        if self._text[colon : colon + 1] != ":":
            raise self._fault("a colon is missing", colon)
        value, end = self.value(colon + 1, depth)
        return (Scalar(text=clean(key), mark=self._lines.mark(at)), value), end

    def _collection(
        self, at: int, depth: int, closing: str,
        member: Callable[[int, int], tuple[Any, int]], finish: Callable[[Any, Mark], Node],
    ) -> tuple[Node, int]:  # fmt: skip
        members: list[Any] = []
        position = self._skip(at + 1)
        while self._text[position : position + 1] != closing:
            if members:
                if self._text[position : position + 1] != ",":
                    raise self._fault(f"a comma or {closing} is missing", position)
                position += 1
            one, position = member(position, depth + 1)
            members.append(one)
            position = self._skip(position)
        return finish(iter(members), self._lines.mark(at)), position + 1

    def _string(self, at: int) -> tuple[str, int]:
        match = self._QUOTED.match(self._text, at)
        if not match:
            raise self._fault("a quote is opened and never closed", at)
        try:
            return str(json.loads(match[0], strict=False)), match.end()
        except json.JSONDecodeError as error:
            raise self._fault(error.msg[:1].lower() + error.msg[1:], at + error.pos) from error

    def _skip(self, at: int) -> int:
        match = self._WHITE.match(self._text, at)
        return match.end() if match else at

    def _fault(self, message: str, at: int) -> SyntaxFault:
        return SyntaxFault(
            "front-matter-syntax", f"not valid JSON: {message}", self._lines.mark(min(at, len(self._text)))
        )
