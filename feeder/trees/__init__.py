"""YAML, TOML and JSON text -> trees of text with places. The only package that knows the three syntaxes.

Every scalar keeps the author's characters: ``1.10``, ``no`` and ``2022-01-01`` are what they look like, and
each field's own converter gives them a type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.trees import json, toml, yaml
from feeder.trees.json import end_of as json_end
from feeder.trees.places import SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from feeder.model import Node

SYNTAXES: Mapping[str, Callable[[str], Node]] = {
    "yaml": yaml.parse,
    "toml": toml.parse,
    "json": json.parse,
}
"""Name of a syntax -> its parser."""

__all__ = ["SYNTAXES", "SyntaxFault", "json_end", "parse"]


def parse(syntax: str, text: str) -> Node:
    """Return the tree of ``text`` in ``syntax``, one of `SYNTAXES`. An empty text is an empty `Table`.

    Raises `SyntaxFault`: for bad syntax, duplicate keys, tags, and trees that are too deep or too large.
    """
    return SYNTAXES[syntax](text)
