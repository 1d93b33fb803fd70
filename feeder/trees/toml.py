"""TOML text -> tree, with places found again by the names of the keys."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from feeder.model import Items, Node, Scalar, Table
from feeder.plaintext import clean
from feeder.problems import Mark
from feeder.trees.places import MAX_DEPTH, Lines, SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Mapping


def parse(text: str) -> Node:
    """Return the tree of a TOML text. Raises `SyntaxFault`."""
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
    r"^[ \t]*(?:\[\[?[ \t]*(?P<table>[^\]\n]+?)[ \t]*\]|(?P<key>[\w.\"' -]+?)[ \t]*=[ \t]*(?=(?P<value>\S)))",
    re.MULTILINE,
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


def _toml_node(
    value: object, path: tuple[str, ...], marks: Mapping[tuple[str, ...], Mark], above: Mark, depth: int
) -> Node:
    if depth > MAX_DEPTH:
        raise SyntaxFault("front-matter-too-deep", f"nested more than {MAX_DEPTH} levels deep", above)
    mark = marks.get(path, above)
    match value:
        case dict():
            return Table(
                pairs=tuple(
                    (
                        Scalar(text=key, mark=marks.get((*path, key), mark)),
                        _toml_node(item, (*path, key), marks, mark, depth + 1),
                    )
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
