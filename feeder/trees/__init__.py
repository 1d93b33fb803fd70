"""YAML, TOML and JSON text -> trees of text with places. The only package that knows the three syntaxes.

Every scalar keeps the author's characters: ``1.10``, ``no`` and ``2022-01-01`` are what they look like, and
each field's own converter gives them a type.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from feeder.trees.places import SyntaxFault

if TYPE_CHECKING:
    from feeder.nodes import Node, Repeated

SYNTAXES = ("yaml", "toml", "json")
"""The syntaxes, each a module of its name with a function ``parse``, which is loaded when a text is written in it."""

__all__ = ["SYNTAXES", "SyntaxFault", "json_end", "parse", "quoted_spans"]


def parse(syntax: str, text: str, repeated: list[Repeated] | None = None) -> Node:
    """Return the tree of ``text`` in ``syntax``, one of `SYNTAXES`. An empty text is an empty `Table`.

    Keys that a table has twice are added to ``repeated``, and the last counts; TOML has none.
    Raises `SyntaxFault`: for bad syntax, tags, trees that are too deep or too large, and such keys where that is None.
    """
    tree: Node = import_module(f"feeder.trees.{syntax}").parse(text, *(() if repeated is None else (repeated,)))
    return tree


def quoted_spans(syntax: str, text: str) -> list[tuple[int, int]]:
    """Return the bounds of the strings of a text in YAML or TOML in which no ``#`` begins a comment, as far as it can be read."""
    spans: list[tuple[int, int]] = import_module(f"feeder.trees.{syntax}").quoted_spans(text)
    return spans


def json_end(text: str) -> int:
    """Return the offset at which the JSON object that begins ``text`` ends. Raises `SyntaxFault`."""
    from feeder.trees.json import end_of

    return end_of(text)
