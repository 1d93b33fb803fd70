"""TOML text -> tree, with places found again by the names of the keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeder.nodes import Items, Node, Scalar, Table
from feeder.problems import Mark
from feeder.texts.plaintext import clean
from feeder.trees.places import MAX_DEPTH, Lines, SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeder.nodes import Repeated

_Path = tuple[str | int, ...]


def parse(text: str, _: list[Repeated] | None = None) -> Node:
    """Return the tree of a TOML text, in which no key may come twice. Raises `SyntaxFault`."""
    import tomllib  # only where a post is written in it

    places = _Places(text)
    try:
        return _node(tomllib.loads(text, parse_float=str), (), places, Mark(1, 1), 0)
    except RecursionError as error:
        raise SyntaxFault("front-matter-too-deep", "TOML nested too deeply", Mark(1, 1)) from error
    except ValueError as error:  # tomllib's own error is one; so is that of a number beyond what Python converts
        raise _fault(text, str(error), places) from error


def _fault(text: str, said: str, places: _Places) -> SyntaxFault:
    if places.duplicate and ("overwrite" in said or "Cannot" in said):
        first, mark, key = places.duplicate
        return SyntaxFault("duplicate-key", f"duplicate key, first given in line {first.line}", mark, key)
    if number := _ENDLESS.search(text):
        return SyntaxFault("front-matter-syntax", "not valid TOML: a number too long", Lines(text).mark(number.start()))
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
    message = said[: place.start()] if place else said
    mark = Mark(int(place[1]), int(place[2])) if place and place[1] else Lines(text).mark(len(text))
    return SyntaxFault("front-matter-syntax", f"not valid TOML: {message[:1].lower()}{message[1:]}", mark)


_LINE = re.compile(
    r"""\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}"""  # long strings, in which nothing is a key
    r"""|^[ \t]*(?:(?P<array>\[)?\[[ \t]*(?P<table>[^\[\]\n]+?)[ \t]*\]|(?P<key>[\w."' -]+?)[ \t]*=[ \t]*(?=(?P<value>\S)))""",
    re.MULTILINE | re.DOTALL,
)


_STRING = re.compile(
    r"""\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*""",
    re.DOTALL,
)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return the bounds of each string: no ``#`` in it begins a comment."""
    return [match.span() for match in _STRING.finditer(text) if match[0][0] != "#"]


_ENDLESS = re.compile(r"[0-9A-Fa-fxob_]{4300,}")


class _Places:
    """Where a TOML text has each value, by its path of keys and indices, and the first key that comes twice."""

    def __init__(self, text: str) -> None:
        self.values: dict[_Path, Mark] = {}
        self.keys: dict[_Path, Mark] = {}
        self.duplicate: tuple[Mark, Mark, str] | None = None
        lines = Lines(text)
        counts: dict[_Path, int] = {}
        table: _Path = ()
        for match in _LINE.finditer(text):
            name = "table" if match["table"] else "key"
            if not match[name]:
                continue
            path = _indexed((), _path(match[name]), counts) if match["table"] else (*table, *_path(match["key"]))
            if match["array"]:
                counts[path] = counts.get(path, -1) + 1
                path = (*path, counts[path])
            if match["table"]:
                table = path
            mark = lines.mark(match.start(name))
            if path in self.keys and self.duplicate is None:
                self.duplicate = (self.keys[path], mark, match[name].strip("\"'"))
            self.keys.setdefault(path, mark)
            self.values.setdefault(path, lines.mark(match.start("value")) if match["key"] else mark)


def _indexed(done: _Path, rest: _Path, counts: Mapping[_Path, int]) -> _Path:
    """Return a path in which each array of tables on the way is followed by the index of its latest table."""
    for part in rest[:-1]:
        done = (*done, part)
        if done in counts:
            done = (*done, counts[done])
    return (*done, rest[-1])


def _path(text: str) -> _Path:
    return tuple(part.strip(" \t\"'") for part in text.split("."))


def _node(value: object, path: _Path, places: _Places, above: Mark, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise SyntaxFault("front-matter-too-deep", f"nested more than {MAX_DEPTH} levels deep", above)
    mark = places.values.get(path, above)
    match value:
        case dict():
            return Table(
                pairs=tuple(
                    (
                        Scalar(text=key, mark=places.keys.get((*path, key), mark)),
                        _node(item, (*path, key), places, mark, depth + 1),
                    )
                    for key, item in value.items()
                ),
                mark=mark,
            )
        case list():
            items = (_node(item, (*path, index), places, mark, depth + 1) for index, item in enumerate(value))
            return Items(items=tuple(items), mark=mark)
        case bool():
            return Scalar(text=str(value).lower(), mark=mark)
        case _:
            return Scalar(text=clean(str(value)), mark=mark)
