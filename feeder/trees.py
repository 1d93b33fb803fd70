"""YAML, TOML and JSON text -> trees of text with places. The only module that knows the three syntaxes.

Every scalar keeps the author's characters: ``1.10``, ``no`` and ``2022-01-01`` are what they look like, and
each field's own converter gives them a type.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from json.decoder import scanstring
from typing import TYPE_CHECKING, Any

from feeder.model import Items, Mark, Node, Scalar, Table
from feeder.plaintext import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_DEPTH = 32
"""Levels of nesting; front matter has two or three."""
MAX_NODES = 20_000
"""Values in one tree, aliases counted as what they stand for: the bound that makes an alias bomb harmless."""

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_HARMLESS_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)


@dataclass(frozen=True, slots=True)
class SyntaxFault(Exception):  # noqa: N818 - a fault of the text, reported as a Problem
    """Text that cannot be read. ``code`` is one of `feeder.problems.CODES`; ``mark`` counts within the text."""

    code: str
    message: str
    mark: Mark
    got: str | None = None


class Lines:
    """Where the lines of a text begin, to turn an offset in characters into a place."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def mark(self, offset: int) -> Mark:
        """Return the place of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return Mark(line, offset - self._starts[line - 1] + 1)


def parse(syntax: str, text: str) -> Node:
    """Return the tree of ``text`` in ``syntax``, one of `SYNTAXES`. An empty text is an empty `Table`.

    Raises `SyntaxFault`: for bad syntax, duplicate keys, tags, and trees beyond `MAX_DEPTH` and `MAX_NODES`.
    """
    return SYNTAXES[syntax](text)


# YAML, from the parser's events, so that nothing is ever constructed from a tag


def _parse_yaml(text: str) -> Node:
    import yaml  # noqa: PLC0415 - costs more than most runs of --help

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    lines = Lines(text)
    try:
        return _YamlTree(yaml, lines).build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        offset = min(place.index if place else 0, len(text))
        raise _yaml_fault(text, lines, offset, error.problem or "it cannot be parsed") from error
    except yaml.reader.ReaderError as error:
        raise SyntaxFault("front-matter-syntax", f"not valid YAML: {error.reason}", Mark(1, 1)) from error


def _yaml_fault(text: str, lines: Lines, offset: int, problem: str) -> SyntaxFault:
    """Return the fault in words that say what to do, where the parser's own do not."""
    mark = lines.mark(offset)
    line = text.split("\n")[mark.line - 1] if text else ""
    # libyaml names the place where it noticed; a tab or an open quote lies before it.
    rules: tuple[tuple[bool, str], ...] = (
        ("\t" in line[: len(line) - len(line.lstrip())] or "that cannot start any token" in problem and "\t" in line,
         "not valid YAML: a tab cannot indent; use spaces"),
        ("mapping values are not allowed" in problem,
         'not valid YAML: a value with ": " in it needs quotes around it'),
        ("found unexpected end of stream" in problem or "unexpected document separator" in problem,
         "not valid YAML: a quote is opened and never closed"),
        ("could not find expected ':'" in problem,
         "not valid YAML: a key without a colon, or a value that goes on at the margin"),
        ("undefined alias" in problem or "that cannot start any token" in problem,
         "not valid YAML: a value that begins with one of @ ` % * & ! needs quotes around it"),
        ("expected <block end>" in problem or "did not find expected key" in problem,
         "not valid YAML: a quote inside a quoted value must be doubled, and keys of one table indented alike"),
    )  # fmt: skip
    message = next((said for applies, said in rules if applies), f"not valid YAML: {problem}")
    return SyntaxFault("front-matter-syntax", message, mark, line.strip() or None)


