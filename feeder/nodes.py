"""Front matter and configuration before any meaning: text, lists and tables, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping  # noqa: TC003 - annotations are read at run time by the tests

from feeder.problems import Mark
from feeder.records import NamedTuple


class Scalar(NamedTuple):
    """A single value as the author's characters. An absent value (YAML's null, an empty string) is ``""``."""

    text: str
    mark: Mark


class Items(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    mark: Mark


class Table(NamedTuple):
    """A mapping in the order of the file."""

    pairs: tuple[tuple[Scalar, Node], ...]
    mark: Mark


Repeated = tuple[Scalar, Mark]
"""A key that its table has before, and the place of it there."""

type_names: Mapping[type, str] = {Scalar: "text", Items: "a list", Table: "a table"}

Node = Scalar | Items | Table


def each(node: Node) -> tuple[Node, ...]:
    """Return the items of a list, and of anything else that alone."""
    return node.items if isinstance(node, Items) else (node,)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node, then all that are in it, in the order of the file; of tables the values."""
    yield node
    inner = (
        node.items if isinstance(node, Items) else [value for _, value in node.pairs] if isinstance(node, Table) else ()
    )
    for one in inner:
        yield from walk(one)
