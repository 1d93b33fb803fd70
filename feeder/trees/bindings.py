"""Names in a script's tables -> the values that are bound to them, as far as these are plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeder.nodes import Items, Node, Scalar, Table
from feeder.trees.places import MAX_DEPTH, MAX_NODES, Computed, SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SPREAD = "..."
"""The key of a table that is spread into another."""


def tells_more(table: Table, former: Node | None) -> bool:
    """Whether a table that a function returns says more of its site than one before: one with ``dir`` is a configuration."""

    def said(one: Table) -> tuple[bool, int]:
        return any(key.text == "dir" for key, _ in one.pairs), len(one.pairs)

    return not isinstance(former, Table) or said(table) > said(former)


class Reference(Scalar):
    """A name in place of a value, until all names are known; its text is the name, with dots."""

    __slots__ = ()


class Bindings:
    """What names stand for. A name is replaced wherever it stands, so that the count of values is bounded."""

    def __init__(self, bound: Mapping[str, Node]) -> None:
        self._bound = bound
        self._nodes = 0

    def resolved(self, node: Node, depth: int = 0) -> Node:
        """Return ``node`` with the values of the names in it; a name without a plain value is a `Computed`.

        Raises `SyntaxFault` for more values than any sensible script has.
        """
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise SyntaxFault("front-matter-too-deep", f"more than {MAX_NODES} values", node.mark)
        if depth > MAX_DEPTH:
            return Computed("…", node.mark)
        match node:
            case Reference():
                return self._named(node, depth)
            case Table():
                pairs = ((key, self.resolved(value, depth + 1)) for key, value in self._flat(node, depth))
                return Table(tuple(pairs), node.mark)
            case Items():
                return Items(tuple(self.resolved(item, depth + 1) for item in node.items), node.mark)
        return node

    def _named(self, node: Reference, depth: int) -> Node:
        first, *rest = node.text.split(".")
        found = self._bound.get(first)
        for name in rest:
            found = {key.text: value for key, value in self._flat(found, depth)}.get(name)
        if found is None or isinstance(found, Computed):
            return Computed(found.text if found and found.text else node.text, node.mark)
        value = self.resolved(found, depth + 1)
        return Scalar(value.text, node.mark) if type(value) is Scalar else value

    def _flat(self, node: Node | None, depth: int) -> Iterator[tuple[Scalar, Node]]:
        """Yield a table's pairs, those of tables that are spread into it in their place."""
        if isinstance(node, Reference) and depth <= MAX_DEPTH:
            node = self.resolved(node, depth + 1)
        if isinstance(node, Table):
            for key, value in node.pairs:
                if key.text == SPREAD:
                    yield from self._flat(value, depth + 1) if depth <= MAX_DEPTH else ()
                else:
                    yield key, value