class _YamlTree:
    """Builds one tree from the events of one document."""

    def __init__(self, yaml: Any, lines: Lines) -> None:  # noqa: ANN401 - the module, imported late
        self._yaml = yaml
        self._lines = lines
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._nodes = 0

    def build(self, events: Iterator[Any]) -> Node:
        yaml = self._yaml
        root: Node = Table(pairs=(), mark=Mark(1, 1))
        stack: list[tuple[Any, list[Node], int]] = []
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "not valid front matter: a second YAML document begins here"
                    raise SyntaxFault("front-matter-syntax", message, self._mark(event))
            if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                if len(stack) >= MAX_DEPTH:
                    message = f"nested more than {MAX_DEPTH} levels deep"
                    raise SyntaxFault("front-matter-too-deep", message, self._mark(event))
                self._check_tag(event)
                stack.append((event, [], self._nodes))
                continue
            if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                opening, children, before = stack.pop()
                node = self._collection(opening, children)
                self._count(1, opening)
                self._remember(opening, node, self._nodes - before)
            elif isinstance(event, yaml.ScalarEvent):
                self._check_tag(event)
                node = self._scalar(event)
                self._count(1, event)
                self._remember(event, node, 1)
            elif isinstance(event, yaml.AliasEvent):
                node = self._aliased(event)
            else:
                continue
            if stack:
                stack[-1][1].append(node)
            elif not (isinstance(node, Scalar) and not node.text):
                root = node
        return root

    def _mark(self, event: Any) -> Mark:  # noqa: ANN401
        return self._lines.mark(event.start_mark.index)

    def _count(self, more: int, event: Any) -> None:  # noqa: ANN401
        self._nodes += more
        if self._nodes > MAX_NODES:
            message = f"more than {MAX_NODES} values, aliases counted in full"
            raise SyntaxFault("front-matter-too-deep", message, self._mark(event))

    def _remember(self, event: Any, node: Node, size: int) -> None:  # noqa: ANN401
        if event.anchor:
            self._anchors[event.anchor] = (node, size)

    def _aliased(self, event: Any) -> Node:  # noqa: ANN401
        if event.anchor not in self._anchors:
            message = f"the alias *{event.anchor} stands for nothing; a value that begins with * needs quotes"
            raise SyntaxFault("front-matter-syntax", message, self._mark(event))
        node, size = self._anchors[event.anchor]
        self._count(size, event)
        return node

    def _check_tag(self, event: Any) -> None:  # noqa: ANN401
        if event.tag and event.tag not in _HARMLESS_TAGS and event.tag != "!":
            message = "a YAML tag; feeder reads text only, so remove it or quote the value"
            raise SyntaxFault("yaml-tag", message, self._mark(event), event.tag)

    def _scalar(self, event: Any) -> Scalar:  # noqa: ANN401
        absent = event.implicit[0] and event.value in _NULLS
        return Scalar(text="" if absent else clean(event.value), mark=self._mark(event))

    def _collection(self, opening: Any, children: list[Node]) -> Node:  # noqa: ANN401
        mark = self._mark(opening)
        if isinstance(opening, self._yaml.SequenceStartEvent):
            return Items(items=tuple(children), mark=mark)
        return _table(zip(children[::2], children[1::2], strict=True), mark)


def _table(pairs: Iterator[tuple[Node, Node]] | zip[tuple[Node, Node]], mark: Mark) -> Table:
    """Return a table, its keys text and each there once."""
    kept: list[tuple[Scalar, Node]] = []
    seen: dict[str, Mark] = {}
    for key, value in pairs:
        if not isinstance(key, Scalar):
            raise SyntaxFault("front-matter-syntax", "a key that is not text", key.mark)
        if key.text in seen:
            first = seen[key.text]
            message = f"this key was given before, in line {first.line}"
            raise SyntaxFault("duplicate-key", message, key.mark, key.text)
        seen[key.text] = key.mark
        kept.append((key, value))
    return Table(pairs=tuple(kept), mark=mark)


# JSON, with the places that the standard library's parser does not tell


def _parse_json(text: str) -> Node:
    node, end = _JsonText(text).value(0, 0)
    rest = text[end:].lstrip()
    if rest:
        raise SyntaxFault("front-matter-syntax", "not valid JSON: text after the end", Lines(text).mark(end))
    return node


def json_end(text: str) -> int:
    """Return the offset at which the JSON object that begins ``text`` ends. Raises `SyntaxFault`."""
    return _JsonText(text).value(0, 0)[1]


class _JsonText:
    _WHITE = re.compile(r"[ \t\n\r]*")
    _WORD = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null")

    def __init__(self, text: str) -> None:
        self._text = text
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
            return self._collection(at, depth, "}", self._pair, _table)
        if opening == "[":
            return self._collection(at, depth, "]", self.value, lambda items, mark: Items(items=tuple(items), mark=mark))
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
        try:
            return scanstring(self._text, at + 1, False)  # noqa: FBT003 - its third argument is positional: not strict
        except json.JSONDecodeError as error:
            raise self._fault(error.msg[:1].lower() + error.msg[1:], error.pos) from error

    def _skip(self, at: int) -> int:
        match = self._WHITE.match(self._text, at)
        return match.end() if match else at

    def _fault(self, message: str, at: int) -> SyntaxFault:
        return SyntaxFault("front-matter-syntax", f"not valid JSON: {message}", self._lines.mark(min(at, len(self._text))))


# TOML, with places found again by the names of the keys


def _parse_toml(text: str) -> Node:
    import tomllib  # noqa: PLC0415

    try:
        data = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        raise _toml_fault(text, str(error)) from error
    except RecursionError as error:
        raise SyntaxFault("front-matter-too-deep", "TOML nested too deeply", Mark(1, 1)) from error
    return _toml_node(data, (), _toml_marks(text), Mark(1, 1), 0)


def _toml_fault(text: str, said: str) -> SyntaxFault:
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
    message = said[: place.start()] if place else said
    mark = Mark(int(place[1]), int(place[2])) if place and place[1] else Lines(text).mark(len(text))
    code = "duplicate-key" if "overwrite" in message or "Cannot declare" in message else "front-matter-syntax"
    return SyntaxFault(code, f"not valid TOML: {message[:1].lower()}{message[1:]}", mark)


_TOML_LINE = re.compile(
    r"^[ \t]*(?:\[\[?[ \t]*(?P<table>[^\]\n]+?)[ \t]*\]|(?P<key>[\w.\"' -]+?)[ \t]*=[ \t]*(?=(?P<value>\S)))", re.MULTILINE
)


def _toml_marks(text: str) -> Mapping[tuple[str, ...], Mark]:
    """Return the place of each value by its path of keys, the first found; what looks alike in a string comes later."""
    lines, marks, table = Lines(text), dict[tuple[str, ...], Mark](), tuple[str, ...]()
    for match in _TOML_LINE.finditer(text):
        if match["table"]:
            table = _toml_path(match["table"])
            marks.setdefault(table, lines.mark(match.start("table")))
        else:
            marks.setdefault(table + _toml_path(match["key"]), lines.mark(match.start("value")))
    return marks


def _toml_path(text: str) -> tuple[str, ...]:
    return tuple(part.strip(" \t\"'") for part in text.split("."))


def _toml_node(value: object, path: tuple[str, ...], marks: Mapping[tuple[str, ...], Mark], above: Mark, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise SyntaxFault("front-matter-too-deep", f"nested more than {MAX_DEPTH} levels deep", above)
    mark = marks.get(path, above)
    match value:
        case dict():
            return Table(
                pairs=tuple(
                    (Scalar(text=key, mark=marks.get((*path, key), mark)), _toml_node(item, (*path, key), marks, mark, depth + 1))
                    for key, item in value.items()
                ),
                mark=mark,
            )
        case list():
            return Items(items=tuple(_toml_node(item, path, marks, mark, depth + 1) for item in value), mark=mark)
        case bool():
            return Scalar(text=str(value).lower(), mark=mark)
        case _:
            return Scalar(text=clean(str(value)), mark=mark)


SYNTAXES: Mapping[str, Callable[[str], Node]] = {"yaml": _parse_yaml, "toml": _parse_toml, "json": _parse_json}
"""Name of a syntax -> its parser."""
